"""Files of own messages on their way out: described (size, hash, small picture), then uploaded, each step stored as
soon as it is done so that a retry does not repeat it. Loop thread only; files are read and sent elsewhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from chatdesk.core.attachments import blurhash_of, check_sendable, describe, make_thumbnail
from chatdesk.core.feed import Feed
from chatdesk.core.ledger import Ledger
from chatdesk.core.single_fetches import Meter
from chatdesk.domain.changes import Changes
from chatdesk.domain.elements import (
    Custom,
    Downloadable,
    Element,
    Image,
    Media,
    Text,
    Tip,
    Unknown,
    Unreadable,
    Video,
    size_bytes,
)
from chatdesk.domain.errors import InvalidElement, ServerElement, TooLarge, TransferCancelled, TransferError
from chatdesk.domain.messages import Message, MessageState, SendOptions
from chatdesk.domain.transfers import UploadProgress
from chatdesk.domain.wording import Sentence, because
from chatdesk.store import messages
from chatdesk.store import outbox as rows

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver

CONTENT_LIMIT_BYTES = 60_000
"""An event may have 65,536 bytes in all (Matrix specification, "Size limits"); the rest is for its envelope."""
_PLACEHOLDER = "mxc://" + "h" * 60 + "/" + "i" * 60
_HASH = "0" * 64
_BLURHASH = "L" * 28


def check_elements(elements: Sequence[Element], options: SendOptions) -> None:
    """Raises InvalidElement, ServerElement or TooLarge (the sentence says why) when these can never be sent."""
    if not elements:
        raise InvalidElement("There is nothing to send.")
    for element in elements:
        if isinstance(element, Tip | Unreadable | Unknown):
            raise ServerElement("This part of the message cannot be sent: only the server makes it.")
        if isinstance(element, Text) and not element.content.strip() and len(elements) == 1:
            raise InvalidElement("There is nothing to send.")
        if isinstance(element, Custom) and len(elements) == 1 and element == Custom():
            raise InvalidElement("There is nothing to send.")
    if options.text_limit_bytes and size_bytes(elements) > options.text_limit_bytes:
        raise TooLarge("This message is too long. Send it in parts, or as a file.")
    from chatdesk.matrix import encode  # loaded with the network layer, after the first paint

    content = encode.message_content(
        [_as_uploaded(element) for element in elements],
        2**32 - 1,
        2**43,
        "t" * 64,
        priority=options.priority,
        cloud_custom=options.cloud_custom,
        mentions=options.mentions,
        is_forwarded=options.is_forwarded,
    )
    if len(content) > CONTENT_LIMIT_BYTES:
        raise TooLarge("This message is too long for the server. Send it in parts, or as a file.")


def _as_uploaded(element: Element) -> Element:
    if not isinstance(element, Downloadable):
        return element
    media = msgspec.structs.replace(element.media, uri=_PLACEHOLDER, size=2**40, sha256=_HASH)
    element = msgspec.structs.replace(element, media=media)
    if isinstance(element, Image | Video):
        small = Media(_PLACEHOLDER, mime="image/jpeg", sha256=_HASH)
        return msgspec.structs.replace(element, thumbnail=small, blurhash=_BLURHASH)
    return element


class Uploader:
    def __init__(self, ledger: Ledger, server: Homeserver, progress: Feed[UploadProgress]) -> None:
        self._ledger = ledger
        self._server = server
        self._progress = progress
        self._limit: int | None = None
        self._sending: dict[int, asyncio.Task[tuple[Element, ...]]] = {}
        """What is on its way, by the key of its message."""
        ledger.changes.subscribe(self._on_changes)

    async def describe(self, elements: Sequence[Element]) -> tuple[Element, ...]:
        """The elements with sizes, types and hashes of their local files; InputError (File…) when one cannot go."""
        described: list[Element] = []
        for element in elements:
            if isinstance(element, Downloadable) and not element.media.uri:
                element = await asyncio.to_thread(describe, element, self._limit or 0)
            described.append(element)
        return tuple(described)

    async def upload_all(self, message: Message) -> tuple[Element, ...]:
        """The elements of a queued message with addresses on the server, uploading what has none yet.

        Raises TransferCancelled when the user takes the message back meanwhile: nothing waits for the rest then.
        """
        if all(not isinstance(element, Downloadable) or _is_complete(element) for element in message.elements):
            return message.elements
        work = self._sending[message.key] = asyncio.create_task(self._upload_all(message), name="uploading")
        try:
            return await work
        except asyncio.CancelledError:
            current = asyncio.current_task()
            if current is not None and current.cancelling():
                raise
            raise TransferCancelled("The message was taken back, so its files are not sent.") from None
        finally:
            del self._sending[message.key]

    async def _upload_all(self, message: Message) -> tuple[Element, ...]:
        elements = list(message.elements)
        for index, element in enumerate(elements):
            if not isinstance(element, Downloadable) or _is_complete(element):
                continue
            is_wanted = message.state is not MessageState.REVOKING  # else it goes only to be recalled
            if is_wanted and await self._ledger.message(rows.mark_uploading, message.key) is None:
                raise TransferCancelled("The message was taken back, so its files are not sent.")
            # Again: hours may have passed since it was queued, and the hash must be that of what leaves.
            element = await asyncio.to_thread(describe, element, self._limit or 0)
            elements[index] = element = await self._upload_thumbnail(element)
            await self._ledger.database.write(messages.set_elements, message.key, elements)
            elements[index] = await self._upload(element, message.key, index)
            await self._ledger.database.write(messages.set_elements, message.key, elements)
        return tuple(elements)

    async def upload_elements(self, elements: Sequence[Element]) -> tuple[Element, ...]:
        """The same for elements that belong to no message yet."""
        uploaded: list[Element] = []
        for index, element in enumerate(elements):
            if isinstance(element, Downloadable) and not _is_complete(element):
                element = await self._upload(await self._upload_thumbnail(element), 0, index)
            uploaded.append(element)
        return tuple(uploaded)

    async def limit(self) -> int:
        """The most bytes a file may have; 0 when the server does not say."""
        if self._limit is None:
            self._limit = await self._server.upload_limit()
        return self._limit

    async def _upload(self, element: Downloadable, key: int, index: int) -> Downloadable:
        media = element.media
        if media.uri:
            return element
        path = Path(media.path)
        await asyncio.to_thread(check_sendable, path, await self.limit())

        here = asyncio.get_running_loop()
        meter = Meter()

        def tell(sent: int, total: int) -> None:
            if meter.is_due(sent) or sent == total:
                here.call_soon_threadsafe(self._progress.publish, UploadProgress(key, sent, total, index))

        try:
            uri = await self._server.apart.run(self._server.upload(path, media.mime, media.name, tell))
        except OSError as error:
            raise TransferError(
                Sentence("The file {name} cannot be read: {reason}", name=path.name, reason=because(error))
            ) from error
        return msgspec.structs.replace(element, media=msgspec.structs.replace(media, uri=uri))

    def _on_changes(self, changes: Changes) -> None:
        for _, key in changes.deleted:
            if key in self._sending:
                self._sending[key].cancel()

    async def _upload_thumbnail(self, element: Downloadable) -> Downloadable:
        """The element with a small picture on the server: the given one of a video, or one made of an image; and with
        its colours in brief."""
        if not isinstance(element, Image | Video):
            return element
        given = element.thumbnail
        if not element.blurhash:
            shown = element.media.path if isinstance(element, Image) else given.path if given is not None else ""
            blurhash = await asyncio.to_thread(blurhash_of, Path(shown)) if shown else ""
            element = msgspec.structs.replace(element, blurhash=blurhash)
        if given is not None and given.uri:
            return element
        if given is not None and given.path:
            uri = await self._server.upload(Path(given.path), given.mime, given.name or "thumbnail")
            return msgspec.structs.replace(element, thumbnail=msgspec.structs.replace(given, uri=uri))
        if isinstance(element, Video) or element.media.uri:
            return element
        made = await asyncio.to_thread(make_thumbnail, Path(element.media.path))
        if made is None:
            return element
        media, data = made
        try:
            uri = await self._server.upload_bytes(data, media.mime, "thumbnail")
        except TooLarge:
            return element
        return msgspec.structs.replace(element, thumbnail=msgspec.structs.replace(media, uri=uri))


def _is_complete(element: Downloadable) -> bool:
    return bool(element.media.uri)
