"""A viewport that Python made, for the two views of the first picture. Main thread; no state.

The one Qt makes has no Python object until somebody asks for it. Then PySide has to find out which kind of widget it
is, and loads every kind there is, with all their enumerations: 11 ms.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def give_viewport(area: QAbstractScrollArea) -> None:
    """One just like Qt's. Call it before anything else is set."""
    viewport = QWidget()
    viewport.setObjectName("qt_scrollarea_viewport")
    viewport.setBackgroundRole(QPalette.ColorRole.Base)
    viewport.setAutoFillBackground(True)
    viewport.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
    area.setViewport(viewport)
