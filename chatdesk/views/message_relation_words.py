"""The words around what belongs to another message: quotes, reactions, edits. Main thread (translations); no state."""

from collections.abc import Callable

from PySide6.QtCore import QDateTime, QLocale, QObject

from chatdesk.domain.messages import Message, MessageOrigin, MessageState, Quote, Reaction
from chatdesk.models.sentences import listed_all

_MOST_NAMED = 12


class RelationWords(QObject):
    """`name` gives the words for a user id and the name its message carries; the own one is "You"."""

    def __init__(self, own_user_id: str, name: Callable[[str, str], str]) -> None:
        super().__init__()
        self._own_user_id = own_user_id
        self._name = name

    # -- quotes ------------------------------------------------------------------------------------------------------

    def quoted_name(self, quote: Quote) -> str:
        if not quote.sender:
            return self.tr("Earlier message")
        return " ".join(self._name(quote.sender, quote.sender_name).split())

    def quoted_text(self, quote: Quote) -> str:
        """One line: what it says, or what it is."""
        text = " ".join(quote.text.split())
        if quote.is_revoked:
            return self.tr("This message was recalled")
        match quote.kind:
            case "image":
                kind = self.tr("Picture")
            case "video":
                kind = self.tr("Video")
            case "sound":
                kind = self.tr("Sound")
            case "file":
                kind = self.tr("File")
            case "location":
                kind = self.tr("Location")
            case _:
                kind = ""
        if kind and text:
            return self.tr("{0}: {1}").format(kind, text)
        return kind or text or self.tr("This message is not on this device")

    def answers(self, quote: Quote) -> str:
        """For a screen reader."""
        return self.tr("reply to {0}: {1}").format(self.quoted_name(quote), self.quoted_text(quote))

    # -- reactions ---------------------------------------------------------------------------------------------------

    def reacted(self, reaction: Reaction) -> str:
        """Who put a symbol there."""
        names = [self._name(user_id, "") for user_id in reaction.users[:_MOST_NAMED]]
        rest = len(reaction.users) - len(names)
        if rest:
            names.append(self.tr("%n more", "", rest))
        return self.tr("{0} reacted with {1}").format(listed_all(names), reaction.symbol)

    def reactions(self, message: Message) -> str:
        """For a screen reader."""
        return ", ".join(self.reacted(reaction) for reaction in message.reactions)

    def show_spoiler(self) -> str:
        return self.tr("Show the hidden text")

    def add_reaction(self) -> str:
        return self.tr("Add a reaction")

    # -- edits -------------------------------------------------------------------------------------------------------

    def origin(self, message: Message) -> str:
        """What only this machine has; empty for everything else."""
        match message.origin:
            case MessageOrigin.SAVED:
                return self.tr("private note")
            case MessageOrigin.IMPORTED:
                return self.tr("imported")
        return ""

    def changes(self, message: Message) -> tuple[str, ...]:
        """That it was not written here first, and that it is not as it was."""
        if message.state is MessageState.REVOKED:
            return ()
        said = (self.tr("forwarded") if message.is_forwarded else "", self.tr("edited") if message.edited_ms else "")
        return tuple(word for word in said if word)

    def marks(self, message: Message) -> tuple[str, ...]:
        """What stands before the time."""
        return (*((self.origin(message),) if message.is_local else ()), *self.changes(message))

    def edited_at(self, time_ms: int) -> str:
        when = QLocale().toString(QDateTime.fromMSecsSinceEpoch(time_ms), QLocale.FormatType.LongFormat)
        return self.tr("Edited: {0}").format(when)

    def edit_again(self) -> str:
        return self.tr("Re-edit")
