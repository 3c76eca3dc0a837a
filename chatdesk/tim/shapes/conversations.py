"""Conversations and receipts as the SDK's ConvInfo and MessageReceipt. Pure, any thread."""

from collections.abc import Sequence
from typing import Any

from chatdesk.domain.conversations import Conversation, Mention
from chatdesk.domain.elements import Text
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import Message
from chatdesk.interchange.elements import element_object
from chatdesk.interchange.messages import ReadState, message_object

_PRIVATE_GROUP = 1
_NOTIFY, _NOT_NOTIFY = 0, 2
"""TIMReceiveMessageOpt: online and offline ones are told; received, but nobody is told."""
_AT_ME, _AT_ALL, _AT_ALL_AND_ME = 1, 2, 3
"""TIMGroupAtType."""
_MARKED_UNREAD = 2
"""TIMConversationMarkType: unread, by hand."""

Object = dict[str, Any]


def conversation_object(conversation: Conversation, reads: ReadState | None = None) -> Object:
    last = conversation.last_message
    is_group = conversation.id.type is ConversationType.GROUP
    state = reads or ReadState(conversation.read_position, {}, conversation.member_count)
    last_read = last is not None and last.position <= conversation.read_position
    found: Object = {
        "conv_active_time": conversation.sort_time_ms // 1000,
        "conv_c2c_read_timestamp": last.time_ms // 1000 if last is not None and last_read and not is_group else 0,
        "conv_conversation_group_array": [],
        "conv_custom_data": "",
        "conv_face_url": conversation.avatar_uri,
        "conv_group_at_info_array": [_at_info(mention) for mention in conversation.unread_mentions if is_group],
        "conv_group_read_sequence": conversation.read_position if is_group else 0,
        "conv_id": conversation.id.id,
        "conv_is_has_draft": bool(conversation.draft),
        "conv_is_has_lastmsg": last is not None,
        "conv_is_pinned": conversation.is_pinned,
        "conv_mark_array": [_MARKED_UNREAD] if conversation.is_marked_unread else [],
        "conv_recv_opt": _NOT_NOTIFY if conversation.is_muted else _NOTIFY,
        "conv_show_name": conversation.name,
        "conv_type": int(conversation.id.type),
        "conv_unread_num": conversation.unread,
    }
    if is_group:
        found["conv_group_type"] = _PRIVATE_GROUP
    if last is not None:
        found["conv_last_msg"] = message_object(last, state)
    if conversation.draft:
        text = element_object(Text(conversation.draft), conversation.id.id, "")
        found["conv_draft"] = {
            "draft_edit_time": conversation.draft_ms // 1000,
            "draft_msg": {"message_elem_array": [text]},
            "draft_user_define": "",
        }
    return found


def _at_info(mention: Mention) -> Object:
    at_type = _AT_ALL_AND_ME if mention.is_for_me and mention.is_for_all else _AT_ME if mention.is_for_me else _AT_ALL
    return {"conv_group_at_info_at_type": at_type, "conv_group_at_info_seq": mention.position}


def removed_object(conversation: ConversationId) -> Object:
    return {"conv_id": conversation.id, "conv_type": int(conversation.type)}


def receipt_object(message: Message, read_by: Sequence[str], member_count: int) -> Object:
    """Somebody has read everything up to `message`."""
    conversation = message.conversation
    is_group = conversation.type is ConversationType.GROUP
    found: Object = {
        "msg_receipt_conv_id": conversation.id,
        "msg_receipt_conv_type": int(conversation.type),
        "msg_receipt_is_peer_read": not is_group,
        "msg_receipt_msg_id": message.message_id,
        "msg_receipt_time_stamp": message.time_ms // 1000,
    }
    if is_group:
        found["msg_receipt_read_count"] = len(read_by)
        found["msg_receipt_unread_count"] = max(0, member_count - 1 - len(read_by))
    return found
