"""The files of a conversation in a folder beside its page: fetched, or copied where they were downloaded before.

Loop thread only; the disk is touched in worker threads. The folder is always a new one, each file in it once, under a
harmless name close to its own. Whoever exports without a connection learns it from the first file, not from each.
"""

import asyncio
import mimetypes
import shutil
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from chatdesk.core import files
from chatdesk.core.downloads import Downloads
from chatdesk.domain.elements import Media
from chatdesk.domain.errors import (
    ChatdeskError,
    InputError,
    NetworkError,
    TargetDiskFull,
    TargetMissing,
    TargetNotWritable,
)
from chatdesk.domain.transfers import DownloadState
from chatdesk.domain.wording import Sentence, because

_ACTIVE = frozenset(
    ("html", "htm", "xhtml", "xht", "shtml", "svg", "svgz", "xml", "xsl", "xslt", "mht", "mhtml", "hta", "js", "mjs")
)
"""What a browser would not only show: nobody should come to it by a click in a page that looks trustworthy."""
_LONGEST_STEM = 100


class Beside(Struct, frozen=True):
    """`href` is empty for what is not there (`is_missing`) or is better not clicked on."""

    href: str = ""
    is_missing: bool = False


class FilesBeside:
    def __init__(self, downloads: Downloads, page: Path) -> None:
        self.count = self.missing = 0
        self._downloads = downloads
        self._page = page
        self._folder: Path | None = None
        self._known: dict[str, Beside] = {}
        self._is_offline = False

    async def take(self, media: Media) -> Beside:
        """Put a file into the folder. Raises InputError or TransferError when nothing can be written there."""
        name = media.uri or media.path
        if name not in self._known:
            self._known[name] = await self._taken(media)
        return self._known[name]

    async def remove(self) -> None:
        """The export failed or was stopped: nothing of it stays."""
        if self._folder is not None:
            await asyncio.to_thread(shutil.rmtree, self._folder, True)

    async def _taken(self, media: Media) -> Beside:
        if self._folder is None:
            self._folder = await asyncio.to_thread(_new_folder, self._page)
        folder = self._folder
        path = await asyncio.to_thread(files.reserve, folder, _name(media))
        try:
            if not await self._copied(media, path):
                if self._is_offline:
                    raise NetworkError("There is no connection.")
                await self._downloads.fetch(media, path)
        except (TargetDiskFull, TargetMissing, TargetNotWritable):
            raise
        except ChatdeskError as error:
            self._is_offline = self._is_offline or isinstance(error, NetworkError)
            await asyncio.to_thread(files.discard, path)
            self.missing += 1
            return Beside(is_missing=True)
        self.count += 1
        is_active = path.suffix.lower().removeprefix(".") in _ACTIVE
        return Beside("" if is_active else f"{quote(folder.name)}/{quote(path.name)}")

    async def _copied(self, media: Media, path: Path) -> bool:
        """From where it was downloaded before, as long as that file is still the same."""
        known = (
            (Path(row.path), row.sha256)
            for row in self._downloads.list()
            if row.state is DownloadState.DONE and row.media.uri == media.uri and row.sha256
        )
        return await asyncio.to_thread(_copy, tuple(known), path)


def _new_folder(page: Path) -> Path:
    number = 1
    while True:
        folder = page.with_name(f"{page.stem[:_LONGEST_STEM]}_files{f' ({number})' if number > 1 else ''}")
        try:
            folder.mkdir()
        except FileExistsError:
            number += 1
        except OSError as error:
            words = Sentence(
                "The folder {folder} cannot be written to: {reason}.", folder=str(folder), reason=because(error)
            )
            raise InputError(words) from error
        else:
            return folder


def _name(media: Media) -> str:
    name = files.safe_name(media.name)
    return name if "." in name else name + (mimetypes.guess_extension(media.mime) or "")


def _copy(known: Iterable[tuple[Path, str]], path: Path) -> bool:
    part = files.part_of(path)
    for source, sha256 in known:
        try:
            shutil.copyfile(source, part)
            is_same = files.digest_of(part)[0].hexdigest() == sha256
        except OSError:
            continue
        if is_same:
            files.finish_exactly(path)
            return True
    return False
