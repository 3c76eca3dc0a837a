"""What stands at the ends of a message pane: the load state above the first message, the words of an empty one.

Main thread. Owns the laid out words of the state last painted. The space above the first message has one height in
every state, so that nothing moves when the state changes.
"""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QPainter

from chatdesk.domain.changes import LoadState
from chatdesk.views.message_links import Link
from chatdesk.views.message_placement import Placed
from chatdesk.views.message_row import RETRY
from chatdesk.views.message_style import Style
from chatdesk.views.message_text import TextBlock
from chatdesk.views.message_words import Words


class EdgeNotes:
    def __init__(self, style: Style, words: Words) -> None:
        self._style = style
        self._words = words
        self._known: tuple[str, bool, int] | None = None
        self._block: TextBlock | None = None
        self._place = QPoint()

    @property
    def header_height(self) -> int:
        return ceil(self._style.small_metrics.height()) + self._style.margin

    def paint(self, painter: QPainter, viewport: QRect, state: LoadState, placed: Sequence[Placed]) -> None:
        is_empty = not placed
        if not is_empty and (placed[0].row > 0 or placed[0].top <= 0):
            self._block = self._known = None
            return
        text = self._words.empty(state) if is_empty else self._words.header(state)
        self._lay_out(text, state is LoadState.FAILED, viewport.width())
        if self._block is None:
            return
        height = self._block.height
        y = (viewport.height() - height) // 2 if is_empty else placed[0].top - (self.header_height + height) // 2
        self._place = QPoint((viewport.width() - self._block.width) // 2, y)
        clip = QRectF(viewport)
        self._block.paint(painter, self._place.x(), y, clip)

    def is_retry(self, point: QPoint) -> bool:
        """Whether "Retry" is under this point of the viewport."""
        if self._block is None:
            return False
        inside = point - self._place
        return self._block.link_at(inside.x(), inside.y()) == RETRY

    def _lay_out(self, text: str, can_retry: bool, width: int) -> None:
        known = (text, can_retry, width)
        if known == self._known:
            return
        self._known = known
        if not text:
            self._block = None
            return
        links: tuple[Link, ...] = ()
        if can_retry:
            retry = self._words.retry()
            text = f"{text} {retry}"
            links = (Link(len(text) - len(retry), len(text), RETRY),)
        style = self._style
        room = max(1, width - 2 * style.margin)
        colors = style.colors
        self._block = TextBlock(
            text, style.small_font, room, colors.color("muted"), 0, links, colors.color("accent"), is_centred=True
        )
