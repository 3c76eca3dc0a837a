"""Pictures that move: one timer, only what is painted, frames decoded elsewhere."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from chatdesk.domain.elements import Media
from chatdesk.models.animations import Animations, may_move
from tests.models.hostile_pictures import encoded, gif

GIF = Media("mxc://a/gif", "a.gif", "image/gif", 1000)


class Setting:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.asked = 0
        self.steps: list[str] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.films = Animations(self._fetch, self._run)
        self.films.changed.connect(self.steps.append)

    async def _fetch(self, media: Media) -> bytes:
        self.asked += 1
        return self.data

    def _run(self, coroutine: Coroutine[Any, Any, None]) -> None:
        self.tasks.append(asyncio.get_running_loop().create_task(coroutine))

    async def settle(self) -> None:
        done = 0
        while done < len(self.tasks):
            done = len(self.tasks)
            await asyncio.gather(*self.tasks)

    def frame(self) -> QImage | None:
        return self.films.frame(GIF, 40, 40)

    def step(self) -> None:
        """The time of the next frame has come."""
        for film in self.films._films.values():
            if film is not None:
                film.due_s = 0
        self.films._step()


def red(image: QImage | None) -> int:
    assert image is not None
    return image.pixelColor(5, 5).red()


async def test_plays_as_long_as_it_is_painted(qtbot: QtBot) -> None:
    setting = Setting(gif(3))
    assert setting.frame() is None
    await setting.settle()
    assert setting.steps == [GIF.uri]
    shown = [red(setting.frame())]
    for _ in range(4):
        setting.step()
        await setting.settle()
        shown.append(red(setting.frame()))
    assert shown[0] < shown[1] < shown[2]
    assert shown[3:] == shown[:2]  # from the beginning again
    steps = len(setting.steps)
    setting.step()
    await setting.settle()
    setting.step()  # not painted since: out of sight
    await setting.settle()
    assert len(setting.steps) == steps + 1
    assert setting.asked == 1


async def test_ends_when_the_picture_says_so(qtbot: QtBot) -> None:
    setting = Setting(gif(2, loop=None))
    setting.frame()
    await setting.settle()
    for _ in range(4):
        setting.frame()
        setting.step()
        await setting.settle()
    last = red(setting.frame())
    steps = len(setting.steps)
    setting.step()
    await setting.settle()
    assert red(setting.frame()) == last
    assert len(setting.steps) == steps


@pytest.mark.parametrize("data", [encoded("GIF"), encoded("WEBP"), b"nonsense", b""])
async def test_what_does_not_move(qtbot: QtBot, data: bytes) -> None:
    setting = Setting(data)
    setting.frame()
    await setting.settle()
    assert setting.frame() is None
    assert (setting.asked, setting.steps) == (1, [])


def test_large_ones_and_other_kinds_are_not_even_fetched() -> None:
    assert may_move(GIF)
    assert not may_move(Media("mxc://a/b", mime="image/png"))
    assert not may_move(Media("mxc://a/b", mime="image/gif", size=100 << 20))
