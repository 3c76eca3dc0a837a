"""The servers of packaging/homeserver on this machine: `make scale`. Apart from the other tests; needs Debian."""
