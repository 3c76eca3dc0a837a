#!/bin/sh
# Makes dist/chatdesk_VERSION_ARCH.deb of the one-folder build, and checks it with the distribution's own tools.
#
# SCREENSHOTS=URL: the web address of the folder resources/screenshots, for software centres.
# DEBFULLNAME, DEBEMAIL: who packs it; without them the commit's author.
set -eu
. packaging/reproducible.sh

tools="dpkg-deb dpkg-shlibdeps lintian desktop-file-validate appstreamcli man"
for tool in $tools; do
    command -v "$tool" >/dev/null && continue
    packages="dpkg-dev lintian desktop-file-utils appstream man-db"
    [ "$(id -u)" = 0 ] || { echo "$tool is missing: sudo apt install $packages" >&2; exit 2; }
    # shellcheck disable=SC2086  # one word per package
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $packages; } \
        >/dev/null
    break
done

version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' chatdesk/__init__.py)
date=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%d)
architecture=$(dpkg --print-architecture)
name=${DEBFULLNAME:-$(git log -1 --format=%an)}
maintainer="$name <${DEBEMAIL:-$(git log -1 --format=%ae)}>"
root=build/deb/chatdesk
package=dist/chatdesk_${version}_$architecture.deb

rm -rf build/deb
mkdir -p "$root/DEBIAN" "$root/usr/lib" "$root/usr/bin" "$root/usr/share/doc/chatdesk"
cp -a dist/chatdesk "$root/usr/lib/chatdesk"
mv "$root/usr/lib/chatdesk/licences" "$root/usr/share/doc/chatdesk/licences"
ln -s ../lib/chatdesk/chatdesk "$root/usr/bin/chatdesk"

place() { # place FILE FOLDER [NAME]: with version and date filled in
    install -d "$root/$2"
    sed "s/@VERSION@/$version/g; s/@DATE@/$date/g" "packaging/deb/$1" >"$root/$2/${3:-$1}"
}
place chatdesk.desktop usr/share/applications
place chatdesk.metainfo.xml usr/share/metainfo org.example.chatdesk.metainfo.xml
place chatdesk.1 usr/share/man/man1
place lintian-overrides usr/share/lintian/overrides chatdesk
gzip -9n "$root/usr/share/man/man1/chatdesk.1"
metainfo=$root/usr/share/metainfo/org.example.chatdesk.metainfo.xml
section=
if [ -n "${SCREENSHOTS:-}" ]; then
    section="<screenshots><screenshot type=\"default\"><caption>A conversation</caption>"
    section="$section<image>$SCREENSHOTS/conversation-light.png</image></screenshot>"
    section="$section<screenshot><caption>In the dark</caption>"
    section="$section<image>$SCREENSHOTS/conversation-dark.png</image></screenshot></screenshots>"
fi
sed -i "s|<!-- screenshots -->|$section|; /^  \$/d" "$metainfo"

icons=$root/usr/share/icons/hicolor
for file in build/icons/*/chatdesk.png; do
    size=$(basename "$(dirname "$file")")
    install -Dm644 "$file" "$icons/${size}x$size/apps/chatdesk.png"
done
install -Dm644 resources/icons/chatdesk.svg "$icons/scalable/apps/chatdesk.svg"

# Debian's form of the licences: the program itself, then each part with its text.
.venv-package/bin/python packaging/deb/copyright.py "$root/usr/share/doc/chatdesk" >build/deb/copyright
install -m644 build/deb/copyright "$root/usr/share/doc/chatdesk/copyright"
printf 'chatdesk (%s) unstable; urgency=medium\n\n  * What is new stands in changelog.md.gz.\n\n -- %s  %s\n' \
    "$version" "$maintainer" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$root/usr/share/doc/chatdesk/changelog.gz"
gzip -9nc CHANGELOG.md >"$root/usr/share/doc/chatdesk/changelog.md.gz"

# What the linker will look for, as the packages of this distribution; the program's own libraries are its own.
mkdir -p build/deb/debian
printf 'Source: chatdesk\n\nPackage: chatdesk\nArchitecture: any\n' >build/deb/debian/control
objects=$(cd "$root" && find usr/lib/chatdesk -type f \( -name '*.so*' -o -name chatdesk \) | LC_ALL=C sort)
folders=$(printf '%s\n' "$objects" | xargs -n1 dirname | LC_ALL=C sort -u)
# shellcheck disable=SC2046,SC2086  # one word per file and folder; no name has blanks
depends=$(cd build/deb && dpkg-shlibdeps -O --ignore-missing-info --warnings=0 \
    $(printf -- '-lchatdesk/%s ' $folders) $(printf -- '-echatdesk/%s ' $objects) | sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ] || { echo "The system libraries that the program needs could not be found out" >&2; exit 1; }

find "$root" -type d -exec chmod 755 {} +
find "$root" -type f ! -path '*/DEBIAN/*' -exec chmod 644 {} +
chmod 755 "$root/usr/lib/chatdesk/chatdesk"
cat >"$root/DEBIAN/control" <<CONTROL
Package: chatdesk
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -sk --apparent-size "$root/usr" | cut -f1)
Depends: $depends
Recommends: ca-certificates, fonts-dejavu-core | fonts-noto-core, gnome-keyring | kwalletmanager, xdg-utils
Suggests: fonts-noto-cjk | fonts-wqy-microhei, fonts-noto-color-emoji
Section: net
Priority: optional
Description: desktop chat client for the Matrix network
 Conversations, groups, pictures, files, recall and read receipts for people
 and small teams. Messages are kept encrypted and can be read and searched
 without the network; what is written meanwhile is sent later.
 .
 The package brings its own Python and Qt. Conversations with end-to-end
 encryption cannot be read or written yet.
CONTROL
(cd "$root" && find usr -type f | LC_ALL=C sort | xargs -d '\n' md5sum) >"$root/DEBIAN/md5sums"
find "$root" -depth -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >/dev/null

desktop-file-validate "$root/usr/share/applications/chatdesk.desktop"
appstreamcli validate --no-net "$metainfo"
man --warnings -E UTF-8 -l -Tutf8 -Z "$root/usr/share/man/man1/chatdesk.1.gz" >/dev/null
# Root is who builds in a container.
lintian --allow-root --fail-on error,warning --tag-display-limit 0 "$package"
ls -l "$package"
