"""A conversation into a file: JSON in the SDK's shapes, a page for a browser, or plain text. Loop thread only.

Written a page of messages at a time into a file beside the wanted one, which then takes its name: what was there before
is replaced only by a complete export. What the SDK's shapes have no place for (formatting, hashes) stands beside them
under a key of chatdesk's own, so that an import gives back the same messages.
"""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from msgspec import structs

from chatdesk.core.history import History
from chatdesk.core.media import MediaCache
from chatdesk.domain.elements import Image, Media
from chatdesk.domain.errors import ChatdeskError, InputError
from chatdesk.domain.exports import ExportFormat, ExportWish, Line
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message, MessageState
from chatdesk.domain.wording import Sentence, because
from chatdesk.interchange.exact import exact_object
from chatdesk.interchange.messages import encode
from chatdesk.interchange.pages import html_foot, html_head, html_line, text_line

_PAGE = 200
_PICTURE = 800
"""Pixels of the longer side of pictures in a page."""
_INLINE_BYTES = 100 << 20
"""Of all pictures in one page; what comes after is named only."""
Describe = Callable[[Message], Line]
"""The words for a message, without its pictures; called on the loop."""


class Exports:
    def __init__(self, history: History, media: MediaCache) -> None:
        self._history = history
        self._media = media

    async def run(
        self,
        conversation: ConversationId,
        path: Path,
        wish: ExportWish,
        describe: Describe,
        on_progress: Callable[[int], None] = lambda _: None,
    ) -> int:
        """Write the file; how many messages are in it. Messages that have not left are not.

        Raises InputError when it cannot be written, NetworkError or ServerError when the rest cannot be fetched; then
        there is no file.
        """
        if wish.is_complete:
            while await self._history.fill_newest(conversation) is not None:
                pass
        part = path.with_name(f"{path.name}.part")
        try:
            count = await self._write(conversation, part, wish, describe, on_progress)
            await asyncio.to_thread(part.replace, path)
        except OSError as error:
            words = Sentence("“{name}” cannot be written: {reason}.", name=path.name, reason=because(error))
            raise InputError(words) from error
        finally:
            await asyncio.to_thread(_remove, part)
        return count

    async def _write(
        self,
        conversation: ConversationId,
        part: Path,
        wish: ExportWish,
        describe: Describe,
        on_progress: Callable[[int], None],
    ) -> int:
        count, position, day, inlined = 0, 0, "", 0
        with await asyncio.to_thread(part.open, "w", encoding="utf-8", newline="\n") as file:
            head = {ExportFormat.JSON: "[\n", ExportFormat.HTML: html_head(wish.title, wish.is_mirrored)}
            file.write(head.get(wish.format, f"{wish.title}\n"))
            while page := await self._history.page(
                conversation,
                anchor=position,
                count=_PAGE,
                newer=True,
                from_ms=wish.from_ms,
                until_ms=wish.until_ms,
            ):
                position = page[-1].position
                kept = [message for message in page if not message.is_echo]
                if wish.format is ExportFormat.JSON:
                    await asyncio.to_thread(_write_json, file, kept, not count)
                else:
                    lines = [describe(message) for message in kept]
                    if wish.format is ExportFormat.HTML and inlined < _INLINE_BYTES:
                        lines = [await self._with_pictures(line, m) for line, m in zip(lines, kept, strict=True)]
                        inlined += sum(len(data) for line in lines for data in line.pictures)
                    render = html_line if wish.format is ExportFormat.HTML else text_line
                    text = []
                    for line in lines:
                        text.append(render(line, line.day != day))
                        day = line.day
                    await asyncio.to_thread(file.write, "".join(text))
                count += len(kept)
                on_progress(count)
            file.write({ExportFormat.JSON: "\n]\n", ExportFormat.HTML: html_foot()}.get(wish.format, ""))
        return count

    async def _with_pictures(self, line: Line, message: Message) -> Line:
        if message.state is MessageState.REVOKED:
            return line
        media = [element.media for element in message.elements if isinstance(element, Image)]
        found = [await self._picture(each) for each in media]
        return structs.replace(line, pictures=tuple(data for data in found if data))

    async def _picture(self, media: Media) -> bytes:
        """Small, from the store, else from the server; nothing when it cannot be had: its name is in the text."""
        try:
            return await self._media.thumbnail(media, _PICTURE, _PICTURE)
        except ChatdeskError:
            return b""


def _write_json(file: TextIO, messages: Sequence[Message], is_first: bool) -> None:
    text = ",\n".join(encode(exact_object(message)) for message in messages)
    file.write(text if is_first or not text else f",\n{text}")


def _remove(part: Path) -> None:
    part.unlink(missing_ok=True)
