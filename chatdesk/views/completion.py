"""Words offered while one types: emoji behind a colon, people behind an at sign. Main thread only.

The popup is a child of the window and never takes the keyboard: keys go to the field, which asks here first. Owns what
is offered; the people are the ComposerModel's.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QTextCursor

from chatdesk.models.mentions import Person
from chatdesk.views.accessibility import announce
from chatdesk.views.completion_popup import CompletionPopup, Offer
from chatdesk.views.message_field import MessageField
from chatdesk.views.theme import Theme

_MOST = 8
_CODE = re.compile(r"(?:^|(?<=[\s(]))(:)([a-z0-9+_-]{2,32})$", re.IGNORECASE)
_NAME = re.compile(r"(?:^|(?<=[\s(]))(@)([^\s@]{0,32}(?: [^\s@]{1,32})?)$")
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_WHOLE_CODE = re.compile(r"(?:^|(?<=[\s(])):([a-z0-9+_-]{2,32}):$", re.IGNORECASE)


class Completion(QObject):
    """Watches one field. `people` finds whom an "@" may mean, `chosen` is told whom it meant."""

    def __init__(
        self,
        theme: Theme,
        field: MessageField,
        people: Callable[[str], tuple[Person, ...]],
        chosen: Callable[[Person], None],
        tone: Callable[[], int],
    ) -> None:
        super().__init__(field)
        self._theme = theme
        self._field = field
        self._people = people
        self._chosen = chosen
        self._tone = tone
        self._start = 0
        self._refused = -1
        """Where Escape was pressed: nothing is offered there again."""
        self._is_taking = False
        self._popup: CompletionPopup | None = None
        field.cursorPositionChanged.connect(self.look)
        field.textChanged.connect(self.look)
        field.installEventFilter(self)

    @property
    def popup(self) -> CompletionPopup | None:
        return self._popup

    @property
    def is_open(self) -> bool:
        return self._popup is not None and self._popup.isVisible()

    # -- what to offer -----------------------------------------------------------------------------------------------

    def look(self) -> None:
        if self._is_taking:
            return
        cursor = self._field.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        if cursor.hasSelection() or self._field.is_composing or not self._field.hasFocus():
            self.close()
            return
        whole = _WHOLE_CODE.search(before)
        if whole is not None and self.is_open:
            self._take_code(whole[1], len(before) - whole.start())
            return
        found = _CODE.search(before) or _NAME.search(before)
        offers = self._offers(found) if found is not None else []
        start = cursor.block().position() + (found.start(1) if found is not None else 0)
        if not offers or start == self._refused:
            self.close()
            return
        self._start = start
        self._open(offers)

    def _offers(self, found: re.Match[str]) -> list[Offer]:
        if found[1] == "@":
            return [_person_offer(person) for person in self._people(found[2])]
        from chatdesk.models import emoji  # with the first code, not with the first paint

        tone = self._tone()
        return [
            Offer(each.toned(tone), f":{code}:", "", each.toned(tone)) for code, each in emoji.complete(found[2], _MOST)
        ]

    def _take_code(self, code: str, length: int) -> None:
        """The closing colon was typed: the code becomes its emoji."""
        from chatdesk.models import emoji

        found = emoji.by_code(code)
        self.close()
        if found is not None:
            self._replace(self._field.textCursor().position() - length, found.toned(self._tone()))

    # -- the popup ---------------------------------------------------------------------------------------------------

    def _open(self, offers: list[Offer]) -> None:
        if self._popup is None:
            self._popup = CompletionPopup(self._theme, self._field.window())
            self._popup.view.clicked.connect(lambda index: self._take(index.row()))
            around = self._field.parentWidget()
            while around is not None:  # the popup follows when the field is moved by what is around it
                around.installEventFilter(self)
                around = None if around.isWindow() else around.parentWidget()
        if self._popup.parentWidget() is not self._field.window():
            self._popup.setParent(self._field.window())
        self._popup.show_offers(offers)
        self._place()
        QTimer.singleShot(0, self, self._place)  # again when the field has grown or scrolled
        self._announce()

    def _place(self) -> None:
        if self._popup is None or not self.is_open or self._start >= self._field.document().characterCount():
            return
        spot = QTextCursor(self._field.document())
        spot.setPosition(self._start)
        place = self._field.cursorRect(spot).intersected(self._field.viewport().rect())
        corner = self._field.viewport().mapTo(self._field.window(), place.topLeft())
        self._popup.place(QRect(corner, place.size()))

    def close(self) -> None:
        if self._popup is not None:
            self._popup.hide()

    def _announce(self) -> None:
        if self._popup is not None:
            offer = self._popup.current()
            announce(self._field, f"{offer.name} {offer.word}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self.is_open:
            QTimer.singleShot(0, self, self._place)
        if watched is not self._field:
            return False
        if event.type() is QEvent.Type.FocusOut:
            self.close()
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.is_open:
            if event.key() == Qt.Key.Key_Escape:
                event.accept()  # here it closes the popup, elsewhere the side pane
                return True
            return False
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not self.is_open or self._field.is_composing or self._popup is None:
            return False
        key, plain = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain:
            return False
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._popup.step(1 if key == Qt.Key.Key_Down else -1)
            self._announce()
            return True
        if key in _TAKE:
            self._take(self._popup.view.currentIndex().row())
            return True
        if key == Qt.Key.Key_Escape:
            self._refused = self._start
            self.close()
            return True
        return False

    # -- taking one --------------------------------------------------------------------------------------------------

    def _take(self, row: int) -> None:
        if self._popup is None or not 0 <= row < len(self._popup.offers):
            return
        offer = self._popup.offers[row]
        self.close()
        if offer.person is not None:
            self._chosen(offer.person)
        self._replace(self._start, f"{offer.insert} ")
        self._field.setFocus()

    def _replace(self, start: int, text: str) -> None:
        self._refused = -1
        self._is_taking = True
        cursor = self._field.textCursor()
        end = cursor.position()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        self._field.setTextCursor(cursor)
        self._is_taking = False


def _person_offer(person: Person) -> Offer:
    is_everyone = not person.user_id.startswith("@") or ":" not in person.user_id
    return Offer("@", person.name, person.word if is_everyone else person.user_id, person.word, person)
