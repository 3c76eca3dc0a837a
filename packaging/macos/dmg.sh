#!/bin/sh
# The disk image for macOS: dist/chatdesk-VERSION.dmg of dist/chatdesk.app (by `make freeze`, there).
# Not run here: it was written on a machine without macOS. .github/workflows/installers.yml runs the same.
#
# IDENTITY="Developer ID Application: …"   signs the program; without it only this machine will open it without asking
# NOTARY=PROFILE                           a profile of `notarytool store-credentials`: has Apple look at the image
set -eu
[ "$(uname -s)" = Darwin ] || { echo "dmg.sh runs on macOS only" >&2; exit 2; }
[ -d dist/chatdesk.app ] || { echo "dist/chatdesk.app is missing: make freeze makes it" >&2; exit 2; }
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' chatdesk/__init__.py)
image=dist/chatdesk-$version.dmg

# Inside out: each library first, then the program around them. The runtime that Apple wants forbids foreign libraries;
# Qt's are to be replaceable (LGPL), so that one rule is lifted.
find dist/chatdesk.app -type f \( -name '*.dylib' -o -name '*.so' \) -exec \
    codesign --force --timestamp=none --sign "${IDENTITY:--}" {} +
codesign --force --options runtime --entitlements packaging/macos/entitlements.plist --sign "${IDENTITY:--}" dist/chatdesk.app
codesign --verify --strict --deep dist/chatdesk.app

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM
cp -R dist/chatdesk.app "$folder/"
cp -R dist/chatdesk/licences "$folder/Licences"
ln -s /Applications "$folder/Applications"
hdiutil create -quiet -ov -volname chatdesk -fs HFS+ -format UDZO -srcfolder "$folder" "$image"
if [ -n "${NOTARY:-}" ]; then
    xcrun notarytool submit --wait --keychain-profile "$NOTARY" "$image"
    xcrun stapler staple "$image"
fi
ls -l "$image"
