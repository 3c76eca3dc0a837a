"""Who has read an own message of a group: the words beside the bubble, and the list behind them. Main thread.

The words stand where an own bubble leaves room, so they cost no height and no layout: they come with the paint.
"""

from math import ceil

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QListWidget, QVBoxLayout, QWidget

from chatdesk.domain.messages import Message, MessageState
from chatdesk.models.timeline import TimelineModel
from chatdesk.views.message_floating import dress_popup
from chatdesk.views.message_rowview import RowView
from chatdesk.views.message_style import Style
from chatdesk.views.message_words import Words
from chatdesk.views.widgets import PlainLabel

_ARRIVED = (MessageState.SENT, MessageState.SYNCED)
_MOST_SHOWN = 12
"""So many names are seen without scrolling."""


def has_read_mark(model: TimelineModel, row: int) -> bool:
    """The last of own messages that the same people have read."""
    message = model.message(row)
    if not model.is_group or not _is_mine(message):
        return False
    readers = model.readers(row)
    if not readers or row + 1 >= len(model.items):
        return bool(readers)
    after = model.message(row + 1)
    return not _is_mine(after) or set(model.readers(row + 1)) != set(readers)


def _is_mine(message: Message) -> bool:
    return message.is_self and not message.is_tip and message.state in _ARRIVED


class ReadMarks:
    """`text` and `rect` of the mark of a row, in the row's own coordinates; empty where there is none."""

    def __init__(self, view: RowView, style: Style, words: Words) -> None:
        self._view = view
        self._style = style
        self._words = words

    def mark(self, row: int) -> tuple[str, QRect]:
        model = self._view.timeline
        if not has_read_mark(model, row):
            return "", QRect()
        style = self._style
        bubble = self._view.rows.row_layout(row).bubble
        count = len(model.readers(row))
        for text in (self._words.read_by(count), str(count)):  # the number alone where it is narrow
            width = ceil(style.small_metrics.horizontalAdvance(text))
            x = bubble.right() + 1 + style.gap if style.is_rtl else bubble.left() - style.gap - width
            if style.small_gap <= x <= self._view.viewport().width() - width - style.small_gap:
                return text, QRect(x, bubble.bottom() + 1 - style.pad_y - style.small_line, width, style.small_line)
        return "", QRect()

    def key_at(self, point: QPoint) -> int | None:
        """The message whose mark is at this point of the viewport."""
        placed = self._view.placed_at(point.y())
        if placed is None:
            return None
        reach = self._style.small_gap
        rect = self.mark(placed.row)[1].adjusted(-reach, -reach, reach, reach)
        inside = rect.isValid() and rect.contains(point - QPoint(0, placed.top))
        return self._view.timeline.message(placed.row).key if inside else None


class ReadersPopup(QFrame):
    def __init__(self, title: str, people: list[str], style: Style, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("readersPopup")
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        heading = PlainLabel(title)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setProperty("kind", "muted")
        self.people = QListWidget()
        self.people.setObjectName("readersList")
        self.people.setAccessibleName(title)
        self.people.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.people.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.people.addItems(people)
        line = self.fontMetrics().height() + 8
        dress_popup(self, style)
        width = max((self.fontMetrics().horizontalAdvance(person) for person in people), default=0)
        self.people.setFixedSize(min(max(width + 40, 160), 420), line * min(len(people), _MOST_SHOWN) + 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 8, 8)
        column.setSpacing(4)
        column.addWidget(heading)
        column.addWidget(self.people)

    def open_at(self, point: QPoint) -> None:
        """Near this point of the screen, and on it."""
        self.adjustSize()
        area = self.screen().availableGeometry()
        x = max(area.left(), min(point.x(), area.right() - self.width()))
        y = max(area.top(), min(point.y(), area.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self.people.setFocus()


def people_lines(model: TimelineModel, words: Words, row: int) -> list[str]:
    """The readers by name, with the time where it is known."""
    lines = []
    for user_id in model.readers(row):
        time_ms = model.read_time_ms(row, user_id)
        name = " ".join(model.display_name(user_id).split())
        lines.append(f"{name} · {words.time_and_day(time_ms)}" if time_ms else name)
    return sorted(lines, key=str.casefold)
