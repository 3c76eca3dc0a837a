"""A conversation into a file: JSON in the SDK's shapes, a page for a browser, or plain text. Loop thread only.

Written a page of messages at a time into a file beside the wanted one, which then takes its name: what was there before
is replaced only by a complete export. What the SDK's shapes have no place for (formatting, hashes, replies, reactions)
stands beside them under keys of chatdesk's own, so that an import gives back the same conversation. A page holds small
pictures itself; all other files come into a folder beside it, if that is wished.
"""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from msgspec import structs

from chatdesk.core.downloads import Downloads
from chatdesk.core.export_files import FilesBeside
from chatdesk.core.history import History
from chatdesk.core.media import MediaCache
from chatdesk.domain.elements import Image, Media, Video, media_of
from chatdesk.domain.errors import ChatdeskError, InputError
from chatdesk.domain.exports import Exported, ExportFormat, ExportWish, Line, LineFile
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message
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
"""The words for a message and its files, without pictures; called on the loop."""
Tell = Callable[[Exported], None]


class Exports:
    def __init__(self, history: History, media: MediaCache, downloads: Downloads) -> None:
        self._history = history
        self._media = media
        self._downloads = downloads

    async def run(
        self,
        conversation: ConversationId,
        path: Path,
        wish: ExportWish,
        describe: Describe,
        on_progress: Tell = lambda _: None,
    ) -> Exported:
        """Write the file; what is in it. Messages that have not left are not.

        Raises InputError when it cannot be written, TransferError when a file beside it cannot, NetworkError or
        ServerError when the rest cannot be fetched; then there is neither file nor folder.
        """
        if wish.is_complete:
            while await self._history.fill_newest(conversation) is not None:
                pass
        part = path.with_name(f"{path.name}.part")
        beside = FilesBeside(self._downloads, path)
        try:
            done = await self._write(conversation, part, wish, describe, beside, on_progress)
            await asyncio.to_thread(part.replace, path)
        except OSError as error:
            await beside.remove()
            words = Sentence("“{name}” cannot be written: {reason}.", name=path.name, reason=because(error))
            raise InputError(words) from error
        except BaseException:
            await asyncio.shield(beside.remove())
            raise
        finally:
            await asyncio.to_thread(_remove, part)
        return done

    async def _write(
        self,
        conversation: ConversationId,
        part: Path,
        wish: ExportWish,
        describe: Describe,
        beside: FilesBeside,
        on_progress: Tell,
    ) -> Exported:
        done, position, day, inlined, written = Exported(), 0, "", 0, 0
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
                    await asyncio.to_thread(_write_json, file, kept, not written)
                else:
                    text = []
                    for message in kept:
                        line = describe(message)
                        if wish.format is ExportFormat.HTML:
                            line = await self._with_files(line, message, wish, beside, inlined < _INLINE_BYTES)
                            inlined += sum(len(each.picture) + len(each.poster) for each in line.files)
                            if (beside.count, beside.missing) != (done.files, done.missing):
                                done = structs.replace(done, files=beside.count, missing=beside.missing)
                                on_progress(done)
                        render = html_line if wish.format is ExportFormat.HTML else text_line
                        text.append(render(line, line.day != day))
                        day = line.day
                    await asyncio.to_thread(file.write, "".join(text))
                said = sum(not message.is_tip for message in kept)  # as the history counts
                written += len(kept)
                done = Exported(done.messages + said, beside.count, beside.missing)
                on_progress(done)
            file.write({ExportFormat.JSON: "\n]\n", ExportFormat.HTML: html_foot()}.get(wish.format, ""))
        return done

    async def _with_files(
        self, line: Line, message: Message, wish: ExportWish, beside: FilesBeside, has_room: bool
    ) -> Line:
        found = []
        for file in line.files:
            element = message.elements[file.element]
            media = media_of(element)
            if isinstance(element, Image) and has_room:
                file = structs.replace(file, picture=await self._picture(element.media))
            elif isinstance(element, Video) and element.thumbnail is not None and has_room:
                file = structs.replace(file, poster=await self._picture(element.thumbnail))
            if media is not None and wish.with_files:
                file = await _saved(file, media, wish, beside)
            found.append(file)
        return structs.replace(line, files=tuple(found))

    async def _picture(self, media: Media) -> bytes:
        """Small, from the store, else from the server; nothing when it cannot be had."""
        try:
            return await self._media.thumbnail(media, _PICTURE, _PICTURE)
        except ChatdeskError:
            return b""


async def _saved(file: LineFile, media: Media, wish: ExportWish, beside: FilesBeside) -> LineFile:
    taken = await beside.take(media)
    note = wish.missing if taken.is_missing else "" if taken.href else wish.unlinked
    return structs.replace(file, href=taken.href, note=note)


def _write_json(file: TextIO, messages: Sequence[Message], is_first: bool) -> None:
    text = ",\n".join(encode(exact_object(message)) for message in messages)
    file.write(text if is_first or not text else f",\n{text}")


def _remove(part: Path) -> None:
    part.unlink(missing_ok=True)
