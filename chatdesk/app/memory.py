"""What large blocks leave behind. Main thread, once.

The GNU C library learns from the first large block that is freed to keep the next ones for later: after three pictures
of 12 megapixels 43 MB stayed with the program. A fixed threshold sends every block of a mebibyte or more back at once.
"""

import contextlib
import sys

_M_MMAP_THRESHOLD = -3
"""malloc.h"""
_LARGE_BYTES = 1 << 20


def give_back_large_blocks() -> None:
    """Does nothing where the system has another C library."""
    if sys.platform == "linux":
        import ctypes  # after the first paint

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
