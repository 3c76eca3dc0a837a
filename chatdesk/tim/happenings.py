"""What the changes of a session mean in the SDK's terms: payloads for the listeners. Loop thread only.

Remembers, for one session, what the listeners were told last: only differences are news.
"""

from collections.abc import Iterable

from chatdesk.core.session import Session
from chatdesk.domain.changes import Changes
from chatdesk.domain.conversations import Conversation
from chatdesk.domain.elements import Tip
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import Message
from chatdesk.domain.receipts import readers
from chatdesk.interchange.messages import MessageObject, encode, locator_object, message_object
from chatdesk.interchange.tips import tip_object
from chatdesk.tim.codes import ConvEvent
from chatdesk.tim.operations import reads
from chatdesk.tim.shapes.conversations import Object, conversation_object, receipt_object, removed_object


class Happenings:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._unread: dict[ConversationId, int] = {}
        self._total = 0
        self._read: dict[ConversationId, dict[str, int]] = {}

    async def begin(self) -> None:
        """What is known already is no news."""
        for conversation in await self._session.conversations.list():
            self._unread[conversation.id] = _counted(conversation)
            self._read[conversation.id] = await self._session.receipts.read_positions(conversation.id)
        self._total = sum(self._unread.values())

    async def arrived(self, changes: Changes) -> str:
        """The new messages as a JSON array; empty when there are none. The SDK knows tips in groups only."""
        found = _with_keys(changes, changes.arrived)
        return await self._array([m for m in found if not m.is_tip or m.conversation.type is ConversationType.GROUP])

    async def updated(self, changes: Changes) -> str:
        """Messages that were taken back or got another content; empty when there are none."""
        return await self._array(_with_keys(changes, (*changes.revoked, *changes.edited)))

    def revoked(self, changes: Changes) -> str:
        found = _with_keys(changes, changes.revoked)
        return encode([locator_object(message) for message in found]) if found else ""

    def tips(self, changes: Changes) -> Iterable[str]:
        for message in _with_keys(changes, changes.arrived):
            if message.conversation.type is ConversationType.GROUP:
                for element in message.elements:
                    if isinstance(element, Tip):
                        yield encode(tip_object(element, message.conversation.id, message.sender))

    async def receipts(self, changes: Changes) -> str:
        """How far others have read, where that is further than told before."""
        found: list[Object] = []
        for conversation in dict.fromkeys(receipt.conversation for receipt in changes.receipts):
            known = self._read.setdefault(conversation, {})
            news = {
                receipt.position
                for receipt in changes.receipts
                if receipt.conversation == conversation and known.get(receipt.user_id, 0) < receipt.position
                if receipt.user_id != self._session.own_user_id
            }
            known.update({r.user_id: r.position for r in changes.receipts if r.conversation == conversation})
            if news:
                state = await reads(self._session, conversation)
                read = await self._session.history.page(conversation, count=0, seqs=sorted(news))
                found += (receipt_object(m, readers(m, state.positions), state.member_count) for m in read)
        return encode(found) if found else ""

    def conversations(self, changes: Changes) -> list[tuple[ConvEvent, str]]:
        found: list[tuple[ConvEvent, str]] = []
        added = [c for c in changes.conversations if c.id not in self._unread]
        updated = [c for c in changes.conversations if c.id in self._unread]
        for event, some in ((ConvEvent.ADD, added), (ConvEvent.UPDATE, updated)):
            if some:
                found.append((event, encode([conversation_object(c) for c in some])))
        gone = [id_ for id_ in changes.removed if id_ in self._unread]
        if gone:
            found.append((ConvEvent.DEL, encode([removed_object(id_) for id_ in gone])))
        self._unread.update({c.id: _counted(c) for c in changes.conversations})
        for id_ in gone:
            del self._unread[id_]
        return found

    def new_total(self) -> int | None:
        """The number of all unread messages, when it is another one than before. After `conversations`."""
        total = sum(self._unread.values())
        if total == self._total:
            return None
        self._total = total
        return total

    async def message(self, key: int) -> str:
        found = await self._session.locate.by_key(key)
        return "" if found is None else encode(message_object(found))

    async def _array(self, messages: list[Message]) -> str:
        objects: list[MessageObject] = []
        for message in messages:
            objects.append(message_object(message, await reads(self._session, message.conversation)))
        return encode(objects) if objects else ""


def _counted(conversation: Conversation) -> int:
    """Muted ones do not count in the total."""
    return 0 if conversation.is_muted else conversation.unread


def _with_keys(changes: Changes, keys: Iterable[int]) -> list[Message]:
    wanted = set(keys)
    found = [message for message in changes.messages if message.key in wanted]
    return sorted(found, key=lambda message: (message.conversation, message.position))
