"""What a sync does to conversations, one story per rule."""

from chatdesk.domain.changes import Changes, ChannelBatch, IncomingReceipt, SyncBatch
from chatdesk.domain.conversations import Conversation, Member, Membership
from chatdesk.domain.elements import Text, Tip, TipKind
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import IncomingMessage, MessageState, Revocation
from chatdesk.store import conversations, messages, outbox
from chatdesk.store.database import Database
from chatdesk.store.sync import apply_sync
from tests.unit.store.server_log import BEN, CHANNEL, GROUP, ME, ServerLog

WITH_BEN = ConversationId(ConversationType.C2C, BEN)


async def apply(database: Database, *channels: ChannelBatch, direct: dict[str, str] | None = None) -> Changes:
    return await database.write(apply_sync, SyncBatch("t", channels, direct), ME, 1_000)


async def only(database: Database) -> Conversation:
    (conversation,) = await database.read(conversations.all_visible, ME)
    return conversation


def incoming(number: int, text: str = "hi", sender: str = BEN, channel: str = CHANNEL) -> IncomingMessage:
    return IncomingMessage(f"${channel}-{number}", sender, 1_000_000 + number, (Text(text),), b"{}")


def joined(channel: str = CHANNEL, *said: IncomingMessage, **facts: object) -> ChannelBatch:
    return ChannelBatch(channel=channel, membership=Membership.JOINED, messages=said, **facts)  # type: ignore[arg-type]


async def test_a_channel_in_the_direct_list_is_a_one_to_one_conversation(database: Database) -> None:
    changes = await apply(database, joined(CHANNEL, incoming(1), members=(Member(BEN, "Ben"),)), direct={CHANNEL: BEN})
    (conversation,) = changes.conversations
    assert conversation.id == WITH_BEN
    assert conversation.name == "Ben"
    assert [m.sender_name for m in changes.messages] == ["Ben"]


async def test_a_group_without_a_name_is_called_after_its_people(database: Database) -> None:
    people = (Member(BEN, "Ben"), Member("@cleo:h", "Cleo"), Member(ME, "Me"))
    await apply(database, joined(members=people, heroes=(BEN, "@cleo:h")))
    assert (await only(database)).name == "Ben, Cleo"
    await apply(database, joined(name="Lunch"))
    assert (await only(database)).name == "Lunch"


async def test_a_group_turns_one_to_one_when_the_list_says_so_and_keeps_its_messages(database: Database) -> None:
    await apply(database, joined(CHANNEL, incoming(1), incoming(2)))
    changes = await apply(database, direct={CHANNEL: BEN})
    assert GROUP in changes.removed
    assert WITH_BEN in changes.resets
    page, _ = await database.read(messages.page, WITH_BEN, messages.TOP, 10)
    assert [m.message_id for m in page] == ["$!c-1", "$!c-2"]


async def test_two_channels_with_one_peer_are_one_conversation(database: Database) -> None:
    direct = {CHANNEL: BEN, "!d": BEN}
    await apply(database, joined(CHANNEL, incoming(1), unread=1), direct=direct)
    await apply(database, joined("!d", incoming(2, channel="!d"), unread=1))
    conversation = await only(database)
    assert conversation.unread == 2
    page, _ = await database.read(messages.page, WITH_BEN, messages.TOP, 10)
    assert [m.message_id for m in page] == ["$!c-1", "$!d-2"]
    assert (await database.read(conversations.channels, WITH_BEN))[0][0] == CHANNEL


async def test_an_invitation_is_shown_and_a_hint_makes_it_one_to_one(database: Database) -> None:
    await apply(
        database,
        ChannelBatch(CHANNEL, Membership.INVITED, members=(Member(BEN, "Ben"),), inviter=BEN, direct_with=BEN),
    )
    conversation = await only(database)
    assert conversation.id == WITH_BEN
    assert conversation.membership is Membership.INVITED
    assert conversation.inviter_name == "Ben"


