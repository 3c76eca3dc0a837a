"""Pins, mutes, marks and blocked people: what is wished here, what the server says, and what the list shows of it."""

from msgspec import structs

from chatdesk.domain.changes import Changes, ChannelBatch, IncomingReceipt, SyncBatch
from chatdesk.domain.conversations import Conversation, Member, Membership, Mention, Sign
from chatdesk.domain.elements import Text
from chatdesk.domain.messages import EVERYONE
from chatdesk.domain.powers import OWNER_POWER, Powers
from chatdesk.store import conversations, messages, outbox, signs
from chatdesk.store.database import Database, StoreConnection
from chatdesk.store.sync import apply_sync
from tests.unit.store.server_log import BEN, CHANNEL, GROUP, ME
from tests.unit.store.test_sync import apply, incoming, joined, only

CLEO = "@cleo:h"


async def account_says(database: Database, *channels: ChannelBatch, **lists: frozenset[str]) -> Changes:
    return await database.write(apply_sync, SyncBatch("t", channels, **lists), ME, 1_000)  # type: ignore[arg-type]


def shown(conversation: Conversation) -> dict[Sign, bool]:
    return {
        Sign.PINNED: conversation.is_pinned,
        Sign.MUTED: conversation.is_muted,
        Sign.UNREAD: conversation.is_marked_unread,
    }


async def test_a_wish_shows_at_once_and_is_told_until_the_server_knows(database: Database) -> None:
    await apply(database, joined(CHANNEL, incoming(1)))
    for sign in Sign:
        await database.write(signs.wish, GROUP, sign, True)
        assert shown(await only(database))[sign]
        assert await database.read(signs.unreported) == ((GROUP, sign, True, (CHANNEL,)),)
        await database.write(signs.settle, GROUP, sign, True, (CHANNEL,))
        assert await database.read(signs.unreported) == ()
        assert shown(await only(database))[sign]


async def test_what_other_devices_do_shows_here_but_not_over_a_wish(database: Database) -> None:
    changes = await apply(database, joined(signs={Sign.PINNED: True, Sign.UNREAD: True}))
    assert [shown(c)[Sign.PINNED] for c in changes.conversations] == [True]
    await database.write(signs.wish, GROUP, Sign.PINNED, False)
    await apply(database, joined(signs={Sign.PINNED: True, Sign.UNREAD: False}))
    conversation = await only(database)
    assert (conversation.is_pinned, conversation.is_marked_unread) == (False, False)


async def test_a_change_of_mind_while_the_server_is_told_is_told_too(database: Database) -> None:
    await apply(database, joined(CHANNEL, incoming(1)))
    await database.write(signs.wish, GROUP, Sign.MUTED, True)
    await database.write(signs.wish, GROUP, Sign.MUTED, False)  # while True was on its way
    await database.write(signs.settle, GROUP, Sign.MUTED, True, (CHANNEL,))
    assert not (await only(database)).is_muted
    assert await database.read(signs.unreported) == ((GROUP, Sign.MUTED, False, (CHANNEL,)),)


async def test_the_list_of_muted_channels_is_kept_also_for_those_not_here_yet(database: Database) -> None:
    await apply(database, joined(CHANNEL, incoming(1)))
    changes = await account_says(database, muted=frozenset({CHANNEL, "!later"}))
    assert [c.is_muted for c in changes.conversations] == [True]
    await apply(database, joined("!later", incoming(2, channel="!later")))
    assert all(c.is_muted for c in await database.read(conversations.all_visible, ME))
    changes = await account_says(database, muted=frozenset({"!later"}))
    assert [(c.id, c.is_muted) for c in changes.conversations] == [(GROUP, False)]
    assert not await account_says(database, muted=frozenset({"!later"}))


async def test_a_muted_conversation_counts_here_what_the_server_does_not(database: Database) -> None:
    mine = incoming(3, sender=ME)
    await apply(database, joined(CHANNEL, incoming(1), incoming(2), mine, unread=0))
    await account_says(database, muted=frozenset({CHANNEL}))
    assert (await only(database)).unread == 0  # who answers has read
    await apply(database, joined(CHANNEL, incoming(4), incoming(5), unread=0))
    conversation = await only(database)
    assert (conversation.unread, conversation.is_for_me) == (2, False)
    assert conversation.last_message is not None
    await database.write(messages.mark_read, GROUP, conversation.last_message.position)
    assert (await only(database)).unread == 0


async def test_unread_messages_are_looked_for_among_the_newest_thousand(database: Database) -> None:
    """A conversation with a million own ones must not be gone through with each that comes."""

    def make_own(connection: StoreConnection, newest: int) -> None:
        chosen = "SELECT key FROM message ORDER BY position DESC LIMIT ?"
        connection.execute(f"UPDATE message SET is_self = 1 WHERE key IN ({chosen})", (newest,))

    await apply(database, joined(CHANNEL, *map(incoming, range(1200)), unread=0))
    await account_says(database, muted=frozenset({CHANNEL}))
    for own, unread in ((0, 100), (950, 50), (1199, 0)):
        await database.write(make_own, own)
        assert (await only(database)).unread == unread


