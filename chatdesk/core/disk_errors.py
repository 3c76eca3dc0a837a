"""What a failing disk means for a file to be written, in words and as an error with a code. Pure, any thread."""

import errno
from pathlib import Path

from chatdesk.domain.errors import TargetDiskFull, TargetExists, TargetMissing, TargetNotWritable, TransferError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENAMETOOLONG, errno.EINVAL})
_ABSENT = frozenset({errno.ENOENT, errno.ENOTDIR})


def disk_error(path: Path, error: OSError) -> TransferError:
    """What a failing write means, with a sentence that says what to do."""
    if error.errno in _FULL:
        return TargetDiskFull(f"There is no space left for “{path.name}”. Free some and try again.")
    if error.errno in _REFUSED:
        return TargetNotWritable(f"“{path.name}” cannot be written: {error.strerror}.")
    if error.errno in _ABSENT:
        return TargetMissing(f"The folder {path.parent} is not there.")
    if error.errno == errno.EEXIST:
        return TargetExists(f"“{path.name}” is there already. Choose another name.")
    return TransferError(f"“{path.name}” cannot be written: {error.strerror}.")