async def test_what_i_left_disappears_and_what_i_was_removed_from_stays(database: Database) -> None:
    await apply(database, joined(CHANNEL, incoming(1)), joined("!k", incoming(2, channel="!k")))
    kicked = IncomingMessage("$k", BEN, 2_000_000, (Tip(TipKind.KICKED, (ME,)),), b"{}")
    changes = await apply(
        database,
        ChannelBatch(CHANNEL, Membership.LEFT),
        ChannelBatch("!k", Membership.LEFT, messages=(kicked,)),
    )
    assert GROUP in changes.removed
    conversation = await only(database)
    assert conversation.id.id == "!k"
    assert conversation.membership is Membership.LEFT


async def test_unread_is_the_servers_count_until_read_here(database: Database) -> None:
    await apply(database, joined(CHANNEL, incoming(1), incoming(2), unread=2, mentions=1))
    conversation = await only(database)
    assert (conversation.unread, conversation.mentions) == (2, 1)
    assert conversation.last_message is not None
    await database.write(messages.mark_read, GROUP, conversation.last_message.position)
    assert (await only(database)).unread == 0
    # A late answer of the server must not bring the old number back.
    await apply(database, joined(CHANNEL, unread=2))
    assert (await only(database)).unread == 0
    await apply(database, joined(CHANNEL, incoming(3), unread=1))
    assert (await only(database)).unread == 1


async def test_reading_elsewhere_counts_here_and_is_not_reported_again(database: Database) -> None:
    await apply(database, joined(CHANNEL, incoming(1), incoming(2), unread=2))
    changes = await apply(database, joined(receipts=(IncomingReceipt(ME, "$!c-2", 5),), unread=0))
    assert [c.unread for c in changes.conversations] == [0]
    assert await database.read(messages.unreported) == ()


async def test_what_was_read_is_reported_until_the_server_knows(database: Database) -> None:
    await apply(database, joined(CHANNEL, incoming(1), incoming(2)))
    page, _ = await database.read(messages.page, GROUP, messages.TOP, 10)
    await database.write(messages.mark_read, GROUP, page[1].position)
    ((conversation, position, newest),) = await database.read(messages.unreported)
    assert (conversation, newest) == (GROUP, ((CHANNEL, "$!c-2"),))
    await database.write(messages.set_reported, GROUP, position)
    assert await database.read(messages.unreported) == ()


async def test_a_receipt_names_how_far_somebody_read(database: Database) -> None:
    changes = await apply(
        database, joined(CHANNEL, incoming(1), incoming(2), receipts=(IncomingReceipt(BEN, "$!c-1", 5),))
    )
    page, _ = await database.read(messages.page, GROUP, messages.TOP, 10)
    assert [(r.user_id, r.position) for r in changes.receipts] == [(BEN, page[0].position)]


async def test_a_receipt_for_something_invisible_counts_by_its_time(database: Database) -> None:
    await apply(database, joined(CHANNEL, incoming(1), incoming(2), incoming(9)))
    await apply(database, joined(receipts=(IncomingReceipt(BEN, "$reaction", 1_000_005),)))
    (receipt,) = await database.read(messages.read_positions, GROUP)
    page, _ = await database.read(messages.page, GROUP, messages.TOP, 10)
    assert receipt.position == page[1].position


async def test_a_revoked_message_keeps_its_place_and_loses_its_content(database: Database) -> None:
    await apply(database, joined(CHANNEL, incoming(1, "secret"), incoming(2)))
    changes = await apply(database, joined(revocations=(Revocation("$!c-1", BEN, "typo", 5),)))
    (message,) = changes.messages
    assert (message.state, message.elements) == (MessageState.REVOKED, ())
    assert (message.revoked_by, message.revoke_reason) == (BEN, "typo")
    page, _ = await database.read(messages.page, GROUP, messages.TOP, 10)
    assert [m.message_id for m in page] == ["$!c-1", "$!c-2"]
    assert await database.read(messages.raw, message.key) == b""


