#!/bin/sh
# Uses dist/chatdesk (by `make freeze`) on this machine as a person would; what must not be in it is looked for first.
#
#   check-freeze.sh PYTHON         by `make check-freeze`. PYTHON: of the environment that has the tests
#   PICTURES=DIR                   where pictures of the window go (build/pictures/freeze)
set -eu
python=$1
pictures=${PICTURES:-build/pictures/freeze}
packaging/system-libs.sh package "$python"

unwanted=$(find dist/chatdesk \( -iname '*qml*' -o -iname '*quick*' -o -iname '*multimedia*' -o -iname '*gtk3*' \
    -o -ipath '*synapse*' -o -ipath '*twisted*' -o -path '*samples*' -o -path '*screenshots*' \) -print)
[ -z "$unwanted" ] || { printf 'These have no business in the folder:\n%s\n' "$unwanted" >&2; exit 1; }
for file in resources/translations/*.qm resources/emoji/* resources/icons/* resources/controls/*; do
    cmp "$file" "dist/chatdesk/_internal/chatdesk/$file"
done
# Its parts find each other and the system's libraries, from wherever it lies.
missing=$(find dist/chatdesk -name '*.so*' -type f -exec ldd {} + 2>/dev/null | grep 'not found' || true)
[ -z "$missing" ] || { printf 'Libraries that are not found:\n%s\n' "$missing" >&2; exit 1; }

folder=$(mktemp -d /tmp/cd-XXXXXX)
trap 'rm -rf "$folder"' EXIT INT TERM
cp -a dist/chatdesk "$folder/installed somewhere"
env -u PYTHONPATH -u VIRTUAL_ENV "$python" -m tests.packages "$folder" --pictures "$pictures" \
    "$folder/installed somewhere/chatdesk"
