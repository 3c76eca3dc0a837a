"""The one error tree. `str(error)` is a sentence for the user that says what to do. Pure, any thread."""


class ChatdeskError(Exception):
    """Everything chatdesk expects to go wrong."""


class InputError(ChatdeskError):
    """What the user asked for cannot be done as asked."""


class UnknownUser(InputError):
    """The server has no user of this name."""


class TooManyRecipients(InputError):
    """More people at once than one call takes."""


class InvalidElement(InputError):
    """A part of a message that nobody can send: empty, malformed, or nothing at all."""


class ServerElement(InputError):
    """A part of a message that only the server makes."""


class NotSupported(InputError):
    """Something this kind of server cannot do."""


class NotAMember(InputError):
    """The account is not in this conversation."""


class RevokeTooLate(InputError):
    """Older than the time in which messages may be taken back."""


class FileMissing(InputError):
    """No such file on this machine."""


class FileUnreadable(InputError):
    """The file is there, but it cannot be opened."""


class FileEmpty(InputError):
    """A file without content."""


class FileTooLarge(InputError):
    """Larger than the server takes."""


class NotAPicture(InputError):
    """The file is no picture that can be shown."""


class NetworkError(ChatdeskError):
    """No answer from the server: it may or may not have acted. Try again with the same transaction id."""


class CertificateError(NetworkError):
    """The server's certificate cannot be trusted."""


class ServerError(ChatdeskError):
    """The server answered with an error. `status` is the HTTP status, `code` the server's error code."""

    def __init__(self, message: str, status: int = 0, code: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class TemporaryServerError(ServerError):
    """5xx and the like: the same request may succeed later."""


class RateLimited(ServerError):
    """Too many requests; `retry_after_s` says when to try again."""

    def __init__(self, message: str, retry_after_s: float, status: int = 429) -> None:
        super().__init__(message, status, "M_LIMIT_EXCEEDED")
        self.retry_after_s = retry_after_s


class Forbidden(ServerError):
    """The server refuses this to this user."""


class PasswordNeeded(ServerError):
    """The server wants to be sure who asks; `session` belongs to this request. `has_password`: a password will do."""

    def __init__(self, message: str, session: str = "", has_password: bool = True, code: str = "") -> None:
        super().__init__(message, 401, code)
        self.session = session
        self.has_password = has_password


class NotFound(ServerError):
    """No such user, conversation, message or file."""


class TooLarge(ServerError):
    """Over a limit of the server."""


class SessionEnded(ServerError):
    """The access token is no longer accepted. `is_soft`: log in again and keep everything."""

    def __init__(self, message: str, status: int = 401, code: str = "M_UNKNOWN_TOKEN", is_soft: bool = False) -> None:
        super().__init__(message, status, code)
        self.is_soft = is_soft


class LoginError(ChatdeskError):
    """Logging in failed; the text says why and what to do."""


class WrongUserName(LoginError):
    """What was typed cannot be a user name of this server."""


class EncryptedConversation(ChatdeskError):
    """chatdesk cannot encrypt yet and never sends in clear into an encrypted conversation."""


class StoreError(ChatdeskError):
    """The local store cannot be used."""


class WrongKey(StoreError):
    """The key does not open this store."""


class KeyGivenUp(ChatdeskError):
    """The user has forgotten what opens the store, and would rather log in again without it."""


class DamagedStore(StoreError):
    """The file of the store is damaged; opening it again rescues what can be read."""


class DiskFull(StoreError):
    """No space left for the store; nothing already stored is lost."""


class Withdrawn(ChatdeskError):
    """The message was taken back or deleted before it left."""


class Interrupted(ChatdeskError):
    """The program or the session ends; what was queued goes on at the next start."""


class TransferError(ChatdeskError):
    """A file could not be sent, fetched or written."""


class TransferCancelled(TransferError):
    """The user stopped a transfer."""


class TargetExists(TransferError):
    """Something of this name is there already; nothing is overwritten."""


class TargetMissing(TransferError):
    """The folder for the file is not there."""


class TargetNotWritable(TransferError):
    """The folder or the file may not be written to."""


class TargetDiskFull(TransferError):
    """No space left where the file should go."""


class DamagedFile(TransferError):
    """What arrived is not what the sender sent."""
