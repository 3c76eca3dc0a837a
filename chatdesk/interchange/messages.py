"""Messages: the SDK's Message, MsgLocator and UserProfile to domain objects and back. Pure, any thread.

Keys are written in alphabetical order, as the vendor's library does.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType

from chatdesk.domain.elements import Element
from chatdesk.domain.ids import ConversationId, ConversationType, localpart
from chatdesk.domain.locators import Locator
from chatdesk.domain.messages import (
    EVERYONE,
    LocalMessage,
    Message,
    MessageOrigin,
    MessageState,
    SendOptions,
    unique_id,
)
from chatdesk.domain.receipts import readers
from chatdesk.interchange import reading
from chatdesk.interchange.codes import ElemType, MsgStatus
from chatdesk.interchange.elements import Object, element_objects, read_elements
from chatdesk.interchange.tips import SYSTEM_SENDER

AT_ALL = "__kImSDK_MessageAtALL__"
TEXT_LIMIT_BYTES = 12 * 1024
"""The most a message's fields may have together (the SDK's limit, code 8001)."""
MAX_TIME_S = 2**32 - 1
_MAX_UINT32 = 2**32 - 1
_NORMAL_PRIORITY = 1
_MOST_NAME = 255
_LOWEST_PRIORITY = 3
_STATUSES = {
    MessageState.QUEUED: MsgStatus.SENDING,
    MessageState.UPLOADING: MsgStatus.SENDING,
    MessageState.SENT: MsgStatus.SENDING,
    MessageState.SYNCED: MsgStatus.SEND_SUCC,
    MessageState.REVOKING: MsgStatus.SEND_SUCC,
    MessageState.FAILED: MsgStatus.SEND_FAIL,
    MessageState.REVOKED: MsgStatus.REVOKED,
}
_STATES = {MsgStatus.SEND_FAIL: MessageState.FAILED, MsgStatus.REVOKED: MessageState.REVOKED}

NameUser = Callable[[str], str]
"""The full id of a user, whatever form it was given in."""


class MessageInput(Struct, frozen=True):
    """What a program's Message says; what it leaves out has the default."""

    elements: tuple[Element, ...] = ()
    sender: str = ""
    client_time_s: int = 0
    server_time_s: int = 0
    rand: int = 0
    seq: int = 0
    unique_id: int = 0
    msg_id: str = ""
    is_from_self: bool = False
    is_read: bool = True
    status: int = 0
    options: SendOptions = SendOptions()
    revoke_reason: str = ""
    sender_name: str = ""

    @property
    def time_s(self) -> int:
        return self.server_time_s or self.client_time_s


class ReadState(Struct, frozen=True):
    """Who has read a conversation how far: `positions` by user id."""

    own_position: int = 0
    positions: dict[str, int] = {}
    member_count: int = 0


class UserProfileObject(Struct, frozen=True, rename=lambda name: f"user_profile_{name}"):
    face_url: str = ""
    friend_remark: str = ""
    identifier: str = ""
    nick_name: str = ""


class MessageObject(Struct, rename=lambda name: f"message_{name}"):
    client_time: int
    cloud_custom_str: str
    conv_id: str
    conv_type: int
    custom_int: int
    custom_str: str
    elem_array: list[Object]
    is_from_self: bool
    is_peer_read: bool
    is_read: bool
    msg_id: str
    priority: int
    rand: int
    sender: str
    sender_profile: UserProfileObject
    seq: int
    server_time: int
    status: int
    unique_id: int
    custom_moderation_configuration_id: str = ""
    excluded_from_content_moderation: bool = False
    excluded_from_last_message: bool = False
    group_at_user_array: list[str] | UnsetType = UNSET
    group_receipt_read_count: int = 0
    group_receipt_unread_count: int = -1
    has_risk_content: bool = False
    has_sent_receipt: bool = False
    is_broadcast_message: bool = False
    is_excluded_from_unread_count: bool = False
    is_online_msg: bool = False
    need_read_receipt: bool = False
    pinner_face_url: str = ""
    pinner_friend_remark: str = ""
    pinner_name_card: str = ""
    pinner_nick_name: str = ""
    pinner_user_id: str = ""
    platform: int = 0
    receipt_peer_read: bool = False
    revoke_reason: str = ""
    revoker_face_url: str = ""
    revoker_nick_name: str = ""
    revoker_user_id: str = ""
    risk_type_identified: int = 0
    sender_group_member_info: Object | UnsetType = UNSET
    support_message_extension: bool = False
    version: int = 0


