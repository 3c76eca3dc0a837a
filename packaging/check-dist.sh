#!/bin/sh
# Installs the wheel as somebody would who has nothing but the wheel, and uses it: in an environment of its own, outside
# the checkout; then with its extras. Before that: the source archive makes the same wheel as the checkout.
#
#   check-dist.sh PYTHON PACKAGE   by `make check-dist`. The environments with the tests, and with hatchling
#   PICTURES=DIR                   where pictures of the window go (build/pictures/dist)
set -eu
python=$(realpath -s "$1")
hatchling=$(realpath -s "$2")/bin/python
pictures=$(realpath -m "${PICTURES:-build/pictures/dist}")
here=$PWD
packaging/system-libs.sh package "$python"
. packaging/reproducible.sh
wheel=$(realpath dist/chatdesk-*.whl)

folder=$(mktemp -d /tmp/cdw-XXXXXX)
home=$(mktemp -u /tmp/cd-XXXXXX)
trap 'rm -rf "$folder" "$home"' EXIT INT TERM

echo "== The wheel of the source archive"
tar -xzf dist/chatdesk-*.tar.gz -C "$folder"
(cd "$folder"/chatdesk-* && "$hatchling" -m hatchling build -t wheel -d "$folder/wheels" >/dev/null 2>&1)
cmp "$wheel" "$folder"/wheels/*.whl
sha256sum "$wheel"

install() { # NAME EXTRAS
    echo "== pip install chatdesk$2"
    "$python" -m venv "$folder/$1"
    (cd "$folder" && "$folder/$1/bin/python" -m pip install -qq --disable-pip-version-check "$wheel$2")
    # Nothing of the checkout is in sight; everything it needs came along.
    (cd / && "$folder/$1/bin/python" -I -c 'import sys; from chatdesk.resources import resources; sys.exit(sys.prefix not in str(resources()))')
    for part in controls emoji icons samples translations; do
        diff -r --exclude '*.ts' "$here/resources/$part" "$folder/$1"/lib/python3.*/site-packages/chatdesk/resources/$part
    done
    du -sh "$folder/$1" | sed 's/\t.*/ installed/'
}
use() { # NAME OPTIONS…
    name=$1
    shift
    rm -rf "$home"
    mkdir "$home"
    env -u VIRTUAL_ENV -u PYTHONPATH "$python" -m tests.packages "$home" --pictures "$pictures/$name" "$@" "$folder/$name/bin/chatdesk"
}

install plain ""
use plain
install extras "[local,media]"
use extras --server --media
