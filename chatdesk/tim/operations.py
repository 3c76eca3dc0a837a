"""The ten operations once they are accepted: shapes in, one core call, shapes out. Loop thread only.

Each returns the JSON its callback brings. Nothing is decided here that the core does not decide; what cannot be done
is the core's error, and failures.py knows its code.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from chatdesk.core.session import Session
from chatdesk.domain.clock import now_ms
from chatdesk.domain.elements import Media
from chatdesk.domain.errors import ChatdeskError, TargetNotWritable
from chatdesk.domain.ids import ConversationId, ConversationType, qualify_user_id
from chatdesk.domain.locators import Locator
from chatdesk.domain.messages import EVERYONE, LocalMessage, Message, SendOptions
from chatdesk.domain.wording import plain
from chatdesk.interchange import reading
from chatdesk.interchange.elements import media_uri, rendition_size
from chatdesk.interchange.messages import (
    NOBODY,
    MessageInput,
    ReadState,
    encode,
    local_message,
    locator_of_input,
    message_object,
    read_message,
    refused_object,
)
from chatdesk.tim.calls import Address
from chatdesk.tim.codes import SUCCESS, Code
from chatdesk.tim.failures import Doing, InvalidJson, InvalidName, NotFilled, UnknownMessage, code_of
from chatdesk.tim.shapes.conversations import conversation_object
from chatdesk.tim.shapes.params import BatchInput, DeleteInput, DownloadInput, PageInput, batch_result, progress_object

ALWAYS_MS = 1 << 62
_LAST_MS = 999
"""A time in seconds means everything up to the end of that second."""


class NobodyReached(ChatdeskError):
    """A batch of which not a single message left."""


class Refusal(Exception):
    """An operation that failed and still has something to show. `code` None: the error's own."""

    def __init__(self, error: ChatdeskError, json: str, code: Code | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.json = json
        self.code = code


async def conversation_of(session: Session, address: Address) -> ConversationId:
    if address.is_group:
        return await session.conversations.group(address.id)
    return ConversationId(ConversationType.C2C, _user_id(session, address.id))


async def send(session: Session, address: Address, said: MessageInput) -> str:
    conversation = await conversation_of(session, address)
    if not address.is_group:
        conversation = await session.conversations.start_c2c(conversation.id)
    echo = await session.outbox.send(conversation, said.elements, _options(session, said))
    try:
        message = await session.outbox.delivered(echo.key)
    except ChatdeskError as error:
        failed = refused_object(conversation, msgspec.structs.replace(said, rand=echo.rand, sender=echo.sender))
        raise Refusal(error, encode(failed)) from error
    # Nobody has read yet what has only just been sent; a group's number of members is asked for.
    state = await reads(session, conversation) if address.is_group else NOBODY
    return encode(message_object(message, state))


async def report_read(session: Session, address: Address, said: MessageInput | None) -> str:
    conversation = await conversation_of(session, address)
    if said is None:
        await session.receipts.report(conversation, None)
    elif not said.time_s:
        raise NotFilled("This message has no time, so it does not say what was read.")
    else:
        await session.receipts.report(conversation, said.time_s * 1000 + _LAST_MS)
    return ""


async def report_all_read(session: Session, type_: ConversationType) -> str:
    """Everything of one type: what a report without a conversation means."""
    for conversation in await session.conversations.list():
        if conversation.id.type is type_ and conversation.last_message is not None:
            await session.receipts.report(conversation.id, None)
    return ""


async def revoke(session: Session, address: Address, said: MessageInput, limit_s: int | None) -> str:
    message = await _known(session, await conversation_of(session, address), said)
    await session.outbox.revoke(message.key, said.revoke_reason, limit_s)
    await session.outbox.revoked(message.key)
    return ""


async def find(session: Session, address: Address, locators: Sequence[Locator]) -> str:
    conversation = await conversation_of(session, address)
    return await _messages_json(session, conversation, await session.locate.find(conversation, locators))


async def import_messages(session: Session, address: Address, items: Sequence[Any]) -> str:
    conversation = await conversation_of(session, address)
    await session.local.import_messages(conversation, _local_messages(session, items))
    return ""


async def save(session: Session, address: Address, said: MessageInput) -> str:
    await session.local.save(await conversation_of(session, address), _local(session, said))
    return ""


async def page(session: Session, address: Address, wanted: PageInput) -> str:
    """Backward pages are newest first, forward ones oldest first; without a beginning both are the newest messages.

    The SDK knows tips in groups only.
    """
    conversation = await conversation_of(session, address)
    anchor = None
    if wanted.last is not None:
        anchor = (await _known(session, conversation, wanted.last)).position
    elif wanted.last_seq:  # a beginning that is part of the page
        anchor = wanted.last_seq - 1 if wanted.is_forward else wanted.last_seq + 1
    from_ms, until_ms = time_range(wanted)
    found = await session.history.page(
        conversation,
        anchor=anchor,
        count=wanted.count,
        newer=wanted.is_forward,
        roaming=wanted.is_ramble,
        from_ms=from_ms,
        until_ms=until_ms,
        kinds=wanted.kinds,
        seqs=wanted.seqs or None,
        tips=address.is_group,
    )
    return await _messages_json(session, conversation, found if wanted.is_forward else found[::-1])


async def delete(session: Session, address: Address, wanted: DeleteInput) -> str:
    conversation = await conversation_of(session, address)
    if wanted.message is not None:
        await session.local.delete([(await _known(session, conversation, wanted.message)).key])
    elif wanted.is_ramble:
        await session.local.clear_roaming(conversation)
    else:
        await session.local.clear(conversation)
    return ""


async def download(session: Session, wanted: DownloadInput, path: str, on_progress: Callable[[str], None]) -> str:
    uri = media_uri(wanted.url, wanted.id)
    if not uri:
        raise NotFilled("This names no file: neither the url nor the id of an element.")
    if "\0" in path:
        raise TargetNotWritable("This path cannot be written to: no file name has a zero character.")
    size = 0

    def tell(received: int, total: int) -> None:
        nonlocal size
        size = received
        on_progress(encode(progress_object(received, total)))

    media = await session.locate.media(uri) or Media(uri=uri)
    await session.downloads.fetch(media, Path(path), tell, rendition_size(wanted.url, wanted.id))
    return encode(progress_object(size, size))


async def batch_send(session: Session, wanted: BatchInput) -> str:
    """The result of everybody, in the order they were named."""
    results = await session.batch.send(wanted.users, wanted.message.elements, _options(session, wanted.message))
    rows = []
    for result in results:
        if result.message is not None:
            rows.append(batch_result(result.user, SUCCESS, "", message_object(result.message)))
        else:
            error = result.error or ChatdeskError("This could not be sent.")
            rows.append(_refused_copy(wanted, result.user, code_of(error, Doing.SEND), plain(str(error))))
    if all(result.message is None for result in results):
        raise Refusal(NobodyReached("Nobody got this message."), encode(rows), Code.NO_SUCC_RESULT)
    return encode(rows)


def refused_batch(wanted: BatchInput, code: int, description: str) -> str:
    """A batch that never began: the same result for everybody."""
    return encode([_refused_copy(wanted, user, code, description) for user in wanted.users])


def _refused_copy(wanted: BatchInput, user: str, code: int, description: str) -> dict[str, Any]:
    copy = refused_object(ConversationId(ConversationType.C2C, user), wanted.message)
    return batch_result(user, code, description, copy)


async def conversation_list(session: Session) -> str:
    return encode([conversation_object(found) for found in await session.conversations.list()])


async def reads(session: Session, conversation: ConversationId) -> ReadState:
    """Who has read how far, as far as it is known here."""
    found = await session.conversations.get(conversation)
    if found is None:
        return ReadState()
    positions = await session.receipts.read_positions(conversation)
    return ReadState(found.read_position, positions, found.member_count)


def _options(session: Session, said: MessageInput) -> SendOptions:
    mentions = tuple(_mentioned(session, user) for user in said.options.mentions)
    return msgspec.structs.replace(said.options, mentions=mentions)


async def _messages_json(session: Session, conversation: ConversationId, found: Sequence[Message]) -> str:
    state = await reads(session, conversation) if found else ReadState()
    return encode([message_object(message, state) for message in found])


async def _known(session: Session, conversation: ConversationId, said: MessageInput) -> Message:
    """The message a program means: by its id, else by where it stands."""
    found = await session.locate.by_name(conversation, said.msg_id) if said.msg_id else None
    if found is not None:
        return found
    locator = locator_of_input(said, session.own_user_id, lambda user: _user_id(session, user))
    located = await session.locate.find(conversation, [locator])
    if not located or not located[0].key:
        raise UnknownMessage("There is no such message in this conversation.")
    return located[0]


def _local_messages(session: Session, items: Sequence[Any]) -> Iterator[LocalMessage]:
    for item in items:
        try:
            values = reading.read_item(item)
        except reading.NotJson as error:
            raise InvalidJson("One of the messages is no JSON.") from error
        yield _local(session, read_message(values))


def _local(session: Session, said: MessageInput) -> LocalMessage:
    return local_message(said, session.own_user_id, lambda user: _mentioned(session, user))


def _mentioned(session: Session, user: str) -> str:
    return user if user == EVERYONE else _user_id(session, user)


def _user_id(session: Session, text: str) -> str:
    try:
        return qualify_user_id(text, session.own_user_id)
    except ValueError as error:
        raise InvalidName(str(error)) from error


def time_range(wanted: PageInput) -> tuple[int, int]:
    """(first, end) in milliseconds. The period lies in the direction of paging; no beginning means now."""
    begin_ms, period_ms = wanted.time_begin_s * 1000, wanted.time_period_s * 1000
    if not begin_ms and not period_ms:
        return 0, ALWAYS_MS
    if wanted.is_forward:
        return begin_ms, begin_ms + period_ms + 1000 if period_ms else ALWAYS_MS
    end_ms = begin_ms or now_ms()
    return max(0, end_ms - period_ms) if period_ms else 0, end_ms + 1000
