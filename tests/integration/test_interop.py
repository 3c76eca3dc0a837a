"""chatdesk and a client nobody here wrote (matrix-nio) talk to each other: text, picture, file, recall, read report and
unread number, each in both directions."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import nio
import pytest

from chatdesk.core.attachments import file_element
from chatdesk.domain.elements import File, Image
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import MessageState
from chatdesk.domain.receipts import readers
from chatdesk.domain.transfers import DownloadState
from tests.servers.accounts import Account, AnyServer, register_account
from tests.servers.people import Person

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"


class Nio:
    """Somebody who uses matrix-nio: what they have seen so far, and one room with chatdesk's Ann."""

    def __init__(self, account: Account, url: str) -> None:
        self.account = account
        self.client = nio.AsyncClient(url, account.user_id)
        self.events: list[nio.Event] = []
        self.receipts: list[nio.Receipt] = []

    async def log_in(self) -> None:
        answer = await self.client.login(self.account.password)
        assert isinstance(answer, nio.LoginResponse), answer

    async def sync_until(self, kind: type[nio.Event], text: str = "") -> nio.Event:
        """Sync until an event of this kind (and body) is there."""
        for _ in range(20):
            for event in self.events:
                if isinstance(event, kind) and (not text or getattr(event, "body", "") == text):
                    return event
            await self.sync()
        raise AssertionError(f"no {kind.__name__} {text!r} among {self.events}")

    async def sync(self) -> nio.SyncResponse:
        answer = await self.client.sync(timeout=3000)
        assert isinstance(answer, nio.SyncResponse), answer
        for room in answer.rooms.join.values():
            self.events += room.timeline.events
            for ephemeral in room.ephemeral:
                if isinstance(ephemeral, nio.ReceiptEvent):
                    self.receipts += ephemeral.receipts
        return answer

    async def send(self, content: dict[str, object]) -> str:
        answer = await self.client.room_send(self.room, "m.room.message", content)
        assert isinstance(answer, nio.RoomSendResponse), answer
        return str(answer.event_id)

    async def upload(self, data: bytes, mime: str, name: str) -> str:
        answer, _ = await self.client.upload(lambda *_: io.BytesIO(data), mime, name, filesize=len(data))
        assert isinstance(answer, nio.UploadResponse), answer
        return str(answer.content_uri)

    async def join(self, inviter: str) -> None:
        for _ in range(20):
            await self.sync()
            for room_id, room in [*self.client.invited_rooms.items(), *self.client.rooms.items()]:
                if room_id in self.client.invited_rooms:
                    assert room.inviter == inviter
                    await self.client.join(room_id)
                self.room = room_id
                return
        raise AssertionError("no invitation came")


@pytest.fixture
def server(reachable_server: AnyServer) -> AnyServer:
    return reachable_server


@pytest.fixture
async def ann(server: AnyServer, tmp_path: Path) -> AsyncIterator[Person]:
    person = await Person(await register_account(server, "ann"), tmp_path / "ann").log_in()
    yield person
    await person.session.close()


@pytest.fixture
async def other(server: AnyServer) -> AsyncIterator[Nio]:
    other = Nio(await register_account(server, "nora"), server.tcp_url)
    await other.log_in()
    yield other
    await other.client.close()


@pytest.fixture
async def talk(ann: Person, other: Nio) -> ConversationId:
    talk = await ann.session.conversations.start_c2c(other.account.user_id)
    await other.join(ann.user_id)
    return talk


async def test_text(ann: Person, other: Nio, talk: ConversationId) -> None:
    await ann.say(talk, "from chatdesk 🙂 今天")
    event = await other.sync_until(nio.RoomMessageText, "from chatdesk 🙂 今天")
    assert event.sender == ann.user_id
    await other.send({"msgtype": "m.text", "body": "from nio 🙂"})
    assert (await ann.sees(talk, "from nio 🙂")).sender_name == "Nora"


async def test_picture(ann: Person, other: Nio, talk: ConversationId) -> None:
    picture = (SAMPLES / "harbour.png").read_bytes()
    await ann.session.outbox.send(talk, [file_element(SAMPLES / "harbour.png")])
    event = await other.sync_until(nio.RoomMessageImage, "harbour.png")
    info = event.source["content"]["info"]
    assert (info["w"], info["h"], info["mimetype"], info["size"]) == (960, 640, "image/png", len(picture))
    answer = await other.client.download(event.url)
    assert isinstance(answer, nio.MemoryDownloadResponse)
    assert answer.body == picture

    uri = await other.upload(picture, "image/png", "back.png")
    await other.send(
        {
            "msgtype": "m.image",
            "body": "back.png",
            "url": uri,
            "info": {"w": 960, "h": 640, "mimetype": "image/png", "size": len(picture)},
        }
    )
    (image,) = (await ann.sees(talk, "back.png")).elements
    assert isinstance(image, Image)
    assert (image.width, image.height, image.media.size) == (960, 640, len(picture))
    assert len(await ann.session.media.thumbnail(image.media, 320, 240)) > 1000


