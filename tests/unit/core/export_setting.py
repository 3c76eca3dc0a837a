"""What exports and imports are tested on."""

import json
from pathlib import Path
from typing import Any

from chatdesk.core.exports import Exports
from chatdesk.core.history import History
from chatdesk.core.imports import Imports
from chatdesk.core.ledger import Ledger
from chatdesk.core.local import Local
from chatdesk.core.media import MediaCache
from chatdesk.domain.exports import ExportFormat, ExportWish, Line
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message
from chatdesk.store import messages
from chatdesk.store.database import Database
from chatdesk.store.messages import TOP

ANN = "@ann:example.org"


class Here:
    """A store and what works on it; no server is asked."""

    def __init__(self, database: Database) -> None:
        self.ledger = Ledger(database, ANN)
        self.local = Local(self.ledger, None)  # type: ignore[arg-type]
        self.imports = Imports(self.ledger, self.local)
        history, media = History(self.ledger, None, None), MediaCache(self.ledger, None)  # type: ignore[arg-type]
        self.exports = Exports(history, media, None)  # type: ignore[arg-type]

    async def messages(self, talk: ConversationId) -> list[Message]:
        found, _ = await self.ledger.database.read(messages.page, talk, TOP, 100_000)
        return list(found)

    async def export(self, talk: ConversationId, path: Path) -> list[dict[str, Any]]:
        await self.exports.run(talk, path, ExportWish(ExportFormat.JSON, "talk"), lambda _: Line("", "", "", ""))
        found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
        return found

    async def bring_in(self, talk: ConversationId, path: Path) -> None:
        await self.imports.run(await self.imports.look(path), talk, lambda _: None)
