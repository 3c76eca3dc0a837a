"""What windows show, as a screen reader sees it: the accessibility bus (AT-SPI) spoken directly over D-Bus.

Runs in the test's own process. What a person does by hand is done with xdotool; only what a screen reader offers to its
user (the actions of a thing) is done here.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from jeepney import DBusAddress, MatchRule, Message, MessageType, Properties, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

_ROOT = "/org/a11y/atspi/accessible/root"
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_COMPONENT = "org.a11y.atspi.Component"
_TEXT = "org.a11y.atspi.Text"
_ACTION = "org.a11y.atspi.Action"
_REGISTRY = "org.a11y.atspi.Registry"
_BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
_EVENTS = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="StateChanged")
_ANNOUNCEMENTS = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="Announcement")
_SHOWING, _FOCUSED, _ICONIFIED = 25, 12, 15
_SCREEN_COORDINATES = 0
_PATIENCE_S = 20.0


class Gone(Exception):
    """The widget or its process is not there any more."""


class Rect(NamedTuple):
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


class Bus:
    """One desktop's accessibility bus. Must be made before the programs start, or they don't join."""

    def __init__(self, session_bus: str) -> None:
        with open_dbus_connection(session_bus) as session:
            asked = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            reply = session.send_and_get_reply(new_method_call(asked, "GetAddress"), timeout=_PATIENCE_S)
            address: str = reply.body[0]
        self._connection = open_dbus_connection(address)
        for name, rule in (("object:state-changed:showing", _EVENTS), ("object:announcement", _ANNOUNCEMENTS)):
            event: tuple[str, list[str], str] = (name, [], "")
            self.call(_REGISTRY, "/org/a11y/atspi/registry", _REGISTRY, "RegisterEvent", "sass", *event)
            self._send(message_bus.AddMatch(rule))

    def close(self) -> None:
        self._connection.close()

    def application(self, pid: int) -> "Node | None":
        """The program with this process id, once it has joined."""
        for node in Node(self, _REGISTRY, _ROOT).children():
            try:
                if self._send(new_method_call(_BUS, "GetConnectionUnixProcessID", "s", (node.owner,)))[0] == pid:
                    return node
            except Gone:
                continue
        return None

    @contextmanager
    def shown(self) -> Iterator["Appearances"]:
        """What appears within the block. Context menus are in no window's tree: only so can they be found."""
        with self._connection.filter(_EVENTS, queue=deque(maxlen=10_000)) as events:
            yield Appearances(self, events)

    @contextmanager
    def announced(self) -> Iterator["Announcements"]:
        """What programs tell a screen reader to say within the block."""
        with self._connection.filter(_ANNOUNCEMENTS, queue=deque(maxlen=1_000)) as events:
            yield Announcements(self, events)

    def call(self, owner: str, path: str, interface: str, method: str, signature: str = "", *values: object) -> Any:
        address = DBusAddress(path, owner, interface)
        return self._send(new_method_call(address, method, signature or None, values))

    def property(self, owner: str, path: str, interface: str, name: str) -> Any:
        address = DBusAddress(path, owner, interface)
        return self._send(Properties(address).get(name))[0][1]

    def _send(self, message: Message) -> Any:
        reply = self._connection.send_and_get_reply(message, timeout=_PATIENCE_S)
        if reply.header.message_type is MessageType.error:
            raise Gone(str(reply.body))
        return reply.body


@dataclass(frozen=True)
class Node:
    """One accessible thing. Everything may raise Gone."""

    bus: Bus
    owner: str
    path: str

    @property
    def name(self) -> str:
        return str(self.bus.property(self.owner, self.path, _ACCESSIBLE, "Name"))

    @property
    def role(self) -> str:
        return str(self._ask("GetRoleName")[0])

    @property
    def id(self) -> str:
        """The objectName of the widget, without those of its parents."""
        return str(self.bus.property(self.owner, self.path, _ACCESSIBLE, "AccessibleId")).rpartition(".")[2]

    @property
    def is_showing(self) -> bool:
        return self._is(_SHOWING)

    @property
    def is_focused(self) -> bool:
        return self._is(_FOCUSED)

    @property
    def rect(self) -> Rect:
        """On the screen."""
        return Rect(*self.bus.call(self.owner, self.path, _COMPONENT, "GetExtents", "u", _SCREEN_COORDINATES)[0])

    @property
    def text(self) -> str:
        """What a text field holds."""
        count = self.bus.property(self.owner, self.path, _TEXT, "CharacterCount")
        return str(self.bus.call(self.owner, self.path, _TEXT, "GetText", "ii", 0, count)[0])

    @property
    def actions(self) -> list[str]:
        """What a screen reader can do with it."""
        return [str(name) for name, _, _ in self.bus.call(self.owner, self.path, _ACTION, "GetActions")[0]]

    def act(self, name: str) -> None:
        self.bus.call(self.owner, self.path, _ACTION, "DoAction", "i", self.actions.index(name))

    def children(self) -> list["Node"]:
        return [Node(self.bus, owner, path) for owner, path in self._ask("GetChildren")[0]]

    def parent(self) -> "Node":
        owner, path = self.bus.property(self.owner, self.path, _ACCESSIBLE, "Parent")
        return Node(self.bus, owner, path)

    def showing(self) -> Iterator["Node"]:
        """This and everything under it that is on the screen."""
        if self.is_showing:
            yield self
            for child in self.children():
                yield from child.showing()

    def find(self, id_: str) -> "Node | None":
        """The shown widget with this objectName."""
        return next((node for node in self.showing() if node.id == id_), None)

    def describe(self, depth: int = 0) -> str:
        """The shown tree, one line each: what a failed test prints."""
        try:
            if not self.is_showing:
                return ""
            line = f"{'  ' * depth}{self.role} {self.name!r} {self.id} {tuple(self.rect)}\n"
            return line + "".join(child.describe(depth + 1) for child in self.children())
        except Gone as error:
            return f"{'  ' * depth}gone: {error}\n"

    def _is(self, state: int) -> bool:
        low, high = self._ask("GetState")[0]
        return bool((low | high << 32) >> state & 1)

    def _ask(self, method: str) -> Any:
        return self.bus.call(self.owner, self.path, _ACCESSIBLE, method)


class Appearances:
    def __init__(self, bus: Bus, events: deque[Message]) -> None:
        self._bus = bus
        self._events = events

    def with_role(self, role: str) -> Node | None:
        """The newest thing of this role that appeared and is still there."""
        Node(self._bus, _REGISTRY, _ROOT).children()  # receiving any answer also takes in the events before it
        for event in reversed(self._events):
            if event.body[0] == "showing" and event.body[1]:
                header = event.header.fields
                node = Node(self._bus, header[7], header[1])
                try:
                    if node.role == role and node.is_showing:
                        return node
                except Gone:
                    continue
        return None


class Announcements:
    def __init__(self, bus: Bus, events: deque[Message]) -> None:
        self._bus = bus
        self._events = events

    def of(self, program: Node) -> list[str]:
        """The words of this program, oldest first."""
        Node(self._bus, _REGISTRY, _ROOT).children()  # receiving any answer also takes in the events before it
        return [str(event.body[3][1]) for event in self._events if event.header.fields[7] == program.owner]
