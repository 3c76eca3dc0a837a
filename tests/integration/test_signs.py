"""Pins, mutes, marks, blocked people and the facts of a group through a real Synapse: all devices agree, whatever
happens."""

import io
from pathlib import Path

import pytest
from PIL import Image

from chatdesk.domain.conversations import Sign
from chatdesk.domain.elements import Media
from chatdesk.domain.errors import Forbidden, InputError
from chatdesk.domain.powers import Role, role_of
from tests.servers.people import Person, is_invited, is_joined


async def test_two_devices_agree_on_signs_also_over_an_outage(ann: Person, ben: Person, tmp_path: Path) -> None:
    lunch = await ann.session.conversations.create_group("Lunch", [ben.user_id])
    await ben.conversation(lunch, is_invited)
    await ben.session.conversations.accept(lunch)
    other = await Person(ann.account, tmp_path / "other").log_in()
    await other.conversation(lunch)
    for sign, shown in ((Sign.PINNED, "is_pinned"), (Sign.MUTED, "is_muted"), (Sign.UNREAD, "is_marked_unread")):
        await ann.session.signs.set(lunch, sign, True)
        await other.conversation(lunch, lambda c, shown=shown: getattr(c, shown))  # type: ignore[misc]

    # A muted conversation still counts, quietly, although the server does not.
    await ben.say(lunch, "psst")
    quiet = await ann.conversation(lunch, lambda c: c.unread == 1)
    assert (quiet.mentions, quiet.is_for_me) == (0, False)

    # Wished without a line, told at the next start.
    await other.restart(start=False)
    for sign in Sign:
        await other.session.signs.set(lunch, sign, False)
    await other.restart()
    now = await ann.conversation(lunch, lambda c: not (c.is_pinned or c.is_muted or c.is_marked_unread))
    assert now.unread == 0 or not now.is_muted
    # Both at once and the opposite: the last word is the same everywhere.
    await ann.session.signs.set(lunch, Sign.PINNED, True)
    await ann.session.signs.set(lunch, Sign.PINNED, False)
    await ann.session.signs.set(lunch, Sign.PINNED, True)
    await other.conversation(lunch, lambda c: c.is_pinned)
    await other.close()


async def test_reading_all_ends_the_mark_and_is_reported(ann: Person, ben: Person, tmp_path: Path) -> None:
    talk = await ann.session.conversations.start_c2c(ben.user_id)
    at_ben = await ben.conversation(ben.c2c(ann), is_invited)
    await ben.session.conversations.accept(at_ben.id)
    await ann.say(talk, "hello")
    await ben.sees(at_ben.id, "hello")  # an invitation counts as unread, too: one is not yet the message
    await ben.conversation(at_ben.id, lambda c: c.is_unread)
    await ben.session.signs.set(at_ben.id, Sign.UNREAD, True)
    await ben.session.signs.mark_read(at_ben.id, is_marked=True)
    read = await ben.conversation(at_ben.id, lambda c: c.unread == 0)
    assert not read.is_unread
    await ann.conversation(talk, lambda c: c.is_last_read)


async def test_blocked_people_are_silent_and_come_back(ann: Person, ben: Person) -> None:
    lunch = await ann.session.conversations.create_group("Lunch", [ben.user_id])
    await ben.conversation(lunch, is_invited)
    await ben.session.conversations.accept(lunch)
    await ben.say(lunch, "before")
    await ann.sees(lunch, "before")
    trip = await ben.session.conversations.create_group("Trip", [ann.user_id])
    await ann.conversation(trip, is_invited)
    await ann.session.account.block(ben.user_id)

    async def is_silent() -> bool:
        texts = [m.text for m in await ann.newest(lunch) if not m.is_tip]
        return texts == [] and await ann.session.conversations.get(trip) is None

    await ann.until(is_silent)
    await ben.say(lunch, "while blocked")
    await ben.synced(lunch)
    await ann.session.account.unblock(ben.user_id)
    await ann.sees(lunch, "before")
    await ben.say(lunch, "after")
    await ann.sees(lunch, "after")


async def test_roles_are_read_from_the_server(ann: Person, ben: Person) -> None:
    lunch = await ann.session.conversations.create_group("Lunch", [ben.user_id])
    at_ben = await ben.conversation(lunch, is_invited)
    await ben.session.conversations.accept(at_ben.id)
    joined = await ben.conversation(lunch, lambda c: is_joined(c) and bool(c.powers.creators))
    roles = {m.user_id: role_of(m.power) for m in await ben.session.conversations.members(lunch)}
    assert roles == {ann.user_id: Role.OWNER, ben.user_id: Role.MEMBER}
    assert joined.powers.name > joined.powers.of(ben.user_id)


async def test_name_topic_and_picture_of_a_group(ann: Person, ben: Person, tmp_path: Path) -> None:
    lunch = await ann.session.conversations.create_group("Lunch", [ben.user_id])
    await ben.conversation(lunch, is_invited)
    await ben.session.conversations.accept(lunch)
    facts = ann.session.group_facts
    await facts.set_name(lunch, " Late   lunch ")
    await facts.set_topic(lunch, "Where and when\n")
    picture = tmp_path / "wide.png"
    Image.new("RGB", (900, 300), "red").save(picture)
    await facts.set_picture(lunch, picture)
    seen = await ben.conversation(lunch, lambda c: bool(c.avatar_uri) and c.name == "Late lunch")
    assert seen.topic == "Where and when"
    shown = await ben.session.media.thumbnail(Media(seen.avatar_uri, mime="image/png"), 80, 80)
    width, height = Image.open(io.BytesIO(shown)).size
    assert width == height >= 80  # the middle of it
    await facts.remove_picture(lunch)
    await ben.conversation(lunch, lambda c: not c.avatar_uri)
    with pytest.raises(InputError):
        await facts.set_name(lunch, "  ")
    with pytest.raises(Forbidden):
        await ben.session.group_facts.set_name(lunch, "Ben's")
