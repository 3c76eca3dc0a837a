"""A conversation as the SDK's ConvInfo tells the truth about pins, mutes, marks, drafts and what is unread."""

from chatdesk.domain.conversations import Conversation, Membership, Mention
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.tim.shapes.conversations import conversation_object

_BEN = ConversationId(ConversationType.C2C, "@ben:h")


def test_an_ordinary_conversation() -> None:
    found = conversation_object(Conversation(_BEN, "Ben", Membership.JOINED, unread=3))
    assert (found["conv_is_pinned"], found["conv_recv_opt"], found["conv_mark_array"]) == (False, 0, [])
    assert (found["conv_unread_num"], found["conv_is_has_draft"], "conv_draft" in found) == (3, False, False)


def test_what_addresses_the_account_in_a_group() -> None:
    group = ConversationId(ConversationType.GROUP, "!lunch")
    mentions = (Mention(5, True, False), Mention(6, False, True), Mention(7, True, True))
    found = conversation_object(Conversation(group, "Lunch", Membership.JOINED, mentions=3, unread_mentions=mentions))
    assert [
        (info["conv_group_at_info_seq"], info["conv_group_at_info_at_type"])
        for info in found["conv_group_at_info_array"]
    ] == [(5, 1), (6, 2), (7, 3)]


def test_pinned_muted_marked_and_with_a_draft() -> None:
    conversation = Conversation(
        _BEN,
        "Ben",
        Membership.JOINED,
        is_pinned=True,
        is_muted=True,
        is_marked_unread=True,
        draft="later",
        draft_ms=12_345,
    )
    found = conversation_object(conversation)
    assert (found["conv_is_pinned"], found["conv_recv_opt"], found["conv_mark_array"]) == (True, 2, [2])
    assert found["conv_draft"]["draft_edit_time"] == 12
    assert found["conv_draft"]["draft_msg"]["message_elem_array"][0]["text_elem_content"] == "later"
