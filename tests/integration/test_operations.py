"""The operations beyond sending and reading, between real sessions on a real Synapse."""

import asyncio
import hashlib
import resource
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from chatdesk.domain.changes import Changes
from chatdesk.domain.elements import (
    Custom,
    Element,
    Face,
    File,
    Image,
    Location,
    Media,
    Sound,
    Text,
    Tip,
    TipKind,
    Video,
)
from chatdesk.domain.errors import (
    ChatdeskError,
    FileEmpty,
    FileMissing,
    Forbidden,
    InvalidElement,
    NetworkError,
    NotAPicture,
    NotFound,
    NotSupported,
    RevokeTooLate,
    ServerElement,
    TargetDiskFull,
    TargetExists,
    TargetMissing,
    TooLarge,
    TransferCancelled,
    UnknownUser,
    Withdrawn,
)
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.locators import Locator, locator_of
from chatdesk.domain.messages import EVERYONE, LocalMessage, Message, MessageOrigin, MessageState, SendOptions
from tests.servers.accounts import Account, NewAccount
from tests.servers.people import Person, is_joined
from tests.servers.proxy import DroppingProxy, path_has

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


async def talk_of(ann: Person, ben: Person) -> ConversationId:
    talk = await ann.session.conversations.start_c2c(ben.user_id)
    if not is_joined(await ben.conversation(ben.c2c(ann))):
        await ben.session.conversations.accept(ben.c2c(ann))
    await ben.conversation(ben.c2c(ann), is_joined)
    return talk


async def tell(person: Person, talk: ConversationId, *elements: Element, **options: object) -> Message:
    """Send and wait until it is there."""
    echo = await person.session.outbox.send(talk, elements, SendOptions(**options))  # type: ignore[arg-type]
    return await person.session.outbox.delivered(echo.key)


@pytest.fixture
async def another_device(tmp_path: Path) -> AsyncIterator[object]:
    async with AsyncExitStack() as stack:

        async def make(account: Account) -> Person:
            person = await Person(account, tmp_path / f"{account.name}-2").log_in()
            stack.push_async_callback(lambda: person.session.close())
            return person

        yield make


