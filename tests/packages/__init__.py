"""An installed chatdesk (package, frozen folder, wheel) is used as a person would: `make check-deb`, `check-dist`."""