NOBODY = ReadState()


def message_object(message: Message, reads: ReadState = NOBODY) -> MessageObject:
    conversation = message.conversation
    is_group = conversation.type is ConversationType.GROUP
    sender = SYSTEM_SENDER if message.is_tip else message.sender
    read_by = readers(message, reads.positions)
    peers = [user for user in read_by if user == conversation.id or is_group]
    found = MessageObject(
        client_time=message.client_time_ms // 1000,
        cloud_custom_str=message.cloud_custom,
        conv_id=conversation.id,
        conv_type=int(conversation.type),
        custom_int=message.custom_int,
        custom_str=message.custom_str,
        elem_array=element_objects(message.elements, conversation.id, message.sender),
        is_from_self=message.is_self,
        is_peer_read=bool(peers) and not is_group,
        is_read=message.is_self or message.position <= reads.own_position,
        msg_id=message.message_id or message.local_id or message.txn_id,
        priority=message.priority,
        rand=message.rand,
        sender=sender,
        sender_profile=UserProfileObject(identifier=sender, nick_name=message.sender_name),
        seq=message.seq,
        server_time=0 if message.is_echo else message.time_ms // 1000,
        status=int(_status(message)),
        unique_id=message.unique_id,
        receipt_peer_read=bool(peers) and not is_group,
    )
    if message.mentions:
        found.group_at_user_array = [AT_ALL if user == EVERYONE else user for user in message.mentions]
    if message.revoked_by:
        found.revoke_reason = message.revoke_reason
        found.revoker_user_id = message.revoked_by
        found.revoker_nick_name = localpart(message.revoked_by)
    if is_group:
        found.sender_group_member_info = {
            "group_member_info_identifier": sender,
            "group_member_info_name_card": message.sender_name,
        }
        if message.is_self and not message.is_echo and reads.member_count:
            found.group_receipt_read_count = len(peers)
            found.group_receipt_unread_count = max(0, reads.member_count - 1 - len(peers))
    return found


def _status(message: Message) -> MsgStatus:
    if message.is_deleted:
        return MsgStatus.DELETED
    if message.origin is MessageOrigin.IMPORTED and message.state is MessageState.SYNCED:
        return MsgStatus.LOCAL_IMPORTED
    return _STATUSES[message.state]


def refused_object(conversation: ConversationId, said: MessageInput) -> MessageObject:
    """A message that did not become one: what the callback of a refused send brings."""
    time_s = said.time_s
    return MessageObject(
        client_time=said.client_time_s,
        cloud_custom_str=said.options.cloud_custom,
        conv_id=conversation.id,
        conv_type=int(conversation.type),
        custom_int=said.options.custom_int,
        custom_str=said.options.custom_str,
        elem_array=element_objects(said.elements, conversation.id, said.sender),
        is_from_self=True,
        is_peer_read=False,
        is_read=True,
        msg_id="",
        priority=said.options.priority,
        rand=said.rand,
        sender=said.sender,
        sender_profile=UserProfileObject(identifier=said.sender),
        seq=0,
        server_time=said.server_time_s,
        status=int(MsgStatus.SEND_FAIL),
        unique_id=unique_id(time_s * 1000, said.rand),
        group_at_user_array=list(said.options.mentions) or UNSET,
    )


