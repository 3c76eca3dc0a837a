"""Links, emoji, tips and what is read aloud."""

from datetime import datetime

import pytest
from PySide6.QtCore import QDate, QLocale
from pytestqt.qtbot import QtBot

from chatdesk.domain.changes import LoadState
from chatdesk.domain.elements import (
    Custom,
    Element,
    Face,
    File,
    Image,
    Location,
    Media,
    Sound,
    Text,
    Tip,
    TipKind,
    Unknown,
    Unreadable,
    Video,
)
from chatdesk.domain.messages import MessageState
from chatdesk.domain.transfers import Download, DownloadState
from chatdesk.views.message_links import find_links, is_emoji_only
from chatdesk.views.message_words import Words, close_up, duration_text
from tests.views.message_samples import BEN, OWN, display_name, message

CEM = "@cem:example.org"
MARKS = str.maketrans("", "", "\u2068\u2069")


@pytest.fixture
def words(qtbot: QtBot) -> Words:
    return Words(OWN, True, display_name)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("no link here, www.example.org neither", []),
        ("https://example.org", ["https://example.org"]),
        ("See http://a.b/c?d=e&f=g#h.", ["http://a.b/c?d=e&f=g#h"]),
        ("(https://a.b/c) and https://a.b/c_(d)!", ["https://a.b/c", "https://a.b/c_(d)"]),
        ("“https://a.b”", ["https://a.b"]),
        ("请看 https://例子.cn/路径。谢谢", ["https://例子.cn/路径。谢谢"]),
        ("请看 https://例子.cn/路径。", ["https://例子.cn/路径"]),
        ("HTTPS://A.B/", ["HTTPS://A.B/"]),
        ("javascript:alert(1) file:///etc/passwd ftp://a.b", []),
        ("https:// http://... https://)", []),
        ("https://a.b\u202egro.elgoog", ["https://a.b"]),
        ("line https://a.b\nhttps://c.d", ["https://a.b", "https://c.d"]),
    ],
)
def test_links(text: str, links: list[str]) -> None:
    found = find_links(text)
    assert [link.address for link in found] == links
    assert [text[link.start : link.end] for link in found] == links


def test_links_in_hostile_text_take_no_time() -> None:
    assert len(find_links("https://a" + ")" * 50_000)) == 1
    assert find_links("http" * 20_000) == ()


@pytest.mark.parametrize("text", ["😀", " 👍🏽 ❤️ ", "👨‍👩‍👧‍👦", "🇩🇪🇫🇷", "1️⃣", "⭐", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
def test_emoji_only(text: str) -> None:
    assert is_emoji_only(text)


@pytest.mark.parametrize("text", ["", " ", "hi 😀", "123", "✓", "©", "😀" * 11, "a"])
def test_not_emoji_only(text: str) -> None:
    assert not is_emoji_only(text)


@pytest.mark.parametrize(
    ("tip", "sender", "expected"),
    [
        (Tip(TipKind.CREATED), BEN, "Ben created the group"),
        (Tip(TipKind.INVITED, (CEM,)), OWN, "You invited Cem"),
        (Tip(TipKind.INVITED, (OWN,)), BEN, "Ben invited you"),
        (Tip(TipKind.INVITED, (CEM, OWN)), BEN, "Ben invited Cem and you"),
        (Tip(TipKind.INVITED), BEN, "Ben invited somebody"),
        (Tip(TipKind.JOINED), BEN, "Ben joined"),
        (Tip(TipKind.LEFT), BEN, "Ben left"),
        (Tip(TipKind.DECLINED), BEN, "Ben declined the invitation"),
        (Tip(TipKind.KICKED, (CEM,)), BEN, "Ben removed Cem"),
        (Tip(TipKind.BANNED, (CEM,)), BEN, "Ben banned Cem"),
        (Tip(TipKind.RENAMED, value="Harbour\n{0}"), BEN, "Ben changed the name to “Harbour {0}”"),
        (Tip(TipKind.RENAMED), BEN, "Ben removed the name"),
        (Tip(TipKind.TOPIC, value="Ships"), BEN, "Ben changed the topic to “Ships”"),
        (Tip(TipKind.TOPIC), BEN, "Ben removed the topic"),
        (Tip(TipKind.AVATAR), BEN, "Ben changed the picture"),
        (Tip(TipKind.ROLES, (CEM,)), BEN, "Ben changed the role of Cem"),
        (Tip(TipKind.ROLES), BEN, "Ben changed the roles"),
    ],
)
def test_tips(words: Words, tip: Tip, sender: str, expected: str) -> None:
    assert words.tip(message(tip, sender=sender), tip).translate(MARKS) == expected


def test_every_tip_has_words(words: Words) -> None:
    for kind in TipKind:
        tip = Tip(kind)
        assert "Ben" in words.tip(message(tip), tip)


def test_a_name_cannot_turn_the_sentence_around(words: Words) -> None:
    tip = Tip(TipKind.JOINED)
    evil = "Ben\u202e"
    assert f"\u2068{evil}\u2069" in words.tip(message(tip, sender_name=evil), tip)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("你 邀请了 \u2068Ben\u2069", "你邀请了 \u2068Ben\u2069"),
        ("\u2068Ben\u2069 邀请了 \u2068王伟\u2069", "\u2068Ben\u2069 邀请了\u2068王伟\u2069"),
        ("\u2068王伟\u2069 邀请了 你", "\u2068王伟\u2069邀请了你"),
        ("You invited Ben", "You invited Ben"),
    ],
)
def test_no_stray_space_between_chinese_signs(text: str, shown: str) -> None:
    assert close_up(text) == shown


