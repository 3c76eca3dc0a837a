"""Takes the pictures: what the screen shows of the window with its dialogs, menus and popups. Main thread only."""

import asyncio
import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRect
from PySide6.QtWidgets import QApplication, QWidget

_COLOURS = 256
_STILL_S = 0.5
"""After so long an animation has ended and a thumbnail is there; nothing is judged by it."""


class Camera:
    """`folder` gets one PNG a picture, of few colours: they are part of the repository."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.taken: list[str] = []

    async def shoot(self, window: QWidget, name: str) -> None:
        await asyncio.sleep(_STILL_S)
        place = QRect(window.geometry())
        for other in QApplication.topLevelWidgets():
            if other.isVisible() and other.window() is not window:
                place |= other.frameGeometry()
        place &= window.screen().geometry()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        screen = window.screen().grabWindow(0, place.x(), place.y(), place.width(), place.height())
        assert screen.save(buffer, "PNG")
        picture = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
        picture.quantize(_COLOURS).save(self._folder / f"{name}.png", optimize=True)
        self.taken.append(name)
