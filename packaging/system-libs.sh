#!/bin/sh
# Finds the system libraries that Qt's wheel expects, with "test" also the tools of the end-to-end tests, with "media"
# a sound server for the tests of voice and video, with "package" also what an installed program is tried with.
#
#   system-libs.sh [run|test|media|package] [PYTHON]
#
# What is missing is installed when this is a Debian-like system and we are root; otherwise one line names it and the
# exit code is 2. Only Linux is looked at: elsewhere Qt's wheels bring what they need.
set -u

purpose=${1:-run}
python=${2:-python3}
[ "$(uname -s)" = Linux ] || exit 0

# Asks the dynamic linker itself, one process for all; prints the Debian packages of what cannot be loaded.
missing_packages() {
    "$python" - <<'PYTHON'
import ctypes

LIBRARIES = """
libEGL.so.1 libegl1
libGL.so.1 libgl1
libX11.so.6 libx11-6
libX11-xcb.so.1 libx11-xcb1
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libglib-2.0.so.0 libglib2.0-0
libxcb.so.1 libxcb1
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render.so.0 libxcb-render0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-shm.so.0 libxcb-shm0
libxcb-sync.so.1 libxcb-sync1
libxcb-util.so.1 libxcb-util1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
libxkbcommon.so.0 libxkbcommon0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
"""
for line in LIBRARIES.split("\n"):
    if line:
        library, package = line.split()
        try:
            ctypes.CDLL(library)
        except OSError:
            print(package)
PYTHON
    # Without a font Qt draws boxes.
    find /usr/share/fonts /usr/local/share/fonts "${HOME:-/nonexistent}/.fonts" \
        "${HOME:-/nonexistent}/.local/share/fonts" -name '*.[to]t[fc]' -print 2>/dev/null | grep -q . ||
        echo fonts-dejavu-core
    if [ "$purpose" = media ] || [ "$purpose" = package ]; then
        command -v pulseaudio >/dev/null || echo pulseaudio
    fi
    if [ "$purpose" = package ]; then
        command -v gnome-keyring-daemon >/dev/null || echo gnome-keyring
        command -v openssl >/dev/null || echo openssl
    fi
    if [ "$purpose" = test ] || [ "$purpose" = package ]; then
        command -v Xvfb >/dev/null || echo xvfb
        for tool in openbox xdotool; do
            command -v "$tool" >/dev/null || echo "$tool"
        done
        # What windows show is read over the accessibility bus, which the session bus starts.
        command -v dbus-daemon >/dev/null || echo dbus
        [ -e /usr/share/dbus-1/services/org.a11y.Bus.service ] || echo at-spi2-core
    fi
}

packages=$(missing_packages | sort -u | tr '\n' ' ')
[ -z "$packages" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing what Qt needs from the system: $packages"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086  # one word per package
    { apt-get -qq update && apt-get -qq install -y --no-install-recommends $packages; } >/dev/null 2>&1
    packages=$(missing_packages | sort -u | tr '\n' ' ')
    [ -z "$packages" ] && exit 0
fi
echo "Missing from the system (names as in Debian and Ubuntu): $packages— install with: sudo apt install $packages" >&2
exit 2
