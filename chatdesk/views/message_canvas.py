"""The message pane as it looks: its style, its words, and the painting of what is visible. Main thread.

Owns what depends on font, palette and language, and makes it anew when one of them changes. What a row shows besides
its layout comes from the subclass (`row_state`).
"""

from PySide6.QtCore import QDateTime, QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.domain.elements import Media
from chatdesk.models.decoding import Fault
from chatdesk.models.thumbnails import Thumbnails, source_of
from chatdesk.models.timeline import TimelineModel
from chatdesk.views.message_edges import EdgeNotes
from chatdesk.views.message_layout import RowBuilder
from chatdesk.views.message_paint import RowPainter, RowState
from chatdesk.views.message_picture import ImageBlock
from chatdesk.views.message_readers import ReadMarks
from chatdesk.views.message_row import RowLayout
from chatdesk.views.message_rows import RowCache
from chatdesk.views.message_rowview import RowView
from chatdesk.views.message_style import Style
from chatdesk.views.message_words import Words
from chatdesk.views.row_painting import fill
from chatdesk.views.theme import Theme

_NEW_STYLE = (
    QEvent.Type.FontChange,
    QEvent.Type.StyleChange,
    QEvent.Type.LocaleChange,
    QEvent.Type.LayoutDirectionChange,
)
_RING = 2


class Canvas(RowView):
    def __init__(self, theme: Theme, thumbnails: Thumbnails | None, parent: QWidget | None) -> None:
        self._theme = theme
        self._thumbnails = thumbnails
        self._nothing = TimelineModel("", False)
        self._is_ring_wanted = False
        self._words = Words("", False, self._nothing.display_name)
        self._style = Style(QApplication.font(), theme.colors)
        self._dress()
        super().__init__(RowCache(RowBuilder(self._style, self._words, False), self._nothing), parent)
        self._midnight = QTimer(self)
        self._midnight.setSingleShot(True)
        self._midnight.timeout.connect(self._on_day_changed)
        if thumbnails is not None:
            thumbnails.ready.connect(self._repaint)
            thumbnails.failed.connect(self._repaint)
            if thumbnails.animations is not None:
                thumbnails.animations.changed.connect(self._repaint_picture)

    @property
    def words(self) -> Words:
        return self._words

    @property
    def thumbnails(self) -> Thumbnails | None:
        return self._thumbnails

    def _dress(self) -> None:
        self._painter = RowPainter(self._style, self._words.new_messages())
        self._edges = EdgeNotes(self._style, self._words)
        self._read_marks = ReadMarks(self, self._style, self._words)

    def speak_for(self, model: TimelineModel) -> None:
        """Words and rows for this conversation, before it is shown."""
        self._words = Words(model.own_user_id, model.is_group, model.display_name)
        self._dress()
        self.rows.set_builder(RowBuilder(self._style, self._words, model.is_group))

    def restyle(self) -> None:
        """Another font or palette: measure anew, stay at the same message."""
        self._style = style = Style(self.font(), self._theme.colors, self.isRightToLeft())
        self._dress()
        self.rows.set_builder(RowBuilder(style, self._words, self.timeline.is_group))
        self.set_measures(self._edges.header_height, style.gap, style.line, style.estimate)
        self.relayout()

    def _on_day_changed(self) -> None:
        """At start and at each midnight, when "Today" becomes "Yesterday"."""
        now = QDateTime.currentDateTime()
        self._midnight.start(int(now.msecsTo(now.date().addDays(1).startOfDay())) + 1000)
        self.rows.forget_all()
        self.relayout()

    def sizeHint(self) -> QSize:
        return QSize(self._style.px(480), self._style.px(560))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._style.px(220), 120)  # large letters in a small window: what is written needs the room more

    def _repaint(self, _source: str = "") -> None:
        self.viewport().update()

    def _repaint_picture(self, source: str) -> None:
        """One that moves: only where it stands."""
        for placed in self.placement.placed:
            for item in self.rows.row_layout(placed.row).items:
                if isinstance(item.block, ImageBlock) and source_of(item.block.poster) == source:
                    self.viewport().update(item.rect.translated(0, placed.top))

    @property
    def is_playing(self) -> bool:
        """Whether what moves may move now."""
        return self.isActiveWindow() and not self._theme.is_still

    def fault_of(self, media: Media) -> Fault | None:
        """Why a picture cannot be shown here."""
        return self._thumbnails.fault(media) if self._thumbnails is not None else None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _NEW_STYLE:
            self.restyle()
        elif event.type() is QEvent.Type.ActivationChange:
            self._repaint()

    def row_state(self, row: int, layout: RowLayout, has_ring: bool) -> RowState:
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each text runs in its own direction
        region = event.rect()
        fill(painter, region, self._style.colors.color("window"))
        if self.timeline is self._nothing:
            return
        self._edges.paint(painter, self.viewport().rect(), self.timeline.load_state, self.placement.placed)
        is_ringed = self._is_ring_wanted and self.hasFocus()
        if is_ringed and not self.placement.placed:  # no message to put it around
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._style.colors.color("accent"), _RING))
            inset = _RING + self._style.small_gap
            painter.drawRoundedRect(
                QRectF(self.viewport().rect()).adjusted(inset, inset, -inset, -inset),
                self._style.radius,
                self._style.radius,
            )
        current = self.currentIndex().row() if is_ringed else -1
        for placed in self.placement.placed:
            if placed.bottom >= region.top() and placed.top <= region.bottom():
                layout = self.rows.row_layout(placed.row)
                state = self.row_state(placed.row, layout, placed.row == current)
                self._painter.paint(painter, layout, placed.top, state, QRectF(region))
