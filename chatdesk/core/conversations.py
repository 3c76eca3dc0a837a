"""Starting, joining and leaving conversations, and the people in them. Loop thread only.

What changes on the server here is asked for directly, not through the outbox: creating a conversation has no
transaction id, so it must never be repeated blindly; the user sees the failure and decides.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import structs

from chatdesk.core.ledger import Ledger
from chatdesk.domain.clock import now_ms
from chatdesk.domain.conversation_list import ConversationList
from chatdesk.domain.conversations import Conversation, Member, Membership, UserProfile
from chatdesk.domain.errors import ChatdeskError, InputError, NotFound, UnknownUser
from chatdesk.domain.ids import ConversationId, ConversationType, qualify_user_id
from chatdesk.domain.wording import Sentence
from chatdesk.store import conversations as rows
from chatdesk.store.channels import add_own_channel
from chatdesk.store.database import StoreConnection

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver


_AT_ONCE = 60
"""More rows than any screen has room for."""
_SHORT_LIST = 4 * _AT_ONCE
"""Up to here the whole list is read in the time its first rows take."""
_AT_A_TIME = 250
"""So many are read in 10 to 20 ms."""
_PRESENT = (Membership.JOINED, Membership.INVITED)


class Conversations:
    def __init__(self, ledger: Ledger, server: Homeserver) -> None:
        self._ledger = ledger
        self._server = server
        self._starting: dict[str, asyncio.Lock] = {}
        self._groups: dict[str, str] = {}
        self._unnoted: dict[str, str] = {}

    @cached_property
    def _noting(self) -> asyncio.Lock:
        return asyncio.Lock()

    async def list(self) -> tuple[Conversation, ...]:
        """Pinned ones, then the newest, from the store."""
        return await self._ledger.database.read(rows.all_visible, self._ledger.own_user_id)

    async def first_of_list(self, besides: ConversationId | None = None) -> ConversationList:
        """What a window shows at once: the first rows of a long list, and one conversation that may be further down; a
        short one whole."""
        return await self._ledger.database.read(_first_of_list, self._ledger.own_user_id, besides)

    async def whole_list(self, begun: ConversationList) -> ConversationList:
        """The list, of which these rows are here already. Read bit by bit: what else is asked meanwhile is answered."""
        read = self._ledger.database.read
        others: list[Conversation] = []
        _, highest = await read(rows.count)
        for first in range(0, highest + 1, _AT_A_TIME):
            some = range(first, first + _AT_A_TIME)
            others += await read(rows.some, self._ledger.own_user_id, some, begun.by_id.keys())
        return await asyncio.to_thread(ConversationList.of, [*begun.rows, *others])

    async def get(self, conversation: ConversationId) -> Conversation | None:
        return await self._ledger.database.read(rows.get, conversation, self._ledger.own_user_id)

    async def group(self, name: str) -> ConversationId:
        """The group with this id, or behind an address like `#name:server`, which the server is asked for once.

        Does not join it. Raises NotFound for an address that leads nowhere, NetworkError or ServerError.
        """
        if not name.startswith("#"):
            return ConversationId(ConversationType.GROUP, name)
        if name not in self._groups:
            self._groups[name] = await self._server.resolve(name)
        return ConversationId(ConversationType.GROUP, self._groups[name])

    async def known(self, target: str) -> ConversationId | None:
        """The conversation of the account behind a user id, a group's id or its address; None when it is in none.

        Raises NotFound for an address that leads nowhere, NetworkError or ServerError.
        """
        if target.startswith("@"):
            conversation = ConversationId(ConversationType.C2C, target)
        else:
            channel = (await self.group(target)).id
            conversation = await self._ledger.database.read(rows.identify, channel)
        channels = await self._ledger.database.read(rows.channels, conversation)
        is_in = any(membership in _PRESENT for _, membership, _ in channels)
        return conversation if is_in else None

    async def join(self, target: str, servers: Sequence[str] = ()) -> ConversationId:
        """Join a group by its id or address. Raises Forbidden when an invitation is needed, NotFound, NetworkError."""
        channel = await self._server.join(target, servers)
        conversation = ConversationId(ConversationType.GROUP, channel)
        await self._add(channel, conversation, "")
        await self._ledger.conversation(rows.set_membership, conversation, Membership.JOINED, False)
        return conversation

    async def search_users(self, term: str) -> tuple[UserProfile, ...]:
        """People of the server's directory whose name or id matches; without the account itself."""
        found = await self._server.search_users(term)
        return tuple(profile for profile in found if profile.user_id != self._ledger.own_user_id)

    async def start_c2c(self, user_text: str) -> ConversationId:
        """The one-to-one conversation with a user, created on the server if there is none yet.

        Raises InputError when the text is no user id or names nobody: the server itself would accept a user who does
        not exist.
        """
        peer = self._qualify(user_text)
        if peer == self._ledger.own_user_id:
            raise InputError("That is your own name. Choose somebody else to talk to.")
        async with self._starting.setdefault(peer, asyncio.Lock()):
            conversation = ConversationId(ConversationType.C2C, peer)
            channels = await self._ledger.database.read(rows.channels, conversation)
            for channel, membership, _ in channels:
                if membership is Membership.JOINED:
                    return conversation
                if membership is Membership.INVITED:
                    await self._join(channel, conversation)
                    return conversation
            profile = await self._profile(peer)
            channel = await self._server.create_direct(peer)
            invited = Member(peer, profile.name, profile.avatar_uri, Membership.INVITED)
            await self._add(channel, conversation, "", (invited,))
            await self._note_direct(channel, peer)
            return conversation

    async def create_group(self, name: str, users: Sequence[str]) -> ConversationId:
        """A new group with these people invited; InputError when the name is empty or somebody does not exist."""
        if not name.strip():
            raise InputError("Give the group a name.")
        members = await self._existing(users)
        channel = await self._server.create_group(name.strip(), members)
        conversation = ConversationId(ConversationType.GROUP, channel)
        await self._add(channel, conversation, name.strip())
        return conversation

    async def invite(self, conversation: ConversationId, users: Sequence[str]) -> None:
        members = await self._existing(users)
        channel = await self._channel(conversation)
        for user in members:
            await self._server.invite(channel, user)

    async def accept(self, conversation: ConversationId) -> None:
        """Accept an invitation."""
        for channel, membership, _ in await self._ledger.database.read(rows.channels, conversation):
            if membership is Membership.INVITED:
                await self._join(channel, conversation)

    async def decline(self, conversation: ConversationId) -> None:
        await self.leave(conversation)

    async def leave(self, conversation: ConversationId) -> None:
        """Leave for good; the conversation disappears from the list."""
        for channel, membership, _ in await self._ledger.database.read(rows.channels, conversation):
            if membership in _PRESENT:
                await self._server.leave(channel)
        await self._ledger.conversation(rows.set_membership, conversation, Membership.LEFT, True)

    async def known_members(self, conversation: ConversationId) -> tuple[Member, ...]:
        """Who the store knows to be in it: those who wrote or were named; at once, without the server."""
        return await self._ledger.database.read(rows.members, conversation)

    async def members(self, conversation: ConversationId) -> tuple[Member, ...]:
        """Who is in it or invited, as the server says; what is known here when the server cannot be asked."""
        try:
            channel = await self._channel(conversation)
            people = await self._server.members(channel)
            await self._ledger.database.write(rows.put_members, channel, people)
        except ChatdeskError:
            return await self.known_members(conversation)
        powers = await self._ledger.database.read(rows.powers, channel)
        found = (structs.replace(p, power=powers.of(p.user_id)) for p in people if p.membership in _PRESENT)
        return tuple(sorted(found, key=lambda p: (p.name.lower(), p.user_id)))

    async def set_draft(self, conversation: ConversationId, text: str) -> None:
        await self._ledger.conversation(rows.set_draft, conversation, text, now_ms())

    async def _add(self, channel: str, conversation: ConversationId, name: str, people: Sequence[Member] = ()) -> None:
        own = self._ledger.own_user_id
        write = self._ledger.database.write
        self._ledger.publish(await write(add_own_channel, channel, conversation, name, people, own, now_ms()))

    async def _join(self, channel: str, conversation: ConversationId) -> None:
        await self._server.join(channel)
        await self._ledger.conversation(rows.set_membership, conversation, Membership.JOINED, False)
        if conversation.type is ConversationType.C2C:
            await self._note_direct(channel, conversation.id)

    async def _note_direct(self, channel: str, peer: str) -> None:
        """Write into the account's list which channel is one-to-one, so that every client of it knows.

        The list is read and written as a whole: one at a time, or entries would be lost; who waits is written along.
        """
        self._unnoted[channel] = peer
        async with self._noting:
            if channel not in self._unnoted:
                return
            new = dict(self._unnoted)
            known = await self._server.direct_channels()
            if any(known.get(name) != user for name, user in new.items()):
                await self._server.set_direct({**known, **new})
            for name in new:
                self._unnoted.pop(name, None)

    async def _channel(self, conversation: ConversationId) -> str:
        channels = await self._ledger.database.read(rows.channels, conversation)
        if not channels:
            raise InputError("This conversation does not exist any more.")
        return channels[0][0]

    def _qualify(self, text: str) -> str:
        try:
            return qualify_user_id(text, self._ledger.own_user_id)
        except ValueError as error:
            raise InputError(str(error)) from error

    async def _existing(self, users: Sequence[str]) -> tuple[str, ...]:
        members = tuple(dict.fromkeys(self._qualify(user) for user in users))
        for user in members:
            await self._profile(user)
        return tuple(user for user in members if user != self._ledger.own_user_id)

    async def _profile(self, user_id: str) -> UserProfile:
        try:
            return await self._server.profile(user_id)
        except NotFound as error:
            raise UnknownUser(Sentence("There is no user {user}. Check the spelling.", user=user_id)) from error


def _first_of_list(connection: StoreConnection, own_user_id: str, besides: ConversationId | None) -> ConversationList:
    number, _ = rows.count(connection)
    if number <= _SHORT_LIST:
        return ConversationList.of(rows.unordered(connection, own_user_id))
    return ConversationList.of(rows.first_shown(connection, own_user_id, _AT_ONCE, besides), is_whole=False)
