#!/bin/sh
# render.sh SETTINGS OUT: the templates beside this script with the values of SETTINGS, written below OUT (envsubst fills
# them in; every other $ stays). A setting that is missing stops it.
set -eu
settings=$1 out=$2
here=$(cd "$(dirname "$0")" && pwd)

set -a
. "$settings"
set +a
names=$(sed -n 's/^\([A-Z_]*\)=.*/${\1}/p' "$here/settings.env" | tr '\n' ' ')
umask 027
cd "$here"
find synapse nginx postgresql redis systemd -type f | while read -r file; do
	mkdir -p "$out/$(dirname "$file")"
	for name in $(grep -o '\${[A-Z_]*}' "$file" | sort -u | tr -d '${}'); do
		eval "test -n \"\${$name:-}\"" || { echo "$file needs $name, which $settings does not set" >&2; exit 2; }
	done
	envsubst "$names" <"$file" >"$out/$file"
done
