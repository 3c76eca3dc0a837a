# shellcheck shell=sh
# Sourced: what makes two builds of one commit the same, whoever builds, where and when.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || stat -c %Y pyproject.toml)}
PYTHONHASHSEED=0
TZ=UTC
LC_ALL=C.UTF-8
export SOURCE_DATE_EPOCH PYTHONHASHSEED TZ LC_ALL
umask 022
