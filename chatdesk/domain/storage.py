"""What an account takes up on this computer. Pure, any thread."""

from msgspec import Struct

from chatdesk.domain.conversations import Conversation


class ConversationUse(Struct, frozen=True, gc=False):
    """`text_bytes`: its messages as they are stored; `media_bytes`: pictures kept so that they need not be fetched."""

    conversation: Conversation
    messages: int = 0
    text_bytes: int = 0
    media_bytes: int = 0


class StorageUse(Struct, frozen=True, gc=False):
    """`conversations` are sorted by size, largest first; `cache_bytes` counts pictures of no conversation too."""

    database_bytes: int
    cache_bytes: int
    cache_limit_bytes: int
    conversations: tuple[ConversationUse, ...] = ()
