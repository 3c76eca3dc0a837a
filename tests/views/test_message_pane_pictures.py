"""Pictures in the pane: their place is kept, their colours come first, broken ones say why, some move in sight."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from chatdesk.domain.elements import Image, Media
from chatdesk.models.animations import Animations
from chatdesk.models.decoding import Fault
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.message_pane import MessagePane
from chatdesk.views.theme import Scheme, Theme
from tests.models.hostile_pictures import encoded, gif, hostile_pictures
from tests.models.waiting import until
from tests.views.message_pane_setting import Setting
from tests.views.message_samples import message

RED = "00TKrE"
"""The blurhash of nothing but #ff3030."""


class Server:
    def __init__(self, pictures: dict[str, bytes]) -> None:
        self.pictures = pictures
        self._loop = asyncio.get_running_loop()
        self.gate = asyncio.Event()
        self.gate.set()
        self.tasks: list[asyncio.Task[None]] = []

    async def thumbnail(self, media: Media, width: int, height: int) -> bytes:
        await self.gate.wait()
        return self.pictures[media.uri]

    async def original(self, media: Media) -> bytes:
        return self.pictures[media.uri]

    @property
    def is_idle(self) -> bool:
        return all(task.done() for task in self.tasks)

    def run(self, coroutine: Coroutine[Any, Any, None]) -> None:
        self.tasks.append(self._loop.create_task(coroutine))


class Pictures(Setting):
    """A pane with real thumbnails behind it."""

    def __init__(self, qtbot: QtBot, pictures: dict[str, bytes], *images: Image, gated: bool = False) -> None:
        self.server = Server(pictures)
        if gated:
            self.server.gate.clear()
        super().__init__(qtbot, [message(image, key=number) for number, image in enumerate(images, 1)])

    def make_pane(self, theme: Theme) -> MessagePane:
        self.thumbnails = Thumbnails(self.server.thumbnail, self.server.run)
        self.thumbnails.animations = Animations(self.server.original, self.server.run, self.thumbnails)
        return MessagePane(theme, self.thumbnails)

    async def fault(self, key: int) -> Fault | None:
        """Why this picture is not shown, as soon as that is known."""
        media = Media(f"mxc://a/{key}")

        def is_known() -> bool:
            self.pane.grab()
            return self.pane.fault_of(media) is not None

        await until(is_known)
        return self.pane.fault_of(media)

    def image(self) -> QImage:
        return self.pane.viewport().grab().toImage()

    def color(self, key: int) -> QColor:
        """In the middle of a picture."""
        return self.image().pixelColor(self.item_rect(key).center() + QPoint(20, 20))


def image(uri: str, width: int = 300, height: int = 200, mime: str = "image/png", blurhash: str = "") -> Image:
    return Image(Media(uri, "holiday.png", mime, 1000), width, height, blurhash=blurhash)


async def test_its_colours_stand_in_its_place(qtbot: QtBot) -> None:
    setting = Pictures(qtbot, {"mxc://a/1": encoded("PNG")}, image("mxc://a/1", blurhash=RED), gated=True)
    place = setting.item_rect(1)
    assert setting.color(1).red() > 200 > 100 > setting.color(1).blue()
    setting.server.gate.set()
    await until(lambda: setting.color(1).red() < 200 or setting.color(1).blue() > 100)
    assert setting.item_rect(1) == place  # nothing moved


@pytest.mark.qt_log_ignore("qt.gui.imageio", "libpng", "QImageIOHandler", extend=True)
async def test_broken_ones_say_why_and_can_be_saved(qtbot: QtBot) -> None:
    hostile = hostile_pictures()
    pictures = {f"mxc://a/{number}": data for number, (data, _) in enumerate(hostile.values(), 1)}
    setting = Pictures(qtbot, pictures, *(image(uri) for uri in pictures))
    asked: list[tuple[int, int]] = []
    pane = setting.pane
    setting.pane.requests.view_requested.connect(lambda key, element: asked.append((key, element)))
    for number, (name, (_, fault)) in enumerate(hostile.items(), 1):
        pane.show_message(number)
        setting.show_now()
        assert await setting.fault(number) is fault, name
        tip = pane._tool_tip(setting.item_rect(number).center())
        assert "holiday.png" in tip
        assert pane.words.pictures.fault(fault) in tip
    setting.click(setting.item_rect(len(hostile)).center())
    assert asked == [(len(hostile), 0)]


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
async def test_the_reason_can_be_read(qtbot: QtBot, scheme: Scheme) -> None:
    """In words on the card, where it is large enough; a small one shows the sign only."""
    small = image("mxc://a/2", 60, 60)
    setting = Pictures(qtbot, {"mxc://a/1": b"nothing", "mxc://a/2": b""}, image("mxc://a/1"), small)
    setting.theme.set_scheme(scheme)
    empty = setting.image()
    for key in (1, 2):
        assert await setting.fault(key) is Fault.NO_PICTURE
        rect = setting.item_rect(key)
        assert setting.image().copy(rect) != empty.copy(rect)


async def test_moves_only_in_an_active_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    setting = Pictures(qtbot, {"mxc://a/1": gif(3, side=200)}, image("mxc://a/1", 200, 200, "image/gif"))
    active = True
    monkeypatch.setattr(type(setting.pane), "is_playing", property(lambda _: active))
    seen: set[int] = set()

    def look() -> bool:
        seen.add(setting.color(1).red())
        return len(seen) == 3

    await until(look)
    active = False
    films = setting.thumbnails.animations
    assert films is not None
    await until(lambda: not films._timer.isActive() and setting.server.is_idle)
    still = setting.color(1)
    await asyncio.sleep(0)
    assert setting.color(1) == still
    assert not films._timer.isActive()
    active = True
    seen.clear()
    await until(look)
    active = False
    films.close()
    await until(lambda: setting.server.is_idle)
