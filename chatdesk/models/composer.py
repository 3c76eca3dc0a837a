"""What is being written in the open conversation, what it answers or changes, and sending it.

Runs on the main thread. Brings together the drafts, the files, the mentions and the message that may still be taken
back. Nothing a person typed is lost: what cannot be queued comes back. It must not wait for the network: sending means
handing over to the outbox.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs
from PySide6.QtCore import QObject, Signal

from chatdesk.domain.clock import now_ms
from chatdesk.domain.conversations import Conversation, Member, Membership
from chatdesk.domain.elements import Element, Text, media_of
from chatdesk.domain.errors import ChatdeskError
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import LocalMessage, Message
from chatdesk.models.attachments import Attachments
from chatdesk.models.composer_mode import ComposerModes, Mode, ModeKind, can_answer, can_edit
from chatdesk.models.drafts import Drafts
from chatdesk.models.hold import Hold, Outgoing
from chatdesk.models.mentions import Mentions, Person
from chatdesk.models.sending import Sending
from chatdesk.models.settings import Preferences
from chatdesk.models.sounds import Sounds
from chatdesk.models.tasks import Tasks

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from PySide6.QtGui import QImage

    from chatdesk.core.session import Session
    from chatdesk.models.recorder import Recorder

_MOST_PEOPLE = 8


class ComposerModel(QObject):
    text_replaced = Signal(str)
    """Show this text instead of what the field holds."""
    files_changed = Signal()
    blocked_changed = Signal(str)
    """Why nothing can be sent here; empty when one can."""
    mode_changed = Signal()
    hold_changed = Signal()
    sent = Signal()

    def __init__(self, session: Session, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._conversation: ConversationId | None = None
        self._blocked = ""
        self._drafts = Drafts(session.conversations, tasks, self)
        self._modes = ComposerModes()
        self._mentions = Mentions(session.own_user_id)
        self._sending = Sending(session.outbox, lambda: self.preferences().markdown)
        self._hold = Hold(self._release, self)
        self._hold.changed.connect(self.hold_changed)
        self.attachments = Attachments(session, tasks, self)
        self.attachments.changed.connect(self.files_changed)
        self.attachments.limit_known.connect(self.files_changed)
        self._recording_for: ConversationId | None = None
        self.sounds: Sounds | None = None
        """To listen to what was recorded."""
        self.preferences: Callable[[], Preferences] = Preferences
        """What the user chose; the window puts its own here."""
        self.messages: Callable[[], Sequence[Message]] = tuple
        """Those of the open conversation, oldest first; for the keys that reach for them."""

    def share_drafts(self, other: ComposerModel) -> None:
        """A conversation may move between two composers with what is typed."""
        self._drafts.share(other._drafts)

    @property
    def text(self) -> str:
        mode = self.mode
        return mode.text if mode is not None and mode.kind is ModeKind.EDIT else self._drafts.text

    @property
    def files(self) -> tuple[Element, ...]:
        """The files that go out with the next send."""
        return self.attachments.files

    @property
    def blocked(self) -> str:
        return self._blocked

    @property
    def mode(self) -> Mode | None:
        """Whether the text answers or changes a message; None for neither."""
        return self._modes.of(self._conversation)

    @property
    def held(self) -> Outgoing | None:
        """What waits to be sent, if it was written in the open conversation."""
        outgoing = self._hold.outgoing
        return outgoing if outgoing is not None and outgoing.conversation == self._conversation else None

    @property
    def seconds_left(self) -> int:
        return self._hold.seconds_left

    # -- which conversation ------------------------------------------------------------------------------------------

    def show(self, conversation: Conversation | None) -> None:
        """Write into another conversation: keep what was typed, bring back what was typed there."""
        if self._conversation is not None:
            self._session.typing.stopped(self._conversation)
        self._conversation = None if conversation is None else conversation.id
        self._drafts.show(self._conversation, "" if conversation is None else conversation.draft)
        self._mentions.show(self._conversation)
        if conversation is not None and conversation.id.type is ConversationType.C2C:
            self._mentions.set_members(conversation.id, (Member(conversation.id.id, conversation.name),))
        self.text_replaced.emit(self.text)
        self.attachments.show(self._conversation)
        self.mode_changed.emit()
        self.hold_changed.emit()
        self.update_conversation(conversation)

    def set_members(self, conversation: ConversationId, members: Iterable[Member]) -> None:
        """Who can be mentioned."""
        self._mentions.set_members(conversation, members)

    def update_conversation(self, conversation: Conversation | None) -> None:
        """The open conversation changed: perhaps one may write now, or no longer."""
        blocked = "" if conversation is None else self._why_blocked(conversation)
        if blocked != self._blocked:
            self._blocked = blocked
            self.blocked_changed.emit(blocked)

    def _why_blocked(self, conversation: Conversation) -> str:
        if conversation.membership is Membership.BANNED:
            return self.tr("You were banned from this conversation.")
        if conversation.membership is not Membership.JOINED:
            return self.tr("You are not a member of this conversation.")
        if conversation.is_blocked:
            return self.tr("You have blocked this person. Unblock them to write.")
        if conversation.is_encrypted:
            return self.tr("chatdesk cannot encrypt yet, so nothing is sent into this conversation.")
        return ""

    # -- text and files ----------------------------------------------------------------------------------------------

    def set_text(self, text: str) -> None:
        """The field holds this now."""
        conversation = self._conversation
        if conversation is None or text == self.text:
            return
        if text.strip():
            self._session.typing.typed(conversation)
        else:
            self._session.typing.stopped(conversation)
        mode = self.mode
        if mode is not None and mode.kind is ModeKind.EDIT:
            # Never a draft: that waits for the edit's end.
            self._modes.set(conversation, structs.replace(mode, text=text))
        else:
            self._drafts.set_text(text)

    def take_text(self, text: str) -> None:
        """A text to be written again, before what is typed; not while a message is being changed."""
        if self._conversation is None or self._blocked or self._is_editing():
            return
        typed = self.text
        self.set_text(f"{text}\n{typed}" if typed.strip() else text)
        self.text_replaced.emit(self.text)

    def complete_people(self, start: str) -> tuple[Person, ...]:
        """Whom the text behind an "@" may mean."""
        return self._mentions.complete(start, self.tr("everyone"), _MOST_PEOPLE)

    def mention(self, person: Person) -> None:
        """Their word was put into the text."""
        self._mentions.choose(person)

    def save_draft(self) -> None:
        """Store what is typed, if it is not yet."""
        self._drafts.save()

    async def finish(self) -> None:
        """Queue what still waits and store every draft; for the end of the program."""
        outgoing = self._hold.take()
        if outgoing is not None:
            with contextlib.suppress(ChatdeskError):  # what cannot be queued is a draft again
                await self._queue(outgoing)
        await self._drafts.finish()

    def abandon(self) -> None:
        """Forget everything typed and store nothing any more: the account is about to be wiped."""
        self._conversation = None
        self._hold.take()
        self._drafts.abandon()
        self.attachments.abandon()

    def add_files(self, paths: Iterable[Path]) -> None:
        """Take files for the next send. One that cannot be read is told and left out; the others stay."""
        if not self._blocked and not self._is_editing():
            self.attachments.add(paths)

    def add_image(self, image: QImage) -> None:
        """A picture from the clipboard."""
        if not self._blocked and not self._is_editing():
            self.attachments.add_image(image)

    def remove_file(self, index: int) -> None:
        self._stop_listening()
        self.attachments.remove(index)

    def move_file(self, index: int, to: int) -> None:
        self._stop_listening()
        self.attachments.move(index, to)

    # -- answering and changing --------------------------------------------------------------------------------------

    def reply_to(self, message: Message) -> None:
        """The next message answers this one."""
        if self._conversation == message.conversation and not self._blocked and can_answer(message):
            self._leave_mode()
            self._enter(Mode(ModeKind.REPLY, message))

    def edit(self, message: Message) -> None:
        """Change an own message: its text stands in the field, the unsent one waits."""
        text = can_edit(message)
        if self._conversation != message.conversation or self._blocked or text is None:
            return
        from chatdesk.models.markdown import mentions_in  # not for the first paint

        self._drafts.save()
        self._mentions.adopt(mentions_in(text, message.mentions))
        self._enter(Mode(ModeKind.EDIT, message, text.content))
        self.text_replaced.emit(self.text)

    def edit_last(self) -> bool:
        """Change the last own text message; False when there is none."""
        for message in reversed(self.messages()):
            if can_edit(message) is not None:
                self.edit(message)
                return True
        return False

    def step_reply(self, step: int) -> None:
        """Answer the message before (-1) or after (1) the one chosen now; after the newest, none."""
        messages = [message for message in self.messages() if can_answer(message)]
        mode = self.mode
        if self._is_editing() or not messages:
            return
        keys = [message.key for message in messages]
        place = len(keys) if mode is None or mode.message.key not in keys else keys.index(mode.message.key)
        wanted = max(0, place + step)
        if wanted < len(messages):
            self.reply_to(messages[wanted])
        elif mode is not None:
            self.cancel_mode()

    def cancel_mode(self) -> None:
        """Neither answer nor change; what was typed before the change comes back."""
        if self.mode is not None:
            self._leave_mode()
            self.mode_changed.emit()

    def _is_editing(self) -> bool:
        return self.mode is not None and self.mode.kind is ModeKind.EDIT

    def _enter(self, mode: Mode) -> None:
        if self._conversation is not None:
            self._modes.set(self._conversation, mode)
            self.mode_changed.emit()

    def _leave_mode(self) -> None:
        was_editing = self._is_editing()
        self._modes.set(self._conversation, None)
        if was_editing:
            if self._conversation is not None:
                self._session.typing.stopped(self._conversation)  # sent or given up: nothing of it is being written
            self.text_replaced.emit(self._drafts.text)

    # -- sending -----------------------------------------------------------------------------------------------------

    def send(self) -> None:
        """Queue what is written, or hold it for a while; save the change when a message is changed."""
        conversation, text, mode = self._conversation, self.text, self.mode
        if conversation is None or self._blocked:
            return
        if mode is not None and mode.kind is ModeKind.EDIT:
            self._send_edit(mode)
            return
        if self.attachments.is_preparing:
            self.attachments.when_ready(self.send)
            return
        if not (text.strip() or self.files):
            return
        answers = None if mode is None else mode.message
        self._session.typing.stopped(conversation)
        self._stop_listening()
        outgoing = Outgoing(
            conversation, self._drafts.take(), self.attachments.take(), self._mentions.standing_in(text), answers
        )
        self._modes.set(conversation, None)
        self.text_replaced.emit("")
        self.mode_changed.emit()
        self._hold.let_go()
        seconds = self.preferences().undo_seconds
        if seconds > 0:
            self._drafts.hold(conversation, outgoing.text)
            self._hold.begin(outgoing, seconds)
        else:
            self._release(outgoing)

    @cached_property
    def recorder(self) -> Recorder:
        """For voice messages, made for the first one."""
        from chatdesk.models.recorder import Recorder, new_file_in  # not for the first paint

        pasted = self._session.pasted
        recorder = Recorder(new_file_in(pasted.keep), pasted.forget, self._tasks.run, self)
        recorder.recorded.connect(lambda sound: self.attachments.add_sound(self._recording_for, sound))
        recorder.failed.connect(self._tasks.failed)
        return recorder

    def record(self) -> None:
        """Begin a voice message, or end the one that is being recorded."""
        if self._conversation is None or self._blocked:
            return
        if not self.recorder.is_recording:
            self._recording_for = self._conversation
            if self.sounds is not None:
                self.sounds.stop()  # or the microphone would hear it
        self.recorder.microphone = self.preferences().microphone
        (self.recorder.stop if self.recorder.is_recording else self.recorder.start)()

    def listen(self, index: int) -> None:
        """To a sound that is to be sent; again: pause."""
        media = media_of(self.files[index]) if 0 <= index < len(self.files) else None
        if self.sounds is not None and media is not None:
            self.sounds.toggle(0, index, media)

    def _stop_listening(self) -> None:
        if self.sounds is not None and self.sounds.place is not None and self.sounds.place[0] == 0:
            self.sounds.stop()

    def send_element(self, element: Element) -> None:
        """A location or a face: at once, as a message of its own."""
        if self._conversation is not None and not self._blocked:
            conversation = self._conversation
            self._tasks.run(self._session.outbox.send(conversation, (element,)), lambda _: self.sent.emit())

    def keep_note(self) -> None:
        """Keep what is written in this conversation, on this computer only: a private note is never sent."""
        conversation, text = self._conversation, self.text
        if conversation is None or self._is_editing() or not text.strip():
            return
        self._session.typing.stopped(conversation)
        self._drafts.take()
        self.text_replaced.emit("")
        self._tasks.run(self._note(conversation, text), lambda _: self.sent.emit())

    async def _note(self, conversation: ConversationId, text: str) -> None:
        note = LocalMessage(self._session.own_user_id, (Text(text.strip()),), now_ms() // 1000)
        try:
            await self._session.local.save(conversation, note)
        except ChatdeskError:
            self._give_back(Outgoing(conversation, text))
            raise
        self._drafts.settle(conversation)

    def undo(self) -> None:
        """What waits to be sent comes back into the field."""
        outgoing = self._hold.take()
        if outgoing is not None:
            self._give_back(outgoing)

    def send_now(self) -> None:
        """Do not wait any longer."""
        self._hold.let_go()

    def _release(self, outgoing: Outgoing) -> None:
        self._tasks.run(self._queue(outgoing), lambda _: self.sent.emit())

    async def _queue(self, outgoing: Outgoing) -> None:
        await self._sending.queue(outgoing, self._give_back)
        self._drafts.settle(outgoing.conversation)

    def _send_edit(self, mode: Mode) -> None:
        if not mode.text.strip():
            return
        named = self._mentions.standing_in(mode.text)
        self.cancel_mode()
        if mode.text.strip() != mode.original.strip():
            self._tasks.run(self._change(mode, named), lambda _: self.sent.emit())

    async def _change(self, mode: Mode, named: tuple[tuple[str, str], ...]) -> None:
        try:
            if mode.message.is_note:
                await self._session.local.change_note(mode.message.key, (Text(mode.text.strip()),))
            else:
                await self._sending.change(mode.message, mode.text, named)
        except ChatdeskError:
            if self._conversation == mode.message.conversation and self.mode is None:
                self._enter(mode)
                self.text_replaced.emit(mode.text)
            raise

    def _give_back(self, outgoing: Outgoing) -> None:
        """What was not queued returns to where it was written."""
        conversation = outgoing.conversation
        self.attachments.give_back(conversation, outgoing.files)
        if outgoing.text:
            self._drafts.give_back(conversation, outgoing.text)
        if outgoing.answers is not None and self._modes.of(conversation) is None:
            self._modes.set(conversation, Mode(ModeKind.REPLY, outgoing.answers))
        if conversation == self._conversation:
            if not self._is_editing():
                self.text_replaced.emit(self.text)
            self.mode_changed.emit()
