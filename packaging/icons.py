#!/usr/bin/env python3
"""Renders the program's icon in every size a desktop asks for: icons.py SVG FOLDER.

FOLDER gets N/chatdesk.png for each size, chatdesk.ico for Windows and chatdesk.icns for macOS.
"""

import os
import sys
from pathlib import Path

from PIL import Image

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
WINDOWS_SIZES = (16, 24, 32, 48, 64, 128, 256)


def main(source: Path, folder: Path) -> None:
    _app = QGuiApplication(sys.argv[:1])
    renderer = QSvgRenderer(str(source))
    if not renderer.isValid():
        sys.exit(f"{source} is not a picture that Qt can draw")
    for size in SIZES:
        image = QImage(QSize(size, size), QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        target = folder / str(size) / "chatdesk.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        if not image.save(str(target)):
            sys.exit(f"{target} could not be written")
    with Image.open(folder / "512/chatdesk.png") as largest:
        largest.save(folder / "chatdesk.ico", sizes=[(size, size) for size in WINDOWS_SIZES])
        largest.save(folder / "chatdesk.icns")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
