"""What a homeserver does to one channel, as far as the store can tell: a growing list, cut into syncs and pages."""

from chatdesk.domain.changes import ChannelBatch, HistoryPage, SyncBatch
from chatdesk.domain.conversations import Membership
from chatdesk.domain.elements import Text
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import IncomingMessage

ME = "@me:h"
BEN = "@ben:h"
CHANNEL = "!c"
GROUP = ConversationId(ConversationType.GROUP, CHANNEL)


class ServerLog:
    def __init__(self, channel: str = CHANNEL) -> None:
        self.channel = channel
        self.messages: list[IncomingMessage] = []
        self.synced = 0

    def say(
        self, text: str, sender: str = BEN, txn_id: str = "", rand: int = 0, client_time_ms: int = 0
    ) -> IncomingMessage:
        number = len(self.messages)
        message = IncomingMessage(
            message_id=f"${self.channel}-{number}",
            sender=sender,
            time_ms=1_000_000 + number,
            elements=(Text(text),),
            raw=b'{"number":%d}' % number,
            txn_id=txn_id,
            rand=rand,
            client_time_ms=client_time_ms,
        )
        self.messages.append(message)
        return message

    def sync(self, limit: int = 1000, with_txn: bool = True, **facts: object) -> SyncBatch:
        """Everything since the last sync; only the newest `limit` messages, then it is limited."""
        new = self.messages[self.synced :]
        shown = new[-limit:] if limit else []
        first = len(self.messages) - len(shown)
        batch = ChannelBatch(
            channel=self.channel,
            membership=Membership.JOINED,
            messages=tuple(shown if with_txn else map(without_txn, shown)),
            is_limited=len(shown) < len(new),
            has_start=first == 0 and bool(shown),
            gap_token=f"back-{first}",
            **facts,  # type: ignore[arg-type]
        )
        self.synced = len(self.messages)
        return SyncBatch(f"token-{self.synced}", (batch,))

    def history(self, token: str, limit: int) -> HistoryPage:
        end = int(token.removeprefix("back-"))
        start = max(0, end - limit)
        page = tuple(without_txn(message) for message in reversed(self.messages[start:end]))
        return HistoryPage(page, (), f"back-{start}" if page else "")


def without_txn(message: IncomingMessage) -> IncomingMessage:
    return IncomingMessage(
        message.message_id,
        message.sender,
        message.time_ms,
        message.elements,
        message.raw,
        "",
        message.rand,
        message.client_time_ms,
    )
