"""Messages for the tests and benches of the message pane."""

import itertools
from collections.abc import Sequence

from chatdesk.domain.elements import Element, File, Image, Media, Text, Tip, TipKind
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import ECHO_BASE, Message, MessageState

OWN = "@ann:example.org"
BEN = "@ben:example.org"
NAMES = {OWN: "Ann", BEN: "Ben", "@cem:example.org": "Cem"}
GROUP = ConversationId(ConversationType.GROUP, "!group")
C2C = ConversationId(ConversationType.C2C, BEN)
START_MS = 1_760_000_000_000
MINUTE_MS = 60_000
_keys = itertools.count(1_000_000)


def display_name(user_id: str) -> str:
    return NAMES.get(user_id, "")


def message(
    content: str | Element | Sequence[Element] = "Hello",
    *,
    key: int = 0,
    sender: str = BEN,
    time_ms: int = START_MS,
    state: MessageState = MessageState.SYNCED,
    position: int = 0,
    failure: str = "",
    revoked_by: str = "",
    sender_name: str | None = None,
) -> Message:
    if isinstance(content, str):
        elements: tuple[Element, ...] = (Text(content),)
    elif isinstance(content, Element):
        elements = (content,)
    else:
        elements = tuple(content)
    key = key or next(_keys)
    is_echo = state in (MessageState.QUEUED, MessageState.UPLOADING, MessageState.SENT, MessageState.FAILED)
    return Message(
        key=key,
        conversation=GROUP,
        position=position or (ECHO_BASE + key if is_echo else key),
        sender=sender,
        sender_name=NAMES.get(sender, sender) if sender_name is None else sender_name,
        is_self=sender == OWN,
        time_ms=time_ms,
        state=state,
        elements=elements,
        message_id="" if is_echo else f"${key}",
        failure=failure,
        revoked_by=revoked_by,
    )


_WORDS = [
    "calm",
    "river",
    "stone",
    "paper",
    "morning",
    "window",
    "garden",
    "letter",
    "market",
    "winter",
    "bridge",
    "orange",
    "quiet",
    "table",
    "music",
    "harbour",
    "lantern",
    "forest",
    "signal",
    "copper",
    "meadow",
    "island",
    "kitchen",
    "thunder",
    "velvet",
]
_SENDERS = (BEN, BEN, OWN, "@cem:example.org", OWN)


def talk(count: int, first_key: int = 1, first_ms: int = START_MS) -> tuple[Message, ...]:
    """A conversation of `count` messages of very different heights, oldest first; the same for the same arguments."""
    result = []
    for number in range(first_key, first_key + count):
        words = 1 + number * 7 % 60
        text = " ".join(_WORDS[(number * 3 + word * word) % len(_WORDS)] for word in range(words))
        content: str | Element = text
        if number % 23 == 0:
            content = Image(Media(f"mxc://example.org/{number}", "a.png", "image/png"), 300 + number % 90, 200)
        elif number % 29 == 0:
            content = File(Media(f"mxc://example.org/{number}", "report.pdf", "application/pdf", 12345))
        elif number % 31 == 0:
            content = Tip(TipKind.JOINED)
        sender = _SENDERS[number // 3 % len(_SENDERS)]
        time_ms = first_ms + (number - first_key) * 2 * MINUTE_MS
        result.append(message(content, key=number, sender=sender, time_ms=time_ms))
    return tuple(result)
