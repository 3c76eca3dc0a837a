#!/bin/sh
# Renews resources/translations from the sources: collects the texts, then compiles what is translated.
#   packaging/translations.sh BIN           in place
#   packaging/translations.sh BIN --check   only says whether something is missing or stale (exit code 1)
set -eu
bin=$1
folder=resources/translations
target=$folder
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [ "${2:-}" = --check ]; then
    target=$scratch/translations
    mkdir "$target"
    cp "$folder"/*.ts "$target"
fi
"$bin/python" packaging/sentences.py "$scratch/sentences.py"
sources="$(find chatdesk/app chatdesk/models chatdesk/views -name '*.py' | LC_ALL=C sort) $scratch/sentences.py"
collect() {
    # shellcheck disable=SC2086  # one word per source file is meant
    "$bin/pyside6-lupdate" $sources -silent -no-obsolete -locations none -source-language en "$@"
}
collect -target-language zh_CN -ts "$target/chatdesk_zh_CN.ts"
collect -target-language en -pluralonly -ts "$target/chatdesk_en.ts"
for catalogue in "$target"/*.ts; do
    "$bin/pyside6-lrelease" -silent "$catalogue" -qm "${catalogue%.ts}.qm"
done
missing=$(grep -c 'type="unfinished"' "$target"/*.ts | grep -v ':0$' || true)
if [ -n "$missing" ]; then
    echo "Not translated yet (number of texts): $missing" >&2
    exit 1
fi
if [ "$target" != "$folder" ]; then
    for file in "$target"/*; do
        cmp -s "$file" "$folder/$(basename "$file")" || {
            echo "$folder/$(basename "$file") is stale: run make translations" >&2
            exit 1
        }
    done
fi
