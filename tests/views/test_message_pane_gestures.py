"""Clicks, drags, menus and keys on messages, through the real widget."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatdesk.domain.changes import LoadState, Update
from chatdesk.domain.elements import File, Image, Media, Text, Tip, TipKind
from chatdesk.domain.messages import MessageState
from chatdesk.domain.transfers import Download, DownloadState
from tests.views.message_pane_setting import Setting, names_of
from tests.views.message_samples import OWN, message, talk

PDF = File(Media("mxc://a/b", "report.pdf", "application/pdf", 12_345))
BIG_KEY = 5_000_000_000
"""Wider than 32 bits: keys must come through signals whole."""


def _download(state: DownloadState, download_id: int = 9) -> Download:
    return Download(download_id, BIG_KEY, 0, PDF.media, str(Path("/downloads/report.pdf")), state, 10, 100)


def _clipboard() -> str:
    return QApplication.clipboard().text()


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (MessageState.QUEUED, ["editMessage", "copyText", "cancelSending"]),
        (MessageState.UPLOADING, ["copyText", "cancelSending"]),
        (MessageState.SENT, ["editMessage", "copyText", "recallMessage", "deleteMessage"]),
        (MessageState.SYNCED, ["editMessage", "copyText", "recallMessage", "deleteMessage"]),
        (MessageState.FAILED, ["copyText", "retryMessage", "deleteMessage"]),
        (MessageState.REVOKING, ["copyText"]),
        (MessageState.REVOKED, ["deleteMessage"]),
    ],
)
def test_the_menu_of_an_own_message(qtbot: QtBot, state: MessageState, expected: list[str]) -> None:
    mine = replace(message("mine", key=BIG_KEY, sender=OWN, state=state), message_id="$mine")
    setting = Setting(qtbot, (*talk(5), mine))
    layout = setting.layout(BIG_KEY)
    menu = setting.menu_at(setting.in_view(BIG_KEY, layout.bubble).center())
    assert names_of(menu) == expected
    if menu is not None:
        menu.close()


def test_the_menu_of_somebody_elses_message_and_of_a_tip(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("theirs", key=1), message(Tip(TipKind.JOINED), key=2)))
    menu = setting.menu_at(setting.item_rect(1).center())
    assert names_of(menu) == ["copyText", "deleteMessage"]
    assert menu is not None
    menu.close()
    assert names_of(setting.menu_at(setting.item_rect(2).center())) == ["copyText"]


def test_there_is_no_menu_beside_the_bubble(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("theirs", key=1),))
    beside = QPoint(setting.pane.viewport().width() - 40, setting.item_rect(1).center().y())
    assert setting.menu_at(beside) is None


def test_recall_by_right_click(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (*talk(5), message("mine", key=BIG_KEY, sender=OWN), message(key=7)))
    menu = setting.menu_at(setting.item_rect(BIG_KEY).center())
    assert menu is not None
    # The row moves while the menu is open: the request names the message all the same.
    setting.model.apply(Update(4, message("changed\n" * 9, key=5)))
    setting.choose(menu, "recallMessage")
    assert setting.told == [("revoke_requested", BIG_KEY)]


def test_the_menu_key_opens_the_menu_of_the_current_message(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (*talk(5), message("mine", key=BIG_KEY, sender=OWN)))
    setting.focus_by_tab()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    QApplication.sendEvent(setting.pane, event)
    menu = setting.open_menu()
    assert names_of(menu) == ["editMessage", "copyText", "recallMessage", "deleteMessage"]
    assert menu is not None
    assert setting.pane.viewport().rect().contains(setting.pane.viewport().mapFromGlobal(menu.pos()))
    menu.close()
    qtbot.waitUntil(lambda: setting.open_menu() is None)


def test_the_menu_of_a_file_follows_its_download(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message(PDF, key=BIG_KEY),))
    expected = {
        None: ["downloadFile", "saveFileAs"],
        DownloadState.RUNNING: ["pauseDownload", "cancelDownload"],
        DownloadState.PAUSED: ["resumeDownload", "cancelDownload"],
        DownloadState.FAILED: ["retryDownload", "saveFileAs"],
        DownloadState.MISSING: ["retryDownload", "saveFileAs"],
        DownloadState.DONE: ["openFile", "showInFolder", "saveFileAs", "copyFile"],
    }
    for state, names in expected.items():
        if state is not None:
            setting.model.set_download(_download(state))
        menu = setting.menu_at(setting.item_rect(BIG_KEY).center())
        assert names_of(menu) == [*names, "deleteMessage"]
        assert menu is not None
        setting.choose(menu, names[0])
    assert setting.told == [
        ("download_requested", BIG_KEY, 0),
        ("pause_requested", 9),
        ("resume_requested", 9),
        ("resume_requested", 9),
        ("resume_requested", 9),
        ("open_requested", 9),
    ]


def test_a_click_on_a_file_downloads_cancels_and_opens(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message([Text("see"), PDF], key=BIG_KEY),))
    point = setting.item_rect(BIG_KEY, 1).center()
    setting.click(point)
    assert setting.told == [("download_requested", BIG_KEY, 1)]
    download = Download(3, BIG_KEY, 1, PDF.media, "/x", DownloadState.RUNNING)
    setting.model.set_download(download)
    setting.click(point)
    setting.model.set_download(Download(3, BIG_KEY, 1, PDF.media, "/x", DownloadState.DONE))
    setting.click(point)
    setting.model.set_download(Download(3, BIG_KEY, 1, PDF.media, "/x", DownloadState.FAILED))
    setting.click(point)
    assert setting.told[1:] == [("cancel_requested", 3), ("open_requested", 3), ("resume_requested", 3)]


def test_a_click_on_a_picture_shows_it_large(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message(Image(Media("mxc://a/p", "p.png"), 300, 200), key=4),))
    setting.click(setting.item_rect(4).center())
    assert setting.told == [("view_requested", 4, 0)]


def test_what_is_still_on_its_way_up_is_not_downloaded(qtbot: QtBot) -> None:
    own = File(Media("", "report.pdf", path="/tmp/report.pdf"))
    setting = Setting(qtbot, (message(own, key=4, sender=OWN, state=MessageState.UPLOADING),))
    setting.click(setting.item_rect(4).center())
    menu = setting.menu_at(setting.item_rect(4).center())
    assert names_of(menu) == ["cancelSending"]
    assert setting.told == []


def test_retry_and_delete_under_a_failed_message(qtbot: QtBot) -> None:
    failed = message("x", key=BIG_KEY, sender=OWN, state=MessageState.FAILED, failure="The server refuses this.")
    setting = Setting(qtbot, (*talk(3), failed))
    setting.click(setting.failure_letter(BIG_KEY, "Retry"))
    setting.click(setting.failure_letter(BIG_KEY, "Delete"))
    setting.click(setting.failure_letter(BIG_KEY, "refuses"))
    assert setting.told == [("retry_requested", BIG_KEY), ("discard_requested", BIG_KEY)]


def test_the_reason_may_hold_the_words_of_the_links(qtbot: QtBot) -> None:
    failed = message("x", key=4, sender=OWN, state=MessageState.FAILED, failure="Retry later. Delete nothing.")
    setting = Setting(qtbot, (failed,))
    failure = setting.layout(4).failure
    assert failure is not None
    setting.click(setting.in_view(4, failure.rect).topLeft() + QPoint(5, failure.rect.height() // 2))
    assert setting.told == []


def test_a_click_on_a_link(qtbot: QtBot) -> None:
    text = "😀 see https://example.org/a?b=1, please"
    setting = Setting(qtbot, (message(text, key=4),))
    units = len("😀 see ".encode("utf-16-le")) // 2
    setting.click(setting.letter(4, units + 5))
    assert setting.told == [("link_activated", "https://example.org/a?b=1")]
    setting.click(setting.letter(4, units - 3))
    assert len(setting.told) == 1


def test_a_link_can_be_copied_by_menu(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("https://example.org/x", key=4),))
    menu = setting.menu_at(setting.letter(4, 5))
    assert names_of(menu) == ["copyLink", "copyText", "deleteMessage"]
    assert menu is not None
    setting.choose(menu, "copyLink")
    assert _clipboard() == "https://example.org/x"


def test_dragging_marks_text_and_copies_it(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("👍 one two three", key=4), message("other", key=5)))
    setting.focus_by_tab()
    setting.drag(setting.letter(4, 3), setting.letter(4, 6))
    assert setting.pane.selected_text() == "one"
    QTest.keyClick(setting.pane, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert _clipboard() == "one"
    menu = setting.menu_at(setting.letter(4, 5))
    assert names_of(menu) == ["copySelection", "copyText", "deleteMessage"]
    assert menu is not None
    menu.close()
    assert setting.pane.selected_text() == "one"
    setting.click(setting.item_rect(5).center())
    assert setting.pane.selected_text() == ""
    QTest.keyClick(setting.pane, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert _clipboard() == "other"


def test_a_drag_out_of_the_bubble_marks_to_its_end_and_activates_nothing(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("see https://example.org", key=4),))
    setting.drag(setting.letter(4, 8), setting.item_rect(4).bottomRight() + QPoint(400, 40))
    assert setting.pane.selected_text() == "s://example.org"
    assert setting.told == []


def test_marking_across_paragraphs_of_two_directions(qtbot: QtBot) -> None:
    text = "first\nمرحبا\nlast"
    setting = Setting(qtbot, (message(text, key=4),))
    setting.click(setting.item_rect(4).center())
    setting.focus_by_tab()
    QTest.keyClick(setting.pane, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert setting.pane.selected_text() == text
    QTest.keyClick(setting.pane, Qt.Key.Key_Escape)
    assert setting.pane.selected_text() == ""


def test_a_double_click_marks_a_word(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("one twofold three", key=4),))
    QTest.mouseDClick(
        setting.pane.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        setting.letter(4, 7),
    )
    assert setting.pane.selected_text() == "twofold"


def test_marked_text_goes_when_the_message_is_recalled(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("secret words", key=4),))
    setting.drag(setting.letter(4, 1), setting.letter(4, 9))
    assert setting.pane.selected_text()
    setting.model.apply(Update(0, message("", key=4, state=MessageState.REVOKED)))
    assert setting.pane.selected_text() == ""


def test_return_acts_on_the_current_message(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("https://example.org", key=3), message(PDF, key=4)))
    setting.focus_by_tab()
    QTest.keyClick(setting.pane, Qt.Key.Key_Return)
    QTest.keyClick(setting.pane, Qt.Key.Key_Up)
    QTest.keyClick(setting.pane, Qt.Key.Key_Return)
    assert setting.told == [("download_requested", 4, 0), ("link_activated", "https://example.org")]


def test_cursor_shapes_tell_what_a_click_does(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("plain https://example.org", key=3), message(PDF, key=4)))
    viewport = setting.pane.viewport()
    for point, shape in (
        (setting.letter(3, 2), Qt.CursorShape.IBeamCursor),
        (setting.letter(3, 12), Qt.CursorShape.PointingHandCursor),
        (setting.item_rect(4).center(), Qt.CursorShape.PointingHandCursor),
        (QPoint(viewport.width() - 3, 3), Qt.CursorShape.ArrowCursor),
    ):
        setting.hover(point)
        assert viewport.cursor().shape() is shape


def test_retry_at_the_top_asks_again(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(40))
    asked: list[bool] = []
    setting.model.older_requested.connect(lambda: asked.append(True))
    setting.pane.scroll_to_top()
    setting.model.set_load_state(LoadState.FAILED, "No answer")
    setting.show_now()
    edges = setting.pane._edges
    area = setting.pane.viewport().rect()
    points = [QPoint(x, y) for y in range(0, 40, 3) for x in range(0, area.width(), 5)]
    on_retry = [point for point in points if edges.is_retry(point)]
    assert on_retry
    setting.click(on_retry[len(on_retry) // 2])
    assert asked == [True]
