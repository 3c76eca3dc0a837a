"""What a person who cannot see the window does: everything is read and done over the accessibility bus."""

import re

from tests.e2e.desktop import Desktop
from tests.e2e.person import Person

LINE_PX = 16
"""No message is lower than a line of text."""
SPOKEN = re.compile(r"^(You, .+, \d{1,2}:\d{2}, (sent|read)|Ben, .+, \d{1,2}:\d{2}|Ann, .+, \d{1,2}:\d{2})$", re.DOTALL)
"""Sender, text, time, and the state of an own message."""
HAPPENED = re.compile(r"^(You|Ann|Ben) [a-z].+, \d{1,2}:\d{2}$")
"""A line of the conversation itself."""


def each_visible_message_is_one_item(person: Person) -> None:
    """Nothing is exposed that is not on the screen: so reading stays quick however long a conversation is."""
    pane = person.widget("messagePane")
    items = person.until(lambda: [n for n in pane.children() if n.role == "list item"], "messages to read")
    window = pane.rect
    assert len(items) <= window.height // LINE_PX
    for item in items:
        assert SPOKEN.match(item.name) or HAPPENED.match(item.name), item.name
        place = item.rect
        assert window.x <= place.x and place.x + place.width <= window.x + window.width
        assert window.y <= place.y and place.y + place.height <= window.y + window.height
        assert item.is_showing, item.name


def a_menu_opens_by_action(person: Person, desktop: Desktop, words: str) -> None:
    message = person.message(words)
    assert {"ShowMenu", "Press", "SetFocus"} <= set(message.actions)
    with desktop.bus.shown() as shown:
        message.act("ShowMenu")
        menu = person.until(lambda: shown.with_role("popup menu"), "the menu of a message")
    entries = [entry.name for entry in menu.children()]
    assert {"Reply", "Copy text", "Recall"} <= set(entries), entries
    desktop.key("Escape")
    person.until(lambda: person.gone(menu), "the menu closed")


def a_new_message_is_announced(person: Person, other: Person, desktop: Desktop, words: str) -> None:
    with desktop.bus.announced() as announced:
        other.say(words)
        said = person.until(
            lambda: [text for text in announced.of(person.app) if words in text], "the announcement of a message"
        )
    assert len(said) == 1
    assert said[0].startswith(f"{other.name}, {words}, ")
