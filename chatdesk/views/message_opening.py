"""Where a conversation stands when it opens: at its newest message, at the unread line when that is off screen, or
where it was read last.

Main thread. Owns nothing but whether the opening is still under way: it ends when the place is found or as soon as
somebody scrolls.
"""

from chatdesk.views.message_rowview import RowView

_MOST_LOADED = 1000
"""Older unread messages than these are not fetched by opening alone."""


class Opening:
    def __init__(self, view: RowView) -> None:
        self._view = view
        self._is_under_way = False

    def begin(self) -> None:
        self._is_under_way = True

    def end(self) -> None:
        self._is_under_way = False

    @property
    def wants_older(self) -> bool:
        """The unread line is further up than what is loaded."""
        model = self._view.timeline
        return self._is_under_way and model.is_unread_pending and 0 < len(model.items) < _MOST_LOADED

    def settle(self, lines_above: int) -> None:
        """After a layout: go to the unread line, once it is known. `lines_above` pixels stay above it."""
        model = self._view.timeline
        if not self._is_under_way or not model.items:
            return
        place, model.reading_place = model.reading_place, None
        if place is not None and model.row_of(place.key) >= 0:
            self._is_under_way = False
            self._view.placement.set_anchor(model.row_of(place.key), place.y)
            self._view.relayout()
            return
        if not self._view.is_at_bottom:
            self._is_under_way = False
            return
        if model.is_unread_pending:
            return
        self._is_under_way = False
        row = model.row_of(model.first_unread_key) if model.first_unread_key else -1
        placed = self._view.placed(row)
        if row >= 0 and (placed is None or placed.top < 0):
            content_top = self._view.rows.row_layout(row).content_top
            self._view.placement.set_anchor(row, lines_above + content_top)
            self._view.relayout()
