#!/bin/sh
# Builds everything twice from the commit that is checked out: in two folders, at two times, for users with other
# settings, each with an environment of its own; and compares byte by byte. Takes ten minutes.
set -eu
unset SOURCE_DATE_EPOCH DEBFULLNAME DEBEMAIL
here=$PWD
commit=$(git rev-parse HEAD)
folder=$(mktemp -d /tmp/cdb-XXXXXX)
trap 'rm -rf "$folder"' EXIT INT TERM
one=$folder/one
two="$folder/another/place"

build() { # FOLDER
    git clone -q "$here" "$1"
    git -C "$1" -c advice.detachedHead=false checkout -q "$commit"
    echo "== $(git -C "$1" log -1 --format='%h %s'), in $1, at $(date)"
    # The second run is not the first one's: what a user's shell sets must not matter.
    make -C "$1" dist deb ${PYTHON:+PYTHON="$PYTHON"} >"$folder/log" 2>&1 || { tail -n 20 "$folder/log" >&2; exit 1; }
}
(umask 022 && TZ=UTC LC_ALL=C.UTF-8 build "$one")
(umask 077 && TZ=Asia/Tokyo LC_ALL=C PYTHONHASHSEED=random HOSTNAME=elsewhere build "$two")

status=0
for file in "$one"/dist/*.tar.gz "$one"/dist/*.whl "$one"/dist/*.deb; do
    other=$two/dist/$(basename "$file")
    if cmp "$file" "$other"; then
        echo "the same: $(basename "$file")  $(sha256sum "$file" | cut -c1-16)…"
    else
        status=1
        ! command -v diffoscope >/dev/null || diffoscope --text - "$file" "$other" | head -n 100
    fi
done
if diff -r "$one/dist/chatdesk" "$two/dist/chatdesk"; then
    echo "the same: the folder dist/chatdesk, $(find "$one/dist/chatdesk" -type f | wc -l) files"
else
    status=1
fi
exit $status
