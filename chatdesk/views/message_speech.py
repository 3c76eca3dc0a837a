"""What the message pane says aloud: the answers to assistive technology, by message key. Main thread; owns nothing.

Words come from `Words`, places from the view, actions go through `Gestures` like those of mouse and keys.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from chatdesk.views.message_choice import Choice
from chatdesk.views.message_gestures import Gestures
from chatdesk.views.message_menus import Menus
from chatdesk.views.message_parts import is_link, parts_of
from chatdesk.views.message_rowview import RowView

if TYPE_CHECKING:
    from chatdesk.views.message_accessible_base import SpokenPart


class Speech:
    def __init__(
        self, view: RowView, gestures: Gestures, menus: Menus, floating: Sequence[QWidget], choice: Choice
    ) -> None:
        self._menus = menus
        self._choice = choice
        self._view = view
        self._gestures = gestures
        self._floating = floating

    def spoken_keys(self) -> list[int]:
        model = self._view.timeline
        return [model.message(placed.row).key for placed in self._view.placement.placed if placed.height]

    def spoken_text(self, key: int) -> str:
        row = self._row(key)
        if row < 0:
            return ""
        heading = self._view.rows.row_layout(row).heading
        model = self._view.timeline
        if heading.fold and not heading.is_open:
            folded = heading.fold.replace("\u2068", "").replace("\u2069", "")
            return f"{folded}, {self._gestures.words.time(model.message(row).time_ms)}"
        return self._gestures.words.spoken(model.message(row), model.readers(row), not heading.open_spoilers)

    def spoken_rect(self, key: int) -> QRect:
        row = self._row(key)
        placed = self._view.placed(row)
        if placed is None:
            return QRect()
        viewport = self._view.viewport()
        body = self._view.rows.row_layout(row).body.translated(0, placed.top) & viewport.rect()
        return QRect(viewport.mapToGlobal(body.topLeft()), body.size())

    def spoken_parts(self, key: int) -> "list[SpokenPart]":
        from chatdesk.views.message_accessible_base import SpokenPart

        row = self._row(key)
        placed = self._view.placed(row)
        if placed is None:
            return []
        layout = self._view.rows.row_layout(row)
        corner = self._view.viewport().mapToGlobal(QPoint(0, placed.top))
        found = []
        for text, rect, hit in parts_of(layout, self._gestures.words):
            reaction = layout.chips[hit.chip].reaction if hit.chip >= 0 else None
            is_mine = reaction is not None and reaction.is_mine
            words = text.replace("\u2068", "").replace("\u2069", "")
            found.append(SpokenPart(words, rect.translated(corner), is_link(hit), is_mine))
        return found

    def press_part(self, key: int, number: int) -> None:
        row = self._row(key)
        if row >= 0:
            parts = parts_of(self._view.rows.row_layout(row), self._gestures.words)
            if number < len(parts):
                self._gestures.click(parts[number][2])

    def focused_key(self) -> int | None:
        current = self._view.currentIndex()
        if not self._view.hasFocus() or not current.isValid() or self._view.placed(current.row()) is None:
            return None
        return self._view.timeline.message(current.row()).key

    def is_chosen(self, key: int) -> bool:
        return key in self._choice

    def press_message(self, key: int) -> None:
        self._gestures.activate_row(self._row(key))

    def show_message_menu(self, key: int) -> None:
        self._menus.open_for_row(self._row(key))

    def focus_message(self, key: int) -> None:
        self._view.setFocus()
        self._view.go_to_row(self._row(key))

    def other_children(self) -> list[QWidget]:
        return [widget for widget in self._floating if widget.isVisibleTo(self._view)]

    def _row(self, key: int) -> int:
        """Looked for among what is on the screen: the model would index all its rows for the first question."""
        model = self._view.timeline
        for placed in self._view.placement.placed:
            if model.message(placed.row).key == key:
                return placed.row
        return model.row_of(key)
