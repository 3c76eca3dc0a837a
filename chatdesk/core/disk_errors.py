"""What a failing disk means for a file to be written, in words and as an error with a code. Pure, any thread."""

import errno
from pathlib import Path

from chatdesk.domain.errors import TargetDiskFull, TargetExists, TargetMissing, TargetNotWritable, TransferError
from chatdesk.domain.wording import Sentence, because

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENAMETOOLONG, errno.EINVAL})
_ABSENT = frozenset({errno.ENOENT, errno.ENOTDIR})


def disk_error(path: Path, error: OSError) -> TransferError:
    """What a failing write means, with a sentence that says what to do."""
    if error.errno in _FULL:
        return TargetDiskFull(Sentence("There is no space left for “{name}”. Free some and try again.", name=path.name))
    if error.errno in _REFUSED:
        return TargetNotWritable(
            Sentence("“{name}” cannot be written: {reason}.", name=path.name, reason=because(error))
        )
    if error.errno in _ABSENT:
        return TargetMissing(Sentence("The folder {folder} is not there.", folder=str(path.parent)))
    if error.errno == errno.EEXIST:
        return TargetExists(Sentence("“{name}” is there already. Choose another name.", name=path.name))
    return TransferError(Sentence("“{name}” cannot be written: {reason}.", name=path.name, reason=because(error)))
