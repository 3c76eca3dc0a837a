"""The pictures of a conversation, one at a time, over the whole window.

Main thread. Lies over the window's contents and keeps the keyboard until it is closed. Owns its widgets only: which
pictures there are and their files are the ViewerModel's, what a button does beyond zooming is told by a signal.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QLocale, QObject, QSizeF, Qt, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from chatdesk.domain.elements import Video, media_of
from chatdesk.models.decoding import Fault, source_of
from chatdesk.models.sounds import Sounds
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.models.viewer import LARGEST_SIDE, ViewerModel
from chatdesk.models.when import short_when, size_text
from chatdesk.views.film_bar import FilmBar
from chatdesk.views.picture_canvas import PictureCanvas
from chatdesk.views.picture_words import PictureWords
from chatdesk.views.theme import SMALL, SPACING, Theme
from chatdesk.views.widgets import ElidedLabel, EmptyState, IconButton, button

_SMALL_SIDE = 800
"""Pixels of the small picture that stands in while the whole one comes."""
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class PictureViewer(QWidget):
    save_asked = Signal(object, int)
    """A message and the number of its element, here and below."""
    open_asked = Signal(object, int)
    message_asked = Signal(object, object)
    """ConversationId and key."""
    told = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, model: ViewerModel, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ground = parent
        self.model = model
        self._thumbnails = thumbnails
        self._words = PictureWords()
        self.own_name = ""
        """How the account's own messages are signed."""
        self._film_place: tuple[int, int] | None = None
        self.setObjectName("pictureViewer")
        self.setAccessibleName(self.tr("Pictures"))
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.canvas = PictureCanvas(theme)
        self.canvas.zoomed.connect(self._show_zoom)
        self.canvas.moving = self._frame
        self._sounds: Sounds | None = None
        self._film = QImage()
        """What a video shows now."""
        self.film_bar = FilmBar(theme)
        self._keys = self._key_table()
        self._build()
        model.turned.connect(self._show)
        model.neighbours_changed.connect(self._show_neighbours)
        model.progressed.connect(self._show_progress)
        model.loaded.connect(self._show_picture)
        thumbnails.ready.connect(self._on_small)
        if thumbnails.animations is not None:
            thumbnails.animations.changed.connect(self._on_step)
        parent.installEventFilter(self)
        self.setGeometry(parent.rect())
        self._show()

    def _key_table(self) -> dict[tuple[int, Qt.KeyboardModifier], Callable[[], object]]:
        plain, key, model, canvas = Qt.KeyboardModifier.NoModifier, Qt.Key, self.model, self.canvas
        table: dict[tuple[int, Qt.KeyboardModifier], Callable[[], object]] = {
            (key.Key_Escape, plain): self.leave,
            (key.Key_K, plain): self.play,
            (key.Key_Home, plain): lambda: canvas.zoom_to(0.0),
            (key.Key_C, _CTRL): self._copy,
            (key.Key_S, _CTRL): self._save,
            (key.Key_O, _CTRL): self._open,
            (key.Key_Up, plain): lambda: canvas.pan(0, -1),
            (key.Key_Down, plain): lambda: canvas.pan(0, 1),
            (key.Key_Left, _SHIFT): lambda: canvas.pan(-1, 0),
            (key.Key_Right, _SHIFT): lambda: canvas.pan(1, 0),
            (key.Key_PageUp, plain): lambda: model.step(newer=False),
            (key.Key_PageDown, plain): lambda: model.step(newer=True),
            (key.Key_Left, plain): lambda: model.step(newer=self.isRightToLeft()),
            (key.Key_Right, plain): lambda: model.step(newer=not self.isRightToLeft()),
        }
        for modifier in (plain, _SHIFT, _CTRL, _CTRL | _SHIFT):
            table[key.Key_Plus, modifier] = table[key.Key_Equal, modifier] = lambda: canvas.zoom_by(1)
            table[key.Key_Minus, modifier] = lambda: canvas.zoom_by(-1)
            table[key.Key_0, modifier] = lambda: canvas.zoom_to(0.0)
            table[key.Key_1, modifier] = lambda: canvas.zoom_to(1.0)
        return table

    def _build(self) -> None:
        theme = self._theme
        self._title = ElidedLabel(bold=True)
        self._title.setObjectName("pictureName")
        self._facts = ElidedLabel(factor=SMALL)
        self._facts.setProperty("kind", "muted")
        self._percent = QLabel()
        self._percent.setObjectName("pictureZoom")
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("1600 %"))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._facts)
        bar = QHBoxLayout()
        bar.setContentsMargins(2 * SPACING, SPACING, SPACING, SPACING)
        bar.setSpacing(SPACING // 2)
        bar.addLayout(names, 1)
        self._buttons: dict[str, IconButton] = {}
        for sign, words, name, act in (
            ("minus", self.tr("Smaller (−)"), "zoomOut", lambda: self.canvas.zoom_by(-1)),
            ("plus", self.tr("Larger (+)"), "zoomIn", lambda: self.canvas.zoom_by(1)),
            ("fit", self.tr("Fit into the window (0)"), "zoomFit", lambda: self.canvas.zoom_to(0.0)),
            ("copy", self.tr("Copy (Ctrl+C)"), "copyPicture", self._copy),
            ("download", self.tr("Save as… (Ctrl+S)"), "savePicture", self._save),
            ("open", self.tr("Open with the system's program (Ctrl+O)"), "openPicture", self._open),
            ("chat", self.tr("Show in conversation"), "showPictureMessage", self._go_to_message),
            ("close", self.tr("Close (Esc)"), "closePictures", self.leave),
        ):
            item = self._new_button(sign, words, name, act)
            bar.addWidget(item)
            if name == "zoomOut":
                bar.addWidget(self._percent)
        older = self._new_button("previous", self.tr("Previous picture"), "previousPicture", lambda: self._step(False))
        newer = self._new_button("next", self.tr("Next picture"), "nextPicture", lambda: self._step(True))
        self._broken = EmptyState(theme, "alert", "", "")
        self._again = button(self.tr("Try again"), "pictureRetry")
        self._again.clicked.connect(self.model.load)
        self._save_broken = button(self.tr("Save as…"), "pictureSaveBroken")
        self._save_broken.clicked.connect(self._save)
        for widget in (self._again, self._save_broken):
            self._broken.add_widget(widget)
            widget.installEventFilter(self)
        middle = QHBoxLayout()
        middle.setContentsMargins(SPACING // 2, 0, SPACING // 2, 0)
        middle.addWidget(older)
        middle.addWidget(self.canvas, 1)
        middle.addWidget(self._broken, 1)
        middle.addWidget(newer)
        self._progress = QProgressBar()
        self._progress.setObjectName("pictureProgress")
        self._progress.setAccessibleName(self.tr("Loading the picture"))
        self._progress.setTextVisible(False)
        self._status = QLabel()
        self._status.setObjectName("pictureStatus")
        self._status.setProperty("kind", "muted")
        self._status.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addLayout(middle, 1)
        column.addWidget(self.film_bar)
        column.addWidget(self._status)
        column.addWidget(self._progress)
        self.canvas.installEventFilter(self)

    def _new_button(self, sign: str, words: str, name: str, act: Callable[[], object]) -> IconButton:
        item = IconButton(self._theme, sign, words, name)
        item.clicked.connect(lambda: act())
        item.installEventFilter(self)
        self._buttons[name] = item
        return item

    # -- videos ------------------------------------------------------------------------------------------------------

    def set_sounds(self, sounds: Sounds) -> None:
        """Who plays videos."""
        self._sounds = sounds
        self.film_bar.toggled.connect(self.play)
        self.film_bar.sought.connect(sounds.seek)
        self.film_bar.speed_asked.connect(sounds.next_speed)
        for stop in self.film_bar.stops:
            if stop is not self.film_bar.place:  # which keeps the arrow keys
                stop.installEventFilter(self)
        sounds.changed.connect(self._show_film)
        sounds.frame.connect(self._show_frame)
        sounds.unplayable.connect(self._on_unplayable)

    def play(self) -> None:
        """Play the video in sight, or pause it."""
        view = self.model.current
        if view is not None and isinstance(view.content, Video) and self._sounds is not None:
            self._sounds.toggle(*view.place, view.content.media)

    def _is_film(self) -> bool:
        view = self.model.current
        return view is not None and self._sounds is not None and self._sounds.is_current(*view.place)

    def _show_film(self) -> None:
        view, sounds = self.model.current, self._sounds
        if view is not None and sounds is not None and isinstance(view.content, Video):
            self.film_bar.show_state(sounds if self._is_film() else None, view.content.duration_ms)

    def _show_frame(self, image: QImage) -> None:
        if self._is_film() and not image.isNull():
            is_first = self._film.isNull()
            self._film = image
            if is_first:
                self.canvas.show_image((image,), QSizeF(image.size()))
            self.canvas.update()

    def _on_unplayable(self, key: int, element: int) -> None:
        view = self.model.current
        if view is not None and view.place == (key, element) and not self.isHidden():
            self.told.emit(self.tr("chatdesk cannot play this here. It is opened with the system's program."))
            self.open_asked.emit(view.message, element)

    def _end_film(self) -> None:
        self._film = QImage()
        if self._sounds is not None and self._film_place is not None and self._sounds.place == self._film_place:
            self._sounds.stop()
        self._film_place = None

    # -- what is shown -----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """Another picture: its small form until the whole is here."""
        self._end_film()
        view = self.model.current
        if view is None:
            self.leave()
            return
        is_video = isinstance(view.content, Video)
        self._film_place = view.place if is_video else None
        self.film_bar.setVisible(is_video)
        self._show_film()
        message, media = view.message, view.content.media
        sender = self.own_name if message.is_self and self.own_name else message.sender_name or message.sender
        self._title.setText(media.name or (self.tr("Video") if is_video else self.tr("Picture")))
        self._show_neighbours()
        parts = [" ".join(sender.split()), short_when(message.time_ms)]
        if view.content.width and view.content.height:
            parts.append(f"{view.content.width} × {view.content.height}")
        if media.size:
            parts.append(size_text(media.size))
        self._facts.setText(" · ".join(parts))
        self.canvas.setAccessibleName(self.tr("Picture {0}").format(", ".join([self._title.full_text(), *parts])))
        self._show_picture()
        if not self.model.levels:
            self._show_small()
        self._show_progress(0, 0)

    def _show_small(self) -> None:
        view = self.model.current
        if view is None or self.model.levels:
            return
        content = view.content
        poster = content.thumbnail if isinstance(content, Video) else content.media
        small = self._thumbnails.get(poster, _SMALL_SIDE, _SMALL_SIDE) if poster is not None else None
        self.canvas.show_image(() if small is None else (small,), QSizeF(content.width or -1, content.height or -1))

    def _on_small(self, source: str) -> None:
        view = self.model.current
        poster = view.content.thumbnail if view is not None and isinstance(view.content, Video) else None
        media = poster or (view.content.media if view is not None else None)
        if media is not None and source == source_of(media) and self._film.isNull():
            self._show_small()

    def _show_picture(self) -> None:
        model = self.model
        fault = model.fault
        was_in_middle = any(widget.hasFocus() for widget in (self.canvas, self._again, self._save_broken))
        self.canvas.setVisible(fault is None)
        self._broken.setVisible(fault is not None)
        if model.levels:
            view = model.current
            largest = QSizeF(model.levels[0].size())
            said = QSizeF(view.content.width, view.content.height) if view is not None else QSizeF()
            # Made smaller while it was decoded: it is still shown as large as it is.
            nominal = said if said.width() > largest.width() >= LARGEST_SIDE else largest
            self.canvas.show_image(model.levels, nominal, keeps_view=not self.canvas.is_fitted)
        if fault is not None:
            self._broken.set_texts(self._words.fault(fault), self.tr("The file itself can still be saved."))
            self._again.setVisible(fault is Fault.UNREACHABLE)
        for name in ("zoomIn", "zoomOut", "zoomFit"):
            self._buttons[name].setEnabled(fault is None)
        self._buttons["copyPicture"].setEnabled(bool(model.levels))
        self._progress.setVisible(model.is_loading)
        self._status.setVisible(model.is_loading)
        if self.isVisible() and (was_in_middle or not self._has_focus()):
            (self.canvas if fault is None else self._save_broken).setFocus()

    def _show_progress(self, received: int, total: int) -> None:
        self._progress.setRange(0, total and 100)
        self._progress.setValue(received * 100 // total if total else 0)
        text = self.tr("Loading…")
        if received:
            text += " " + size_text(received)
            text += f" / {size_text(total)}" if total else ""
        self._status.setText(text)

    def _show_neighbours(self) -> None:
        for name, newer in (("previousPicture", False), ("nextPicture", True)):
            self._buttons[name].setEnabled(self.model.has(newer))

    def _show_zoom(self) -> None:
        percent = round(self.canvas.zoom * 100)
        self._percent.setText(self.tr("{0} %").format(QLocale().toString(percent)))

    def _frame(self) -> QImage | None:
        if not self._film.isNull():
            return self._film
        view, films = self.model.current, self._thumbnails.animations
        if view is None or films is None or not self.model.levels or not self.isActiveWindow():
            return None
        return films.frame(view.content.media, LARGEST_SIDE, LARGEST_SIDE)

    def _on_step(self, source: str) -> None:
        view = self.model.current
        if view is not None and source == source_of(view.content.media):
            self.canvas.update()

    # -- gestures ----------------------------------------------------------------------------------------------------

    def _step(self, newer: bool) -> None:
        self.model.step(newer)

    def _copy(self) -> None:
        if self.model.levels:
            QGuiApplication.clipboard().setImage(self.model.levels[0])
            self.told.emit(self.tr("The picture was copied."))

    def _save(self) -> None:
        self._ask(self.save_asked)

    def _open(self) -> None:
        self._ask(self.open_asked)

    def _ask(self, signal: SignalInstance) -> None:
        view = self.model.current
        if view is not None and media_of(view.content) is not None:
            signal.emit(view.message, view.element)

    def _go_to_message(self) -> None:
        view = self.model.current
        if view is not None:
            self.leave()
            self.message_asked.emit(view.message.conversation, view.message.key)

    def leave(self) -> None:
        if not self.isHidden():
            self._end_film()
            self.model.close()
            self.canvas.show_image((), QSizeF())
            self._ground.setFocus()  # hidden with the focus in it, Qt would look for the next one in here
            self.hide()
            self.closed.emit()

    # -- keys and focus ----------------------------------------------------------------------------------------------

    def appear(self) -> None:
        self.show()
        self.raise_()
        self.canvas.setFocus()
        self._show_picture()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._ground:
            if event.type() is QEvent.Type.Resize:
                self.setGeometry(self._ground.rect())
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._obey(event)
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """No key reaches what lies below, but the one that ends the program."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if (event.key(), event.modifiers()) != (Qt.Key.Key_Q, _CTRL):
                event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._obey(event)
        event.accept()

    def _obey(self, event: QKeyEvent) -> bool:
        act = self._keys.get((event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier))
        if act is not None:
            act()
        return act is not None

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and focused.isVisible() and self.isAncestorOf(focused)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Round and round in here."""
        stops = [
            widget
            for widget in (
                *self._buttons.values(),
                self.canvas,
                self._again,
                self._save_broken,
                *self.film_bar.stops,
            )
            if widget.isVisible() and widget.isEnabled()
        ]
        focused = QApplication.focusWidget()
        at = next((number for number, stop in enumerate(stops) if stop is focused), -1 if forward else 0)
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(
            Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        )
        return True
