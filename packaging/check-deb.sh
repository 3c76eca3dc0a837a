#!/bin/sh
# Installs dist/chatdesk_*.deb in a minimal root of the same Debian, uses it there as a person would, and takes it away.
#
#   check-deb.sh PYTHON            by `make check-deb`; must be root. PYTHON: of the environment that has the tests
#   ROOT=DIR                       a minimal root to copy, instead of the one that debootstrap makes (build/root)
#   FONTS=PACKAGE                  what somebody who reads Chinese has (fonts-wqy-microhei)
#   PICTURES=DIR                   where pictures of the window go (build/pictures/deb)
#
# The homeserver, the X server and the other people are outside; the root has no checkout and a user with an empty home.
set -eu

python=$1
base=${ROOT:-build/root}
pictures=${PICTURES:-build/pictures/deb}
package=$(ls dist/chatdesk_*.deb)
[ "$(id -u)" = 0 ] || { echo "check-deb.sh has to be root: it uses debootstrap and chroot" >&2; exit 2; }

# All mounts belong to this process and its children: they are gone with it, however it ends.
[ -n "${CHECK_DEB_INSIDE:-}" ] || CHECK_DEB_INSIDE=yes exec unshare --mount --propagation private "$0" "$@"

for tool in debootstrap openssl; do
    command -v $tool >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $tool
done
if [ ! -e "$base/usr/bin/apt-get" ]; then
    echo "== A minimal Debian in $base (a few minutes, once)"
    rm -rf "$base.new"
    debootstrap --variant=minbase "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$base.new" >"$base.log" 2>&1 || {
        tail -n 5 "$base.log" >&2
        exit 1
    }
    mv "$base.new" "$base"
fi

root=$(mktemp -d /tmp/cdr-XXXXXX)
home=$(mktemp -u /tmp/cd-XXXXXX) # seen by that name in the root and outside
trap 'rm -rf "$root" "$home"' EXIT INT TERM
cp -a "$base/." "$root"
mount -t proc proc "$root/proc"
mount -t devpts devpts "$root/dev/pts"
trap 'umount "$root/dev/pts" "$root/proc"; rm -rf "$root" "$home"' EXIT INT TERM
# The network is this machine's.
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
cp -a /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
rm -f "$root"/etc/apt/apt.conf.d/docker-* # they would keep what is to be measured from being written
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" # no service starts in a root
chmod 755 "$root/usr/sbin/policy-rc.d"
mkdir "$root$home"
ln -s "$root$home" "$home"

inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root DEBIAN_FRONTEND=noninteractive "$@"; }
person() { chroot --userspec=person "$root" env -i PATH=/usr/bin:/bin HOME="$home/home" LC_ALL=C.UTF-8 "$@"; }
# Every file with its kind, rights and content, but for what apt and dpkg note of their own work.
listing() {
    (
        cd "$root"
        found() {
            find . -xdev \( -path ./proc -o -path ./dev -o -path ".$home" -o -path ./var/log -o -path ./var/cache/apt \
                -o -path ./var/lib/apt -o -path ./var/cache/debconf -o -path ./var/cache/ldconfig -o -path ./var/cache/man \
                -o -path './var/lib/dpkg/*-old' \) -prune -o "$@"
        }
        found -printf '%y %m %u %p %l\n' | LC_ALL=C sort
        found -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum
    )
}

inside useradd --uid 1000 --home-dir "$home/home" --no-create-home --shell /bin/sh person
echo "== What the package depends on and recommends"
inside apt-get -qq update
inside apt-get -qq install -y --no-install-recommends dpkg apt man-db >/dev/null 2>&1
wanted=$(dpkg-deb -f "$package" Depends)
recommended=$(dpkg-deb -f "$package" Recommends)
inside apt-get -qq satisfy -y --no-install-recommends "$wanted, $recommended, ${FONTS:-fonts-wqy-microhei}" >"$root/tmp/apt.log" 2>&1 || {
    tail -n 5 "$root/tmp/apt.log" >&2
    exit 1
}
rm -f "$root/tmp/apt.log"
listing >build/before.txt

echo "== Install"
cp "$package" "$root/tmp/chatdesk.deb"
chmod 644 "$root/tmp/chatdesk.deb"
inside apt-get -qq install -y --no-install-recommends /tmp/chatdesk.deb
rm "$root/tmp/chatdesk.deb"
inside dpkg -s chatdesk | grep '^Status: install ok installed'
inside dpkg --verify chatdesk
person chatdesk --version
person chatdesk --help >/dev/null
person sh -c 'man chatdesk | grep -q "chatdesk - chat with people"'
if person chatdesk 2>"$root$home/no-display.txt"; then
    echo "It started without a display" >&2
    exit 1
fi
cat "$root$home/no-display.txt"
grep -q '^chatdesk: There is no display' "$root$home/no-display.txt"
rm "$root$home/no-display.txt"

echo "== Use"
"$python" -m tests.packages "$home" --root "$root" --user 1000 --pictures "$pictures" --opener xdg-open \
    chatdesk

echo "== Remove"
inside apt-get -qq purge -y chatdesk
listing >build/after.txt
if ! diff build/before.txt build/after.txt; then
    echo "The lines above are what the package left behind or changed" >&2
    exit 1
fi
echo "Nothing of the package is left. The person's data is still there:"
(cd "$root$home/home" && find . -type f -name 'store.db' | grep .)