async def test_a_message_carries_everything_and_delivered_says_so(ann: Person, ben: Person, tmp_path: Path) -> None:
    talk = await talk_of(ann, ben)
    sound = tmp_path / "a.ogg"
    sound.write_bytes(b"OggS" * 100)
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"\0" * 5000)
    elements: list[Element] = [
        Text("one"),
        Face(7, "data"),
        Location("52.5", "13.4", "Berlin"),
        Image(Media(path=str(SAMPLES / "harbour.png"))),
        Sound(Media(path=str(sound)), 3000),
        Custom("{}", "thing", "ext", "ding"),
        File(Media(name="notes", path=str(SAMPLES / "Walking route.txt"))),
        Video(Media(path=str(clip)), 9000, 640, 480, Media(path=str(SAMPLES / "harbour.png"))),
    ]
    mine = await tell(
        ann,
        talk,
        *elements,
        priority=0,
        cloud_custom="cloud",
        mentions=(ben.user_id, EVERYONE),
        custom_int=3,
        custom_str="mine",
    )
    assert mine.state is MessageState.SYNCED
    assert mine.seq > 0
    assert mine.rand > 0
    assert mine.unique_id == (mine.time_ms // 1000) << 32 | mine.rand
    assert (mine.custom_int, mine.custom_str) == (3, "mine")
    theirs = await ben.sees(ben.c2c(ann), mine.text)
    assert [type(e) for e in theirs.elements] == [type(e) for e in elements]
    assert (theirs.priority, theirs.cloud_custom, theirs.mentions) == (0, "cloud", (ben.user_id, EVERYONE))
    assert (theirs.custom_int, theirs.custom_str) == (0, "")
    assert (theirs.rand, theirs.time_ms, theirs.message_id) == (mine.rand, mine.time_ms, mine.message_id)
    image, video = theirs.elements[3], theirs.elements[7]
    assert isinstance(image, Image)
    assert isinstance(video, Video)
    data = (SAMPLES / "harbour.png").read_bytes()
    assert image.media.sha256 == hashlib.sha256(data).hexdigest()
    assert image.media.size == len(data)
    assert image.width > 0
    assert image.thumbnail is not None
    assert min(image.thumbnail.width, image.thumbnail.height) == 198
    assert video.thumbnail is not None
    assert video.thumbnail.uri
    for index, element in enumerate(theirs.elements):
        media = getattr(element, "media", None)
        if media is not None:
            target = tmp_path / f"got-{index}"
            told: list[tuple[int, int]] = []
            await ben.session.downloads.fetch(media, target, lambda *now, told=told: told.append(now))
            assert told[-1] == (media.size, media.size)
            assert hashlib.sha256(target.read_bytes()).hexdigest() == media.sha256
    small = await ben.session.downloads.fetch(image.thumbnail, tmp_path / "small")
    assert small.stat().st_size == image.thumbnail.size
    shown = await ben.session.downloads.fetch(image.media, tmp_path / "large", fit=(320, 240))
    assert shown.read_bytes()[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0")


async def test_what_cannot_be_sent_is_refused_at_once(ann: Person, ben: Person, tmp_path: Path) -> None:
    talk = await talk_of(ann, ben)
    empty = tmp_path / "empty"
    empty.touch()
    cases: list[tuple[type[ChatdeskError], list[Element], dict[str, object]]] = [
        (InvalidElement, [], {}),
        (InvalidElement, [Text(" ")], {}),
        (InvalidElement, [Location("x", "y")], {}),
        (ServerElement, [Tip(TipKind.JOINED)], {}),
        (FileMissing, [File(Media(path=str(tmp_path / "absent")))], {}),
        (FileMissing, [File(Media(path="a\0b"))], {}),
        (FileEmpty, [File(Media(path=str(empty)))], {}),
        (NotAPicture, [Image(Media(path=str(SAMPLES / "Walking route.txt")))], {}),
        (TooLarge, [Text("x" * 12_289)], {"text_limit_bytes": 12_288}),
        (TooLarge, [Text("x" * 70_000)], {}),
        (TooLarge, [Text("x")], {"cloud_custom": "x" * 70_000}),
        (NotSupported, [Text("x")], {"online_only": True}),
    ]
    for error, elements, options in cases:
        with pytest.raises(error):
            await ann.session.outbox.send(talk, elements, SendOptions(**options))  # type: ignore[arg-type]
    assert await ann.session.outbox.unsent_count() == 0
    assert (await tell(ann, talk, Text("x" * 12_288), text_limit_bytes=12_288)).state is MessageState.SYNCED


async def test_revoking(ann: Person, ben: Person) -> None:
    talk = await talk_of(ann, ben)
    mine = await tell(ann, talk, Text("regretted"), cloud_custom="secret")
    theirs = await ben.sees(ben.c2c(ann), "regretted")
    heard: list[Changes] = []
    ben.session.changes.subscribe(heard.append)
    with pytest.raises(RevokeTooLate):
        await ann.session.outbox.revoke(mine.key, limit_s=0)
    with pytest.raises(Forbidden):
        await ben.session.outbox.revoke(theirs.key)
    with pytest.raises(NotFound):
        await ann.session.outbox.revoke(99_999)
    await ann.session.outbox.revoke(mine.key, "typo", limit_s=120)
    await ann.session.outbox.revoked(mine.key)
    await ann.session.outbox.revoke(mine.key)
    await ann.session.outbox.revoked(mine.key)

    async def told() -> bool:
        return any(theirs.key in changes.revoked for changes in heard)

    await ben.until(told)
    (gone,) = await ben.session.locate.find(ben.c2c(ann), [locator_of(theirs)])
    assert (gone.state, gone.revoked_by, gone.revoke_reason) == (MessageState.REVOKED, ann.user_id, "typo")
    assert (gone.elements, gone.cloud_custom) == ((), "")


async def test_in_a_group_the_power_decides_who_may_revoke(ann: Person, ben: Person) -> None:
    group = await ann.session.conversations.create_group("Lunch", [ben.user_id])
    await ben.conversation(group)
    await ben.session.conversations.accept(group)
    by_ann = await tell(ann, group, Text("from ann"))
    by_ben = await tell(ben, group, Text("from ben"))
    seen = await ben.sees(group, "from ann")
    await ben.session.outbox.revoke(seen.key)
    with pytest.raises(Forbidden):
        await ben.session.outbox.revoked(seen.key)
    at_ann = await ann.sees(group, "from ben")
    await ann.session.outbox.revoke(at_ann.key, "rude")
    await ann.session.outbox.revoked(at_ann.key)

    async def is_gone() -> bool:
        found = await ben.session.locate.by_key(by_ben.key)
        return found is not None and found.state is MessageState.REVOKED

    await ben.until(is_gone)
    assert (await ann.session.locate.by_key(by_ann.key)) is not None


async def test_a_message_revoked_in_the_queue_never_leaves(
    proxy: DroppingProxy, new_account: NewAccount, tmp_path: Path
) -> None:
    ann = await Person(await new_account("ann"), tmp_path / "ann", proxy.url).log_in()
    ben = await new_account("ben")
    talk = await ann.session.conversations.start_c2c(ben.user_id)
    await tell(ann, talk, Text("first"))
    await proxy.go_away()
    blocking = await ann.say(talk, "blocks the queue")
    echo = await ann.say(talk, "never")
    waiting = asyncio.ensure_future(ann.session.outbox.delivered(echo.key))
    await asyncio.sleep(0)
    await ann.session.outbox.revoke(echo.key)
    with pytest.raises(Withdrawn):
        await waiting
    await proxy.come_back()
    ann.session.reconnect_now()
    assert (await ann.session.outbox.delivered(blocking.key)).state is MessageState.SYNCED
    assert await ann.texts(talk) == ["first", "blocks the queue"]
    await ann.session.close()


async def test_reading_is_reported_up_to_a_time(ann: Person, ben: Person) -> None:
    talk = await talk_of(ann, ben)
    sent = [await tell(ann, talk, Text(f"m{n}")) for n in range(3)]
    await ben.sees(ben.c2c(ann), "m2")
    with pytest.raises(NotFound):
        await ben.session.receipts.report(ConversationId(ConversationType.C2C, "@nobody:h"), None)

    async def read_by_ben(message: Message) -> bool:
        return (await ann.session.receipts.read_positions(talk)).get(ben.user_id, 0) == message.position

    await ben.session.receipts.report(ben.c2c(ann), sent[1].time_ms)
    await ann.until(lambda: read_by_ben(sent[1]))
    await ben.session.receipts.report(ben.c2c(ann), None)
    await ann.until(lambda: read_by_ben(sent[2]))
    await ben.session.receipts.report(ben.c2c(ann), 1)


async def test_a_message_written_before_the_late_answer_to_the_one_before(
    ann: Person, ben: Person, tmp_path: Path, proxy: DroppingProxy
) -> None:
    """The sync is faster than the answer to a send, as it often is where a homeserver consists of several processes."""
    talk = await talk_of(ann, ben)
    await ann.close()
    slow = await Person(ann.account, tmp_path / "slow", proxy.url).log_in()
    await slow.conversation(talk, is_joined)
    late = proxy.delay(path_has("/send/m.room.message/"), 0.5)
    await tell(slow, talk, Text("first"))
    assert not late.hit.is_set()
    await tell(slow, talk, Text("second"))
    await ben.sees(ben.c2c(ann), "second")
    await slow.close()


async def test_a_locator_reaches_what_only_the_server_has(ann: Person, ben: Person, another_device: object) -> None:
    talk = await talk_of(ann, ben)
    sent = [await tell(ann, talk, Text(f"m{n}")) for n in range(25)]
    await ann.session.outbox.revoke(sent[2].key, "oops")
    await ann.session.outbox.revoked(sent[2].key)
    new: Person = await another_device(ben.account)  # type: ignore[operator]
    here = new.c2c(ann)
    await new.sees(here, "m24")
    locators = [Locator(m.time_ms // 1000, 0, m.rand, False) for m in (sent[24], sent[1])]
    assert [m.text for m in await new.session.locate.find(here, locators)] == ["m24", "m1"]
    stored = await new.session.locate.by_message_id(sent[1].message_id)
    assert stored is not None
    revoked = Locator(sent[2].time_ms // 1000, 0, sent[2].rand, False, is_revoked=True)
    assert [m.state for m in await new.session.locate.find(here, [revoked])] in ([MessageState.REVOKED], [])
    nothing = [Locator(123, 1, 12345678), Locator(sent[3].time_ms // 1000, 0, sent[3].rand ^ 1)]
    assert await new.session.locate.find(here, nothing) == ()


async def test_pages_meet_across_the_server_the_store_and_local_rows(
    ann: Person, ben: Person, another_device: object
) -> None:
    talk = await talk_of(ann, ben)
    for number in range(60):
        await ann.say(talk, f"m{number}")
    await ann.synced(talk)
    new: Person = await another_device(ben.account)  # type: ignore[operator]
    here = new.c2c(ann)
    await new.sees(here, "m59")
    local = await new.session.history.page(here, count=500)
    assert len(local) < 40
    old = [LocalMessage(ben.user_id, (Text(f"old {n}"),), 1000 + n, 1000 + n) for n in range(5)]
    assert await new.session.local.import_messages(here, old) == 5
    assert await new.session.local.import_messages(here, old) == 0
    saved = await new.session.local.save(here, LocalMessage(ben.user_id, (Text("note"),), state=MessageState.FAILED))
    assert (saved.origin, saved.state) == (MessageOrigin.SAVED, MessageState.FAILED)
    walked: list[Message] = []
    anchor: int | None = None
    while page := await new.session.history.page(here, anchor=anchor, count=7, roaming=True):
        walked = [*page, *walked]
        anchor = page[0].position
    expected = [*(f"old {n}" for n in range(5)), *(f"m{n}" for n in range(60)), "note"]
    assert [m.text for m in walked if not m.is_tip] == expected
    forward: list[Message] = [walked[0]]
    while page := await new.session.history.page(here, anchor=forward[-1].position, count=7, newer=True, roaming=True):
        forward += page
    assert [m.key for m in forward] == [m.key for m in walked]
    await new.restart()
    again = await new.session.history.page(here, count=500)
    assert [m.text for m in again if not m.is_tip] == expected
    images = await new.session.history.page(here, count=5, kinds={"image"})
    assert images == ()
    assert await new.session.history.page(here, count=1, seqs=[walked[3].seq]) == (walked[3],)


async def test_clearing_everywhere_reaches_the_other_device(ann: Person, ben: Person, another_device: object) -> None:
    talk = await talk_of(ann, ben)
    for number in range(15):
        await ann.say(talk, f"m{number}")
    await ann.synced(talk)
    second: Person = await another_device(ann.account)  # type: ignore[operator]
    await second.sees(talk, "m14")
    await ann.session.local.clear_roaming(talk)
    assert await ann.session.history.page(talk, count=99, roaming=True) == ()

    async def is_empty() -> bool:
        return await second.session.history.page(talk, count=99) == ()

    await second.until(is_empty)
    await tell(ann, talk, Text("fresh"))
    await second.sees(talk, "fresh")
    assert await second.texts(talk) == ["fresh"]
    assert await ann.texts(talk) == ["fresh"]
    await ben.sees(ben.c2c(ann), "fresh")
    assert len(await ben.texts(ben.c2c(ann))) == 16


async def test_a_fetch_leaves_nothing_half(ann: Person, ben: Person, tmp_path: Path, proxy: DroppingProxy) -> None:
    talk = await talk_of(ann, ben)
    big = tmp_path / "big.bin"
    big.write_bytes(bytes(range(256)) * 4096 * 4)
    await tell(ann, talk, File(Media(path=str(big))))
    theirs = await ben.sees(ben.c2c(ann), "big.bin")
    element = theirs.elements[0]
    assert isinstance(element, File)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "taken").write_text("mine")
    fetch = ben.session.downloads.fetch
    with pytest.raises(TargetExists):
        await fetch(element.media, folder / "taken")
    with pytest.raises(TargetMissing):
        await fetch(element.media, folder / "absent" / "a")
    with pytest.raises(NotFound):
        await fetch(Media(element.media.uri + "x"), folder / "a")
    wrong = Media(element.media.uri, sha256="0" * 64)
    with pytest.raises(ChatdeskError, match="does not match"):
        await fetch(wrong, folder / "a")
    assert sorted(p.name for p in folder.iterdir()) == ["taken"]
    assert (folder / "taken").read_text() == "mine"

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 20, hard))  # what a full disk does, without filling one
    try:
        with pytest.raises(TargetDiskFull, match="no space left"):
            await fetch(element.media, folder / "a")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert sorted(p.name for p in folder.iterdir()) == ["taken"]

    started = asyncio.Event()
    slow = asyncio.ensure_future(fetch(element.media, folder / "slow", lambda *_: started.set()))
    (mine,) = [m for m in await ann.newest(talk) if m.text == "big.bin"]
    await ann.session.outbox.revoke(mine.key)
    await ann.session.outbox.revoked(mine.key)
    outcome = (await asyncio.gather(slow, return_exceptions=True))[0]
    # The whole file may have been faster than the revocation; half of one is never there.
    if isinstance(outcome, Path):
        assert outcome.read_bytes() == big.read_bytes()
    else:
        assert isinstance(outcome, TransferCancelled)
        assert sorted(p.name for p in folder.iterdir()) == ["taken"]


async def test_a_fetch_from_a_server_that_is_gone(
    proxy: DroppingProxy, ann: Person, ben: Person, tmp_path: Path
) -> None:
    talk = await talk_of(ann, ben)
    mine = await tell(ann, talk, File(Media(path=str(SAMPLES / "harbour.png"))))
    element = mine.elements[0]
    assert isinstance(element, File)
    ben.url = proxy.url
    await ben.session.close()
    ben.directory = ben.directory.with_name("behind the proxy")
    await ben.log_in(start=False)
    proxy.lose_response(path_has("/media/download"), times=1, response_bytes=3000)
    assert (await ben.session.downloads.fetch(element.media, tmp_path / "second try")).exists()
    await proxy.go_away()
    with pytest.raises(NetworkError):
        await ben.session.downloads.fetch(element.media, tmp_path / "never")
    assert not list(tmp_path.glob("never*"))


async def test_revoking_stops_a_slow_fetch(proxy: DroppingProxy, new_account: NewAccount, tmp_path: Path) -> None:
    account = await new_account("ben")
    ann = await Person(await new_account("ann"), tmp_path / "ann").log_in()
    ben = await Person(account, tmp_path / "ben", proxy.url).log_in()
    talk = await talk_of(ann, ben)
    mine = await tell(ann, talk, File(Media(path=str(SAMPLES / "harbour.png"))))
    theirs = await ben.sees(ben.c2c(ann), "harbour.png")
    element = theirs.elements[0]
    assert isinstance(element, File)
    proxy.delay(path_has("/media/download"), 30, times=100)
    slow = asyncio.ensure_future(ben.session.downloads.fetch(element.media, tmp_path / "slow"))
    await ann.session.outbox.revoke(mine.key)
    with pytest.raises(TransferCancelled):
        await slow
    assert not list(tmp_path.glob("slow*"))
    for person in (ann, ben):
        await person.session.close()


async def test_one_message_to_many(ann: Person, ben: Person, new_account: NewAccount) -> None:
    cleo = await new_account("cleo")
    users = [ben.user_id, "nobody-of-this-name", cleo.user_id.partition(":")[0][1:], ben.user_id, ann.user_id, ""]
    picture = Image(Media(path=str(SAMPLES / "harbour.png")))
    results = await ann.session.batch.send(users, [Text("to all"), picture])
    assert [r.user for r in results] == users
    assert [r.message is not None for r in results] == [True, False, True, True, False, False]
    assert isinstance(results[1].error, UnknownUser)
    assert len({r.message.rand for r in results if r.message is not None}) == 3
    uris = {e.media.uri for r in results if r.message for e in r.message.elements if isinstance(e, Image)}
    assert len(uris) == 1
    with pytest.raises(ChatdeskError, match="at most 500"):
        await ann.session.batch.send([ben.user_id] * 501, [Text("x")])


async def test_closing_tells_who_waits_and_keeps_the_message(
    proxy: DroppingProxy, new_account: NewAccount, tmp_path: Path
) -> None:
    ann = await Person(await new_account("ann"), tmp_path / "ann", proxy.url).log_in()
    talk = await ann.session.conversations.start_c2c((await new_account("ben")).user_id)
    await proxy.go_away()
    echo = await ann.say(talk, "later")
    waiting = asyncio.ensure_future(ann.session.outbox.delivered(echo.key))
    await asyncio.sleep(0)
    await proxy.come_back()
    restarted = asyncio.ensure_future(ann.restart())
    with pytest.raises(ChatdeskError, match="kept for its next start"):
        await waiting
    await restarted
    assert (await ann.session.outbox.delivered(echo.key)).text == "later"
    await ann.session.close()


async def test_a_damaged_store_comes_back(ann: Person, ben: Person) -> None:
    talk = await talk_of(ann, ben)
    for number in range(30):
        await ann.say(talk, f"m{number}")
    await ann.synced(talk)
    await ann.session.local.save(talk, LocalMessage(ben.user_id, (Text("note"),)))
    await ann.session.close()
    await ann.restore(start=False)
    waiting = await ann.say(talk, "unsent")
    await ann.session.close()
    store = ann.directory / "store.db"
    (ann.directory / "store.db.damaged").touch()  # as left by a session that met the damage
    with store.open("r+b") as file:
        file.seek(store.stat().st_size - 4096)
        file.write(b"\xff" * 4096)
    await ann.restore()
    assert "1 messages that only this computer had and 1 not yet sent were saved" in ann.session.rescue_note
    assert (await ann.session.outbox.delivered(waiting.key)).text == "unsent"
    assert await ann.texts(talk) == [*(f"m{n}" for n in range(30)), "note", "unsent"]
    assert [m for m in await ben.texts(ben.c2c(ann)) if m == "unsent"] == ["unsent"]
    assert len(list(ann.directory.glob("store-damaged-*.db"))) == 1
    await ann.restart()
    assert ann.session.rescue_note == ""
