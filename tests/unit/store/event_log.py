"""A homeserver's timeline of messages, edits, reactions and revocations, cut into syncs and pages, and what a client
that saw everything in order would show."""

from dataclasses import dataclass

from chatdesk.domain.changes import ChannelBatch, HistoryPage, SyncBatch
from chatdesk.domain.conversations import Membership
from chatdesk.domain.elements import Text
from chatdesk.domain.messages import IncomingEdit, IncomingMessage, IncomingReaction, Revocation
from tests.unit.store.server_log import CHANNEL

View = tuple[str, str, bool, bool, tuple[tuple[str, tuple[str, ...]], ...], str]
"""Id, text, revoked, edited, reactions, the quote's text (or why there is none)."""


@dataclass
class Logged:
    id: str
    kind: str
    sender: str
    time_ms: int
    text: str = ""
    target: str = ""
    txn_id: str = ""


class EventLog:
    def __init__(self) -> None:
        self.events: list[Logged] = []
        self.synced = 0

    def add(self, kind: str, sender: str, text: str = "", target: str = "", age: int = 0, txn_id: str = "") -> Logged:
        number = len(self.events)
        event = Logged(f"${number:04}", kind, sender, 1_000_000 + number - age, text, target, txn_id)
        self.events.append(event)
        return event

    def redacted(self) -> dict[str, Logged]:
        return {event.target: event for event in self.events if event.kind == "redact"}

    def sync(self, limit: int, is_late: bool = False) -> SyncBatch:
        """Everything since the last sync, or the newest of it. `is_late`: the server has not yet emptied what
        is revoked by what comes behind."""
        new = self.events[self.synced :]
        shown = new[len(new) - min(limit, len(new)) :]
        first = len(self.events) - len(shown)
        self.synced = len(self.events)
        messages, edits, reactions, revocations = self._cut(shown, is_late)
        batch = ChannelBatch(
            channel=CHANNEL,
            membership=Membership.JOINED,
            messages=tuple(messages),
            edits=tuple(edits),
            reactions=tuple(reactions),
            revocations=tuple(revocations),
            is_limited=len(shown) < len(new),
            has_start=first == 0 and bool(shown),
            gap_token=f"back-{first}",
        )
        return SyncBatch(f"token-{self.synced}", (batch,))

    def history(self, token: str, limit: int, is_late: bool = False) -> HistoryPage:
        end = int(token.removeprefix("back-"))
        start = max(0, end - limit)
        page = self.events[start:end][::-1]
        messages, edits, reactions, revocations = self._cut(page, is_late)
        token = f"back-{start}" if page else ""
        return HistoryPage(tuple(messages), tuple(revocations), token, (), tuple(edits), tuple(reactions))

    def _cut(
        self, shown: list[Logged], is_late: bool
    ) -> tuple[list[IncomingMessage], list[IncomingEdit], list[IncomingReaction], list[Revocation]]:
        gone = {} if is_late else self.redacted()
        messages: list[IncomingMessage] = []
        edits: list[IncomingEdit] = []
        reactions: list[IncomingReaction] = []
        revocations: list[Revocation] = []
        for event in shown:
            by = gone.get(event.id)
            match event.kind:
                case "redact":
                    revocations.append(Revocation(event.target, event.sender, "", event.time_ms))
                case "react" if by is None:
                    reactions.append(
                        IncomingReaction(event.id, event.target, event.sender, event.time_ms, event.text, event.txn_id)
                    )
                case "edit" if by is None:
                    content = (Text(event.text),)
                    edits.append(
                        IncomingEdit(event.id, event.target, event.sender, event.time_ms, content, b"{}", event.txn_id)
                    )
                case "say" | "edit":  # an edit without its content looks like a message without its content
                    messages.append(self.message(event, by))
        return messages, edits, reactions, revocations

    def message(self, event: Logged, by: Logged | None) -> IncomingMessage:
        return IncomingMessage(
            message_id=event.id,
            sender=event.sender,
            time_ms=event.time_ms,
            elements=() if by else (Text(event.text),),
            raw=b"{}",
            txn_id=event.txn_id,
            revoked_by=by.sender if by else "",
            reply_to="" if by else event.target,
        )

    def view(self) -> list[View]:
        return [self._seen(event) for event in self.events if event.kind == "say"]

    def text_of(self, event: Logged) -> tuple[str, bool]:
        gone = self.redacted()
        if event.id in gone:
            return "", False
        edits = [
            edit
            for edit in self.events
            if (edit.kind, edit.target, edit.sender) == ("edit", event.id, event.sender) and edit.id not in gone
        ]
        newest = max(edits, key=lambda edit: (edit.time_ms, edit.id), default=None)
        return (event.text, False) if newest is None else (newest.text, True)

    def _seen(self, event: Logged) -> View:
        gone = self.redacted()
        text, is_edited = self.text_of(event)
        symbols: dict[str, dict[str, None]] = {}
        if event.id not in gone:
            for reaction in sorted(self.events, key=lambda e: (e.time_ms, e.id)):
                if (reaction.kind, reaction.target) == ("react", event.id) and reaction.id not in gone:
                    symbols.setdefault(reaction.text, {})[reaction.sender] = None
        quote = ""
        if event.target and event.id not in gone:
            answered = next(e for e in self.events if e.id == event.target)
            quote = "revoked" if answered.id in gone else self.text_of(answered)[0]
        reactions = tuple((symbol, tuple(users)) for symbol, users in symbols.items())
        return event.id, text, event.id in gone, is_edited, reactions, quote
