"""A person at one window: reads what it shows, acts with mouse and keyboard."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from tests.e2e.atspi import Gone, Node, Rect
from tests.e2e.desktop import Desktop
from tests.e2e.waiting import PATIENCE_S, until

T = TypeVar("T")


class Windows(Protocol):
    """Where a person's window is: the program that opened it. `errors`: what it told the terminal."""

    desktop: Desktop
    errors: Path

    def window(self, name: str) -> int | None: ...


class Person:
    """`place`: where the person puts the window, so that the two do not cover each other; None: not yet."""

    def __init__(self, program: Windows, name: str, place: Rect | None) -> None:
        self.name = name
        self._program = program
        self._desktop = program.desktop
        self.pid = until(lambda: program.window(name), f"the process of {name}'s window")
        self.app: Node = until(
            lambda: self._desktop.bus.application(self.pid), f"{name}'s window", describe=program.errors.read_text
        )
        self.until(lambda: self.app.find("mainWindow"), "the window")
        self._frame = 0
        if place is not None:
            self.place(place)

    def place(self, place: Rect) -> None:
        """Move and size the window, which must be the program's only one."""
        shown = until(lambda: self._desktop.visible_windows(self.pid), f"{self.name}'s window on the screen")
        self._frame = self._frame or shown[0]
        self._desktop.xdotool("windowmove", self._frame, place.x, place.y)
        self._desktop.xdotool("windowsize", self._frame, place.width, place.height)

        def is_there() -> bool:
            rect = self._main().rect
            # The window manager's frame takes some pixels above and at the left.
            near = abs(rect.x - place.x) < 40 and abs(rect.y - place.y) < 80
            return near and (rect.width, rect.height) == (place.width, place.height)

        self.until(is_there, f"the window at {place}")

    # -- looking -----------------------------------------------------------------------------------------------------

    def until(self, look: Callable[[], T | None], what: str) -> T:
        def patient() -> T | None:
            try:
                return look()
            except Gone:  # it changed while we looked
                return None

        return until(patient, f"{self.name}: {what}", PATIENCE_S, self.app.describe)

    def _main(self) -> Node:
        found = self.app.find("mainWindow")
        if found is None:
            raise Gone("The window is not shown")
        return found

    def widget(self, id_: str) -> Node:
        """The widget with this objectName, when it is on the screen."""
        return self.until(lambda: self.app.find(id_), id_)

    def words(self) -> list[str]:
        """Everything the window shows or says."""
        return [name for node in self.app.showing() if (name := node.name)]

    def sees_one_of(self, *texts: str) -> None:
        """Somewhere in the window."""
        self.until(lambda: set(texts) & set(self.words()), " or ".join(texts))

    def sees(self, text: str) -> None:
        self.sees_one_of(text)

    def gone(self, node: Node) -> bool:
        try:
            return not node.is_showing
        except Gone:
            return True

    def conversation(self, name: str, *parts: str) -> Node:
        """A row of the conversation list, once it holds all these parts."""
        wanted = " … ".join((name, *parts))
        return self.until(
            lambda: self._row(
                "conversationList", lambda words: words.startswith(f"{name}, ") and all(part in words for part in parts)
            ),
            f"{wanted} in the list",
        )

    def message(self, *parts: str) -> Node:
        """A message on the screen whose words hold all these parts."""
        wanted = " … ".join(parts)
        return self.until(lambda: self._row("messagePane", lambda words: all(part in words for part in parts)), wanted)

    def messages(self) -> list[str]:
        """The messages on the screen, from top to bottom."""
        pane = self.widget("messagePane")
        return [node.name for node in pane.children() if node.role == "list item"]

    def _row(self, list_id: str, fits: Callable[[str], bool]) -> Node | None:
        rows = self.app.find(list_id)
        found = [node for node in rows.children() if fits(node.name)] if rows is not None else []
        return found[-1] if found else None

    # -- acting ------------------------------------------------------------------------------------------------------

    def click(self, node: Node, button: int = 1) -> None:
        """In its middle, once it rests."""

        def resting() -> Rect | None:
            before = node.rect
            return before if before.width > 0 and before == node.rect else None

        self._desktop.click(*self.until(resting, "something that rests").middle, button)

    def press(self, id_: str) -> None:
        self.click(self.widget(id_))

    def open(self, name: str) -> None:
        """A conversation, from the list."""
        self.click(self.conversation(name))
        self.until(lambda: self.widget("chatName").name == name, f"the conversation {name}")
        self.until(lambda: self.widget("composer").is_focused, "the composer ready to write")

    def write(self, text: str) -> None:
        """Into the composer; not sent yet."""
        field = self.widget("composer")
        self.click(field)
        self._type_into(field, text)

    def say(self, text: str) -> None:
        self.write(text)
        self._desktop.key("Return")
        self.message(self_words(text))

    def attach(self, path: Path) -> None:
        """Choose a file with the attach button and send it."""
        self._choose_from(lambda: self.press("attachButton"), "Pictures and files…")
        field = self.widget("fileNameEdit")
        self.click(field)
        self._type_into(field, str(path))
        self._desktop.key("Return")
        self.until(lambda: any(path.name in node.name for node in self.widget("attachmentList").showing()), path.name)
        self.press("sendButton")

    def fill(self, id_: str, text: str) -> None:
        """A field that is empty or has to be typed over."""
        field = self.widget(id_)
        self.click(field)
        self._desktop.key("ctrl+a")
        self._type_into(field, text)

    def _type_into(self, field: Node, text: str) -> None:
        self.until(lambda: field.is_focused and self._has_keyboard(), "the field ready to type into")
        self._desktop.type(text)
        dots = "●" * len(text)  # all that is told of a password
        self.until(lambda: field.text in (text, dots), f"“{text}” in the field")

    def choose(self, node: Node, action: str) -> None:
        """Right click, then an entry of the menu."""
        self._choose_from(lambda: self.click(node, button=3), action)

    def menu(self, open_menu: Callable[[], None]) -> Node:
        """The menu that this opens."""
        with self._desktop.bus.shown() as shown:
            open_menu()
            return self.until(lambda: shown.with_role("popup menu"), "the context menu")

    def _choose_from(self, open_menu: Callable[[], None], action: str) -> None:
        menu = self.menu(open_menu)
        entry = self.until(
            lambda: next((entry for entry in menu.children() if entry.name == action), None), f"“{action}” in the menu"
        )
        self.click(entry)

    def minimize(self) -> None:
        self._desktop.xdotool("windowminimize", self._frame)
        self.until(lambda: not self.is_on_screen(), "the window minimized")

    def is_on_screen(self) -> bool:
        return self._frame in self._desktop.visible_windows(self.pid)

    def activate(self) -> None:
        """By a click on something of the window that does nothing."""
        self.click(self.widget("statusText"))

    def close(self) -> None:
        """The window, by the window manager's key."""
        self.activate()
        self.until(lambda: self._active() == self._frame, "the window active")
        self._desktop.key("alt+F4")
        until(lambda: self._program.window(self.name) is None, f"the end of {self.name}'s window")

    def _has_keyboard(self) -> bool:
        """Whether keys go to this program: a window of another one may just have come."""
        return int(self._desktop.xdotool("getactivewindow", "getwindowpid")) == self.pid

    def _active(self) -> int:
        return int(self._desktop.xdotool("getactivewindow"))


def self_words(text: str) -> str:
    """How an own message with this text begins when it is told."""
    return f"You, {text}, "
