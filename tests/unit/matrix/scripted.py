"""A scripted HTTP server on loopback: answers as told, misbehaves as told, remembers what it was asked."""

import asyncio
import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.listener import Listener


@dataclass(frozen=True)
class Request:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict[str, object]:
        value = json.loads(self.body)
        assert isinstance(value, dict)
        return value


@dataclass(frozen=True)
class Reply:
    """`cut_after`: close the connection after so many bytes of the body. `is_mute`: never answer. `is_chunked`: without
    saying how long the body is. `gate`: after `gate_after` bytes of the body, wait for this."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    cut_after: int | None = None
    is_mute: bool = False
    is_chunked: bool = False
    gate: asyncio.Event | None = None
    gate_after: int = 0


def json_reply(value: object, status: int = 200, **headers: str) -> Reply:
    return Reply(status, json.dumps(value).encode(), {key.replace("_", "-"): text for key, text in headers.items()})


def redirect(location: str, status: int = 302) -> Reply:
    return Reply(status, b"", {"Location": location})


Script = Callable[[Request], Reply]


class ScriptedServer:
    """`script` says the answer to each request; set it before asking."""

    def __init__(self, script: Script | None = None) -> None:
        self.script: Script = script or (lambda _request: Reply())
        self.requests: list[Request] = []
        self.url = ""
        self._listener: Listener | None = None

    async def start(self, tls: ssl.SSLContext | None = None) -> None:
        self._listener = Listener.on_port(self._answer, tls=tls)
        self.url = f"{'https://localhost' if tls else 'http://127.0.0.1'}:{self._listener.port}"

    async def start_unix(self, socket: Path) -> None:
        self._listener = Listener.on_path(self._answer, socket)
        self.url = f"unix://{socket}"

    async def stop(self) -> None:
        assert self._listener is not None
        await self._listener.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _version = head[0].split(" ")
        pairs = (line.split(": ", 1) for line in head[1:] if line)
        headers = {name.lower(): text for name, text in pairs}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        request = Request(method, target, headers, body)
        self.requests.append(request)
        reply = self.script(request)
        if reply.is_mute:
            await asyncio.Event().wait()
        size = {"Transfer-Encoding": "chunked"} if reply.is_chunked else {"Content-Length": str(len(reply.body))}
        extra = {"Content-Type": "application/json", "Connection": "close"} | size
        lines = [f"HTTP/1.1 {reply.status} Said", *(f"{k}: {v}" for k, v in (extra | reply.headers).items()), "", ""]
        said = b"%x\r\n%b\r\n0\r\n\r\n" % (len(reply.body), reply.body) if reply.is_chunked else reply.body
        writer.write("\r\n".join(lines).encode())
        if reply.gate is not None:
            writer.write(said[: reply.gate_after])
            await writer.drain()
            await reply.gate.wait()
            said = said[reply.gate_after :]
        writer.write(said[: reply.cut_after])
        await writer.drain()
