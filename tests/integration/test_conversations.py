"""Two people talk through a real Synapse, each with a session of the core."""

from pathlib import Path

import pytest

from chatdesk.core.attachments import file_element
from chatdesk.domain.changes import ConnectionKind
from chatdesk.domain.conversations import Membership
from chatdesk.domain.elements import File, Image, Text, Tip, TipKind
from chatdesk.domain.errors import EncryptedConversation, Forbidden, InputError
from chatdesk.domain.messages import MessageState
from chatdesk.domain.receipts import readers
from chatdesk.domain.transfers import DownloadState, UploadProgress
from tests.servers.people import Person, is_invited, is_joined

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"


async def test_a_first_conversation(ann: Person, ben: Person) -> None:
    talk = await ann.session.conversations.start_c2c(ben.account.name)
    assert talk == ann.c2c(ben)
    echo = await ann.say(talk, "Hi Ben 🙂 今天 مرحبا")
    assert echo.state is MessageState.QUEUED
    received = await ben.sees(ben.c2c(ann), "Hi Ben 🙂 今天 مرحبا")
    assert (received.sender, received.is_self, received.sender_name) == (ann.user_id, False, "Ann")
    await ann.synced(talk)
    sent = await ann.sees(talk, echo.text)
    assert (sent.key, sent.state, sent.rand) == (echo.key, MessageState.SYNCED, received.rand)
    await ben.say(ben.c2c(ann), "Hello Ann")
    await ann.sees(talk, "Hello Ann")
    assert (await ann.conversation(talk)).name == "Ben"
    assert (await ben.conversation(ben.c2c(ann))).name == "Ann"


async def test_starting_twice_is_one_conversation(ann: Person, ben: Person) -> None:
    first = await ann.session.conversations.start_c2c(ben.user_id)
    assert await ann.session.conversations.start_c2c(ben.user_id) == first
    assert len(await ann.session.conversations.list()) == 1


@pytest.mark.parametrize("text", ["nobody-of-this-name", "@nobody-at-all:chatdesk.local"])
async def test_somebody_who_does_not_exist_is_refused_before_anything_is_made(ann: Person, text: str) -> None:
    with pytest.raises(InputError, match="no user"):
        await ann.session.conversations.start_c2c(text)
    with pytest.raises(InputError, match="no user"):
        await ann.session.conversations.create_group("Lunch", [text])
    assert await ann.session.conversations.list() == ()


@pytest.mark.parametrize("text", ["", "two words", "@a:", "  "])
async def test_what_is_no_user_name_is_refused(ann: Person, text: str) -> None:
    with pytest.raises(InputError):
        await ann.session.conversations.start_c2c(text)


async def test_a_group_from_invitation_to_leaving(ann: Person, ben: Person) -> None:
    group = await ann.session.conversations.create_group("Lunch", [ben.user_id])
    invited = await ben.conversation(group, is_invited)
    assert (invited.name, invited.inviter_name) == ("Lunch", "Ann")
    with pytest.raises(InputError, match="not a member"):
        await ben.say(group, "too early")
    await ben.session.conversations.accept(group)
    await ben.conversation(group, is_joined)
    await ann.say(group, "Who is hungry?")
    await ben.sees(group, "Who is hungry?")
    people = await ann.session.conversations.members(group)
    assert [person.name for person in people] == ["Ann", "Ben"]
    await ben.session.conversations.leave(group)
    assert group not in [c.id for c in await ben.session.conversations.list()]

    async def told() -> bool:
        tips = [e for m in await ann.newest(group) for e in m.elements if isinstance(e, Tip)]
        return any(tip.kind is TipKind.LEFT for tip in tips)

    await ann.until(told)


async def test_declining_an_invitation(ann: Person, ben: Person) -> None:
    group = await ann.session.conversations.create_group("Lunch", [ben.user_id])
    await ben.conversation(group, is_invited)
    await ben.session.conversations.decline(group)

    async def gone() -> bool:
        return await ben.session.conversations.get(group) is None

    await ben.until(gone)


async def test_being_found_in_the_directory(ann: Person, ben: Person) -> None:
    found = await ann.session.conversations.search_users(ben.account.name)
    assert [(profile.user_id, profile.name) for profile in found] == [(ben.user_id, "Ben")]


