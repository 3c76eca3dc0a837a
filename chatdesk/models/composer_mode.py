"""Whether what is written answers a message, changes one, or neither; per conversation. Pure, main thread."""

from enum import Enum

from msgspec import Struct

from chatdesk.domain.elements import Text
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message, MessageState


class ModeKind(Enum):
    REPLY = "reply"
    EDIT = "edit"


class Mode(Struct, frozen=True):
    """`text`: what the message shall say from now on, while it is changed."""

    kind: ModeKind
    message: Message
    text: str = ""

    @property
    def original(self) -> str:
        found = can_edit(self.message)
        return "" if found is None else found.content


class ComposerModes:
    def __init__(self) -> None:
        self._modes: dict[ConversationId, Mode] = {}

    def of(self, conversation: ConversationId | None) -> Mode | None:
        return None if conversation is None else self._modes.get(conversation)

    def set(self, conversation: ConversationId | None, mode: Mode | None) -> None:
        if mode is not None:
            self._modes[mode.message.conversation] = mode
        elif conversation is not None:
            self._modes.pop(conversation, None)


def can_answer(message: Message) -> bool:
    """The server must have it, and it must still say something."""
    is_gone = message.state in (MessageState.REVOKED, MessageState.REVOKING)
    return bool(message.message_id) and not (message.is_tip or message.is_local or message.is_deleted or is_gone)


def can_edit(message: Message) -> Text | None:
    """The text of an own message, or of a private note, that may be changed; None for every other."""
    is_gone = message.state in (MessageState.REVOKED, MessageState.REVOKING)
    if not message.is_self or (message.is_local and not message.is_note) or message.is_deleted or is_gone:
        return None
    texts = [element for element in message.elements if isinstance(element, Text)]
    return texts[0] if len(texts) == 1 else None
