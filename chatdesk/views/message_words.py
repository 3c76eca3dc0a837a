"""The words around messages: who did what, days, times, sizes, states. Main thread (translations); owns no state.

Names come from other people: inside a sentence each stands between invisible isolating marks, so that a name in another
direction, or one with direction marks in it, cannot turn the rest of the sentence around.
"""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QDate, QDateTime, QLocale, QObject

from chatdesk.domain.changes import LoadState
from chatdesk.domain.elements import (
    Custom,
    Element,
    Face,
    File,
    Image,
    Location,
    Sound,
    Text,
    Tip,
    TipKind,
    Unknown,
    Unreadable,
    Video,
)
from chatdesk.domain.messages import Message, MessageState
from chatdesk.domain.transfers import Download, DownloadState
from chatdesk.models.sentences import listed, listed_all, translated
from chatdesk.models.when import size_text
from chatdesk.views.message_folding import Part
from chatdesk.views.message_relation_words import RelationWords
from chatdesk.views.message_texts import Texts
from chatdesk.views.picture_words import PictureWords

DisplayName = Callable[[str], str]
_WEEK = 7
_MOST_SPOKEN = 4000
"""Characters of a message that a screen reader is given."""


_CJK = "[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
_BETWEEN_CJK = rf"(?<={_CJK})(\u2069?) (?=\u2068?{_CJK})"


def isolate(name: str) -> str:
    return f"\u2068{name}\u2069"


def close_up(text: str) -> str:
    """Chinese and Japanese set no space between their own signs, only beside a name in other letters."""
    return text if text.isascii() else re.sub(_BETWEEN_CJK, r"\1", text)


_HAPPENED_TO_ME = (TipKind.INVITED, TipKind.KICKED, TipKind.BANNED)


