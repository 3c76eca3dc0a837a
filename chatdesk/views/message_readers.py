"""Who has read an own message of a group: the words beside the bubble, and the lines of the list behind them. Main
thread.

The words stand where an own bubble leaves room, so they cost no height and no layout: they come with the paint.
"""

from math import ceil

from PySide6.QtCore import QPoint, QRect

from chatdesk.domain.messages import Message, MessageState
from chatdesk.models.timeline import TimelineModel
from chatdesk.views.message_rowview import RowView
from chatdesk.views.message_style import Style
from chatdesk.views.message_words import Words

_ARRIVED = (MessageState.SENT, MessageState.SYNCED)


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


def people_lines(model: TimelineModel, words: Words, row: int) -> list[str]:
    """The readers by name, with the time where it is known."""
    lines = []
    for user_id in model.readers(row):
        time_ms = model.read_time_ms(row, user_id)
        name = " ".join(model.display_name(user_id).split())
        lines.append(f"{name} · {words.time_and_day(time_ms)}" if time_ms else name)
    return sorted(lines, key=str.casefold)
