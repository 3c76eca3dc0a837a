"""Ctrl+K and links: from one field to conversations, people, messages, commands, dates, and what was pasted."""

import json
from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QListWidget, QMessageBox

from chatdesk.core.session import Session
from chatdesk.models.session import SessionModel
from chatdesk.models.switcher import MOST_LINKS, Choice, Kind, SwitcherModel
from chatdesk.views.main_window import MainWindow
from chatdesk.views.switcher import Switcher
from tests.models.offline import BEN, CARLA, direct, group, group_id, incoming, member, receive, receive_direct
from tests.models.waiting import until

LUNCH, BOOK = group_id("!lunch"), group_id("!book")
START_MS = 1_700_000_000_000
DAY_MS = 86_400_000


@pytest.fixture
async def talk(session: Session, account: SessionModel, window: MainWindow) -> MainWindow:
    people = (member(BEN, "Ben Keller"), member(CARLA, "Carla"))
    said = [incoming(f"soup number {number}", BEN, START_MS + number * DAY_MS) for number in range(200)]
    await receive(session, group("!lunch", "Lunch", said, people, topic="Noon"))
    await receive(session, group("!book", "Bücher", [incoming("a novel", CARLA)], people))
    await receive_direct(session, direct(BEN, [incoming("soup at home", BEN)], "Ben Keller"))
    account.load()
    await until(lambda: account.is_loaded)
    window.open_conversation(LUNCH)
    await until(lambda: account.chat.timeline is not None and account.chat.timeline.items)
    return window


async def _open(window: MainWindow) -> Switcher:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    switcher = window.findChild(Switcher)
    assert switcher is not None
    await until(switcher.isVisible)
    return switcher


def _choices(switcher: Switcher) -> Sequence[Choice]:
    model = switcher.list.model()
    assert isinstance(model, SwitcherModel)
    return model.items


async def _type(switcher: Switcher, text: str) -> None:
    switcher.field.setText(text)
    model = switcher.list.model()
    assert isinstance(model, SwitcherModel)
    await until(lambda: model.is_settled)


def _name(account: SessionModel) -> str:
    conversation = account.chat.conversation
    return conversation.name if conversation is not None else ""


async def test_two_keys_lead_to_the_last_conversation(talk: MainWindow, account: SessionModel) -> None:
    switcher = await _open(talk)
    assert {choice.title for choice in _choices(switcher)} == {"Bücher", "Ben Keller"}
    QTest.keyClick(switcher.field, Qt.Key.Key_Return)
    await until(lambda: _name(account) in ("Bücher", "Ben Keller"))


async def test_names_without_accents_and_walking_with_the_arrows(talk: MainWindow, account: SessionModel) -> None:
    switcher = await _open(talk)
    await _type(switcher, "buch")
    assert _choices(switcher)[0].title == "Bücher"
    await _type(switcher, "b")
    titles = [choice.title for choice in _choices(switcher)]
    assert titles[:2] in (["Bücher", "Ben Keller"], ["Ben Keller", "Bücher"])
    QTest.keyClick(switcher.field, Qt.Key.Key_Down)
    assert switcher.list.currentIndex().row() == 1
    QTest.keyClick(switcher.field, Qt.Key.Key_Up)
    QTest.keyClick(switcher.field, Qt.Key.Key_Up)
    assert switcher.list.currentIndex().row() == len(titles) - 1
    QTest.keyClick(switcher.field, Qt.Key.Key_Down)
    QTest.keyClick(switcher.field, Qt.Key.Key_Return)
    await until(lambda: _name(account) == titles[0])


async def test_a_message_and_a_command(talk: MainWindow, account: SessionModel) -> None:
    switcher = await _open(talk)
    await _type(switcher, "number 12")
    found = [choice for choice in _choices(switcher) if choice.kind is Kind.MESSAGE]
    assert found[0].title == "soup number 129"
    assert "Lunch" in found[0].detail
    QTest.keyClick(switcher.field, Qt.Key.Key_Return)
    pane = talk.chat_view._pane
    assert pane is not None
    await until(lambda: pane._jumps.glow(found[0].key) > 0)
    switcher = await _open(talk)
    await _type(switcher, "downl")
    assert [choice.kind for choice in _choices(switcher)] == [Kind.COMMAND]
    QTest.keyClick(switcher.field, Qt.Key.Key_Return)
    await until(lambda: talk.panes.is_side_shown and talk.side_pane.page is talk.side_pane.downloads)


@pytest.mark.parametrize(
    ("typed", "title", "dialog"),
    [
        ("notific", "Settings: Notifications", "settingsDialog"),
        ("history", "History of this conversation", "pastDialog"),
        ("export", "Export this conversation", "exportDialog"),
    ],
)
async def test_pages_of_the_settings_and_what_is_done_with_a_conversation(
    talk: MainWindow, typed: str, title: str, dialog: str
) -> None:
    switcher = await _open(talk)
    await _type(switcher, typed)
    assert [choice.title for choice in _choices(switcher) if choice.kind is Kind.COMMAND] == [title]
    QTest.keyClick(switcher.field, Qt.Key.Key_Return)
    await until(lambda: talk.findChild(QDialog, dialog) is not None)
    opened = talk.findChild(QDialog, dialog)
    assert opened is not None
    sections = opened.findChild(QListWidget, "settingsSections")
    assert sections is None or title.endswith(sections.currentItem().text())
    opened.close()


