"""Where things stand and what is painted."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QFont, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatdesk.domain.changes import Insert, LoadState, Reset, Update
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
from chatdesk.domain.transfers import Download, DownloadState, UploadProgress
from chatdesk.views.message_paint import initial
from chatdesk.views.message_row import Ground
from chatdesk.views.message_style import Style, contrast
from chatdesk.views.message_text import TextBlock
from chatdesk.views.theme import DARK, LIGHT, Colors, Scheme
from tests.views.message_pane_setting import Setting
from tests.views.message_samples import BEN, MINUTE_MS, OWN, START_MS, message, talk

DAY_MS = 24 * 60 * MINUTE_MS
EVERYTHING: tuple[Element, ...] = (
    Text("plain"),
    Text("مرحبا\nhello"),
    Text("🎉"),
    Image(Media("mxc://a/1", "a.png"), 4000, 10),
    Image(Media("mxc://a/1", "a.png")),
    Sound(Media("mxc://a/2", "a.ogg", size=9), 4000),
    Video(Media("mxc://a/3", "a.mp4"), 61000, 640, 480, Media("mxc://a/4")),
    Video(Media("mxc://a/3", "a.mp4"), 61000),
    File(Media("mxc://a/5", "x" * 300 + ".pdf", size=10**12)),
    File(Media()),
    Location("59.3", "18.0"),
    Face(1, "", "smile"),
    Face(1),
    Custom("{}", "A card"),
    Custom("{}"),
    Unreadable("megolm"),
    Unknown("poll", "Lunch?"),
    Unknown("poll"),
    Text(""),
)


def _shot(setting: Setting) -> QImage:
    setting.show_now()
    return setting.pane.viewport().grab().toImage()


@pytest.mark.parametrize("is_group", [True, False])
@pytest.mark.parametrize("width", [320, 1300])
def test_everything_fits_and_nothing_is_empty(qtbot: QtBot, is_group: bool, width: int) -> None:
    messages = [
        message(content, sender=sender, state=state, failure="No " * 30)
        for content in (*EVERYTHING, EVERYTHING, ())
        for sender in (OWN, BEN)
        for state in (MessageState.SYNCED, MessageState.FAILED, MessageState.REVOKING, MessageState.REVOKED)
    ]
    setting = Setting(qtbot, messages, is_group)
    setting.pane.resize(width, 600)
    setting.show_now()
    viewport = setting.pane.viewport().width()
    for row, item in enumerate(messages):
        layout = setting.pane.rows.row_layout(row)
        area = QRect(0, 0, viewport, layout.height)
        assert layout.items, item
        assert layout.bubble.height() > 0
        for part in (layout.bubble, layout.meta, *(entry.rect for entry in layout.items)):
            assert area.contains(part), item
        for above, below in pairwise(layout.items):
            assert above.rect.bottom() < below.rect.top()
        assert layout.bubble.width() <= setting.pane._style.widest_bubble(viewport)
        if layout.ground is not Ground.NONE:
            assert all(layout.bubble.contains(entry.rect) for entry in layout.items), item
            assert layout.bubble.contains(layout.meta), item
    setting.pane.scroll_to_top()
    while not setting.pane.is_at_bottom:
        _shot(setting)  # paints without a Qt warning
        setting.pane.scroll_by(setting.pane.page_step)


def test_own_right_others_left(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message(key=1, sender=OWN), message(key=2)), is_group=False)
    width = setting.pane.viewport().width()
    margin = setting.pane._style.margin
    own, other = setting.layout(1), setting.layout(2)
    assert own.bubble.right() + 1 == width - margin
    assert other.bubble.left() == margin
    assert (own.ground, other.ground) == (Ground.OWN, Ground.OTHER)
    image = _shot(setting)
    colors = setting.theme.colors
    inside = QPoint(6, own.bubble.height() // 2)
    assert image.pixelColor(setting.in_view(1, own.bubble).topLeft() + inside) == QColor(colors.own_bubble)
    assert image.pixelColor(setting.in_view(2, other.bubble).topLeft() + inside) == QColor(colors.other_bubble)
    assert image.pixelColor(1, 1) == QColor(colors.window)


def test_one_sender_within_five_minutes_is_one_group(qtbot: QtBot) -> None:
    times = (0, 4 * MINUTE_MS, 10 * MINUTE_MS, 11 * MINUTE_MS, 12 * MINUTE_MS)
    senders = (BEN, BEN, BEN, OWN, BEN)
    messages = [
        message(key=number, sender=sender, time_ms=START_MS + time_ms)
        for number, (sender, time_ms) in enumerate(zip(senders, times, strict=True), 1)
    ]
    setting = Setting(qtbot, messages)
    layouts = [setting.layout(key) for key in range(1, 6)]
    assert [layout.name for layout in layouts] == ["Ben", "", "Ben", "", "Ben"]
    assert [layout.avatar.isValid() for layout in layouts] == [True, False, True, False, True]
    assert layouts[1].bubble.top() < layouts[2].bubble.top()
    assert layouts[0].bubble.left() == layouts[1].bubble.left()


def test_a_day_line_stands_where_the_day_changes(qtbot: QtBot) -> None:
    messages = [message(key=n, time_ms=START_MS + n * DAY_MS // 2) for n in range(1, 6)]
    setting = Setting(qtbot, messages)
    days = [setting.layout(key).heading.day for key in range(1, 6)]
    assert [bool(day) for day in days].count(True) == 3
    assert days[0]


def test_a_page_above_takes_the_day_line_with_it_and_nothing_moves(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(60))
    setting.pane.scroll_to_top()
    y = setting.content_y(1)
    assert setting.layout(1).heading.day
    setting.model.apply(Insert(0, (message(key=900, time_ms=START_MS - MINUTE_MS),)))
    assert not setting.layout(1).heading.day
    assert setting.content_y(1) == y


def test_the_time_stands_behind_the_last_line_or_below_it(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("short", key=1), message("x" * 2000, key=2)), is_group=False)
    short = setting.layout(1)
    item = short.item_of(0)
    assert item is not None
    assert item.rect.right() < short.meta.left()
    assert abs(short.meta.bottom() - item.rect.bottom()) < short.meta.height() / 2
    assert short.meta.right() + 1 == short.bubble.right() + 1 - setting.pane._style.pad_x


def test_a_caption_is_as_wide_as_its_picture(qtbot: QtBot) -> None:
    picture = Image(Media("mxc://a/b", "a.png"), 900, 600)
    setting = Setting(qtbot, (message([picture, Text("word " * 60)], key=1),))
    layout = setting.layout(1)
    assert layout.items[1].rect.width() <= layout.items[0].rect.width()
    assert layout.bubble.width() == layout.items[0].rect.width() + 2 * setting.pane._style.pad_x


def test_right_to_left_text_hugs_its_own_side(qtbot: QtBot) -> None:
    block = TextBlock("hello\nمرحبا", QFont(), 400, QColor("black"))
    assert block.width < 400
    right = max(x for x in range(block.width) if block.covers(x, block.height - 4))
    assert right > block.width - 6


def test_recalled_messages_keep_place_and_time(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("x", key=1, sender=OWN), message("y", key=2)))
    time = setting.layout(1).time
    setting.model.apply(Update(0, message("", key=1, sender=OWN, state=MessageState.REVOKED)))
    layout = setting.layout(1)
    assert layout.ground is Ground.OUTLINE
    assert layout.time == time
    item = layout.items[0].block
    assert isinstance(item, TextBlock)
    assert item.text == "You recalled a message"


def test_emoji_alone_are_large_and_free(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("🎉", key=1), message("a 🎉", key=2)), is_group=False)
    assert setting.layout(1).ground is Ground.NONE
    assert setting.layout(1).items[0].rect.height() > 1.5 * setting.layout(2).items[0].rect.height()


def test_read_and_progress_cost_no_layout_but_show(qtbot: QtBot) -> None:
    file = File(Media("mxc://a/b", "a.pdf", size=100))
    sent = message("sent", key=1, sender=OWN, position=1)
    uploading = message(file, key=2, sender=OWN, state=MessageState.UPLOADING)
    setting = Setting(qtbot, (sent, uploading, message(file, key=3)), is_group=False)
    shots = [_shot(setting)]
    built = setting.pane.rows.built
    setting.model.set_read_positions({BEN: 1})
    shots.append(_shot(setting))
    setting.model.set_progress(UploadProgress(2, 30, 100))
    shots.append(_shot(setting))
    setting.model.set_download(Download(1, 3, 0, file.media, "/x", DownloadState.RUNNING, 30, 100))
    shots.append(_shot(setting))
    setting.model.set_download(Download(1, 3, 0, file.media, "/x", DownloadState.DONE, 100, 100))
    shots.append(_shot(setting))
    assert setting.pane.rows.built == built
    assert all(one != other for one, other in pairwise(shots))


def test_two_palettes(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(10))
    light = _shot(setting)
    place = [(p.row, p.top) for p in setting.pane.placement.placed]
    setting.theme.set_scheme(Scheme.DARK)
    dark = _shot(setting)
    assert light.pixelColor(1, 1) == QColor(LIGHT.window)
    assert dark.pixelColor(1, 1) == QColor(DARK.window)
    assert [(p.row, p.top) for p in setting.pane.placement.placed] == place


@pytest.mark.parametrize("colors", [LIGHT, DARK])
def test_names_can_be_read_on_their_bubble(qtbot: QtBot, colors: Colors) -> None:
    style = Style(QApplication.font(), colors)
    for number in range(40):
        for ground in (colors.other_bubble, colors.window):
            assert contrast(style.name_color(f"@user{number}:example.org", ground), QColor(ground)) >= 4.5
    for ground in (colors.own_bubble, colors.other_bubble, colors.window):
        for ink in (colors.text, colors.muted, colors.accent):
            assert contrast(QColor(ink), QColor(ground)) >= 4.5


def test_the_colour_of_a_user_is_always_the_same(qtbot: QtBot) -> None:
    style = Style(QApplication.font(), LIGHT)
    assert style.avatar_color("@ben:example.org") == LIGHT.avatars[2]
    assert len({style.avatar_color(f"@u{number}:x") for number in range(100)}) == len(LIGHT.avatars)


@pytest.mark.parametrize(("name", "letter"), [("ben", "B"), ("@ann", "A"), ("王小明", "王"), ("  😀", "😀"), ("", "?")])
def test_initials(name: str, letter: str) -> None:
    assert initial(name) == letter


def test_an_empty_conversation_says_so(qtbot: QtBot) -> None:
    setting = Setting(qtbot, ())
    words = _shot(setting)
    setting.pane.set_model(None)
    nothing = _shot(setting)
    assert words != nothing
    setting.model.set_load_state(LoadState.LOADING)
    setting.pane.set_model(setting.model)
    assert _shot(setting) not in (words, nothing)


def test_marks_differ_by_state(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("x", key=1, sender=OWN),), is_group=False)
    shots = []
    for state in (MessageState.QUEUED, MessageState.SENT, MessageState.FAILED, MessageState.REVOKING):
        setting.model.apply(Update(0, message("x", key=1, sender=OWN, state=state)))
        layout = setting.layout(1)
        shots.append(_shot(setting).copy(setting.in_view(1, layout.meta)))
    assert all(one != other for number, one in enumerate(shots) for other in shots[:number])


def test_names_and_tips_follow_a_change_of_names(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message(Tip(TipKind.INVITED, ("@dora:example.org",)), key=1),))

    def text() -> str:
        block = setting.layout(1).items[0].block
        assert isinstance(block, TextBlock)
        return block.text.replace("\u2068", "").replace("\u2069", "")

    assert text() == "Ben invited dora"
    setting.model.set_display_name(lambda user_id: "Dora D." if "dora" in user_id else "")
    assert text() == "Ben invited Dora D."
    setting.model.apply(Reset(()))
