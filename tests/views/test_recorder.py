"""Voice messages on a machine without microphone: what is said then, and what becomes of a recording."""

from pathlib import Path

import pytest

from chatdesk.core.session import Session
from chatdesk.domain.elements import Media, Sound, Text
from chatdesk.models import recorder as module
from chatdesk.models.composer import ComposerModel
from chatdesk.models.session import SessionModel
from tests.models.offline import BEN, c2c_id, direct, incoming, receive_direct
from tests.models.waiting import until


@pytest.fixture
async def composer(session: Session, account: SessionModel) -> ComposerModel:
    await receive_direct(session, direct(BEN, [incoming("hello")], "Ben"))
    account.load(c2c_id(BEN))
    await until(lambda: account.chat.conversation is not None)
    return account.chat.composer


async def test_without_multimedia_it_says_what_to_do(
    composer: ComposerModel, account: SessionModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "qt_multimedia", lambda: None)
    told: list[str] = []
    account.failed.connect(told.append)
    composer.record()
    assert len(told) == 1
    assert "chatdesk[media]" in told[0]
    assert not composer.recorder.is_recording
    assert composer.recorder.microphones() == []


async def test_a_recording_waits_to_be_heard_and_sent(
    composer: ComposerModel, session: Session, account: SessionModel, tmp_path: Path
) -> None:
    path = session.pasted.keep(b"sound", ".m4a")
    media = Media(name="Voice message.m4a", mime="audio/mp4", size=5, path=str(path))
    composer._recording_for = c2c_id(BEN)
    composer.recorder.recorded.emit(Sound(media, 2000, (1, 2, 3), is_voice=True))
    assert [type(file) for file in composer.files] == [Sound]
    composer.set_text("listen")
    composer.send()
    timeline = account.chat.timeline
    assert timeline is not None
    await until(lambda: any(isinstance(m.elements[0], Sound) for m in timeline.items))
    message = timeline.items[-1]
    sound, caption = message.elements
    assert isinstance(sound, Sound)
    assert (sound.is_voice, sound.waveform, sound.duration_ms) == (True, (1, 2, 3), 2000)
    assert caption == Text("listen")


async def test_what_is_not_sent_is_removed(composer: ComposerModel, session: Session) -> None:
    path = session.pasted.keep(b"sound", ".m4a")
    composer._recording_for = c2c_id(BEN)
    composer.recorder.recorded.emit(Sound(Media(name="v.m4a", path=str(path)), 900, is_voice=True))
    composer.remove_file(0)
    assert not path.exists()