async def test_file(ann: Person, other: Nio, talk: ConversationId, tmp_path: Path) -> None:
    data = bytes(range(256)) * 1000
    path = tmp_path / "data.bin"
    path.write_bytes(data)
    await ann.session.outbox.send(talk, [file_element(path)])
    event = await other.sync_until(nio.RoomMessageFile, "data.bin")
    answer = await other.client.download(event.url)
    assert isinstance(answer, nio.MemoryDownloadResponse)
    assert answer.body == data

    uri = await other.upload(data[::-1], "application/octet-stream", "back.bin")
    await other.send({"msgtype": "m.file", "body": "back.bin", "url": uri, "info": {"size": len(data)}})
    message = await ann.sees(talk, "back.bin")
    assert isinstance(message.elements[0], File)
    await ann.session.downloads.start(message.key, 0)

    async def done() -> bool:
        return ann.session.downloads.list()[0].state is DownloadState.DONE

    await ann.until(done)
    assert Path(ann.session.downloads.list()[0].path).read_bytes() == data[::-1]


async def test_recall(ann: Person, other: Nio, talk: ConversationId) -> None:
    mine = await ann.say(talk, "mine")
    event = await other.sync_until(nio.RoomMessageText, "mine")
    await ann.session.outbox.revoke(mine.key, "typo")
    redaction = await other.sync_until(nio.RedactionEvent)
    assert isinstance(redaction, nio.RedactionEvent)
    assert (redaction.redacts, redaction.reason) == (event.event_id, "typo")

    theirs = await other.send({"msgtype": "m.text", "body": "theirs"})
    message = await ann.sees(talk, "theirs")
    await other.client.room_redact(other.room, theirs, "wrong room")

    async def revoked() -> bool:
        found = {m.key: m for m in await ann.newest(talk)}
        return found[message.key].state is MessageState.REVOKED

    await ann.until(revoked)
    tombstone = next(m for m in await ann.newest(talk) if m.key == message.key)
    assert (tombstone.revoked_by, tombstone.revoke_reason) == (other.account.user_id, "wrong room")


async def test_read_report(ann: Person, other: Nio, talk: ConversationId) -> None:
    theirs = await other.send({"msgtype": "m.text", "body": "read me"})
    message = await ann.sees(talk, "read me")
    ann.session.receipts.shown(talk, message.key)
    while not any(r.event_id == theirs and r.user_id == ann.user_id for r in other.receipts):
        await other.sync()

    await ann.say(talk, "read this too")
    event = await other.sync_until(nio.RoomMessageText, "read this too")
    await other.client.room_read_markers(other.room, event.event_id, event.event_id)
    timeline = ann.session.timeline(talk)
    await timeline.open()

    async def read() -> bool:
        return readers(timeline.items[-1], timeline.read_positions) == (other.account.user_id,)

    await ann.until(read)
    timeline.close()


async def test_unread(ann: Person, other: Nio, talk: ConversationId) -> None:
    for number in range(3):
        await other.send({"msgtype": "m.text", "body": f"unread {number}"})
    await ann.conversation(talk, lambda c: c.unread == 3)
    last = await ann.sees(talk, "unread 2")
    ann.session.receipts.shown(talk, last.key)
    await ann.conversation(talk, lambda c: c.unread == 0)

    await ann.say(talk, "unread there")
    await other.sync_until(nio.RoomMessageText, "unread there")
    assert other.client.rooms[other.room].unread_notifications == 1


async def test_a_group_made_elsewhere(ann: Person, other: Nio) -> None:
    made = await other.client.room_create(name="Made by nio", invite=[ann.user_id])
    assert isinstance(made, nio.RoomCreateResponse)
    group = ConversationId(ConversationType.GROUP, made.room_id)
    invited = await ann.conversation(group)
    assert (invited.name, invited.inviter_name) == ("Made by nio", "Nora")
    await ann.session.conversations.accept(group)
    other.room = made.room_id
    await other.send({"msgtype": "m.text", "body": "welcome"})
    await ann.sees(group, "welcome")
    await ann.say(group, "thanks")
    await other.sync_until(nio.RoomMessageText, "thanks")
