"""Who can be mentioned in a conversation, and who is in the text being written. Main thread only.

A mention is the words that were completed: as long as they stand in the text, the person is told. The words are kept
per conversation as long as the program runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from chatdesk.domain.conversations import Member, Membership
from chatdesk.domain.ids import ConversationId, ConversationType, localpart
from chatdesk.domain.messages import EVERYONE


class Person(Struct, frozen=True):
    """`name` as shown, `user_id` or EVERYONE, and the `word` that stands for it in a text."""

    name: str
    user_id: str
    word: str


class Mentions:
    def __init__(self, own_user_id: str) -> None:
        self._own_user_id = own_user_id
        self._conversation: ConversationId | None = None
        self._people: tuple[Person, ...] = ()
        self._chosen: dict[ConversationId, dict[str, str]] = {}

    def show(self, conversation: ConversationId | None) -> None:
        self._conversation = conversation
        self._people = ()

    def set_members(self, conversation: ConversationId, members: Iterable[Member]) -> None:
        """Who is there; names that two people have are told apart by their ids."""
        if conversation != self._conversation:
            return
        joined = [
            member
            for member in members
            if member.user_id != self._own_user_id and member.membership in (Membership.JOINED, Membership.INVITED)
        ]
        names = [member.name or localpart(member.user_id) for member in joined]
        self._people = tuple(
            Person(name, member.user_id, f"@{name}" if names.count(name) == 1 else member.user_id)
            for member, name in sorted(zip(joined, names, strict=True), key=lambda pair: pair[1].casefold())
        )

    def complete(self, start: str, everyone: str, limit: int) -> tuple[Person, ...]:
        """People whose name, a part of it, or id begins with `start`; all members last, as `everyone`."""
        start = start.casefold()
        ranked = [(rank, person) for person in self._people if (rank := _rank(person, start)) is not None]
        ranked.sort(key=lambda hit: hit[0])
        hits = [person for _, person in ranked[:limit]]
        is_group = self._conversation is not None and self._conversation.type is ConversationType.GROUP
        if is_group and any(word.casefold().startswith(start) for word in (everyone, EVERYONE[1:], "everyone")):
            hits = [*hits[: limit - 1], Person(everyone, EVERYONE, EVERYONE)]
        return tuple(hits)

    def choose(self, person: Person) -> None:
        if self._conversation is not None:
            self._chosen.setdefault(self._conversation, {})[person.word] = person.user_id

    def adopt(self, chosen: dict[str, str]) -> None:
        """The text shown now mentions these already."""
        if self._conversation is not None:
            self._chosen.setdefault(self._conversation, {}).update(chosen)

    def standing_in(self, text: str) -> tuple[tuple[str, str], ...]:
        """Those of the chosen ones whose words are in `text`."""
        chosen = {} if self._conversation is None else self._chosen.get(self._conversation, {})
        return tuple((word, user) for word, user in chosen.items() if _stands_in(word, text, chosen))


def users(mentions: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(user for _, user in mentions))


def _stands_in(word: str, text: str, chosen: Iterable[str]) -> bool:
    """Also when "@Ann" and "@Anna" were chosen and only Anna is left."""
    for longer in chosen:
        if len(longer) > len(word) and word in longer:
            text = text.replace(longer, "")
    return word in text


def _rank(person: Person, start: str) -> int | None:
    name = person.name.casefold()
    if name.startswith(start):
        return 0
    if any(part.startswith(start) for part in name.split()):
        return 1
    if localpart(person.user_id).casefold().startswith(start) or person.user_id.casefold().startswith(f"@{start}"):
        return 2
    return 3 if start and start in name else None