async def test_a_date_goes_there(talk: MainWindow) -> None:
    switcher = await _open(talk)
    await _type(switcher, "2023-12-24")
    (choice,) = [choice for choice in _choices(switcher) if choice.kind is Kind.DATE]
    assert choice.detail == "in Lunch"
    QTest.keyClick(switcher.field, Qt.Key.Key_Return)
    pane = talk.chat_view._pane
    assert pane is not None
    await until(lambda: pane.currentIndex().isValid())
    assert pane.timeline.message(pane.currentIndex().row()).text == "soup number 40"


async def test_several_ids_at_once_and_those_that_lead_nowhere(session: Session, talk: MainWindow) -> None:
    timeline = session.timeline(LUNCH)
    await timeline.open()
    known = [message.message_id for message in timeline.items[:2]]
    timeline.close()
    switcher = await _open(talk)
    await _type(switcher, f"{known[0]} https://matrix.to/#/!lunch/{known[1]} $nowhere")
    kinds = [choice.kind for choice in _choices(switcher)]
    assert kinds == [Kind.MESSAGE, Kind.MESSAGE, Kind.NOTHING]
    assert [choice.title for choice in _choices(switcher)][:2] == ["soup number 150", "soup number 151"]
    assert "no such message" in _choices(switcher)[2].detail
    switcher.list.setCurrentIndex(switcher.list.model().index(2, 0))
    QTest.keyClick(switcher.field, Qt.Key.Key_Return)
    assert switcher.isVisible()  # nowhere to go
    QTest.keyClick(switcher.field, Qt.Key.Key_Escape)
    QTest.keyClick(switcher.field, Qt.Key.Key_Escape)
    await until(lambda: not talk.findChildren(Switcher))


async def test_hundreds_of_links_are_looked_for_and_the_rest_is_counted(session: Session, talk: MainWindow) -> None:
    timeline = session.timeline(LUNCH)
    await timeline.open()
    known = timeline.items[0]
    timeline.close()
    switcher = await _open(talk)
    link = f"https://matrix.to/#/!lunch/{known.message_id}"
    await _type(switcher, " ".join([f"$nowhere{number}" for number in range(MOST_LINKS - 1)] + [link] * 3))
    found = _choices(switcher)
    assert {choice.kind for choice in found[:-3]} == {Kind.NOTHING}
    assert [choice.kind for choice in found[-2:]] == [Kind.MESSAGE, Kind.NOTHING]
    assert (found[-2].key, found[-1].title) == (known.key, "and 2 more")
    locator = {"message_locator_time": known.time_ms // 1000, "message_locator_seq": known.seq}
    await _type(switcher, json.dumps([locator] * (MOST_LINKS + 5)))
    found = _choices(switcher)
    assert {choice.key for choice in found[:-1]} == {known.key}
    assert (len(found), found[-1].title) == (MOST_LINKS + 1, "and 5 more")


async def test_locators_of_the_sdk_are_found_or_it_is_said_why_not(talk: MainWindow, account: SessionModel) -> None:
    timeline = account.chat.timeline
    assert timeline is not None
    known = timeline.items[-1]
    here = {"message_locator_time": known.time_ms // 1000, "message_locator_seq": known.seq}
    there = here | {"message_locator_conv_id": "!lunch", "message_locator_conv_type": 2}
    strange = here | {"message_locator_conv_id": "dora", "message_locator_conv_type": 1}
    wrong = here | {"message_locator_rand": 7}
    switcher = await _open(talk)
    await _type(switcher, json.dumps([here, there, strange, wrong]))
    found = _choices(switcher)
    assert [choice.kind for choice in found] == [Kind.MESSAGE, Kind.MESSAGE, Kind.NOTHING, Kind.NOTHING]
    assert (found[0].identifier, found[0].key) == (LUNCH, known.key)
    assert found[1].key == known.key
    assert found[2].detail == "You are not in this conversation: @dora:example.org"
    assert found[3].detail == "No message of that second has this number."
    await _type(switcher, '[{"soup": 1}]')  # some other JSON: a text to be searched for
    assert all(choice.kind is not Kind.LINK for choice in _choices(switcher))
    await _type(switcher, json.dumps(there))
    QTest.keyClick(switcher.field, Qt.Key.Key_Return)
    await until(lambda: not switcher.isVisible())


async def test_nothing_is_said_to_be_found(talk: MainWindow) -> None:
    switcher = await _open(talk)
    await _type(switcher, "zzzz")
    await until(switcher._nothing.isVisible)
    await _type(switcher, "lun")
    assert switcher.list.isVisible()


async def test_links_of_what_is_known_open_it(talk: MainWindow, account: SessionModel) -> None:
    talk.follow_link(f"https://matrix.to/#/{BEN}")
    await until(lambda: _name(account) == "Ben Keller")
    talk.follow_link("matrix:roomid/book")
    await until(lambda: _name(account) == "Bücher")
    talk.follow_link("matrix:x/nothing")
    await until(lambda: "no address" in talk.notice.text)


@pytest.mark.parametrize(
    ("address", "name"), [("@noor:example.org", "personQuestion"), ("!elsewhere", "groupQuestion")]
)
async def test_a_stranger_and_a_strange_group_are_offered(talk: MainWindow, address: str, name: str) -> None:
    talk.follow_link(address)
    await until(lambda: any(box.isVisible() for box in talk.findChildren(QMessageBox)))
    (box,) = talk.findChildren(QMessageBox)
    assert box.objectName() == name
    assert address in box.text()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    await until(lambda: not talk.findChildren(QMessageBox))


async def test_a_link_waits_for_the_account(session: Session, account: SessionModel, window: MainWindow) -> None:
    await receive(session, group("!lunch", "Lunch", [incoming("hi", BEN)]))
    window.follow_link("matrix:roomid/lunch")
    assert account.chat.conversation is None
    account.load()
    await until(lambda: _name(account) == "Lunch")
