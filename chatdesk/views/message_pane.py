"""The message pane: one conversation, painted and acted upon.

Main thread. Joins the parts: `RowView` places rows and scrolls, `RowCache` lays them out, `Canvas` paints them,
`Gestures` turns clicks into requests. It must not change anything itself: every gesture leaves as a signal, with the
message's key.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget
from shiboken6 import Shiboken

from chatdesk.domain.changes import LoadState
from chatdesk.domain.messages import Message, MessageState, ReadingPlace
from chatdesk.models.settings import SettingsModel
from chatdesk.models.sounds import Sounds
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.models.timeline import TimelineModel
from chatdesk.views import accessibility
from chatdesk.views.avatars import picture_of
from chatdesk.views.message_canvas import Canvas
from chatdesk.views.message_choice import Choice
from chatdesk.views.message_commands import Command, command_of
from chatdesk.views.message_date_jump import DateJump
from chatdesk.views.message_field import WritesElsewhere
from chatdesk.views.message_gestures import Gestures, put_on_clipboard
from chatdesk.views.message_hits import Hit
from chatdesk.views.message_itemview import AnyIndex
from chatdesk.views.message_jumps import Jumps
from chatdesk.views.message_media import Facts
from chatdesk.views.message_menu import Action, Target, actions_for, can_edit, can_react
from chatdesk.views.message_menus import Menus
from chatdesk.views.message_opening import Opening
from chatdesk.views.message_overlay import Overlay
from chatdesk.views.message_paint import RowState
from chatdesk.views.message_readers import people_lines
from chatdesk.views.message_requests import Requests
from chatdesk.views.message_row import RowLayout
from chatdesk.views.message_speech import Speech
from chatdesk.views.message_tips import tip_for
from chatdesk.views.message_watch import Watch
from chatdesk.views.theme import Theme

if TYPE_CHECKING:
    from chatdesk.views.message_details import FetchRaw

_JUST_WRITTEN = (MessageState.QUEUED, MessageState.UPLOADING)
_SOUND_STEP_MS = 5000


class MessagePane(WritesElsewhere, Canvas):
    older_wanted = Signal()
    newest_shown = Signal(object)
    bars_changed = Signal()
    """The key of the newest message that can be seen, each time it is another one."""

    def __init__(self, theme: Theme, thumbnails: Thumbnails | None = None, parent: QWidget | None = None) -> None:
        self._opening = Opening(self)
        super().__init__(theme, thumbnails, parent)
        self.setObjectName("messagePane")
        self.setAccessibleName(self.tr("Messages"))
        self._date_jump = DateJump(self)
        self._date_jump.landed.connect(self._land_on_date)
        self._date_jump.found.connect(self._show_found)
        self._choice = Choice(self)
        self._jumps = Jumps(self)
        self._jumps.lost.connect(self._date_jump.find)
        self._jumps.end_wanted.connect(self._go_to_end)
        self._date_jump.started.connect(self._jumps.mark)
        self._overlay = Overlay(self, self._style, self._date_jump, self._choice, self._jumps)
        self._jump = self._overlay.jump
        self._jump.clicked.connect(self.jump_to_newest)
        self._overlay.on_bottom = self.bars_changed.emit
        self._overlay.sticky.clicked.connect(self.jump_to_date)
        self._overlay.choice.copy.clicked.connect(self._copy_chosen)
        self._overlay.choice.save.clicked.connect(self._save_chosen)
        self._overlay.choice.delete.clicked.connect(self._delete_chosen)
        self._overlay.choice.forward.clicked.connect(self._forward_chosen)
        self._choice.changed.connect(self._on_choice_changed)
        self.requests = ask = Requests(self)
        self._gestures = Gestures(self, self._words, ask)
        self._menus = Menus(self, self._gestures, ask)
        ask.readers_requested.connect(self.show_readers)
        ask.details_requested.connect(self.show_details)
        ask.data_requested.connect(partial(self.show_details, with_data=True))
        ask.day_clicked.connect(self._on_day_clicked)
        ask.choose_requested.connect(lambda key: self._choice.toggle(self.timeline.row_of(key)))
        ask.quote_clicked.connect(self._follow_quote)
        ask.picker_requested.connect(self.open_picker)
        ask.whole_requested.connect(self.show_whole)
        self._overlay.undo.undo.clicked.connect(ask.undo_requested)
        self._hover = self._overlay.hover
        self._hover.mark_of = lambda row: QRect(self._read_marks.mark(row)[1])
        self._hover.react.connect(ask.picker_requested)
        self._hover.reply.connect(ask.reply_requested)
        self._hover.more.connect(self._open_menu_at)
        self.fetch_raw: FetchRaw | None = None
        """Gives a message's data as the server sent it, for the details."""
        self._sounds: Sounds | None = None
        self.settings: SettingsModel | None = None
        """Where the emoji used last are remembered."""
        self.speech = Speech(self, self._gestures, self._menus, self._overlay.widgets(), self._choice)
        accessibility.install()
        self._watch = Watch(self, self._opening)
        self._watch.older_wanted.connect(self.older_wanted)
        self._watch.newest_shown.connect(self.newest_shown)
        self._watch.settled.connect(self._on_settled)
        theme.changed.connect(self.restyle)
        self.setModel(self._nothing)
        self.restyle()
        self._on_day_changed()

    def set_sounds(self, sounds: Sounds) -> None:
        """What is heard, shown where it belongs."""
        self._sounds = sounds
        sounds.changed.connect(self._repaint)

    # -- what it shows -----------------------------------------------------------------------------------------------

    def set_model(self, model: TimelineModel | None) -> None:
        """Show this conversation, at its newest message or its unread line; None shows an empty pane."""
        model = model or self._nothing
        if model is self.timeline:
            self.jump_to_newest()
            return
        if Shiboken.isValid(self.timeline):
            self.timeline.load_state_changed.disconnect(self._on_load_state)
            self.timeline.typing_changed.disconnect(self._show_typing)
            self.timeline.newest_wanted.disconnect(self.jump_to_newest)
            self.timeline.fell_behind.disconnect(self._on_fell_behind)
        self._gestures.forget()
        self._hover.forget()
        self._opening.begin()
        self._date_jump.cancel()
        self._choice.clear()
        self._jumps.forget()
        self._overlay.sticky.forget()
        self._overlay.typing.say("")
        self._watch.forget()
        self.speak_for(model)
        self._gestures.words = self._words
        self.setModel(model)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self.timeline.load_state_changed.connect(self._on_load_state)
        self.timeline.typing_changed.connect(self._show_typing)
        self.timeline.newest_wanted.connect(self.jump_to_newest)
        self.timeline.fell_behind.connect(self._on_fell_behind)
        self.timeline.where = self._reading_place
        self._show_typing()

    def _reading_place(self) -> ReadingPlace | None:
        row, y = self.placement.anchor
        items = self.timeline.items
        is_newest = self.is_at_bottom and self.timeline.is_at_newest
        return None if is_newest or row >= len(items) else ReadingPlace(items[row].key, y)

    def jump_to_newest(self) -> None:
        self._opening.end()
        self._jumps.forget()
        self._date_jump.cancel()
        self._go_to_end()

    def _on_fell_behind(self) -> None:
        if self.is_at_bottom:
            self._request_newest()

    def _go_to_end(self) -> None:
        if self.timeline.is_at_newest:
            self.scroll_to_bottom()
        else:
            self._request_newest()

    def _request_newest(self) -> None:
        self._is_newest_next = True
        self.timeline.newest_requested.emit()

    def show_message(self, key: int) -> None:
        """Bring a message that is loaded into view, highlight it for a while and offer the way back."""
        row = self.timeline.row_of(key)
        if row < 0:
            return
        self._opening.end()
        if self.rows.is_hidden(row):
            self.toggle_run(row)
        placed = self.placed(row)
        height = self.viewport().height()
        if placed is None or placed.content_y < 0 or placed.bottom > height:
            self._jumps.mark()
            self.placement.set_anchor(row, height // 3)
            self.relayout()
            self._jumps.keep()
        self._jumps.light(key)
        self.setCurrentIndex(self.timeline.index(row))

    def find_message(self, key: int) -> None:
        """Go to a message of this conversation that may not be loaded yet."""
        if self.timeline.row_of(key) >= 0:
            self.show_message(key)
        else:
            self._date_jump.find(key)

    def find_time(self, time_ms: int) -> None:
        self._date_jump.find_time(time_ms)

    def _show_found(self, key: int, y: int | None) -> None:
        """What was looked for is loaded now. A height is given when this is the way back."""
        row = self.timeline.row_of(key)
        if row < 0:
            return
        self._opening.end()
        self.placement.set_anchor(row, self.viewport().height() // 3 if y is None else y)
        self.relayout()
        if y is None:
            self._jumps.keep()
            self.show_message(key)

    def go_back(self) -> None:
        """To where `show_message` or a date left from."""
        self._jumps.go_back()

    # -- dates -------------------------------------------------------------------------------------------------------

    def jump_to_date(self) -> None:
        """Ask for a date, beginning with the one in sight."""
        placed = self.placement.placed
        time_ms = self.timeline.message(placed[0].row).time_ms if placed else None
        self._date_jump.ask(time_ms, self._overlay.sticky.geometry().bottom(), self._style)

    def _on_day_clicked(self, key: int) -> None:
        row = self.timeline.row_of(key)
        placed = self.placed(row)
        if placed is not None:
            bottom = placed.top + self.rows.row_layout(row).day_rect.bottom()
            self._date_jump.ask(self.timeline.message(row).time_ms, bottom, self._style)

    def _land_on_date(self, key: int | None) -> None:
        row = self.timeline.row_of(key) if key is not None else -1
        if row < 0:
            self.jump_to_newest()
            self._say_whether_that_day(self.timeline.items[-1:])
            return
        self._opening.end()
        self.placement.set_anchor(row, self.rows.row_layout(row).content_top)
        self.relayout()
        self._jumps.keep()
        self._say_whether_that_day(self.timeline.items[row : row + 1])
        self.setCurrentIndex(self.timeline.index(row))

    def _say_whether_that_day(self, landed: Sequence[Message]) -> None:
        is_another = any(self._date_jump.is_on_another_day(message.time_ms) for message in landed)
        self._overlay.typing.say(self.tr("Nothing was said on that day.") if is_another else "")

    # -- more about one message --------------------------------------------------------------------------------------

    def show_readers(self, key: int) -> None:
        """The list of those who have read an own message, beside it."""
        from chatdesk.views.message_readers_popup import ReadersPopup  # not needed to start

        row = self.timeline.row_of(key)
        if row < 0:
            return
        people = people_lines(self.timeline, self._words, row)
        popup = ReadersPopup(self._words.read_by(len(people)), people, self._style, self)
        placed = self.placed(row)
        corner = self._read_marks.mark(row)[1].bottomLeft() if placed is not None else QPoint()
        if corner.isNull():
            corner = self.rows.row_layout(row).bubble.bottomLeft()
        top = placed.top if placed is not None else 0
        popup.open_at(self.viewport().mapToGlobal(corner + QPoint(0, top + self._style.small_gap)))

    def show_details(self, key: int, with_data: bool = False) -> None:
        from chatdesk.views.message_details import MessageDetails  # not needed to start

        row = self.timeline.row_of(key)
        if row >= 0:
            people = people_lines(self.timeline, self._words, row) if self.timeline.message(row).is_self else []
            details = MessageDetails(self.timeline.message(row), people, self._words, self, self.fetch_raw)
            details.view.setChecked(with_data)
            details.open()

    def show_whole(self, key: int, element: int) -> None:
        """A text too long for its bubble, on its own."""
        from chatdesk.views.message_whole import WholeText  # not needed to start

        row = self.timeline.row_of(key)
        if row >= 0:
            message = self.timeline.message(row)
            WholeText(self._words.element(message, message.elements[element]), self).open()

    # -- reactions and quotes ----------------------------------------------------------------------------------------

    def open_picker(self, key: int) -> None:
        """Choose a symbol to react with, beside the message."""
        from chatdesk.views.message_picker import ReactionPopup  # not needed to start

        row = self.timeline.row_of(key)
        placed = self.placed(row)
        if placed is None or not can_react(self.timeline.message(row)):
            return
        popup = ReactionPopup(self._theme, self._style, self, self.settings)
        popup.picked.connect(lambda symbol: self.requests.react_requested.emit(key, symbol))
        bubble = self.rows.row_layout(row).bubble
        place = bubble.translated(0, placed.top) & self.viewport().rect()
        place.moveTopLeft(self.viewport().mapToGlobal(place.topLeft()))
        popup.open_beside(place, self._style.small_gap)

    def _open_menu_at(self, key: int, place: QPoint) -> None:
        self._menus.pop_up(Hit(key), self.viewport().mapFromGlobal(place))

    def _follow_quote(self, key: int) -> None:
        row = self.timeline.row_of(key)
        quote = self.timeline.message(row).reply_to if row >= 0 else None
        if quote is None or not quote.key:
            return
        if self.timeline.row_of(quote.key) >= 0:
            self.show_message(quote.key)
        else:
            self.requests.message_wanted.emit(quote.key)

    # -- several messages --------------------------------------------------------------------------------------------

    def _on_choice_changed(self) -> None:
        self._gestures.select(None)
        self._hover.forget()

    @property
    def bars_bottom(self) -> int:
        """How far down what floats over the messages reaches."""
        return self._overlay.bottom

    def leave(self) -> bool:
        """Esc: whether there was something to leave, such as the choice of several messages."""
        return self._obey(Command.LEAVE)

    def stop_choosing(self) -> None:
        self._choice.clear()

    def offer_undo(self, count: int) -> None:
        """So many messages were deleted a moment ago; 0 takes the offer back."""
        self._overlay.offer_undo(count)

    def _copy_chosen(self) -> None:
        text = self._choice.text(self._words)
        if text:
            put_on_clipboard(text)

    def _save_chosen(self) -> None:
        self.requests.save_all_requested.emit(tuple(self._choice.files()))

    def _forward_chosen(self) -> None:
        self.requests.forward_requested.emit(tuple(self._choice.forwardable()))

    def _delete_chosen(self) -> None:
        """Those that never left go at once; the others are asked about."""
        keys = tuple(self._choice.deletable())
        for key in self._choice.failed():
            self.requests.discard_requested.emit(key)
        if keys:
            self.requests.delete_requested.emit(keys)

    def rowsInserted(self, parent: AnyIndex, start: int, end: int) -> None:
        placed = self.placement.placed
        is_below = bool(placed) and start > placed[-1].row
        new = self.timeline.items[start : end + 1]
        arrived = self.timeline.news(new) if is_below else ()
        if not self.is_at_bottom:
            self._watch.note_new(arrived)
        super().rowsInserted(parent, start, end)
        if is_below and any(message.state in _JUST_WRITTEN for message in new):
            self.jump_to_newest()  # who sends a message wants to see it leave
        self._watch.announce(arrived, self._words)

    def dataChanged(self, top_left: AnyIndex, bottom_right: AnyIndex, roles: Sequence[int] = ()) -> None:
        super().dataChanged(top_left, bottom_right, roles)
        if not roles or TimelineModel.MESSAGE in roles:
            self._watch.announce_failures(self.timeline.items[top_left.row() : bottom_right.row() + 1], self._words)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self._repaint()  # the ring reaches a little beyond its row
        self._tell_focus()

    def _tell_focus(self) -> None:
        """A screen reader follows the current message, which is no widget."""
        key = self.speech.focused_key()
        if key is not None:
            accessibility.tell_focus(self, self.speech.spoken_keys().index(key))

    def laid_out(self) -> None:
        self._opening.settle(3 * self._style.line)
        self._watch.note_layout(self._jump)
        self._overlay.arrange()
        self._hover.follow()

    def _on_settled(self) -> None:
        accessibility.prune(self)
        self._choice.prune()

    def _on_load_state(self, state: LoadState) -> None:
        placed = self.placement.placed
        is_top_seen = not placed or placed[0].row == 0
        if state is LoadState.START_REACHED or is_top_seen:
            self.rows.rows_changed()  # the unread line may be known now
            self.relayout()
        elif state is not LoadState.LOADING and self.isVisible():
            self.laid_out()  # there may be room for more above
        if is_top_seen:
            self._repaint()  # what is going on is told above the first message

    def _show_typing(self) -> None:
        self._overlay.typing.show_text(self._words.typing(self.timeline.typing))

    def restyle(self) -> None:
        super().restyle()
        self._overlay.set_style(self._style)
        self.setViewportMargins(0, 0, 0, self._overlay.typing.room())
        self.relayout()

    # -- keys --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = command_of(event)
        if command is Command.COPY:
            self._copy_chosen() if self._choice else self._gestures.copy()
        elif self._choice.key(event):
            self._is_ring_wanted = True
            self._repaint()
        elif command is None or not self._obey(command):
            event.ignore()  # a letter belongs to the composer

    def _obey(self, command: Command) -> bool:
        """False when there is nothing to do."""
        match command:
            case Command.UP | Command.DOWN:
                self._is_ring_wanted = True
                self.step(-1 if command is Command.UP else 1)
                self._repaint()
            case Command.PAGE_UP:
                self.scroll_by(-self.page_step)
            case Command.PAGE_DOWN:
                self.scroll_by(self.page_step)
            case Command.TOP:
                self.scroll_to_top()
            case Command.BOTTOM:
                self.jump_to_newest()
            case Command.BACK:
                self.go_back()
            case Command.DATE:
                self.jump_to_date()
            case Command.MARK_ALL:
                self.selectAll()
            case Command.ACTIVATE if self.currentIndex().isValid():
                self._gestures.activate_row(self.currentIndex().row())
            case Command.REPLY | Command.REACT | Command.EDIT | Command.DELETE:
                return self._act_on_current(command)
            case Command.LEFT | Command.RIGHT | Command.SPEED:
                return self._steer(command)
            case Command.UNDO if self._overlay.undo.isVisible():
                self.requests.undo_requested.emit()
            case Command.LEAVE if self._choice:
                self._choice.clear()
            case Command.LEAVE if self._date_jump.is_searching:
                self._date_jump.cancel()
            case Command.LEAVE if self._gestures.selection is not None:
                self._gestures.select(None)
            case _:
                return False
        return True

    def _steer(self, command: Command) -> bool:
        """What is heard here goes to another place, or another speed."""
        sounds = self._sounds
        if (
            sounds is None
            or sounds.place is None
            or not sounds.duration_ms
            or self.timeline.row_of(sounds.place[0]) < 0
        ):
            return False
        is_on = (command is Command.RIGHT) is not self.isRightToLeft()
        at_ms = max(0, sounds.position_ms + (_SOUND_STEP_MS if is_on else -_SOUND_STEP_MS))
        share = -1.0 if command is Command.SPEED else at_ms / sounds.duration_ms
        self.requests.sound_requested.emit(*sounds.place, share, command is Command.SPEED)
        return True

    def _act_on_current(self, command: Command) -> bool:
        if command is Command.DELETE and self._choice:
            self._delete_chosen()
            return True
        current = self.currentIndex()
        if not current.isValid():
            return False
        message = self.timeline.message(current.row())
        match command:
            case Command.REPLY if can_react(message):
                self.requests.reply_requested.emit(message.key)
            case Command.REACT if can_react(message):
                self.scrollTo(current)
                self.open_picker(message.key)
            case Command.EDIT if can_edit(message):
                self.requests.edit_requested.emit(message.key)
            case Command.DELETE if Action.DELETE in actions_for(Target(message)):
                self.requests.delete_requested.emit((message.key,))
            case _:
                return False
        return True

    def selectAll(self) -> None:
        """Marks the text of the current message."""
        if self.currentIndex().isValid():
            self._gestures.select_row(self.currentIndex().row())

    def selected_text(self) -> str:
        return self._gestures.selected_text()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        reasons = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
        self._is_ring_wanted = event.reason() in reasons
        self._repaint()
        self._tell_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._repaint()

    # -- mouse -------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """With Ctrl or Shift, or once messages are chosen, a press chooses messages; else it marks text or clicks."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._is_ring_wanted = False
        point = event.position().toPoint()
        if not self._choice.press(point, event.modifiers()):
            self._gestures.press(point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._gestures.move(point)
            self._hover.point(point, False)
            return
        self._hover.point(point, not self._choice)
        is_button = self._edges.is_retry(point) or self._read_marks.key_at(point) is not None
        shape = Qt.CursorShape.PointingHandCursor if is_button else self._gestures.cursor_shape(point)
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        hit = self._gestures.release(point)
        if hit is not None and not hit.is_clickable and self._read_marks.key_at(point) == hit.key:
            self.show_readers(hit.key)
        elif hit is not None:
            self._gestures.click(hit)
        elif self._edges.is_retry(point):
            self._watch.ask_older()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._choice:
            self.mousePressEvent(event)
        else:
            self._gestures.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menus.open(event)

    # -- painting ----------------------------------------------------------------------------------------------------

    def row_state(self, row: int, layout: RowLayout, has_ring: bool) -> RowState:
        model = self.timeline
        marked = self._gestures.marked()

        def facts(element: int) -> Facts:
            ratio = self.devicePixelRatioF()
            is_local = element >= 0 and bool(model.local_file(row, element))
            download, progress = model.download(row, element), model.progress(row)
            place = (layout.message.key, element)
            return Facts(self._thumbnails, ratio, download, progress, is_local, self.is_playing, self._sounds, place)

        return RowState(
            facts,
            is_read=layout.message.is_self and bool(model.readers(row)),
            has_ring=has_ring,
            glow=self._jumps.glow(layout.message.key),
            is_chosen=layout.message.key in self._choice,
            is_choosing=bool(self._choice),
            is_hovered=layout.message.key == self._hover.key,
            picture=self._sender_picture(layout),
            hovered_chip=self._hover.chip if layout.message.key == self._hover.key else -1,
            read_mark=self._read_marks.mark(row),
            marked=marked.spans(row, layout) if marked is not None else {},
        )

    def _sender_picture(self, layout: RowLayout) -> QImage | None:
        if not layout.avatar.isValid():
            return None
        uri = self.timeline.avatar_of(layout.message.sender)
        return picture_of(self._thumbnails, uri, layout.avatar.width(), self.devicePixelRatioF())

    # -- events ------------------------------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch.forget_shown()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._hover.check()
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tool_tip(event.pos()), self.viewport())
            return True
        return bool(super().viewportEvent(event))

    def _tool_tip(self, point: QPoint) -> str:
        key = self._read_marks.key_at(point)
        if key is not None:
            return self._words.read_by(len(self.timeline.readers(self.timeline.row_of(key))))
        hit = self._gestures.hit(point)
        if hit is None:
            return self.timeline.load_failure if self._edges.is_retry(point) else ""
        return tip_for(self, self._words, hit)
