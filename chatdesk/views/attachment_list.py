"""The files that go out with the next message: picture, name, size, their order, and a button to take each out again.

Main thread only. Owns nothing but widgets and a row while it is dragged; the files are the Attachments'.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.elements import Element, Sound, Video, media_of
from chatdesk.models.attachments import Attachments, Choice
from chatdesk.models.sounds import Sounds
from chatdesk.models.when import size_text
from chatdesk.views.icons import pixmap
from chatdesk.views.message_glyphs import Glyph, draw_glyph
from chatdesk.views.message_media import ON_SHADE, SHADE
from chatdesk.views.message_words import duration_text
from chatdesk.views.sound_row import SoundRow
from chatdesk.views.theme import SMALL, SPACING, Theme
from chatdesk.views.widgets import DropDown, ElidedLabel, IconButton

_SIZES = (2048, 1024)
_ROWS = 4.5
_PART = 0.25
"""Of the window's height, at most."""
_THUMBNAIL = 2.2
"""Of a picture, in lines of text; a picture that is alone is larger."""
_ALONE = 6.0


class AttachmentList(QWidget):
    removed = Signal(int)
    moved = Signal(int, int)
    listened = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._attachments: Attachments | None = None
        self._sounds: Sounds | None = None
        self.setObjectName("attachmentList")
        self.setAccessibleName(self.tr("Files to send"))
        self._scroll = QScrollArea()
        self._scroll.setObjectName("attachmentRows")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sum = ElidedLabel("", SMALL)
        self._sum.setObjectName("attachmentSum")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACING // 2, SPACING // 2, SPACING // 2, 0)
        column.setSpacing(2)
        column.addWidget(self._scroll)
        column.addWidget(self._sum)
        column.addWidget(self._new_choices())
        self.hide()
        theme.changed.connect(self._refresh)

    def _new_choices(self) -> QWidget:
        """What is done with pictures before they leave."""
        self.sizes = DropDown()
        self.sizes.setObjectName("pictureSize")
        self.sizes.setAccessibleName(self.tr("Size of the pictures"))
        self.sizes.addItem(self.tr("Original size"), 0)
        for pixels in _SIZES:
            self.sizes.addItem(self.tr("At most {0} pixels").format(pixels), pixels)
        self.sizes.activated.connect(self._choose)
        self.strips = QCheckBox(self.tr("Remove location and camera data"))
        self.strips.setObjectName("stripPictures")
        self.strips.setAccessibleName(self.strips.text())
        self.strips.setToolTip(self.tr("Where and with what a picture was taken stays on this computer"))
        self.strips.clicked.connect(self._choose)
        self._choices = QWidget()
        row = QHBoxLayout(self._choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING // 2)
        row.addWidget(self.sizes)
        row.addWidget(self.strips)
        row.addStretch()
        return self._choices

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large letters in a narrow window: one choice below the other."""
        super().resizeEvent(event)
        self._fit_choices()

    def _fit_choices(self) -> None:
        row, room = self._choices.layout(), self.contentsRect().width() - SPACING
        self.strips.setText(self.tr("Remove location and camera data"))
        needed = self.sizes.sizeHint().width() + self.strips.sizeHint().width() + 2 * SPACING
        if self.strips.sizeHint().width() > room:
            self.strips.setText(self.tr("Remove location data"))
        if isinstance(row, QBoxLayout):
            directions = QBoxLayout.Direction
            row.setDirection(directions.TopToBottom if needed > room else directions.LeftToRight)

    def _choose(self) -> None:
        if self._attachments is not None:
            self._attachments.choose(Choice(self.sizes.currentData(), self.strips.isChecked()))

    def _show_choices(self, attachments: Attachments) -> None:
        self._choices.setVisible(attachments.has_pictures)
        self.sizes.setCurrentIndex(max(0, self.sizes.findData(attachments.choice.longest)))
        self.strips.setChecked(attachments.choice.strips)

    def show_files(self, attachments: Attachments, sounds: Sounds | None = None) -> None:
        """`sounds`: who plays what was recorded."""
        self._attachments = attachments
        if sounds is not None and sounds is not self._sounds:
            self._sounds = sounds
            sounds.changed.connect(self._show_sounds)
        self._refresh()

    def _show_sounds(self) -> None:
        for row in self.findChildren(SoundRow):
            row.show_state(self._sounds)

    def _refresh(self) -> None:
        attachments = self._attachments
        files: Sequence[Element] = () if attachments is None else attachments.files
        focused = self.window().focusWidget()  # our own would be what had it last, long after it went elsewhere
        place = focused.objectName() if self.isAncestorOf(focused) else ""
        self.setVisible(bool(files))
        if not files or attachments is None:
            return
        line = self.fontMetrics().height()
        is_alone = len(files) == 1 and attachments.preview(files[0]) is not None
        room = max(round(4 * line), round(self.window().height() * _PART))
        side = min(room, round(line * _ALONE)) if is_alone else round(line * _THUMBNAIL)
        box = _Rows(self._theme, self.moved.emit)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, SPACING // 2, 0)
        column.setSpacing(2)
        for index, element in enumerate(files):
            column.addWidget(self._row(index, element, side, is_alone, attachments))
        column.addStretch()
        old = self._scroll.takeWidget()
        if old is not None:
            old.deleteLater()  # not at once, as setWidget would: the click that led here is still being handled in it
        self._scroll.setWidget(box)
        for ground in (box, self._scroll.viewport()):
            ground.setAutoFillBackground(False)
        first = column.itemAt(0)
        height = (side if first is None else max(side, first.sizeHint().height())) + 2
        wanted = min(room, round(min(len(files), _ROWS) * height)) + 2
        self._scroll.setMinimumHeight(min(wanted, height))  # less than wanted where the window is small
        self._scroll.setMaximumHeight(wanted)
        self._show_sum(files, attachments)
        self._show_choices(attachments)
        again = self.findChild(QWidget, place) if place else None
        if again is not None:
            again.setFocus()

    def _row(self, index: int, element: Element, side: int, is_alone: bool, attachments: Attachments) -> QWidget:
        media = media_of(element)
        name, size = ("", 0) if media is None else (media.name, media.size)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACING // 2)
        if isinstance(element, Sound) and element.is_voice:
            line.addWidget(self._sound_row(index, element, name), 1)
        else:
            widest = max(side, round(self.width() * 0.4)) if is_alone else side
            is_film = isinstance(element, Video)
            line.addWidget(_Picture(self._theme, attachments.preview(element), side, widest, is_film))
            line.addSpacing(SPACING // 2)
            line.addLayout(self._words(element, name, size, attachments), 1)
        if attachments.is_without_facts(element):  # the box below says it to the eye
            row.setToolTip(self.tr("{0}, without location and camera data").format(size_text(size)))
        if index:
            earlier = IconButton(self._theme, "up", self.tr("Send {0} earlier").format(name), f"moveFile{index}")
            earlier.clicked.connect(lambda: self.moved.emit(index, index - 1))
            line.addWidget(earlier)
        remove = IconButton(self._theme, "close", self.tr("Do not send {0}").format(name), f"removeFile{index}")
        remove.clicked.connect(lambda: self.removed.emit(index))
        line.addWidget(remove)
        return row

    def _words(self, element: Element, name: str, size: int, attachments: Attachments) -> QVBoxLayout:
        facts = [size_text(size)]
        if isinstance(element, Video) and element.duration_ms:
            facts.insert(0, f"{element.width} × {element.height}")
        if isinstance(element, Sound | Video) and element.duration_ms:
            facts.insert(0, duration_text(element.duration_ms))
        text = ElidedLabel(" · ".join(facts), SMALL)
        text.setProperty("kind", "muted")
        if attachments.is_too_large(element):
            limit = size_text(attachments.limit_bytes)
            text.setText(self.tr("{0}: too large, the server takes at most {1}").format(size_text(size), limit))
            text.setProperty("kind", "error")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch()
        words.addWidget(ElidedLabel(name, mode=Qt.TextElideMode.ElideMiddle))
        words.addWidget(text)
        words.addStretch()
        return words

    def _sound_row(self, index: int, sound: Sound, name: str) -> SoundRow:
        row = SoundRow(self._theme, sound, index, name)
        row.listened.connect(lambda: self.listened.emit(index))
        if self._sounds is not None:
            row.sought.connect(self._sounds.seek)
            row.show_state(self._sounds)
        return row

    def _show_sum(self, files: Sequence[Element], attachments: Attachments) -> None:
        too_large = sum(map(attachments.is_too_large, files))
        if too_large:
            text = self.tr("%n file(s) too large for the server", "", too_large)
        elif len(files) > 1:
            total = size_text(attachments.total_bytes)
            text = self.tr("%n file(s), {0} together", "", len(files)).format(total)
        else:
            text = ""
        if text and not too_large and attachments.limit_bytes:
            text += " · " + self.tr("at most {0} each").format(size_text(attachments.limit_bytes))
        kind = "error" if too_large else "muted"
        if self._sum.property("kind") != kind:
            self._sum.setProperty("kind", kind)
            self._sum.style().unpolish(self._sum)
            self._sum.style().polish(self._sum)
        self._sum.setText(text)
        self._sum.setVisible(bool(text))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())


class _Rows(QWidget):
    """The rows can be dragged to another place; a line shows where one would go."""

    def __init__(self, theme: Theme, move: Callable[[int, int], None]) -> None:
        super().__init__()
        self._theme = theme
        self._move = move
        self._from = self._to = -1
        self._start = 0

    def _rows(self) -> list[QRect]:
        column = self.layout()
        items = [] if column is None else [column.itemAt(index) for index in range(column.count())]
        rows = [item.widget() for item in items if item is not None]
        return [row.geometry() for row in rows if row is not None]

    def _row_at(self, y: int) -> int:
        rows = self._rows()
        return next((index for index, rect in enumerate(rows) if y <= rect.bottom()), len(rows) - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and len(self._rows()) > 1:
            self._start = event.position().toPoint().y()
            self._from = self._row_at(self._start)
            self._to = -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        y = event.position().toPoint().y()
        if self._from >= 0 and (self._to >= 0 or abs(y - self._start) > 6):
            self._to = self._row_at(y)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        moved_from, moved_to, self._from, self._to = self._from, self._to, -1, -1
        self.unsetCursor()
        self.update()
        if moved_to >= 0 and moved_to != moved_from:
            self._move(moved_from, moved_to)  # this widget is replaced by new rows now

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._to >= 0:
            self._from = self._to = -1
            self.update()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._to >= 0 and self._to != self._from:
            rect = self._rows()[self._to]
            y = rect.bottom() - 1 if self._to > self._from else rect.top()
            painter = QPainter(self)
            painter.fillRect(0, y, self.width(), 2, self._theme.colors.color("accent"))
            painter.end()


class _Picture(QLabel):
    """A small picture with round corners, or the sign of a file."""

    def __init__(self, theme: Theme, image: QImage | None, side: int, widest: int, is_film: bool = False) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        ratio = self.devicePixelRatioF()
        if image is None:
            sign = round(self.fontMetrics().height() * 1.3)
            self.setPixmap(pixmap("file", theme.colors.muted, sign, ratio))
            self.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.setFixedSize(side, side)
            return
        wide = round(side * image.width() / max(1, image.height()))
        size = QSize(min(max(wide, side), widest), side)
        self.setFixedSize(size)
        picture = _rounded(image, size, ratio)
        if is_film:
            _mark_film(picture, min(side * 0.5, 40.0))
        self.setPixmap(picture)


def _mark_film(picture: QPixmap, side: float) -> None:
    """A sign in its middle that says it plays."""
    size = picture.deviceIndependentSize()
    disc = QRectF((size.width() - side) / 2, (size.height() - side) / 2, side, side)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(SHADE)
    painter.drawEllipse(disc)
    edge = side * 0.28
    draw_glyph(painter, Glyph.PLAY, disc.adjusted(edge, edge, -edge, -edge), ON_SHADE)
    painter.end()


def _rounded(image: QImage, size: QSize, ratio: float) -> QPixmap:
    """Fills `size`, cutting off what does not fit."""
    pixels = size * ratio
    result = QPixmap(pixels)
    result.fill(Qt.GlobalColor.transparent)
    scaled = image.scaled(
        pixels, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, pixels.width(), pixels.height()), 5 * ratio, 5 * ratio)
    painter.setClipPath(path)
    painter.drawImage((pixels.width() - scaled.width()) // 2, (pixels.height() - scaled.height()) // 2, scaled)
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result