async def test_recalling_leaves_a_tombstone_on_both_sides(ann: Person, ben: Person) -> None:
    talk = await ann.session.conversations.start_c2c(ben.user_id)
    await ann.say(talk, "before")
    regretted = await ann.say(talk, "regretted")
    await ann.say(talk, "after")
    await ben.sees(ben.c2c(ann), "after")
    await ann.synced(talk)
    await ann.session.outbox.revoke(regretted.key)

    for person, conversation in ((ann, talk), (ben, ben.c2c(ann))):

        async def revoked(person: Person = person, conversation: object = conversation) -> bool:
            page = await person.newest(conversation)  # type: ignore[arg-type]
            said = [m for m in page if not m.is_tip]
            return [m.state is MessageState.REVOKED for m in said] == [False, True, False]

        await person.until(revoked)
    page = [m for m in await ben.newest(ben.c2c(ann)) if not m.is_tip]
    assert (page[1].revoked_by, page[1].elements, page[1].rand) == (ann.user_id, (), regretted.rand)


async def test_unread_counts_and_read_reports(ann: Person, ben: Person) -> None:
    talk = await ann.session.conversations.start_c2c(ben.user_id)
    await ben.conversation(ben.c2c(ann), is_joined)  # the server counts only what comes after that
    await ann.say(talk, "one")
    await ann.say(talk, "two")
    back = ben.c2c(ann)
    conversation = await ben.conversation(back, lambda c: c.unread == 2)
    assert conversation.last_message is not None
    ben.session.receipts.shown(back, conversation.last_message.key)
    await ben.conversation(back, lambda c: c.unread == 0)
    timeline = ann.session.timeline(talk)
    await timeline.open()

    async def read() -> bool:
        last = timeline.items[-1]
        return last.text == "two" and readers(last, timeline.read_positions) == (ben.user_id,)

    await ann.until(read)
    timeline.close()
    await ann.say(talk, "three")
    await ben.conversation(back, lambda c: c.unread == 1)


