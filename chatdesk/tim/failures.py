"""Which of the SDK's codes an error of the core is. Pure, any thread.

The sentence that goes with a code is the error's own: it says what happened and what to do. The order of the table
matters: the first class an error belongs to decides.
"""

from enum import Enum, auto

from chatdesk.domain import errors
from chatdesk.tim.codes import Code


class Doing(Enum):
    """What was being done; some errors mean another code there."""

    SEND = auto()
    REVOKE = auto()
    CLEAR_ROAMING = auto()
    DOWNLOAD = auto()
    OTHER = auto()


class NotFilled(errors.InputError):
    """A call whose JSON says nothing that could be acted on."""


class InvalidName(errors.InputError):
    """This cannot be a user's or a group's id."""


class UnknownMessage(errors.NotFound):
    """A call names a message that is not in the conversation."""


class InvalidJson(errors.InputError):
    """JSON that turned out unreadable after the call was accepted."""


_TABLE: tuple[tuple[type[Exception], Code | tuple[Code, Code]], ...] = (
    (InvalidJson, Code.INVALID_JSON),
    (InvalidName, Code.INVALID_IDENTIFIER),
    (errors.UnknownUser, Code.MSG_INVALID_ID),
    (errors.TooManyRecipients, Code.ACCOUNT_COUNT_LIMIT),
    (errors.InvalidElement, Code.INVALID_MSG_ELEM),
    (errors.ServerElement, Code.INVALID_PARAMETERS),
    (errors.NotSupported, Code.NOT_SUPPORTED),
    (errors.NotAMember, (Code.INVALID_CONVERSATION, Code.GROUP_PERMISSION_DENY)),
    (errors.RevokeTooLate, (Code.MSG_REVOKE_TIME_LIMIT, Code.GROUP_REVOKE_TIME_LIMIT)),
    (errors.FileMissing, Code.FILE_NOT_FOUND),
    (errors.FileUnreadable, Code.FILE_OPEN_FAILED),
    (errors.FileEmpty, Code.FILE_SIZE_EMPTY),
    (errors.FileTooLarge, Code.FILE_TOO_LARGE),
    (errors.NotAPicture, Code.NOT_AN_IMAGE),
    (errors.InputError, Code.INVALID_PARAMETERS),
    (errors.NetworkError, Code.NET_DISCONNECT),
    (errors.RateLimited, Code.CALL_FREQUENCY_LIMIT),
    (errors.TemporaryServerError, (Code.MSG_INTERNAL_ERROR, Code.GROUP_INTERNAL_ERROR)),
    (errors.Forbidden, (Code.MSG_PUSH_DENY, Code.GROUP_PERMISSION_DENY)),
    (UnknownMessage, Code.ROW_NOT_FOUND),
    (errors.NotFound, (Code.INVALID_CONVERSATION, Code.GROUP_NOT_FOUND)),
    (errors.TooLarge, Code.MSG_BODY_SIZE_LIMIT),
    (errors.SessionEnded, Code.NOT_LOGGED_IN),
    (errors.ServerError, (Code.MSG_INTERNAL_ERROR, Code.GROUP_INTERNAL_ERROR)),
    (errors.EncryptedConversation, Code.NOT_SUPPORTED),
    (errors.DiskFull, Code.IO_OPERATION_FAILED),
    (errors.StoreError, Code.DATABASE_OPERATE_FAILED),
    (errors.Withdrawn, Code.SEND_CANCELLED),
    (errors.Interrupted, Code.INTERRUPT),
    (errors.TransferCancelled, Code.RES_CANCELLED),
    (errors.TargetExists, Code.INVALID_OPERATION),
    (errors.TargetMissing, Code.FILE_NOT_FOUND),
    (errors.TargetNotWritable, Code.FILE_OPEN_FAILED),
    (errors.TargetDiskFull, Code.IO_OPERATION_FAILED),
    (errors.DamagedFile, Code.RES_READ_FAILED),
    (errors.TransferError, Code.FILE_UPLOAD_FAILED),
)
_WHILE: dict[Doing, tuple[tuple[type[Exception], Code | tuple[Code, Code]], ...]] = {
    Doing.SEND: ((errors.NotFound, (Code.MSG_INVALID_ID, Code.GROUP_NOT_FOUND)),),
    Doing.REVOKE: (
        (errors.NotFound, Code.REVOKE_MSG_NOT_FOUND),
        (errors.Forbidden, Code.GROUP_PERMISSION_DENY),
        (errors.NotAMember, Code.GROUP_PERMISSION_DENY),
    ),
    Doing.CLEAR_ROAMING: ((errors.ServerError, Code.MSG_DEL_RAMBLE_INTERNAL_ERROR),),
    Doing.DOWNLOAD: (
        (errors.NotFound, Code.RES_NOT_FOUND),
        (errors.Forbidden, Code.RES_ACCESS_DENY),
        (errors.TooLarge, Code.RES_SIZE_LIMIT),
        (errors.TransferError, Code.FILE_DOWNLOAD_FAILED),
    ),
}
_OWN_CODES = (
    errors.SessionEnded,
    errors.RateLimited,
    errors.TransferCancelled,
    errors.TargetExists,
    errors.TargetMissing,
    errors.TargetNotWritable,
    errors.TargetDiskFull,
    errors.DamagedFile,
)
"""They mean the same whatever was being done."""


def code_of(error: Exception, doing: Doing = Doing.OTHER, is_group: bool = False) -> Code:
    if isinstance(error, errors.SessionEnded) and error.is_soft:
        return Code.USER_SIG_EXPIRED
    if not isinstance(error, _OWN_CODES):
        for kind, found in _WHILE.get(doing, ()):
            if isinstance(error, kind):
                return found[is_group] if isinstance(found, tuple) else found
    for kind, found in _TABLE:
        if isinstance(error, kind):
            return found[is_group] if isinstance(found, tuple) else found
    return Code.INTERNAL_ERROR
