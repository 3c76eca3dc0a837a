"""Files on the homeserver: streamed upload, streamed download, thumbnails.

Runs on any loop (whole files: on the one of `Homeserver.apart`); local files are read in a worker thread. Never holds a
whole file in memory, never writes one: where downloads land is core's business.
"""

import asyncio
import os
import re
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import BinaryIO

import httpx

from chatdesk.domain.errors import NetworkError, ServerError, TooLarge, TransferError
from chatdesk.domain.wording import Sentence, because
from chatdesk.matrix.client import MIB, Client, path
from chatdesk.matrix.failures import not_understood, translated
from chatdesk.matrix.lenient import MAX_INT, mapping, number
from chatdesk.matrix.mxc import mxc, split_mxc
from chatdesk.matrix.wire import object_of

CHUNK = 256 * 1024
ANSWER_S = 300.0
"""A server may look at a big upload for minutes before it answers."""
_ANY_MIME = "application/octet-stream"
_MIME = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,127}/[A-Za-z0-9!#$&^_.+-]{1,127}")
_CONTENT_RANGE = re.compile(r"bytes ([0-9]{1,16})-([0-9]{1,16})/([0-9]{1,16}|\*)")
_RANGE_REFUSED = 416
_PLAIN = frozenset({"", "identity"})
_UNPACKERS = {
    "": 0,
    "identity": 0,
    "gzip": 16 + zlib.MAX_WBITS,
    "x-gzip": 16 + zlib.MAX_WBITS,
    "deflate": zlib.MAX_WBITS,
}
"""What a file may be packed with, and zlib's word for it."""


class MediaStream:
    """A file on its way in. `total` bytes of the whole file (0: not said), `offset` of the first byte that comes,
    `etag` as the server wrote it (empty: none), `mime` as the server says: not to be trusted."""

    def __init__(self, response: httpx.Response, offset: int, total: int, label: str) -> None:
        self.offset = offset
        self.total = total
        self.etag = response.headers.get("ETag", "")
        self.mime = response.headers.get("Content-Type", "")
        self._response = response
        self._label = label

    async def chunks(self) -> AsyncIterator[bytes]:
        """The bytes, once. Raises NetworkError when the line breaks, also when it ends too early."""
        packing = _packing(self._response)
        if packing not in _UNPACKERS:
            raise ServerError(
                Sentence("{server} sends this file in a packed form that chatdesk does not know.", server=self._label)
            )
        with translated(self._label):
            if packing in _PLAIN:
                async for chunk in self._response.aiter_raw():
                    yield chunk
                return
            # Asked not to pack, a server did all the same: unpacked in small pieces, a bomb never fills the memory.
            unpacker = zlib.decompressobj(_UNPACKERS[packing])
            async for packed in self._response.aiter_raw():
                rest = packed
                while rest:
                    try:
                        piece = unpacker.decompress(rest, CHUNK)
                    except zlib.error as error:
                        raise NetworkError("The file arrives damaged. Try again.") from error
                    if piece:
                        yield piece
                    rest = unpacker.unconsumed_tail
                    if not piece and not rest:
                        break


async def upload(
    client: Client, file: Path, mime: str, name: str, on_progress: Callable[[int, int], None] | None
) -> str:
    """Send a file; its mxc:// URI. `on_progress(sent, total)` is called on the loop as bytes leave."""
    try:
        source, size = await _opened(file)
    except OSError as error:
        raise TransferError(Sentence("“{name}” cannot be read: {reason}.", name=name, reason=because(error))) from error
    try:
        headers = {
            "Content-Type": mime if _MIME.fullmatch(mime) else _ANY_MIME,
            "Content-Length": str(size),  # many servers refuse a chunked upload
        }
        content = _chunks_of(source, size, name, on_progress)
        async with client.stream(
            "POST",
            "/_matrix/media/v3/upload",
            query={"filename": name},
            headers=headers,
            content=content,
            read_s=ANSWER_S,
        ) as response:
            answer = object_of(await response.aread())
    finally:
        source.close()
    uri = mxc(mapping(answer).get("content_uri"))
    if not uri:
        raise not_understood(client.label)
    return uri


async def upload_bytes(client: Client, data: bytes, mime: str, name: str) -> str:
    """Send a small file that lies in memory; its mxc:// URI."""
    headers = {"Content-Type": mime, "Content-Length": str(len(data))}
    async with client.stream(
        "POST", "/_matrix/media/v3/upload", query={"filename": name}, headers=headers, content=data, read_s=ANSWER_S
    ) as response:
        uri = mxc(mapping(object_of(await response.aread())).get("content_uri"))
    if not uri:
        raise not_understood(client.label)
    return uri


async def upload_limit(client: Client) -> int:
    """The largest upload in bytes, 0 when the server does not say."""
    try:
        answer = await client.call("GET", "/_matrix/client/v1/media/config")
    except ServerError as error:
        if not _is_unknown_endpoint(error):
            raise
        try:
            answer = await client.call("GET", "/_matrix/media/v3/config")
        except ServerError as legacy_error:
            if not _is_unknown_endpoint(legacy_error):
                raise
            return 0
    return number(answer.get("m.upload.size"))


@asynccontextmanager
async def download(client: Client, uri: str, offset: int) -> AsyncIterator[MediaStream]:
    """Open a file, from `offset` on where the server can."""
    async with AsyncExitStack() as stack:
        stream = await _open_download(stack, client, uri, offset) if offset else None
        yield stream or await _whole_download(stack, client, uri)


async def thumbnail(client: Client, uri: str, width: int, height: int, max_bytes: int) -> bytes:
    """A picture of at least roughly this size, made by the server."""
    query = {"width": str(max(width, 1)), "height": str(max(height, 1)), "method": "scale"}
    async with AsyncExitStack() as stack:
        response = await _open(stack, client, "thumbnail", uri, {}, query)
        parts: list[bytes] = []
        size = 0
        async for chunk in response.aiter_bytes():
            parts.append(chunk)
            size += len(chunk)
            if size > max_bytes:
                raise TooLarge(Sentence("The preview is larger than {most} MB.", most=max_bytes // MIB))
        return b"".join(parts)


async def _open_download(stack: AsyncExitStack, client: Client, uri: str, offset: int) -> MediaStream | None:
    """The rest of a file, or the whole where ranges are ignored; None: ask again without a range."""
    part = AsyncExitStack()
    try:
        response = await _open(part, client, "download", uri, {"Range": f"bytes={offset}-"})
    except ServerError as error:
        if error.status == _RANGE_REFUSED:
            return None
        raise
    stack.push_async_exit(part)
    if response.status_code != httpx.codes.PARTIAL_CONTENT:
        return MediaStream(response, 0, _length(response), client.label)
    said = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if said is None or int(said[1]) != offset or _is_packed(response):
        await part.aclose()
        return None
    return MediaStream(response, offset, 0 if said[3] == "*" else number(int(said[3])), client.label)


async def _whole_download(stack: AsyncExitStack, client: Client, uri: str) -> MediaStream:
    response = await _open(stack, client, "download", uri, {})
    return MediaStream(response, 0, _length(response), client.label)


async def _open(
    stack: AsyncExitStack,
    client: Client,
    kind: str,
    uri: str,
    headers: Mapping[str, str],
    query: Mapping[str, str] | None = None,
) -> httpx.Response:
    """The authenticated endpoint, or on servers that do not have it the open one of old."""
    where = path(kind, *split_mxc(uri))
    # Unpacked, so that lengths and offsets are those of the file.
    plain = {"Accept": "*/*", "Accept-Encoding": "identity", **headers}
    try:
        opened = client.stream("GET", f"/_matrix/client/v1/media{where}", query=query, headers=plain)
        return await stack.enter_async_context(opened)
    except ServerError as error:
        if not _is_unknown_endpoint(error):
            raise
    opened = client.stream("GET", f"/_matrix/media/v3{where}", query=query, headers=plain, authorized=False)
    return await stack.enter_async_context(opened)


def _is_unknown_endpoint(error: ServerError) -> bool:
    """No such endpoint: said in the API's words, or by something in front that answers without any."""
    return error.code == "M_UNRECOGNIZED" or (error.status in (404, 405) and not error.code)


def _length(response: httpx.Response) -> int:
    said = response.headers.get("Content-Length", "")
    is_number = said.isascii() and said.isdigit() and len(said) < 17 and not _is_packed(response)
    return min(int(said), MAX_INT) if is_number else 0


def _is_packed(response: httpx.Response) -> bool:
    return _packing(response) not in _PLAIN


def _packing(response: httpx.Response) -> str:
    return str(response.headers.get("Content-Encoding", "")).strip().lower()


async def _opened(file: Path) -> tuple[BinaryIO, int]:
    opening = asyncio.ensure_future(asyncio.to_thread(_open_file, file))
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        opening.add_done_callback(_close_unwanted)  # a thread does not stop
        raise


def _close_unwanted(opening: "asyncio.Future[tuple[BinaryIO, int]]") -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result()[0].close()


def _open_file(file: Path) -> tuple[BinaryIO, int]:
    source = file.open("rb")
    return source, os.fstat(source.fileno()).st_size


async def _chunks_of(
    source: BinaryIO, size: int, name: str, on_progress: Callable[[int, int], None] | None
) -> AsyncIterator[bytes]:
    sent = 0
    while sent < size:
        try:
            chunk = await asyncio.to_thread(source.read, min(CHUNK, size - sent))
        except OSError as error:
            raise TransferError(
                Sentence("“{name}” cannot be read: {reason}.", name=name, reason=because(error))
            ) from error
        if not chunk:
            raise TransferError(Sentence("“{name}” became shorter while it was being sent.", name=name))
        yield chunk
        sent += len(chunk)
        if on_progress is not None:
            on_progress(sent, size)
