"""Thumbnails: asked for while painting, decoded in a thread, failures remembered for a while."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from chatdesk.domain.elements import Media
from chatdesk.domain.errors import NetworkError, TooLarge
from chatdesk.models.decoding import Fault
from chatdesk.models.thumbnails import RUNNING_LIMIT, WAITING_LIMIT, Thumbnails, source_of


def png(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


class Setting:
    """A fetcher with a script, a clock that only moves by hand, and the door coroutines leave through."""

    def __init__(self, **options: Any) -> None:
        self.now_s = 100.0
        self.asked: list[str] = []
        self.answer: bytes | Exception = png(40, 20)
        self.gate = asyncio.Event()
        self.gate.set()
        self.tasks: list[asyncio.Task[None]] = []
        self.thumbnails = Thumbnails(self._fetch, self._run, clock=lambda: self.now_s, **options)
        self.ready: list[str] = []
        self.failed: list[str] = []
        self.thumbnails.ready.connect(self.ready.append)
        self.thumbnails.failed.connect(self.failed.append)

    def _run(self, coroutine: Coroutine[Any, Any, None]) -> None:
        self.tasks.append(asyncio.get_running_loop().create_task(coroutine))

    async def _fetch(self, media: Media, width: int, height: int) -> bytes:
        self.asked.append(media.uri)
        await self.gate.wait()
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def settle(self) -> None:
        done = 0
        while done < len(self.tasks):
            done = len(self.tasks)
            await asyncio.gather(*self.tasks)


def media(number: int = 1) -> Media:
    return Media(f"mxc://a/{number}", "a.png", "image/png")


async def test_first_ask_fetches_second_has_it(qtbot: QtBot) -> None:
    setting = Setting()
    assert setting.thumbnails.get(media(), 100, 100) is None
    assert setting.thumbnails.get(media(), 100, 100) is None
    await setting.settle()
    assert setting.asked == ["mxc://a/1"]
    assert setting.ready == ["mxc://a/1"]
    image = setting.thumbnails.get(media(), 100, 100)
    assert image is not None
    assert (image.width(), image.height()) == (40, 20)  # never enlarged
    assert len(setting.tasks) == 1


async def test_big_pictures_are_fitted(qtbot: QtBot) -> None:
    setting = Setting()
    setting.answer = png(400, 100)
    setting.thumbnails.get(media(), 100, 100)
    await setting.settle()
    image = setting.thumbnails.get(media(), 100, 100)
    assert image is not None
    assert (image.width(), image.height()) == (100, 25)


async def test_failures_are_told_and_tried_again_later(qtbot: QtBot) -> None:
    setting = Setting()
    setting.answer = NetworkError("no line")
    setting.thumbnails.get(media(), 100, 100)
    await setting.settle()
    assert setting.failed == ["mxc://a/1"]
    assert setting.thumbnails.has_failed(media())
    assert setting.thumbnails.get(media(), 100, 100) is None
    assert len(setting.asked) == 1
    setting.now_s += 31
    setting.answer = png(10, 10)
    setting.thumbnails.get(media(), 100, 100)
    await setting.settle()
    assert setting.ready == ["mxc://a/1"]
    assert not setting.thumbnails.has_failed(media())


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (b"this is no picture", Fault.NO_PICTURE),
        (b"", Fault.NO_PICTURE),
        (png(300, 300)[:200], Fault.DAMAGED),
        (TooLarge("too large"), Fault.TOO_LARGE),
    ],
)
@pytest.mark.qt_log_ignore("libpng", "qt.gui.imageio", extend=True)
async def test_what_is_broken_says_why_and_is_not_asked_for_again(
    qtbot: QtBot, answer: bytes | Exception, fault: Fault
) -> None:
    setting = Setting()
    setting.answer = answer
    setting.thumbnails.get(media(), 100, 100)
    await setting.settle()
    setting.now_s += 3600
    assert setting.thumbnails.fault(media()) is fault
    assert setting.thumbnails.get(media(), 100, 100) is None
    await setting.settle()
    assert len(setting.asked) == 1


async def test_a_picture_too_big_to_decode_fails(qtbot: QtBot) -> None:
    """A header that promises 30000 x 30000 pixels must not cost 3.6 GB."""
    data = bytearray(png(1, 1))
    data[16:24] = (30000).to_bytes(4, "big") * 2
    setting = Setting()
    setting.answer = bytes(data)
    setting.thumbnails.get(media(), 100, 100)
    await setting.settle()
    assert setting.failed == ["mxc://a/1"]


async def test_an_own_file_is_read_from_the_disk(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png(30, 30))
    setting = Setting()
    local = Media(path=str(path))
    setting.thumbnails.get(local, 100, 100)
    missing = Media(path=str(tmp_path / "missing.png"))
    setting.thumbnails.get(missing, 100, 100)
    await setting.settle()
    assert setting.asked == []
    assert setting.ready == [source_of(local)] == [str(path)]
    assert setting.failed == [str(tmp_path / "missing.png")]


async def test_few_at_a_time_newest_first_and_old_asks_dropped(qtbot: QtBot) -> None:
    setting = Setting()
    setting.gate.clear()
    total = RUNNING_LIMIT + WAITING_LIMIT + 10
    for number in range(total):
        setting.thumbnails.get(media(number), 100, 100)
    await asyncio.sleep(0)
    assert len(setting.asked) == RUNNING_LIMIT
    setting.gate.set()
    await setting.settle()
    assert setting.asked[RUNNING_LIMIT] == f"mxc://a/{total - 1}"
    assert len(setting.asked) == RUNNING_LIMIT + WAITING_LIMIT


async def test_memory_is_bounded(qtbot: QtBot) -> None:
    one = 40 * 20 * 4
    setting = Setting(memory_limit_bytes=one * 2)
    for number in range(3):
        setting.thumbnails.get(media(number), 100, 100)
        await setting.settle()
    assert setting.thumbnails.get(media(2), 100, 100) is not None
    assert setting.thumbnails.get(media(1), 100, 100) is not None
    assert setting.thumbnails.get(media(0), 100, 100) is None
    await setting.settle()


async def test_cancelling_starts_nothing_more(qtbot: QtBot) -> None:
    setting = Setting()
    setting.gate.clear()
    for number in range(RUNNING_LIMIT + 5):
        setting.thumbnails.get(media(number), 100, 100)
    await asyncio.sleep(0)
    for task in setting.tasks:
        task.cancel()
    await asyncio.gather(*setting.tasks, return_exceptions=True)
    assert len(setting.tasks) == RUNNING_LIMIT
