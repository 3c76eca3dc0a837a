"""The SDK's numbers: what calls return, types, statuses, error codes. Pure, any thread; failures.py says which error is
which code."""

from enum import IntEnum

SUCCESS = 0
DOWNLOADING = "downloading"
"""The description that tells a progress call of a download from its result."""


class Result(IntEnum):
    """What a call returns at once (TIMResult)."""

    SUCC = 0
    SDKUNINIT = -1
    NOTLOGIN = -2
    JSON = -3
    PARAM = -4


class NetworkStatus(IntEnum):
    CONNECTED = 0
    DISCONNECTED = 1
    CONNECTING = 2
    CONNECT_FAILED = 3


class ConvEvent(IntEnum):
    ADD = 0
    DEL = 1
    UPDATE = 2
    START = 3
    FINISH = 4


class Code(IntEnum):
    """The code a callback brings."""

    NO_SUCC_RESULT = 6003
    INVALID_CONVERSATION = 6004
    FILE_UPLOAD_FAILED = 6008
    FILE_DOWNLOAD_FAILED = 6009
    HTTP_REQ_FAILED = 6010
    NOT_INITIALIZED = 6013
    NOT_LOGGED_IN = 6014
    INVALID_MSG_ELEM = 6016
    INVALID_PARAMETERS = 6017
    DATABASE_OPERATE_FAILED = 6019
    IO_OPERATION_FAILED = 6022
    """The disk is full, or a file cannot be written."""
    NO_PREVIOUS_LOGIN = 6026
    INVALID_JSON = 6027
    NOT_AN_IMAGE = 6031
    USER_SIG_EXPIRED = 6206
    USER_CANCELED = 6222
    INVALID_IDENTIFIER = 7003
    FILE_NOT_FOUND = 7004
    FILE_TOO_LARGE = 7005
    FILE_SIZE_EMPTY = 7006
    FILE_OPEN_FAILED = 7007
    CALL_FREQUENCY_LIMIT = 7008
    INTERRUPT = 7009
    ROW_NOT_FOUND = 7011
    INTERNAL_ERROR = 7012
    NOT_SUPPORTED = 7013
    INVALID_OPERATION = 7014
    MSG_BODY_SIZE_LIMIT = 8001
    SEND_CANCELLED = 8021
    NET_DISCONNECT = 9508
    GROUP_INTERNAL_ERROR = 10002
    GROUP_PERMISSION_DENY = 10007
    GROUP_NOT_FOUND = 10010
    REVOKE_MSG_NOT_FOUND = 10030
    GROUP_REVOKE_TIME_LIMIT = 10031
    MSG_INVALID_ID = 20003
    MSG_INTERNAL_ERROR = 20005
    MSG_PUSH_DENY = 20006
    MSG_REVOKE_TIME_LIMIT = 20016
    MSG_DEL_RAMBLE_INTERNAL_ERROR = 20018
    ACCOUNT_COUNT_LIMIT = 90011
    RES_NOT_FOUND = 114000
    RES_ACCESS_DENY = 114001
    RES_SIZE_LIMIT = 114002
    RES_CANCELLED = 114003
    RES_READ_FAILED = 114004
