"""The SDK's numbers inside messages: kinds of elements, states. Pure, any thread."""

from enum import IntEnum


class ElemType(IntEnum):
    TEXT = 0
    IMAGE = 1
    SOUND = 2
    CUSTOM = 3
    FILE = 4
    GROUP_TIPS = 5
    FACE = 6
    LOCATION = 7
    GROUP_REPORT = 8
    VIDEO = 9
    FRIEND_CHANGE = 10
    PROFILE_CHANGE = 11
    MERGE = 12


class MsgStatus(IntEnum):
    SENDING = 1
    SEND_SUCC = 2
    SEND_FAIL = 3
    DELETED = 4
    LOCAL_IMPORTED = 5
    REVOKED = 6
    CANCEL = 7