def read_message(values: Mapping[str, Any]) -> MessageInput:
    priority = reading.number(values, "message_priority", _NORMAL_PRIORITY)
    mentions = reading.sequence(values, "message_group_at_user_array")
    return MessageInput(
        elements=read_elements(reading.sequence(values, "message_elem_array")),
        sender=reading.string(values, "message_sender"),
        client_time_s=reading.number(values, "message_client_time", limit=MAX_TIME_S),
        server_time_s=reading.number(values, "message_server_time", limit=MAX_TIME_S),
        rand=reading.number(values, "message_rand") & _MAX_UINT32,
        seq=reading.number(values, "message_seq"),
        unique_id=reading.number(values, "message_unique_id", limit=reading.MAX_UINT),
        msg_id=reading.string(values, "message_msg_id"),
        is_from_self=reading.boolean(values, "message_is_from_self"),
        is_read=values.get("message_is_read") is not False,
        status=reading.number(values, "message_status"),
        options=SendOptions(
            priority=priority if priority <= _LOWEST_PRIORITY else _NORMAL_PRIORITY,
            cloud_custom=reading.string(values, "message_cloud_custom_str"),
            mentions=tuple(EVERYONE if user == AT_ALL else user for user in mentions if isinstance(user, str) and user),
            custom_int=reading.number(values, "message_custom_int", limit=_MAX_UINT32),
            custom_str=reading.string(values, "message_custom_str"),
            online_only=reading.boolean(values, "message_is_online_msg"),
            text_limit_bytes=TEXT_LIMIT_BYTES,
        ),
        revoke_reason=reading.string(values, "message_revoke_reason"),
        sender_name=" ".join(reading.string(_profile(values), "user_profile_nick_name").split())[:_MOST_NAME],
    )


def _profile(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return reading.mapping(values, "message_sender_profile")


def local_message(said: MessageInput, own_user_id: str, name_user: NameUser) -> LocalMessage:
    """A ready-made message to keep here. Without a sender it is the account's own."""
    status = said.status if said.status in set(MsgStatus) else 0
    options = said.options
    return LocalMessage(
        sender=name_user(said.sender) if said.sender else own_user_id,
        elements=said.elements,
        client_time_s=said.client_time_s,
        server_time_s=said.server_time_s,
        rand=said.rand,
        seq=said.seq,
        is_read=said.is_read,
        state=_STATES.get(MsgStatus(status), MessageState.SYNCED) if status else MessageState.SYNCED,
        priority=options.priority,
        cloud_custom=options.cloud_custom,
        mentions=tuple(name_user(user) for user in options.mentions),
        custom_int=options.custom_int,
        custom_str=options.custom_str,
        message_id=said.msg_id,
        sender_name=said.sender_name,
    )


def locator_of_input(said: MessageInput, own_user_id: str, name_user: NameUser) -> Locator:
    is_self = said.is_from_self or (bool(said.sender) and name_user(said.sender) == own_user_id)
    return Locator(said.time_s, said.seq, said.rand, is_self, said.unique_id)


def read_locators(items: Iterable[Any]) -> tuple[Locator, ...]:
    return tuple(_read_locator(item if isinstance(item, dict) else {}) for item in items)


def _read_locator(values: Object) -> Locator:
    return Locator(
        time_s=reading.number(values, "message_locator_time", limit=MAX_TIME_S),
        seq=reading.number(values, "message_locator_seq"),
        rand=reading.number(values, "message_locator_rand"),
        is_self=reading.boolean(values, "message_locator_is_self"),
        unique_id=reading.number(values, "message_locator_unique_id", limit=reading.MAX_UINT),
        is_revoked=reading.boolean(values, "message_locator_is_revoked"),
    )


def locator_object(message: Message) -> Object:
    """What the revoke listener gets: where the message was, and who took it back."""
    return {
        "message_locator_conv_id": message.conversation.id,
        "message_locator_conv_type": int(message.conversation.type),
        "message_locator_is_revoked": True,
        "message_locator_is_self": message.is_self,
        "message_locator_rand": message.rand,
        "message_locator_seq": message.seq,
        "message_locator_time": message.time_ms // 1000,
        "message_locator_unique_id": message.unique_id,
        "message_revoke_reason": message.revoke_reason,
        "message_revoker_face_url": "",
        "message_revoker_nick_name": localpart(message.revoked_by),
        "message_revoker_user_id": message.revoked_by,
    }


_encoder = msgspec.json.Encoder(order="sorted")


def encode(value: object) -> str:
    """Compact JSON with sorted keys; the text is plain UTF-8, never escapes."""
    return _encoder.encode(value).decode()


ELEM_KINDS = {
    ElemType.TEXT: "text",
    ElemType.IMAGE: "image",
    ElemType.SOUND: "sound",
    ElemType.CUSTOM: "custom",
    ElemType.FILE: "file",
    ElemType.GROUP_TIPS: "tip",
    ElemType.FACE: "face",
    ElemType.LOCATION: "location",
    ElemType.VIDEO: "video",
}
"""The domain's name of each element type."""
