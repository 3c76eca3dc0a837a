"""What shows while the mouse is on a message: a small bar to react, reply or see more, and the chip to react.

Main thread. Owns which message and which chip the mouse is on. Keys do the same without it: see message_commands.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QHBoxLayout, QWidget

from chatdesk.views.message_glyphs import Glyph, draw_glyph
from chatdesk.views.message_menu import can_react
from chatdesk.views.message_rowview import RowView
from chatdesk.views.message_style import Style

_GAP = 4


class Hover(QObject):
    """`key` is 0 where the mouse is on no message."""

    react = Signal(object)
    reply = Signal(object)
    more = Signal(object, QPoint)

    def __init__(self, view: RowView, style: Style) -> None:
        super().__init__(view)
        self._view = view
        self.key = 0
        self.chip = -1
        self.mark_of: Callable[[int], QRect] = lambda _: QRect()
        """Where a row says who has read it, from its top."""
        self.bar = HoverBar(style, view)
        self.bar.left.connect(self.check)
        self.bar.react.clicked.connect(lambda: self.react.emit(self.key))
        self.bar.reply.clicked.connect(lambda: self.reply.emit(self.key))
        self.bar.more.clicked.connect(self._ask_more)

    def _ask_more(self) -> None:
        self.more.emit(self.key, self.bar.mapToGlobal(QPoint(0, self.bar.height())))

    def point(self, point: QPoint, is_wanted: bool) -> None:
        """The mouse is at this point of the viewport. `is_wanted`: no text is being marked, no messages are chosen."""
        placed = self._view.placed_at(point.y()) if is_wanted else None
        key, chip = 0, -1
        if placed is not None:
            layout = self._view.rows.row_layout(placed.row)
            inside = point - QPoint(0, placed.top)
            reach = layout.hover_body.united(self.mark_of(placed.row)).adjusted(-40, -2, 40, 2)
            if reach.contains(inside) and can_react(layout.message):
                key = layout.message.key
                chip = next((n for n, one in enumerate(layout.chips) if one.rect.contains(inside)), -1)
        if (key, chip) != (self.key, self.chip):
            self.key, self.chip = key, chip
            self._view.viewport().update()
        self.place()

    def check(self) -> None:
        """The mouse left the viewport or the bar: perhaps for the other."""
        under = QApplication.widgetAt(QCursor.pos())
        viewport = self._view.viewport()
        if under is viewport:
            self.point(viewport.mapFromGlobal(QCursor.pos()), True)
        elif under is None or not (under is self.bar or self.bar.isAncestorOf(under)):
            self.forget()

    def follow(self) -> None:
        """The messages moved under a mouse that did not."""
        if self.key and self._view.viewport().underMouse():
            self.point(self._view.viewport().mapFromGlobal(QCursor.pos()), True)
        else:
            self.place()

    def forget(self) -> None:
        self.bar.hide()
        if self.key:
            self.key, self.chip = 0, -1
            self._view.viewport().update()

    def place(self) -> None:
        """After a layout too: the bar stays beside its message, where its row is empty; it covers nothing but the
        message itself, and only one that leaves no room."""
        row = self._view.timeline.row_of(self.key) if self.key else -1
        placed = self._view.placed(row)
        if placed is None or not can_react(self._view.timeline.message(row)):
            self.forget()
            return
        layout = self._view.rows.row_layout(row)
        area = self._view.viewport().geometry()
        body = layout.bubble.translated(area.left(), area.top() + placed.top)
        size = self.bar.sizeHint()
        # Who has read it can be asked by a click: the mark for that stays free, too.
        taken = layout.bubble.united(self.mark_of(row)).translated(area.left(), 0)
        x = taken.left() - size.width() - _GAP if layout.is_at_right else taken.right() + 1 + _GAP
        x = max(area.left() + _GAP, min(x, area.right() + 1 - size.width() - _GAP))
        y = body.top() + min(0, (body.height() - size.height()) // 2)
        y = max(area.top(), min(y, area.bottom() + 1 - size.height()))
        self.bar.setGeometry(QRect(QPoint(x, y), size))
        self.bar.show()
        self.bar.raise_()


class HoverBar(QFrame):
    left = Signal()

    def __init__(self, style: Style, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("messageHoverBar")
        self.setAccessibleName(self.tr("Message actions"))
        self.react = GlyphButton(Glyph.REACT, self.tr("React (Ctrl+E)"), "hoverReact", style)
        self.reply = GlyphButton(Glyph.REPLY, self.tr("Reply (Ctrl+R)"), "hoverReply", style)
        self.more = GlyphButton(Glyph.MORE, self.tr("More actions"), "hoverMore", style)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for one in self.buttons:
            row.addWidget(one)
        self.set_style(style)
        self.hide()

    @property
    def buttons(self) -> "tuple[GlyphButton, ...]":
        return (self.react, self.reply, self.more)

    def set_style(self, style: Style) -> None:
        colors = style.colors
        self.setStyleSheet(
            f"HoverBar {{ background: {colors.raised}; border: 1px solid {colors.border};"
            f" border-radius: {style.radius // 2}px; }}"
        )
        for one in self.buttons:
            one.set_style(style)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()


class GlyphButton(QAbstractButton):
    def __init__(self, glyph: Glyph, name: str, object_name: str, style: Style) -> None:
        super().__init__()
        self._glyph = glyph
        self._style = style
        self.setObjectName(object_name)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it comes and goes with the mouse; keys do the same

    def set_style(self, style: Style) -> None:
        self._style = style
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        side = max(26, round(self._style.line * 1.35))
        return QSize(side, side)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = self._style.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.underMouse():
            painter.setPen(QPen(Qt.PenStyle.NoPen))
            painter.setBrush(colors.color("hover"))
            painter.drawRoundedRect(rect, 5, 5)
        edge = rect.width() * 0.2
        ink = colors.color("text" if self.underMouse() else "muted")
        if self._glyph is Glyph.REPLY and self.isRightToLeft():  # back to where the reading began
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        draw_glyph(painter, self._glyph, rect.adjusted(edge, edge, -edge, -edge), ink)