def test_recalled(words: Words) -> None:
    def text(sender: str, revoked_by: str = "") -> str:
        item = message(state=MessageState.REVOKED, sender=sender, revoked_by=revoked_by)
        return words.recalled(item).translate(MARKS)

    assert text(sender=OWN) == "You recalled a message"
    assert text(sender=BEN, revoked_by=BEN) == "Ben recalled a message"
    assert text(sender=OWN, revoked_by=BEN) == "Ben removed your message"
    assert text(sender=BEN, revoked_by=OWN) == "You removed a message of Ben"


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        (Text("Hi"), "Ben, Hi, {time}"),
        (Image(Media(name="a.png")), "Ben, image, a.png, {time}"),
        (File(Media(name="a.pdf")), "Ben, file, a.pdf, {time}"),
        (Sound(Media()), "Ben, sound, Sound, {time}"),
        (Video(Media()), "Ben, video, Video, {time}"),
        (Location("1", "2", "Home"), "Ben, location, Home, 1, 2, {time}"),
        (Tip(TipKind.JOINED), "Ben joined, {time}"),
        (Unreadable(), "Ben, This message is end-to-end encrypted. chatdesk cannot read it yet., {time}"),
        (Unknown("x", "A poll"), "Ben, A poll, {time}"),
    ],
)
def test_what_is_read_aloud(words: Words, element: Element, expected: str) -> None:
    item = message(element)
    assert words.spoken(item) == expected.format(time=words.time(item.time_ms))


def test_states_read_aloud(words: Words) -> None:
    expected = {
        MessageState.QUEUED: "waiting to be sent",
        MessageState.UPLOADING: "uploading",
        MessageState.SENT: "sent",
        MessageState.SYNCED: "sent",
        MessageState.FAILED: "not sent: No.",
        MessageState.REVOKING: "being recalled",
        MessageState.REVOKED: "",
    }
    for state, text in expected.items():
        assert words.state(message(sender=OWN, state=state, failure="No.")) == text
    assert words.state(message(sender=OWN), (BEN, CEM)).translate(MARKS) == "read by Ben and Cem"
    assert Words(OWN, False, display_name).state(message(sender=OWN), (BEN,)) == "read"
    assert words.state(message()) == ""


@pytest.mark.parametrize("element", [Text(" \n"), Face(3), Custom(), Unknown()])
def test_nothing_is_ever_empty(words: Words, element: Element) -> None:
    assert words.plain(message(element)) == "This kind of message cannot be shown yet"
    assert words.plain(message([])) == "This kind of message cannot be shown yet"


def test_days(words: Words) -> None:
    today = QDate.currentDate()
    assert words.day(today) == "Today"
    assert words.day(today.addDays(-1)) == "Yesterday"
    assert words.day(today.addDays(-3)) == QLocale().standaloneDayName(today.addDays(-3).dayOfWeek())
    assert str(today.addDays(-400).year()) in words.day(today.addDays(-400))
    assert words.day(today.addDays(1)) not in ("Today", "Yesterday")


def test_cards(words: Words) -> None:
    file = File(Media(name="a.pdf", size=1_500_000))
    facts = words.card_facts(file)
    assert facts == "1.5 MB"
    assert words.transfer(None, facts) == "1.5 MB"

    def download(state: DownloadState) -> Download:
        return Download(1, 1, 0, file.media, "", state, 30, 120)

    assert words.transfer(download(DownloadState.RUNNING), facts) == "1.5 MB · 25 %"
    assert words.transfer(download(DownloadState.WAITING), facts) == "1.5 MB · Waiting"
    assert words.transfer(download(DownloadState.DONE), facts) == "1.5 MB · Open"
    assert words.transfer(download(DownloadState.FAILED), facts) == "Download failed"
    assert words.transfer(download(DownloadState.CANCELLED), facts) == "1.5 MB"
    assert words.uploading(1, 0) == "Sending, 0 %"


def test_edges(words: Words) -> None:
    assert words.header(LoadState.IDLE) == ""
    assert words.header(LoadState.LOADING) == "Loading older messages…"
    assert words.empty(LoadState.IDLE) == words.empty(LoadState.START_REACHED) == "No messages yet"


def test_durations_and_times(words: Words) -> None:
    assert duration_text(0) == ""
    assert duration_text(61_000) == "1:01"
    assert duration_text(3_661_000) == "1:01:01"
    noon_ms = int(datetime(2025, 5, 5, 12, 34).astimezone().timestamp() * 1000)
    assert "34" in words.time(noon_ms)
