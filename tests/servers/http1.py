"""Just enough HTTP/1.1 to know where a message ends. For the test proxy; runs on the test's loop."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

CHUNK_BYTES = 64 * 1024
HEAD_LIMIT_BYTES = 256 * 1024


@dataclass(frozen=True)
class Head:
    """A message's first line and headers; `raw` as it came."""

    raw: bytes
    start: tuple[str, str, str]
    headers: dict[str, str]

    @property
    def is_last(self) -> bool:
        """Whether the connection ends with this message."""
        return self.headers.get("connection", "").lower() == "close"


async def read_head(reader: asyncio.StreamReader) -> Head | None:
    """The next message's head; None when the peer closed between messages."""
    try:
        raw = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise
        return None
    lines = raw.decode("latin-1").split("\r\n")
    first, second, third = (*lines[0].split(" ", 2), "", "")[:3]
    headers = dict(_header(line) for line in lines[1:] if line)
    return Head(raw, (first, second, third), headers)


async def read_body(reader: asyncio.StreamReader, head: Head, *, answers: str = "") -> AsyncIterator[bytes]:
    """The body's bytes as they are on the wire. `answers` is the request's method when `head` is a response."""
    if answers and (answers == "HEAD" or head.start[1].startswith("1") or head.start[1] in {"204", "304"}):
        return
    if "chunked" in head.headers.get("transfer-encoding", "").lower():
        async for piece in _read_chunked(reader):
            yield piece
    elif "content-length" in head.headers:
        async for piece in _read_exactly(reader, int(head.headers["content-length"])):
            yield piece
    elif answers:
        while piece := await reader.read(CHUNK_BYTES):
            yield piece


async def _read_chunked(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while True:
        line = await reader.readuntil(b"\r\n")
        yield line
        size = int(line.split(b";")[0], 16)
        if size == 0:
            break
        async for piece in _read_exactly(reader, size + 2):
            yield piece
    while True:  # trailers, then an empty line
        line = await reader.readuntil(b"\r\n")
        yield line
        if line == b"\r\n":
            return


async def _read_exactly(reader: asyncio.StreamReader, size: int) -> AsyncIterator[bytes]:
    while size > 0:
        piece = await reader.read(min(size, CHUNK_BYTES))
        if not piece:
            raise asyncio.IncompleteReadError(b"", size)
        size -= len(piece)
        yield piece


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip().lower(), value.strip()