async def test_somebody_has_read_the_last_own_message(database: Database) -> None:
    said = incoming(2, sender=ME)
    await apply(database, joined(CHANNEL, incoming(1), said))
    changes = await apply(database, joined(receipts=(IncomingReceipt(CLEO, "$!c-1", said.time_ms + 1),)))
    assert [c.is_last_read for c in changes.conversations] == [False]
    changes = await apply(database, joined(receipts=(IncomingReceipt(BEN, said.message_id, said.time_ms + 2),)))
    assert [c.is_last_read for c in changes.conversations] == [True]


async def test_the_peer_has_read_the_last_own_message(database: Database) -> None:
    said = incoming(1, sender=ME)
    changes = await apply(database, joined(CHANNEL, said, members=(Member(BEN, "Ben"),)), direct={CHANNEL: BEN})
    assert [c.is_last_read for c in changes.conversations] == [False]
    changes = await apply(database, joined(receipts=(IncomingReceipt(BEN, said.message_id, said.time_ms),)))
    assert [c.is_last_read for c in changes.conversations] == [True]
    await apply(database, joined(CHANNEL, incoming(2, sender=ME)))
    assert not (await only(database)).is_last_read


async def test_what_blocked_people_wrote_is_out_of_sight_until_they_are_not(database: Database) -> None:
    await apply(database, joined(CHANNEL, incoming(1, "keep"), incoming(2, "gone", sender=CLEO)))
    changes = await account_says(database, blocked=frozenset({CLEO, ME}))
    assert changes.resets == (GROUP,)
    last = (await only(database)).last_message
    assert last is not None
    assert last.text == "keep"
    # Not even what a server lets through, now or from its history.
    changes = await apply(database, joined(CHANNEL, incoming(3, "more", sender=CLEO)))
    assert (changes.arrived, changes.messages) == ((), ())
    page, _ = await database.read(messages.page, GROUP, messages.TOP, 10)
    assert [m.text for m in page] == ["keep"]
    changes = await account_says(database, blocked=frozenset())
    assert changes.resets == (GROUP,)
    page, _ = await database.read(messages.page, GROUP, messages.TOP, 10)
    assert [m.text for m in page] == ["keep", "gone", "more"]


async def test_an_invitation_of_somebody_blocked_is_not_shown(database: Database) -> None:
    invitation = ChannelBatch(CHANNEL, Membership.INVITED, members=(Member(BEN, "Ben"),), inviter=BEN, name="Lunch")
    await apply(database, invitation)
    changes = await account_says(database, blocked=frozenset({BEN}))
    assert changes.removed == (GROUP,)
    assert await database.read(conversations.all_visible, ME) == ()
    changes = await account_says(database, blocked=frozenset())
    assert [c.id for c in changes.conversations] == [GROUP]


async def test_roles_come_from_the_powers_of_the_channel(database: Database) -> None:
    people = tuple(Member(user, user) for user in (BEN, CLEO, ME))
    await apply(database, joined(members=people, powers=Powers({BEN: 50}), creators=(CLEO,)))
    assert {m.user_id: m.power for m in await database.read(conversations.members, GROUP)} == {
        BEN: 50,
        CLEO: OWNER_POWER,
        ME: 0,
    }
    await apply(database, joined(powers=Powers({ME: 100})))
    found = {m.user_id: m.power for m in await database.read(conversations.members, GROUP)}
    assert found == {BEN: 0, CLEO: OWNER_POWER, ME: 100}
    assert (await only(database)).powers.of(ME) == 100


async def test_a_draft_knows_when_it_was_written(database: Database) -> None:
    await apply(database, joined(CHANNEL, incoming(1)))
    await database.write(conversations.set_draft, GROUP, "later", 77)
    assert (await only(database)).draft_ms == 77
    await database.write(conversations.set_draft, GROUP, "", 99)
    assert (await only(database)).draft_ms == 0


async def test_a_wish_moves_along_when_a_group_turns_one_to_one(database: Database) -> None:
    await apply(database, joined(CHANNEL, incoming(1)))
    await database.write(signs.wish, GROUP, Sign.PINNED, True)
    await apply(database, direct={CHANNEL: BEN})
    conversation = await only(database)
    assert conversation.id.id == BEN
    assert conversation.is_pinned


async def test_what_is_unread_can_be_read_while_an_own_message_waits(database: Database) -> None:
    await apply(database, joined(CHANNEL, incoming(1), unread=1))
    await database.write(outbox.add_echo, GROUP, ME, (Text("waits"),), "t1", 1, 2_000_000)
    assert (await only(database)).unread == 1
    page, _ = await database.read(messages.page, GROUP, messages.TOP, 10)
    await database.write(messages.mark_read, GROUP, page[0].position)
    assert (await only(database)).unread == 0


async def test_unread_mentions_are_named(database: Database) -> None:
    said = [
        structs.replace(incoming(number), mentions=names)
        for number, names in enumerate(((ME,), (CLEO,), (EVERYONE,), (ME, EVERYONE)), 1)
    ]
    await apply(database, joined(CHANNEL, *said, unread=4, mentions=3))
    page, _ = await database.read(messages.page, GROUP, messages.TOP, 10)
    first, _, third, fourth = (m.position for m in page)
    found = (await only(database)).unread_mentions
    assert found == (Mention(first, True, False), Mention(third, False, True), Mention(fourth, True, True))
    await database.write(messages.mark_read, GROUP, third)
    await apply(database, joined(unread=1, mentions=1))
    assert (await only(database)).unread_mentions == (Mention(fourth, True, True),)
