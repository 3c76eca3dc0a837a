#!/bin/sh
# Prints a Python to build the virtual environment with: the first that really runs, is 3.11 or newer and can make
# virtual environments. Otherwise one line that says what to install, and exit code 2. An argument is the only one tried.
set -u

probe() {
    "$1" -c 'import sys
if sys.version_info < (3, 11): sys.exit(3)
try:
    import ensurepip, venv
except ImportError:
    sys.exit(4)
print(sys.executable)' 2>/dev/null
}

candidates=${1:-python3.13 python3.12 python3.11 python3 python3.14 python}
without_venv=
find_python() {
    for name in $candidates; do
        path=$(probe "$name") && { echo "$path"; return 0; }
        [ $? -eq 4 ] && without_venv=${without_venv:-$name}
    done
    return 1
}

# Not in $(...): the loop's notes must survive.
find_python && exit 0
if [ -n "$without_venv" ]; then
    version=$("$without_venv" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        { apt-get -qq update && apt-get -qq install -y --no-install-recommends "$version"; } >&2
        probe "$without_venv" && exit 0
    fi
    echo "$without_venv cannot make virtual environments: install its venv module (Debian, Ubuntu: apt install $version)" >&2
else
    echo "Python 3.11 or newer is needed and was not found (looked for: $candidates): install it, or name it: make PYTHON=/path/to/python3" >&2
fi
exit 2
