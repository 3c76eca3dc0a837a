"""What one transaction really changed, collected while it runs and read once at its end. Runs in the writer thread."""

from collections.abc import Iterable

import apsw

from chatdesk.domain.changes import Changes
from chatdesk.domain.ids import ConversationId
from chatdesk.store import conversations, messages, quotes
from chatdesk.store.rows import messages_by_key, rows


class Touched:
    """Collects what a transaction really changed."""

    def __init__(self) -> None:
        self.keys: dict[int, None] = {}
        self.quoted: dict[str, None] = {}
        """Ids of messages whose look in quotes changed although they are not here."""
        self.deleted: list[tuple[ConversationId, int]] = []
        self.pks: dict[int, None] = {}
        self.removed: list[ConversationId] = []
        self.resets: dict[ConversationId, None] = {}
        self.gapped: dict[ConversationId, None] = {}
        self.receipts: dict[ConversationId, None] = {}
        self.typing: list[tuple[ConversationId, tuple[str, ...]]] = []
        self.arrived: list[int] = []
        self.revoked: list[int] = []
        self.edited: dict[int, None] = {}
        self.blocked: frozenset[str] | None = None
        """People of whom nothing is to be seen; None until somebody asks."""

    def changes(self, connection: apsw.Connection, own_user_id: str) -> Changes:
        shown, hidden = conversations.by_pk(connection, self.pks, own_user_id)
        quoting, crowded = quotes.quoting(connection, [*self.keys, *(key for _, key in self.deleted)], self.quoted)
        self.keys.update(dict.fromkeys(quoting))
        self.resets.update(dict.fromkeys(crowded))
        return Changes(
            conversations=shown,
            removed=(*self.removed, *hidden),
            messages=tuple(messages_by_key(connection, self.keys)),
            receipts=tuple(r for c in self.receipts for r in messages.read_positions(connection, c)),
            typing=tuple(self.typing),
            deleted=tuple(self.deleted),
            resets=tuple(self.resets),
            gapped=tuple(self.gapped),
            arrived=tuple(self.arrived),
            revoked=tuple(self.revoked),
            edited=tuple(self.edited),
            forgotten=tuple(row[0] for row in rows(connection, "DELETE FROM temp.forgotten RETURNING uri")),
        )


def affected(connection: apsw.Connection, keys: Iterable[int], pks: Iterable[int], own_user_id: str) -> Changes:
    """The changes to publish after something local touched these messages and conversations."""
    touched = Touched()
    touched.keys.update(dict.fromkeys(keys))
    touched.pks.update(dict.fromkeys(pks))
    return touched.changes(connection, own_user_id)
