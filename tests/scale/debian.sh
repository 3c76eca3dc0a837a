#!/bin/sh
# What `make scale` needs from Debian: installed through apt when root, else named. Starts and changes no service.
set -eu

wanted=""
need() { # package, a file or command that it brings
	{ command -v "$2" >/dev/null 2>&1 || test -e "$2"; } || wanted="$wanted $1"
}
need postgresql "$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -n 1)"
need redis-server redis-server
need nginx-light /usr/sbin/nginx
need openssl openssl
need gettext-base envsubst
need libpq-dev pg_config
need gcc cc
test -n "$wanted" || exit 0

if test "$(id -u)" = 0 && command -v apt-get >/dev/null; then
	echo "Installing from Debian:$wanted"
	# No service may start by itself: make scale runs its own on loopback, in a directory of its own.
	RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive nice apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends $wanted >/dev/null
else
	echo "make scale needs these packages of Debian: apt-get install$wanted" >&2
	exit 2
fi