async def test_what_was_deleted_here_stays_deleted_when_it_is_synced_again(database: Database) -> None:
    await apply(database, joined(CHANNEL, incoming(1), incoming(2)))
    page, _ = await database.read(messages.page, GROUP, messages.TOP, 10)
    assert await database.write(messages.delete_here, [page[0].key]) == [(GROUP, page[0].key)]
    await apply(database, joined(CHANNEL, incoming(1), incoming(2)))
    page, _ = await database.read(messages.page, GROUP, messages.TOP, 10)
    assert [m.message_id for m in page] == ["$!c-2"]


async def test_joins_and_names_do_not_lift_a_conversation(database: Database) -> None:
    await apply(database, joined(CHANNEL, incoming(1)))
    before = (await only(database)).sort_time_ms
    tip = IncomingMessage("$tip", BEN, 9_000_000, (Tip(TipKind.JOINED),), b"{}")
    await apply(database, joined(CHANNEL, tip))
    conversation = await only(database)
    assert conversation.sort_time_ms == before
    assert conversation.last_message is not None
    assert conversation.last_message.text == "hi"


async def test_encryption_is_never_believed_to_be_switched_off(database: Database) -> None:
    await apply(database, joined(is_encrypted=True))
    await apply(database, joined(is_encrypted=False))
    assert (await only(database)).is_encrypted


async def test_an_own_file_stays_known_by_its_place_on_this_machine(database: Database) -> None:
    from chatdesk.domain.elements import File, Media

    log = ServerLog()
    await apply(database, joined(CHANNEL, log.say("first")))
    local = File(Media(name="a.pdf", path="/home/me/a.pdf", size=3))
    await database.write(outbox.add_echo, GROUP, ME, (local,), "t1", 7, 5)
    synced = IncomingMessage(
        "$own", ME, 2_000_000, (File(Media(uri="mxc://h/a", name="a.pdf", size=3)),), b"{}", "t1", 7
    )
    (message,) = (await apply(database, joined(CHANNEL, synced))).messages
    assert message.elements == (File(Media(uri="mxc://h/a", name="a.pdf", size=3, path="/home/me/a.pdf")),)
    assert message.state is MessageState.SYNCED


async def test_publishing_nothing_when_nothing_changed(database: Database) -> None:
    batch = joined(CHANNEL, incoming(1), name="Lunch", unread=0)
    await apply(database, batch)
    assert not await apply(database, joined(name="Lunch", unread=0))


async def test_the_first_words_of_somebody_count_unless_the_account_was_there(database: Database) -> None:
    direct = {CHANNEL: BEN}
    await apply(database, joined(CHANNEL, incoming(1), incoming(2), unread=0), direct=direct)
    assert (await only(database)).unread == 2
    # Another device has read up to something that is no message: the server's number is right again.
    await apply(database, joined(receipts=(IncomingReceipt(ME, "$a-reaction", 5),), unread=0), direct=direct)
    await apply(database, joined(CHANNEL, incoming(3), unread=1), direct=direct)
    assert (await only(database)).unread == 1


async def test_the_server_counts_an_invitation_too(database: Database) -> None:
    await apply(database, joined(CHANNEL, incoming(1), unread=2))
    assert (await only(database)).unread == 1
    await apply(database, joined(CHANNEL, incoming(2), is_limited=True, gap_token="older", unread=9))
    assert (await only(database)).unread == 9  # seven are not here


async def test_an_own_answer_means_that_everything_before_it_was_read(database: Database) -> None:
    await apply(database, joined(CHANNEL, incoming(1), unread=1))
    assert (await only(database)).unread == 1
    await apply(database, joined(CHANNEL, incoming(2, sender=ME), unread=1))
    assert (await only(database)).unread == 0
    ((_, _, newest),) = await database.read(messages.unreported)
    assert newest == ((CHANNEL, "$!c-2"),)
