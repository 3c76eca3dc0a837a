"""What is not on the user's computer: the homeserver, other people, and a company's TLS gate behind a SOCKS5 proxy.

Lives on a loop of its own thread, so that the hands and eyes of the person may block; every method here blocks.
"""

import asyncio
import ssl
import subprocess
import threading
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

from chatdesk.domain.elements import Element, Media, Sound, Text
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.localserver import LocalServer
from chatdesk.localserver.address import free_port
from tests.servers.accounts import Account, register_account
from tests.servers.people import Person, is_invited, is_joined

T = TypeVar("T")
COMPANY = "chat.example.test"
"""A name that only the proxy can resolve."""
_PATIENCE_S = 120.0
_SOCKS5, _NAME = 5, 3


class Elsewhere:
    """`ann` is whose window is checked; Ben and Carla talk to her from the core. `certificate` is the company's."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = LocalServer(folder / "s", listen=("127.0.0.1", free_port()))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="elsewhere")
        self._people: dict[str, Person] = {}
        self._listening: list[asyncio.Server] = []
        self.certificate = folder / "company.crt"
        self.proxied = 0
        self.ann: Account
        self.proxy_port = 0

    @property
    def url(self) -> str:
        return self._server.tcp_url

    def __enter__(self) -> Self:
        with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:  # its life hangs on the main thread
            runner.run(self._server.start())
        self._thread.start()
        try:
            self._make_certificate()
            self._do(self._begin())
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
            runner.run(self._server.stop())

    def says(self, name: str, text: str) -> None:
        """Until it is on the server."""

        self._do(self._send(name, Text(text)))

    def sends_voice(self, name: str, path: Path, duration_ms: int) -> None:
        """Until it is on the server."""
        media = Media(name=path.name, mime="audio/wav", size=path.stat().st_size, path=str(path))
        self._do(self._send(name, Sound(media, duration_ms, is_voice=True)))

    def hears(self, name: str, text: str) -> None:
        self._do(self._people[name].sees(self._with_ann(), text))

    def link(self, name: str) -> str:
        return f"matrix:u/{self._people[name].user_id.removeprefix('@')}"

    def _with_ann(self) -> ConversationId:
        return ConversationId(ConversationType.C2C, self.ann.user_id)

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_PATIENCE_S)

    async def _send(self, name: str, element: Element) -> None:
        outbox = self._people[name].session.outbox
        message = await outbox.send(self._with_ann(), [element])
        await outbox.delivered(message.key)

    async def _begin(self) -> None:
        """Ann knows both already, from another computer of hers."""
        self.ann = await register_account(self._server, "ann")
        before = await Person(self.ann, self._folder / "ann").log_in()
        for name in ("ben", "carla"):
            person = await Person(await register_account(self._server, name), self._folder / name).log_in()
            self._people[name] = person
            await before.session.conversations.start_c2c(person.user_id)
            conversation = await person.conversation(self._with_ann())
            if is_invited(conversation):
                await person.session.conversations.accept(conversation.id)
            await person.conversation(self._with_ann(), is_joined)
        await before.close()
        trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trust.load_cert_chain(self.certificate, self.certificate.with_suffix(".key"))
        gate = await asyncio.start_server(self._gate, "127.0.0.1", 0, ssl=trust)
        proxy = await asyncio.start_server(self._proxy, "127.0.0.1", 0)
        self._listening = [gate, proxy]
        self.proxy_port = proxy.sockets[0].getsockname()[1]

    async def _end(self) -> None:
        for person in self._people.values():
            await person.close()
        for server in self._listening:
            server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _make_certificate(self) -> None:
        key = self.certificate.with_suffix(".key")
        kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
        name = ["-subj", f"/CN={COMPANY}", "-addext", f"subjectAltName=DNS:{COMPANY}"]
        files = ["-keyout", str(key), "-out", str(self.certificate)]
        subprocess.run(["openssl", "req", "-x509", *kind, *name, *files], check=True, capture_output=True)

    async def _gate(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """TLS outside, the homeserver inside."""
        await _join(reader, writer, urlsplit(self.url).port or 0)

    async def _proxy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """SOCKS5 without a login; whatever name is asked for, it is the company's gate."""
        _, count = await reader.readexactly(2)
        await reader.readexactly(count)
        writer.write(bytes([_SOCKS5, 0]))
        kind = (await reader.readexactly(4))[3]
        assert kind == _NAME, "the name was resolved on this computer, which cannot know it"
        name = await reader.readexactly((await reader.readexactly(1))[0])
        await reader.readexactly(2)
        is_known = name.decode() == COMPANY
        writer.write(bytes([_SOCKS5, 0 if is_known else 4]) + b"\0\1\0\0\0\0\0\0")
        if not is_known:
            writer.close()
            return
        self.proxied += 1
        await _join(reader, writer, self._listening[0].sockets[0].getsockname()[1])


async def _join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
    """Hand everything on in both directions until one side ends."""
    there, back = await asyncio.open_connection("127.0.0.1", port)
    with suppress(OSError):
        await asyncio.wait(
            [asyncio.ensure_future(_carry(reader, back)), asyncio.ensure_future(_carry(there, writer))],
            return_when=asyncio.FIRST_COMPLETED,
        )
    for end in (writer, back):
        end.close()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