class Words(QObject):
    """`own_user_id` is called "You"; `display_name` names everybody else."""

    def __init__(self, own_user_id: str, is_group: bool, display_name: DisplayName) -> None:
        super().__init__()
        self._own_user_id = own_user_id
        self._is_group = is_group
        self._display_name = display_name
        self.relations = RelationWords(own_user_id, self._name)
        self.pictures = PictureWords()
        self.texts = Texts(display_name)

    @property
    def own_user_id(self) -> str:
        return self._own_user_id

    def forget_names(self) -> None:
        """People are called differently now."""
        self.texts.forget()

    # -- time --------------------------------------------------------------------------------------------------------

    def day(self, date: QDate) -> str:
        days = date.daysTo(QDate.currentDate())
        if days == 0:
            return self.tr("Today")
        if days == 1:
            return self.tr("Yesterday")
        locale = QLocale()
        if 1 < days < _WEEK:
            return locale.standaloneDayName(date.dayOfWeek(), QLocale.FormatType.LongFormat)
        return locale.toString(date, QLocale.FormatType.LongFormat)

    def time(self, time_ms: int) -> str:
        return QLocale().toString(QDateTime.fromMSecsSinceEpoch(time_ms).time(), QLocale.FormatType.ShortFormat)

    def full_time(self, time_ms: int) -> str:
        return QLocale().toString(QDateTime.fromMSecsSinceEpoch(time_ms), QLocale.FormatType.LongFormat)

    # -- what stands in place of a text ------------------------------------------------------------------------------

    def tip(self, message: Message, tip: Tip) -> str:
        who = self._name(message.sender, message.sender_name)
        whom = self._names(tip.targets)
        value = isolate(" ".join(tip.value.split()))
        match tip.kind:
            case TipKind.CREATED if self._is_group:
                text = self.tr("{0} created the group")
            case TipKind.CREATED:
                text = self.tr("{0} started the conversation")
            case TipKind.INVITED:
                text = self.tr("{0} invited {1}")
            case TipKind.JOINED:
                text = self.tr("{0} joined")
            case TipKind.LEFT:
                text = self.tr("{0} left")
            case TipKind.DECLINED:
                text = self.tr("{0} declined the invitation")
            case TipKind.KICKED:
                text = self.tr("{0} removed {1}")
            case TipKind.BANNED:
                text = self.tr("{0} banned {1}")
            case TipKind.RENAMED if tip.value:
                text = self.tr("{0} changed the name to “{2}”")
            case TipKind.RENAMED:
                text = self.tr("{0} removed the name")
            case TipKind.TOPIC if tip.value:
                text = self.tr("{0} changed the topic to “{2}”")
            case TipKind.TOPIC:
                text = self.tr("{0} removed the topic")
            case TipKind.AVATAR:
                text = self.tr("{0} changed the picture")
            case TipKind.ROLES if tip.targets:
                text = self.tr("{0} changed the role of {1}")
            case TipKind.ROLES:
                text = self.tr("{0} changed the roles")
            case TipKind.PINNED:
                text = self.tr("{0} pinned a message")
            case TipKind.UNPINNED:
                text = self.tr("{0} unpinned a message")
            case TipKind.ENCRYPTED:
                text = self.tr("{0} turned on end-to-end encryption. chatdesk cannot read new messages here yet.")
        return close_up(text.format(who, whom, value))

    def folded(self, parts: Sequence[Part]) -> str:
        """A run of system lines in one."""
        return " · ".join(self._folded(part) for part in parts)

    def _folded(self, part: Part) -> str:
        count = part.size
        if part.kind is None:
            return self.tr("1 other change") if count == 1 else self.tr("%n other changes", "", count)
        one = self._name(*part.people[0])
        if count == 1 and part.people[0][0] == self._own_user_id and part.kind in _HAPPENED_TO_ME:
            return self._met(part.kind)
        match part.kind:
            case TipKind.JOINED:
                text = self.tr("{0} joined") if count == 1 else self.tr("%n people joined", "", count)
            case TipKind.LEFT:
                text = self.tr("{0} left") if count == 1 else self.tr("%n people left", "", count)
            case TipKind.DECLINED:
                text = self.tr("{0} declined") if count == 1 else self.tr("%n people declined", "", count)
            case TipKind.KICKED:
                text = self.tr("{0} was removed") if count == 1 else self.tr("%n people were removed", "", count)
            case TipKind.BANNED:
                text = self.tr("{0} was banned") if count == 1 else self.tr("%n people were banned", "", count)
            case _:
                text = self.tr("{0} was invited") if count == 1 else self.tr("%n people were invited", "", count)
        return close_up(text.format(one))

    def _met(self, kind: TipKind) -> str:
        match kind:
            case TipKind.KICKED:
                return self.tr("You were removed")
            case TipKind.BANNED:
                return self.tr("You were banned")
            case _:
                return self.tr("You were invited")

    def show_folded(self, is_open: bool) -> str:
        return self.tr("Hide") if is_open else self.tr("Show")

    def recalled(self, message: Message) -> str:
        by = message.revoked_by or message.sender
        name = self._name(by, message.sender_name if by == message.sender else "")
        if by != message.sender:
            return close_up(self._removed(message, by, name))
        if by == self._own_user_id:
            return self.tr("You recalled a message")
        return close_up(self.tr("{0} recalled a message").format(name))

    def _removed(self, message: Message, by: str, name: str) -> str:
        """By somebody who may do that to what others wrote."""
        if by == self._own_user_id:
            return self.tr("You removed a message of {0}").format(self._name(message.sender, message.sender_name))
        if message.sender == self._own_user_id:
            return self.tr("{0} removed your message").format(name)
        whose = self._name(message.sender, message.sender_name)
        return self.tr("{0} removed a message of {1}").format(name, whose)

    def someone(self, user_id: str) -> str:
        return self._display_name(user_id) or user_id

    def unreadable(self) -> str:
        return self.tr("This message is end-to-end encrypted. chatdesk cannot read it yet.")

    def cannot_be_shown(self) -> str:
        return self.tr("This kind of message cannot be shown yet")

    def new_messages(self) -> str:
        return self.tr("New messages")

    def retry(self) -> str:
        return self.tr("Retry")

    def delete(self) -> str:
        return self.tr("Delete")

    def failure(self, message: Message) -> str:
        return translated(message.failure) or self.tr("This message could not be sent.")

    # -- cards -------------------------------------------------------------------------------------------------------

    def card_title(self, element: Element) -> str:
        match element:
            case Sound(media=media):
                return media.name or self.tr("Sound")
            case Video(media=media):
                return media.name or self.tr("Video")
            case Image(media=media):
                return media.name or self.tr("Image")
            case File(media=media):
                return media.name or self.tr("File")
            case Location(description=description):
                return description or self.tr("Location")
            case _:
                return ""

    def card_facts(self, element: Element) -> str:
        """The line under the title when no transfer runs."""
        match element:
            case Location(latitude=latitude, longitude=longitude):
                return f"{latitude}, {longitude}"
            case Sound(media=media, duration_ms=duration_ms) | Video(media=media, duration_ms=duration_ms):
                parts = (duration_text(duration_ms), size_text(media.size) if media.size else "")
            case File(media=media) | Image(media=media):
                parts = ("", size_text(media.size) if media.size else "")
            case _:
                parts = ("", "")
        return " · ".join(part for part in parts if part)

    def transfer(self, download: Download | None, facts: str) -> str:
        """The line under the title with the state of the download in it."""
        if download is None or download.state is DownloadState.CANCELLED:
            return facts
        match download.state:
            case DownloadState.WAITING:
                state = self.tr("Waiting")
            case DownloadState.RUNNING:
                share = share_of(download.received, download.total)
                state = self.tr("{0} %").format(round(share * 100)) if download.total else size_text(download.received)
            case DownloadState.PAUSED:
                state = self.tr("Paused")
            case DownloadState.CHECKING:
                state = self.tr("Checking")
            case DownloadState.MISSING:
                state = self.tr("Moved or deleted")
            case DownloadState.DONE:
                state = self.tr("Open")
            case _:
                return self.tr("Download failed")
        return " · ".join(part for part in (facts, state) if part)

    def at_hand(self, facts: str) -> str:
        """A file that needs no download."""
        return " · ".join(part for part in (facts, self.tr("Open")) if part)

    def uploading(self, sent: int, total: int) -> str:
        return self.tr("Sending, {0} %").format(round(share_of(sent, total) * 100))

    def typing(self, user_ids: Sequence[str]) -> str:
        """Who is typing; empty when nobody is."""
        names = [isolate(" ".join(self._display_name(user_id).split())) for user_id in user_ids]
        match names:
            case []:
                return ""
            case [one]:
                return self.tr("{0} is typing…").format(one)
            case [one, two]:
                return self.tr("{0} and {1} are typing…").format(one, two)
            case _:
                return self.tr("%n people are typing…", "", len(names))

    # -- the ends of the list ----------------------------------------------------------------------------------------

    def header(self, state: LoadState) -> str:
        match state:
            case LoadState.LOADING:
                return self.tr("Loading older messages…")
            case LoadState.START_REACHED:
                return self.tr("This is the beginning of the conversation")
            case LoadState.FAILED:
                return self.tr("Could not load older messages.")
            case LoadState.IDLE:
                return ""

    def empty(self, state: LoadState) -> str:
        if state is LoadState.LOADING:
            return self.tr("Loading messages…")
        if state is LoadState.FAILED:
            return self.tr("Could not load the messages.")
        return self.tr("No messages yet")

    def read_by(self, count: int) -> str:
        return self.tr("Read by %n", "", count)

    def time_and_day(self, time_ms: int) -> str:
        date = QDateTime.fromMSecsSinceEpoch(time_ms).date()
        time = self.time(time_ms)
        return time if date == QDate.currentDate() else f"{self.day(date)}, {time}"

    def arrived(self, message: Message) -> str:
        """The state of what others wrote."""
        return self.recalled(message) if message.state is MessageState.REVOKED else self.tr("received")

    def parts(self, message: Message) -> str:
        """What a message is made of, by kind."""
        kinds = [self._kind(element) or self._other_kind(element) for element in message.elements]
        return listed(kinds)

    # -- several messages --------------------------------------------------------------------------------------------

    def line(self, message: Message, text: str, has_date: bool = False) -> str:
        """A message among others on the clipboard: name, time: text."""
        if message.is_tip or message.state is MessageState.REVOKED:
            name = ""
        else:
            name = message.sender_name or self._display_name(message.sender)
        time = self.time(message.time_ms)
        if has_date:
            when = QDateTime.fromMSecsSinceEpoch(message.time_ms)
            time = QLocale().toString(when, QLocale.FormatType.ShortFormat)
        head = ", ".join(part for part in (" ".join(name.split()), time) if part)
        return f"{head}: {text}"

    def lines(self, messages: Sequence[tuple[Message, str]]) -> str:
        """Messages with what is taken of each; with dates when they are of several days."""
        days = {QDateTime.fromMSecsSinceEpoch(message.time_ms).date().toJulianDay() for message, _ in messages}
        return "\n".join(self.line(message, text, len(days) > 1) for message, text in messages)

    # -- for screen readers, tooltips and the clipboard --------------------------------------------------------------

    def state(self, message: Message, readers: tuple[str, ...] = ()) -> str:
        """The state of an own message in words; empty where there is nothing to say."""
        if message.is_local:
            return self.relations.origin(message)
        if not message.is_self or message.is_tip:
            return ""
        match message.state:
            case MessageState.QUEUED:
                return self.tr("waiting to be sent")
            case MessageState.UPLOADING:
                return self.tr("uploading")
            case MessageState.SENT | MessageState.SYNCED:
                if message.is_edit_pending:
                    return self.tr("change waiting to be sent")
                if not readers:
                    return self.tr("sent")
                if self._is_group:
                    return self.tr("read by {0}").format(self._names(readers))
                return self.tr("read")
            case MessageState.FAILED:
                return self.tr("not sent: {0}").format(self.failure(message))
            case MessageState.REVOKING:
                return self.tr("being recalled")
            case MessageState.REVOKED:
                return ""

    def plain(self, message: Message, is_spoken: bool = False) -> str:
        """The message as text: what is copied, read aloud and shown where nothing else can be."""
        if message.state is MessageState.REVOKED:
            return self.recalled(message)
        parts = [self.element(message, element, is_spoken) for element in message.elements]
        return "\n".join(parts) or self.cannot_be_shown()

    def element(self, message: Message, element: Element, is_spoken: bool = False) -> str:
        match element:
            case Text():
                text = self.texts.plain(element, is_spoken)
            case Tip():
                text = self.tip(message, element)
            case Unreadable():
                text = self.unreadable()
            case Location():
                text = ", ".join(part for part in (element.description, self.card_facts(element)) if part)
            case Face(data=data, description=description):
                text = description or data
            case Custom(description=description) | Unknown(description=description):
                text = description
            case _:
                text = self.card_title(element)
        return text if text.strip() else self.cannot_be_shown()

    def spoken(self, message: Message, readers: tuple[str, ...] = (), hides_spoilers: bool = True) -> str:
        """Sender, text, time, state."""
        text = self.plain(message, is_spoken=hides_spoilers)
        if len(text) > _MOST_SPOKEN:
            text = text[:_MOST_SPOKEN] + "…"
        parts = [text, self.time(message.time_ms), self.state(message, readers)]
        if not message.is_tip and message.state is not MessageState.REVOKED:
            kinds = [self._kind(element) for element in message.elements]
            quote = self.relations.answers(message.reply_to) if message.reply_to is not None else ""
            name = self._name(message.sender, message.sender_name)
            parts[:0] = [name, quote, *(kind for kind in kinds if kind)]
            parts[-1:-1] = self.relations.changes(message)
            parts.append(self.relations.reactions(message))
        return ", ".join(part for part in parts if part).replace("\u2068", "").replace("\u2069", "")

    def _kind(self, element: Element) -> str:
        match element:
            case Image():
                return self.tr("image")
            case File():
                return self.tr("file")
            case Sound():
                return self.tr("sound")
            case Video():
                return self.tr("video")
            case Location():
                return self.tr("location")
            case _:
                return ""

    def _other_kind(self, element: Element) -> str:
        match element:
            case Text():
                return self.tr("text")
            case Face():
                return self.tr("emoji")
            case Tip():
                return self.tr("notice")
            case Unreadable():
                return self.tr("encrypted content")
            case _:
                return self.tr("other content")

    def _name(self, user_id: str, fallback: str = "") -> str:
        if user_id == self._own_user_id:
            return self.tr("You")
        return isolate(fallback or self._display_name(user_id))

    def _names(self, user_ids: tuple[str, ...]) -> str:
        if not user_ids:
            return self.tr("somebody")
        names = [self.tr("you") if user_id == self._own_user_id else self._name(user_id) for user_id in user_ids]
        return listed_all(names)


def duration_text(duration_ms: int) -> str:
    if duration_ms <= 0:
        return ""
    minutes, seconds = divmod(round(duration_ms / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def share_of(part: int, total: int) -> float:
    return min(1.0, max(0.0, part / total)) if total > 0 else 0.0
