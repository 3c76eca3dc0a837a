"""What floats over the messages of a pane: made, dressed and put into place here. Main thread.

Owns the floating widgets and their places, from the top edge down: at the bottom they would cover the newest message,
which cannot be scrolled from under them. The ways back and to the newest stand under the messages. What they do is
connected by the pane.
"""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from chatdesk.views.message_choice import Choice, ChoiceBar
from chatdesk.views.message_date_jump import DateJump, SearchBar
from chatdesk.views.message_hover import Hover
from chatdesk.views.message_jump_button import JumpButton
from chatdesk.views.message_jumps import BackBar, Jumps
from chatdesk.views.message_rowview import RowView
from chatdesk.views.message_sticky_date import StickyDate
from chatdesk.views.message_style import Style
from chatdesk.views.message_typing import TypingLine
from chatdesk.views.message_undo import UndoBar


class Overlay:
    def __init__(self, view: RowView, style: Style, date_jump: DateJump, choice: Choice, jumps: Jumps) -> None:
        self._view = view
        self._style = style
        self.jump = JumpButton(style, view)
        self.jump.hide()
        self.sticky = StickyDate(style, view)
        self.search = SearchBar(date_jump, view)
        self.choice = ChoiceBar(choice, view)
        self.back = BackBar(jumps, view)
        self.typing = TypingLine(view)
        self.hover = Hover(view, style)
        self.undo = UndoBar(view)
        self._bars = (self.undo, self.choice, self.search)
        self.bottom = 0
        """So far down they reach."""
        self.on_bottom: Callable[[], None] = lambda: None
        jumps.changed.connect(self._refresh)
        date_jump.changed.connect(self._refresh)
        choice.changed.connect(self._refresh)

    def widgets(self) -> list[QWidget]:
        """For screen readers."""
        return [*self._bars, self.sticky, self.typing, self.back, self.jump]

    def set_style(self, style: Style) -> None:
        self._style = style
        self.jump.set_style(style)
        self.sticky.set_style(style)
        self.typing.set_style(style)
        self.hover.bar.set_style(style)
        for bar in (*self._bars, self.back):
            bar.set_style(style)

    def arrange(self) -> None:
        """After a layout, or when something came or went."""
        area = self._view.viewport().geometry()
        gap = self._style.gap
        top = area.top() + gap
        for bar in self._bars:
            if not bar.isHidden():
                bar.place_at_top(area, top, gap)
                bar.raise_()
                top += bar.height() + gap
        self.sticky.follow(top - area.top())
        self.typing.place(area, self.jump, self.back)
        before, self.bottom = self.bottom, top - gap - area.top()
        if self.bottom != before:
            self.on_bottom()

    def offer_undo(self, count: int) -> None:
        """So many messages were deleted a moment ago; 0 takes the offer back."""
        self.undo.show_count(count)
        self.arrange()

    def _refresh(self) -> None:
        self.choice.refresh()
        self.search.refresh()
        self.back.refresh()
        self.arrange()
