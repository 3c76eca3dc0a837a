"""Names of media on the server: mxc://SERVER/ID. Pure, any thread."""

import re

from chatdesk.domain.errors import InputError

# Server name: host, IPv4 or [IPv6], with an optional port. The id's alphabet keeps dots and slashes out of paths.
_MXC = re.compile(r"mxc://((?:[A-Za-z0-9.-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?)/([A-Za-z0-9_-]{1,255})")


def mxc(value: object) -> str:
    """The value when it is a well-formed mxc:// URI, else empty."""
    return value if isinstance(value, str) and _MXC.fullmatch(value) else ""


def split_mxc(uri: str) -> tuple[str, str]:
    """Server name and media id. Raises InputError."""
    match = _MXC.fullmatch(uri)
    if match is None:
        raise InputError("This attachment has no valid address on the server.")
    return match[1], match[2]
