"""Where the unread messages of a conversation began when it was opened. Pure, any thread.

Owns a count and a key: it walks back from the newest message, page by page, until it has met as many messages of others
as were unread, and then stays fixed.
"""

from collections.abc import Iterable

from chatdesk.domain.messages import Message


class UnreadMark:
    def __init__(self, count: int = 0) -> None:
        self.key = 0
        """The first unread message; 0 when there is none, or it is not loaded yet."""
        self._count = self._left = max(0, count)
        self._oldest = 0

    @property
    def is_pending(self) -> bool:
        """Older messages must be loaded before it can be told."""
        return self._left > 0

    def restart(self, newest_first: Iterable[Message]) -> None:
        if self.is_pending:
            self._left, self._oldest = self._count, 0
            self.walk(newest_first)

    def walk(self, newest_first: Iterable[Message]) -> None:
        """The messages above the last ones walked over."""
        for message in newest_first:
            if not self._left:
                return
            if not message.is_self and not message.is_tip:
                self._left -= 1
                self._oldest = message.key
                if not self._left:
                    self.key = message.key

    def finish(self) -> None:
        """There is nothing older: what was counted must be all."""
        if self.is_pending:
            self._left = 0
            self.key = self._oldest
