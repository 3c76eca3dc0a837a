#!/bin/sh
# The client in one folder, dist/chatdesk, by PyInstaller; needs no Python to run. Argument: the virtual environment.
#
# Two builds of one commit are the same: sets are iterated in one order, and every time written is the commit's.
set -eu
environment=$1
. packaging/reproducible.sh
rm -rf build/pyinstaller dist/chatdesk dist/chatdesk.app
"$environment/bin/python" packaging/icons.py resources/icons/chatdesk.svg build/icons
"$environment/bin/pyinstaller" --log-level WARN --noconfirm --workpath build/pyinstaller --distpath dist \
    packaging/pyinstaller/chatdesk.spec
"$environment/bin/python" packaging/licences.py dist/chatdesk build/pyinstaller/chatdesk/Analysis-00.toc
du -sh dist/chatdesk