async def test_a_picture_and_a_file_arrive_as_they_were(ann: Person, ben: Person, tmp_path: Path) -> None:
    talk = await ann.session.conversations.start_c2c(ben.user_id)
    progress: list[UploadProgress] = []
    ann.session.outbox.uploads.subscribe(progress.append)
    picture = file_element(SAMPLES / "harbour.png")
    assert isinstance(picture, Image)
    assert (picture.width, picture.height) == (960, 640)
    await ann.session.outbox.send(talk, [picture])
    original = tmp_path / "../evil name?.bin"
    original.write_bytes(bytes(range(256)) * 5000)
    await ann.session.outbox.send(talk, [file_element(original)])
    back = ben.c2c(ann)
    shown = await ben.sees(back, "harbour.png")
    assert isinstance(shown.elements[0], Image)
    small = await ben.session.media.thumbnail(shown.elements[0].media, 320, 240)
    assert small[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0", b"RIFF")
    assert await ben.session.media.thumbnail(shown.elements[0].media, 320, 240) == small
    message = await ben.sees(back, "evil name?.bin")
    assert progress[-1].sent == progress[-1].total == original.stat().st_size
    assert isinstance(message.elements[0], File)
    download = await ben.session.downloads.start(message.key, 0)

    async def done() -> bool:
        return ben.session.downloads.list()[0].state is DownloadState.DONE

    await ben.until(done)
    (row,) = ben.session.downloads.list()
    assert row.id == download.id
    assert Path(row.path).read_bytes() == original.read_bytes()
    assert Path(row.path).name == "evil name_.bin"
    assert Path(row.path).parent == ben.downloads


async def test_history_pages_from_the_server_to_the_very_start(ann: Person, ben: Person) -> None:
    talk = await ann.session.conversations.start_c2c(ben.user_id)
    for number in range(120):
        await ann.say(talk, f"number {number}")
    await ann.synced(talk)
    expected = [f"number {number}" for number in range(120)]
    assert await ann.texts(talk) == expected
    # Ben has all of it from his syncs; a second device of his starts with nothing but the newest few.
    second = await Person(ben.account, ben.directory.parent / "ben2").log_in()
    try:
        await second.sees(second.c2c(ann), "number 119")
        assert await second.texts(second.c2c(ann)) == expected
        first = (await second.messages(second.c2c(ann)))[0].elements[0]
        assert isinstance(first, Tip)
        assert first.kind is TipKind.CREATED
    finally:
        await second.session.close()


async def test_an_encrypted_conversation_is_marked_and_never_sent_into(ann: Person, ben: Person) -> None:
    from chatdesk.matrix.homeserver import Homeserver

    talk = await ann.session.conversations.start_c2c(ben.user_id)
    await ann.say(talk, "still in clear")
    await ann.synced(talk)
    server = Homeserver(ann.url)
    login = await server.login(ann.account.name, ann.account.password, "other")
    server.authorize(login.token, login.user_id)
    channel = next(iter(await server.direct_channels()))
    await server._client.call(
        "PUT",
        f"/_matrix/client/v3/rooms/{channel.replace('!', '%21')}/state/m.room.encryption",
        {"algorithm": "m.megolm.v1.aes-sha2"},
    )
    await server.close()
    await ann.conversation(talk, lambda c: c.is_encrypted)
    with pytest.raises(EncryptedConversation):
        await ann.session.outbox.send(talk, [Text("never")])
    assert await ann.session.outbox.unsent_count() == 0


async def test_a_restart_shows_everything_without_the_server(ann: Person, ben: Person) -> None:
    talk = await ann.session.conversations.start_c2c(ben.user_id)
    await ann.say(talk, "kept")
    await ben.sees(ben.c2c(ann), "kept")
    await ben.restart(start=False)
    assert ben.session.connection.kind is ConnectionKind.CONNECTING
    assert [c.name for c in await ben.session.conversations.list()] == ["Ann"]
    assert [m.text for m in await ben.newest(ben.c2c(ann)) if not m.is_tip] == ["kept"]


async def test_logging_out_leaves_nothing(ann: Person, ben: Person) -> None:
    await ann.session.conversations.start_c2c(ben.user_id)
    await ann.session.log_out()
    assert [p.name for p in ann.directory.iterdir() if not p.name.endswith(".lock")] == []
    await ann.log_in()


async def test_what_is_unread_are_messages(ann: Person, ben: Person) -> None:
    group = await ann.session.conversations.create_group("Choir", [ben.user_id])
    await ben.conversation(group, is_invited)
    await ben.session.conversations.accept(group)
    asked = await ann.conversation(group, lambda c: (c.member_count, c.invited_count) == (2, 0))
    assert asked.membership is Membership.JOINED
    first = await ann.say(group, "before")
    await ben.sees(group, "before")
    await ben.session.receipts.mark_all_read(group)

    async def is_read() -> bool:
        positions = await ann.session.receipts.read_positions(group)
        return (await ann.sees(group, first.text)).position <= positions.get(ben.user_id, 0)

    await ann.until(is_read)
    await ben.session.conversations.leave(group)
    await ann.session.conversations.invite(group, [ben.user_id])
    await ann.conversation(group, lambda c: (c.member_count, c.invited_count) == (1, 1))
    await ben.conversation(group, is_invited)
    await ben.session.conversations.accept(group)
    await ann.say(group, "again")
    await ben.sees(group, "again")
    # The server counts the second invitation too.
    await ben.conversation(group, lambda c: is_joined(c) and c.unread == 1)

    talk = await ann.session.conversations.start_c2c(ben.user_id)
    await ann.say(talk, "hello")  # on its way before Ben's program has come in
    await ben.sees(ben.c2c(ann), "hello")
    assert (await ben.conversation(ben.c2c(ann))).unread == 1


async def test_pinned_messages_are_everybodys(ann: Person, ben: Person) -> None:
    group = await ann.session.conversations.create_group("Lunch", [ben.user_id])
    await ben.conversation(group, is_invited)
    await ben.session.conversations.accept(group)
    for text in ("At nine", "At ten"):
        await ann.say(group, text)
        await ann.synced(group)
        await ann.session.pins.pin((await ann.sees(group, text)).key)
    seen = await ben.conversation(group, lambda c: len(c.pinned_messages) == 2)
    assert [message.text for message in await ben.session.pins.messages(seen)] == ["At ten", "At nine"]
    mine = await ben.sees(group, "At nine")
    with pytest.raises(Forbidden):
        await ben.session.pins.unpin(group, mine.message_id)
    await ann.session.pins.unpin(group, mine.message_id)
    await ben.conversation(group, lambda c: len(c.pinned_messages) == 1)


async def test_what_is_pinned_and_not_on_this_device(ann: Person, ben: Person) -> None:
    group = await ann.session.conversations.create_group("Lunch", [])
    await ann.say(group, "Long ago")
    await ann.synced(group)
    await ann.session.pins.pin((await ann.sees(group, "Long ago")).key)
    for number in range(60):
        await ann.say(group, str(number))
    await ann.synced(group)
    await ann.session.conversations.invite(group, [ben.user_id])
    await ben.conversation(group, is_invited)
    await ben.session.conversations.accept(group)
    seen = await ben.conversation(group, lambda c: bool(c.pinned_messages))
    (message,) = await ben.session.pins.messages(seen)
    assert (message.text, message.key) == ("Long ago", 0)
    brought = await ben.session.pins.bring(group, message.message_id)
    assert brought is not None and brought.key and brought.text == "Long ago"
