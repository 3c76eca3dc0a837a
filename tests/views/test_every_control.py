"""A walk over every window and dialog: each control has a name, is reached by Tab, is large enough and shows focus."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QButtonGroup,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSlider,
    QWidget,
)

from chatdesk.core.session import Session
from chatdesk.models.settings import Preferences, SettingsModel
from chatdesk.views.main_window import MainWindow
from chatdesk.views.theme import Theme
from tests.views.every_window import every_window

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
)
TARGET_PX = 24
_MOST_TABS = 80
_HAS_A_KEY = {
    "qt_calendar_prevmonth": "Page Up",
    "qt_calendar_nextmonth": "Page Down",
    "stickyDate": "Ctrl+G",
    "completions": "Up, Down, Return",
    "hoverReact": "Ctrl+E",
    "hoverReply": "Ctrl+R",
    "hoverMore": "Shift+F10",
}
"""Not on the way of Tab: a key of what has the focus does the same."""

_PICTURE = "pictureCanvas"
"""Whose name begins with what it is, since Qt has no role for it."""


def _controls(root: QWidget) -> list[QWidget]:
    """What a person can act on, of this window alone; parts inside other controls belong to those."""
    found: list[QWidget] = []
    for widget in root.findChildren(QWidget):
        parent = widget.parentWidget()
        is_part = isinstance(widget, QHeaderView) or isinstance(parent, QAbstractSpinBox | QComboBox | QLineEdit)
        is_here = widget.isVisible() and widget.window() is root.window()
        if isinstance(widget, CONTROLS) and is_here and not is_part:
            found.append(widget)
    return found


def _describe(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} “{widget.accessibleName()}” {widget.size().toTuple()}"


def _looks(widget: QWidget) -> QImage:
    """The control and its near surroundings, where a ring of focus may be."""
    root = widget.window()
    place = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size()).adjusted(-12, -12, 12, 12) & root.rect()
    return root.grab(place).toImage()


def _above(widget: QWidget) -> Iterator[QWidget]:
    while (parent := widget.parentWidget()) is not None:
        yield parent
        widget = parent


def _tab_through(root: QWidget) -> dict[QWidget, QImage]:
    """What Tab reaches, and how each looks while it has the focus."""
    reached: dict[QWidget, QImage] = {}
    for _ in range(_MOST_TABS):
        QTest.keyClick(QApplication.focusWidget() or root, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused is None or root not in (focused, *_above(focused)) or focused in reached:
            break
        reached[focused] = _looks(focused)
    return reached


def _faults_of(menu: QMenu) -> set[str]:
    """Each entry has a name, and Down comes to it and shows it."""
    where = menu.objectName()
    entries = [action for action in menu.actions() if action.isVisible() and not action.isSeparator()]
    faults = {f"{where}: no name: “{one.text()}”" for one in entries if not (one.text() and one.objectName())}
    if not (menu.accessibleName() and where):
        faults.add(f"{where}: no name: the menu itself")
    menu.setActiveAction(next(filter(QAction.isEnabled, entries)))
    for one in filter(QAction.isEnabled, entries):
        place = menu.actionGeometry(one)
        is_reached, focused = menu.activeAction() is one, menu.grab(place).toImage()
        menu.setActiveAction(None)  # type: ignore[arg-type]  # Qt takes it
        still = menu.grab(place).toImage()
        menu.setActiveAction(one)
        QTest.keyClick(menu, Qt.Key.Key_Down)
        if not is_reached:
            faults.add(f"{where}: not reached: {one.objectName()}")
        elif still == focused:
            faults.add(f"{where}: focus not seen: {one.objectName()}")
    return faults


async def test_every_control_of_every_window(theme: Theme, session: Session) -> None:
    window = MainWindow(theme, SettingsModel(Preferences()))
    window.resize(1100, 700)
    window.show()
    window.activateWindow()
    faults: set[str] = set()
    seen = 0
    async for front in every_window(session, window):
        seen += 1
        where = front.objectName()
        controls = _controls(front)
        if isinstance(front, QMenu):
            faults |= _faults_of(front)
            continue
        reached = _tab_through(front)
        for one in {*controls, *reached}:
            if not (one.accessibleName() and one.objectName()):
                faults.add(f"{where}: no name: {_describe(one)}")
            if one.isVisible() and min(one.width(), one.height()) < TARGET_PX:
                faults.add(f"{where}: too small: {_describe(one)}")
            role = QAccessible.queryAccessibleInterface(one).role()
            if role is QAccessible.Role.Client and one.objectName() != _PICTURE:
                faults.add(f"{where}: no role: {_describe(one)}")
        groups = [set(group.buttons()) for group in front.findChildren(QButtonGroup)]
        for control in controls:
            beside = next((group for group in groups if control in group), {control, control.focusProxy()})
            is_empty = isinstance(control, QAbstractItemView) and control.model().rowCount() == 0
            is_away = control.objectName() not in _HAS_A_KEY and not any(one in reached for one in beside)
            if control.isEnabled() and not is_empty and is_away:
                faults.add(f"{where}: not reached: {_describe(control)}")
        front.setFocus()
        for control, focused in reached.items():
            if control.hasFocus() or not control.isVisible():
                continue
            if _looks(control) == focused:
                faults.add(f"{where}: focus not seen: {_describe(control)}")
    assert not faults, "\n".join(sorted(faults))
    assert seen == 85
    window.close()
    window.deleteLater()
