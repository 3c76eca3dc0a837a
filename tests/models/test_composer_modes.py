"""Answering, changing, mentioning, captions, and taking a message back before it leaves: on a real store."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from chatdesk.core.session import Session
from chatdesk.domain.elements import Element, File, Image, Location, Media, Sound, Text, Video
from chatdesk.domain.messages import EVERYONE, Message, MessageState
from chatdesk.models.composer import ComposerModel
from chatdesk.models.composer_mode import ModeKind
from chatdesk.models.session import SessionModel
from chatdesk.models.settings import Preferences
from tests.models.offline import ANN, BEN, CARLA, group, group_id, incoming, member, receive
from tests.models.waiting import turn, until

LUNCH = group_id("!lunch")
TRIP = group_id("!trip")


@pytest.fixture
async def composer(session: Session, account: SessionModel) -> ComposerModel:
    said = [incoming("Where?"), incoming("When?", CARLA), incoming("My idea", ANN)]
    people = (member(BEN), member(CARLA, "Carla Maria"))
    await receive(session, group("!lunch", "Lunch", said, people), group("!trip", "Trip", [incoming("Go")]))
    account.load(LUNCH)
    await until(lambda: account.chat.timeline is not None and len(_said(account)) == 3)
    await until(lambda: account.chat.composer.complete_people("b"))
    return account.chat.composer


def _said(account: SessionModel) -> list[Message]:
    timeline = account.chat.timeline
    return [] if timeline is None else [message for message in timeline.items if not message.is_tip]


def _newest(account: SessionModel) -> Message:
    return _said(account)[-1]


async def _sent(account: SessionModel, count: int) -> list[tuple[Element, ...]]:
    await until(lambda: len(_said(account)) >= 3 + count)
    return [message.elements for message in _said(account)[3:]]


def _mode(composer: ComposerModel) -> tuple[ModeKind, str] | None:
    return None if composer.mode is None else (composer.mode.kind, composer.mode.message.text)


async def test_an_answer_names_its_message_and_the_mode_ends(account: SessionModel, composer: ComposerModel) -> None:
    asked = _said(account)[0]
    composer.reply_to(asked)
    composer.set_text("Here")
    assert _mode(composer) == (ModeKind.REPLY, "Where?")
    composer.send()
    assert composer.mode is None
    await _sent(account, 1)
    quote = _newest(account).reply_to
    assert quote is not None and quote.message_id == asked.message_id


async def test_the_answered_message_survives_a_switch(account: SessionModel, composer: ComposerModel) -> None:
    composer.reply_to(_said(account)[1])
    composer.set_text("not yet")
    account.chat.open(TRIP)
    assert composer.mode is None
    account.chat.open(LUNCH)
    assert _mode(composer) == (ModeKind.REPLY, "When?")
    assert composer.text == "not yet"
    composer.cancel_mode()
    assert composer.mode is None
    assert composer.text == "not yet"


async def test_keys_choose_which_message_is_answered(account: SessionModel, composer: ComposerModel) -> None:
    composer.step_reply(-1)
    assert _mode(composer) == (ModeKind.REPLY, "My idea")
    composer.step_reply(-1)
    composer.step_reply(-1)
    composer.step_reply(-1)
    assert _mode(composer) == (ModeKind.REPLY, "Where?")
    composer.step_reply(1)
    assert _mode(composer) == (ModeKind.REPLY, "When?")
    composer.step_reply(1)
    composer.step_reply(1)
    assert composer.mode is None


async def test_an_edit_leaves_the_draft_alone(session: Session, account: SessionModel, composer: ComposerModel) -> None:
    shown: list[str] = []
    composer.text_replaced.connect(shown.append)
    composer.set_text("half a thought")
    assert composer.edit_last()
    assert (composer.text, shown[-1]) == ("My idea", "My idea")
    composer.set_text("My better idea")
    account.chat.open(TRIP)
    account.chat.open(LUNCH)
    assert composer.text == "My better idea"
    composer.save_draft()
    await turn(0.02)
    stored = await session.conversations.get(LUNCH)
    assert stored is not None and stored.draft == "half a thought"
    composer.cancel_mode()
    assert (composer.text, shown[-1]) == ("half a thought", "half a thought")


@pytest.mark.parametrize("ends", ["send", "cancel_mode"])
async def test_who_ends_a_change_is_not_typing_any_more(
    session: Session, composer: ComposerModel, monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    told: list[str] = []
    monkeypatch.setattr(session.typing, "typed", lambda _: told.append("typed"))
    monkeypatch.setattr(session.typing, "stopped", lambda _: told.append("stopped"))
    composer.edit_last()
    composer.set_text("My better idea")
    getattr(composer, ends)()
    assert told == ["typed", "stopped"]


async def test_a_change_reaches_the_outbox(account: SessionModel, composer: ComposerModel) -> None:
    composer.edit_last()
    composer.set_text("My **better** idea")
    composer.send()
    assert composer.mode is None
    await until(lambda: _said(account)[2].text == "My **better** idea")
    (element,) = _said(account)[2].elements
    assert isinstance(element, Text) and element.html == "My <strong>better</strong> idea"


async def test_a_change_that_changes_nothing_or_empties_it_is_none(
    account: SessionModel, composer: ComposerModel
) -> None:
    composer.edit_last()
    composer.set_text("  ")
    composer.send()
    assert composer.mode is not None
    composer.set_text("My idea")
    composer.send()
    assert composer.mode is None
    await turn(0.05)
    assert _said(account)[2].edited_ms == 0


async def test_only_own_texts_are_edited_and_only_what_the_server_has_is_answered(
    account: SessionModel, composer: ComposerModel
) -> None:
    asked = _said(account)[0]
    composer.edit(asked)
    assert composer.mode is None
    composer.set_text("new")
    composer.send()
    await _sent(account, 1)
    composer.reply_to(_newest(account))
    assert composer.mode is None
    account.chat.open(TRIP)
    composer.reply_to(asked)
    assert composer.mode is None


async def test_people_are_completed_and_told(account: SessionModel, composer: ComposerModel) -> None:
    assert [person.name for person in composer.complete_people("")] == ["Ben", "Carla Maria", "everyone"]
    (carla,) = composer.complete_people("mar")
    assert carla.word == "@Carla Maria"
    (ben,) = composer.complete_people("@ben"[1:])
    composer.mention(carla)
    composer.mention(ben)
    composer.set_text("Hi @Carla Maria and Ben")
    composer.send()
    await _sent(account, 1)
    assert _newest(account).mentions == (CARLA,)
    (element,) = _newest(account).elements
    assert isinstance(element, Text)
    assert element.html == f'Hi <a href="https://matrix.to/#/{CARLA}">@Carla Maria</a> and Ben'


async def test_everyone_is_a_word_of_its_own(account: SessionModel, composer: ComposerModel) -> None:
    (everyone,) = composer.complete_people("room")
    composer.mention(everyone)
    composer.set_text("@room lunch")
    composer.send()
    assert await _sent(account, 1) == [(Text("@room lunch"),)]
    assert _newest(account).mentions == (EVERYONE,)


async def test_markdown_can_be_switched_off(account: SessionModel, composer: ComposerModel) -> None:
    composer.set_text("**bold**")
    composer.send()
    assert await _sent(account, 1) == [(Text("**bold**", "<strong>bold</strong>"),)]
    composer.preferences = lambda: Preferences(markdown=False)
    composer.set_text("**bold**")
    composer.send()
    assert (await _sent(account, 2))[1] == (Text("**bold**"),)


async def test_quick_messages_leave_in_order(account: SessionModel, composer: ComposerModel) -> None:
    for number in range(6):
        composer.set_text(f"**{number}**" if number % 2 == 0 else str(number))
        composer.send()
    sent = await _sent(account, 6)
    assert [element.content.strip("*") for (element,) in sent if isinstance(element, Text)] == list("012345")


def _picture(color: Qt.GlobalColor = Qt.GlobalColor.red) -> QImage:
    image = QImage(600, 300, QImage.Format.Format_RGB32)
    image.fill(color)
    return image


async def test_a_pasted_picture_and_its_caption_are_one_message(
    session: Session, account: SessionModel, composer: ComposerModel
) -> None:
    composer.add_image(_picture())
    await until(lambda: composer.files)
    preview = composer.attachments.preview(composer.files[0])
    assert preview is not None and (preview.width(), preview.height()) == (320, 160)
    composer.set_text("Look")
    composer.send()
    ((image, text),) = await _sent(account, 1)
    assert isinstance(image, Image) and (image.width, image.height) == (600, 300)
    assert text == Text("Look")
    path = Path(image.media.path)
    assert path.stat().st_mode & 0o077 == 0
    await session.pasted.clean()
    assert path.exists()  # it still waits to be uploaded
    echo = _newest(account)
    arrived = incoming((Image(Media("mxc://example.org/picture"), 600, 300), text), ANN, txn_id=echo.txn_id)
    await receive(session, group("!lunch", None, [arrived]))
    await until(lambda: not path.exists())
    assert _newest(account).state is MessageState.SYNCED


async def test_a_pasted_picture_that_is_not_sent_leaves_no_file(composer: ComposerModel) -> None:
    composer.add_image(_picture())
    composer.add_image(_picture(Qt.GlobalColor.blue))
    await until(lambda: len(composer.files) == 2)
    paths = [Path(element.media.path) for element in composer.files if isinstance(element, Image)]
    composer.remove_file(0)
    assert [path.exists() for path in paths] == [False, True]


async def test_files_leave_in_the_order_they_were_put(
    account: SessionModel, composer: ComposerModel, tmp_path: Path
) -> None:
    for name in "abc":
        (tmp_path / name).write_text("content")
    composer.add_files([tmp_path / name for name in "abc"])
    await until(lambda: len(composer.files) == 3)
    assert composer.attachments.total_bytes == 21
    composer.move_file(2, 0)
    composer.reply_to(_said(account)[0])
    composer.send()
    sent = await _sent(account, 3)
    assert [element.media.name for (element,) in sent if isinstance(element, File)] == ["c", "a", "b"]
    assert [message.reply_to is not None for message in _said(account)[3:]] == [True, False, False]


async def test_a_held_message_can_be_taken_back(account: SessionModel, composer: ComposerModel) -> None:
    composer.preferences = lambda: Preferences(undo_seconds=10)
    composer.reply_to(_said(account)[0])
    composer.set_text("too early")
    composer.send()
    assert composer.text == ""
    assert composer.held is not None and composer.seconds_left == 10
    composer.set_text("next")
    composer.undo()
    assert composer.held is None
    assert composer.text == "too early\nnext"
    assert _mode(composer) == (ModeKind.REPLY, "Where?")
    await turn(0.05)
    assert len(_said(account)) == 3


async def test_a_video_leaves_as_one_also_without_a_poster(
    account: SessionModel, composer: ComposerModel, tmp_path: Path
) -> None:
    """Nothing here can read it: there is no multimedia in these tests, and no video in the file."""
    (tmp_path / "Waves.mp4").write_bytes(b"no film at all")
    composer.add_files([tmp_path / "Waves.mp4"])
    await until(lambda: composer.files)
    composer.send()
    ((video,),) = await _sent(account, 1)
    assert isinstance(video, Video)
    assert (video.media.name, video.thumbnail, video.duration_ms) == ("Waves.mp4", None, 0)


async def test_a_song_leaves_as_a_sound_and_not_as_a_voice(
    account: SessionModel, composer: ComposerModel, tmp_path: Path
) -> None:
    (tmp_path / "Waves.mp3").write_bytes(b"no song at all")
    composer.add_files([tmp_path / "Waves.mp3"])
    await until(lambda: composer.files and not composer.attachments.is_preparing)
    composer.send()
    ((song,),) = await _sent(account, 1)
    assert isinstance(song, Sound)
    assert (song.media.name, song.media.mime, song.is_voice) == ("Waves.mp3", "audio/mpeg", False)


async def test_a_held_picture_comes_back_with_its_looks(composer: ComposerModel) -> None:
    composer.preferences = lambda: Preferences(undo_seconds=10)
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0)
    composer.add_image(image)
    await until(lambda: composer.files)
    composer.send()
    assert not composer.files
    composer.undo()
    (picture,) = composer.files
    assert composer.attachments.preview(picture) is not None


async def test_a_held_message_leaves_by_itself_and_before_the_next(
    account: SessionModel, composer: ComposerModel
) -> None:
    composer.preferences = lambda: Preferences(undo_seconds=1)
    composer.set_text("first")
    composer.send()
    composer.set_text("second")
    composer.send()
    assert [element for (element,) in await _sent(account, 1)] == [Text("first")]
    assert [element for (element,) in await _sent(account, 2)] == [Text("first"), Text("second")]
    assert composer.held is None


async def test_what_is_held_is_stored_as_a_draft_and_sent_when_the_program_ends(
    session: Session, account: SessionModel, composer: ComposerModel
) -> None:
    composer.preferences = lambda: Preferences(undo_seconds=10)
    composer.set_text("held")
    composer.send()
    composer.set_text("typed since")
    composer.save_draft()
    await turn(0.05)
    stored = await session.conversations.get(LUNCH)
    assert stored is not None and stored.draft == "held\ntyped since"
    await composer.finish()
    stored = await session.conversations.get(LUNCH)
    assert stored is not None and stored.draft == "typed since"
    await _sent(account, 1)


async def test_a_place_is_sent_at_once(account: SessionModel, composer: ComposerModel) -> None:
    composer.set_text("stays")
    composer.send_element(Location("52.5", "13.4", "Here"))
    assert await _sent(account, 1) == [(Location("52.5", "13.4", "Here"),)]
    assert composer.text == "stays"
