"""Every window in an invented language, accented and 40 % longer: what is not translated or does not fit shows itself.

And every window from right to left.
"""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QObject, QPoint, QRect, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QRadioButton,
    QWidget,
)

from chatdesk.core.session import Session
from chatdesk.models.settings import Preferences, SettingsModel
from chatdesk.views.main_window import MainWindow
from chatdesk.views.theme import Theme
from chatdesk.views.widgets import ElidedLabel
from tests.views.every_window import every_window

_ACCENTS = str.maketrans("aeiouncsyAEIOUNCSY", "áéíóúñçšýÁÉÍÓÚÑÇŠÝ")
_DATA = re.compile(
    r"chatdesk|example\.org|^ben$|Lunch|Ann|Ben|Carla|https?://\S+|@[\w.:]+|/[\w./-]+|English|简体中文|Ctrl|Shift|Alt|Tab|Return|Space|"
    r"conftest\.py|Menu|Esc|PgUp|PgDown|Home|End|Up|Down|Del|F\d+|\b[A-Z]\b|AM|PM|\bhi\b|\$message-\d|"
    r"\bpng\b|\bkB\b|[A-Z]\w+day, \d+ \w+ \d{4}|UTC|:?grinning( face)?:?|harbour|samples|"
    + "|".join(QLocale.c().monthName(month) for month in range(1, 13))
)
"""What is not a text of the program: names, addresses, folders, keys, languages, dates, letters of a picture."""


class Pseudo(QTranslator):
    """Answers every question; `%n`, `{0}`, `{name}` and mnemonics stay."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        if not context or context.startswith("Q"):
            return source  # Qt's own texts have their own translations
        parts = re.split(r"(%n|\{\w+\}|&)", source)
        text = "".join(part if number % 2 else part.translate(_ACCENTS) for number, part in enumerate(parts))
        return f"⟦{text}{'·' * max(1, round(len(source) * 0.4))}⟧"


@pytest.fixture
def pseudo(qapp: QApplication) -> Iterator[None]:
    translator = Pseudo(qapp)
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)
    translator.deleteLater()


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def _texts(root: QObject) -> Iterator[tuple[QObject, str]]:
    """Everything a person may read or hear."""
    for thing in (root, *root.findChildren(QObject)):
        if isinstance(thing, QAction):
            yield thing, thing.text()
        elif isinstance(thing, QWidget) and (thing.isVisible() or isinstance(thing, QMenu)):
            yield thing, thing.accessibleName()
            yield thing, thing.toolTip()
            if isinstance(thing, ElidedLabel):
                yield thing, thing.full_text()
            elif isinstance(thing, QLabel | QAbstractButton):
                yield thing, thing.text()
            if isinstance(thing, QLineEdit):
                yield thing, thing.placeholderText()
            if isinstance(thing, QListWidget):
                yield from ((thing, thing.item(row).text()) for row in range(thing.count()))
            if thing.isWindow() and not isinstance(thing, MainWindow | QMenu):
                yield thing, thing.windowTitle()


def _untranslated(root: QObject) -> list[str]:
    found = []
    for thing, text in _texts(root):
        if "⟦" not in text and re.search(r"[A-Za-z]{2}", _DATA.sub("", text)):
            found.append(f"{type(thing).__name__} {thing.objectName()}: {text}")
    return found


def _clipped(root: QWidget) -> list[str]:
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, ElidedLabel):
            continue
        if isinstance(widget, QLabel) and widget.text():
            wanted = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
            is_cut = widget.height() < wanted or (not widget.wordWrap() and widget.width() < widget.sizeHint().width())
        elif isinstance(widget, QPushButton | QCheckBox | QRadioButton) and widget.text():
            is_cut = widget.width() < widget.minimumSizeHint().width() or widget.height() < widget.sizeHint().height()
        else:
            continue
        if is_cut:
            found.append(f"{type(widget).__name__} {widget.objectName()}: {widget.text()} {widget.size()}")
    return found


async def test_an_invented_language_finds_what_is_not_translated_or_cut(
    pseudo: None, theme: Theme, session: Session
) -> None:
    window = MainWindow(theme)
    window.resize(1100, 700)
    window.show()
    seen = 0
    async for front in every_window(session, window):
        for root in {window, front}:
            assert not _untranslated(root)
            assert not _clipped(root)
        seen += 1
    assert seen == 85
    window.close()
    window.deleteLater()


async def test_from_right_to_left_everything_keeps_its_place(
    right_to_left: None, theme: Theme, session: Session
) -> None:
    window = MainWindow(theme)
    window.resize(1100, 700)
    window.show()
    async for _ in every_window(session, window):
        assert window.list_pane.geometry().left() > window.chat_view.geometry().left()
        assert not _clipped(window)
        for widget in window.findChildren(QWidget):
            room = _room_of(widget) if widget.isVisible() and not widget.isWindow() else None
            if room is not None:
                assert room.contains(widget.geometry()), (widget, widget.geometry(), room)
    window.close()
    window.deleteLater()


def _room_of(widget: QWidget) -> QRect | None:
    """Its parent's room, when a layout placed it there."""
    parent = widget.parentWidget()
    layout = None if parent is None else parent.layout()
    if parent is None or layout is None or layout.indexOf(widget) < 0:
        return None
    return QRect(QPoint(0, 0), parent.size())


async def test_the_search_finds_what_is_wrong(theme: Theme, qapp: QApplication) -> None:
    root = QWidget()
    label = QLabel("Forgotten", root)
    label.setFixedSize(10, label.sizeHint().height())
    root.show()
    assert _untranslated(root) == ["QLabel : Forgotten"]
    assert len(_clipped(root)) == 1
    label.setText("⟦x⟧")
    label.setFixedSize(label.sizeHint())
    assert not _untranslated(root)
    assert not _clipped(root)
    root.close()
    root.deleteLater()


async def test_twice_the_text_fits_everywhere(theme: Theme, session: Session) -> None:
    theme.set_text_percent(200)
    try:
        window = MainWindow(theme, SettingsModel(Preferences(text_percent=200)))
        window.resize(800, 600)
        window.show()
        async for front in every_window(session, window):
            assert not _clipped(window) and not _clipped(front)
            room = front.screen().availableGeometry().adjusted(0, 0, 2, 2)  # this platform moves a popup by so much
            assert front is window or room.contains(front.geometry()), front.objectName()
        window.close()
        window.deleteLater()
    finally:
        theme.set_text_percent(100)
