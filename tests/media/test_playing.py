"""Real files are heard and seen to their end, by the program's own player."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from chatdesk.core.attachments import file_element
from chatdesk.domain.elements import Media, Sound
from chatdesk.models.films import look_at
from chatdesk.models.sounds import Sounds
from chatdesk.models.tasks import Tasks
from tests.media.samples import film, pictures, tone
from tests.models.waiting import until


class Listener:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.tasks = Tasks()
        self.sounds = Sounds(self._fetch, self.tasks.run)
        self.media = Media(name=path.name, path=str(path))
        self.positions: list[int] = []
        self.frames: list[QImage] = []
        self.unplayable: list[int] = []
        self.sounds.changed.connect(lambda: self.positions.append(self.sounds.position_ms))
        self.sounds.frame.connect(self.frames.append)
        self.sounds.unplayable.connect(lambda key, _: self.unplayable.append(key))

    async def _fetch(self, media: Media) -> bytes:
        return self.path.read_bytes()

    def toggle(self) -> None:
        self.sounds.toggle(1, 0, self.media)


async def test_a_sound_is_played_to_its_end(qtbot: QtBot, tmp_path: Path) -> None:
    listener = Listener(tone(tmp_path / "tone.wav", 1.2))
    assert listener.sounds.is_able()
    listener.toggle()
    await until(lambda: listener.sounds.is_playing)
    await until(lambda: listener.sounds.place is None)
    assert max(listener.positions) >= 900
    assert listener.unplayable == []


async def test_pause_seek_and_speed(qtbot: QtBot, tmp_path: Path) -> None:
    listener = Listener(tone(tmp_path / "tone.wav", 6.0))
    sounds = listener.sounds
    listener.toggle()
    await until(lambda: sounds.is_playing and sounds.duration_ms >= 5900)
    listener.toggle()
    assert not sounds.is_playing
    sounds.seek(0.75)
    assert 4300 <= sounds.position_ms <= 4700
    sounds.next_speed()
    sounds.next_speed()
    assert sounds.speed == 2.0
    listener.toggle()
    await until(lambda: sounds.place is None)
    assert min(position for position in listener.positions[-20:] if position) >= 4300


async def test_a_video_shows_its_frames_to_the_end(qtbot: QtBot, tmp_path: Path) -> None:
    listener = Listener(await film(tmp_path / "film.mp4", pictures(0, 15, 320, 240)))
    listener.toggle()
    await until(lambda: listener.frames)
    await until(lambda: listener.sounds.place is None)
    assert len(listener.frames) >= 5
    assert {image.size() for image in listener.frames} == {QSize(320, 240)}
    assert listener.unplayable == []


async def test_a_file_on_the_disk_is_played_from_there(qtbot: QtBot, tmp_path: Path) -> None:
    path = await film(tmp_path / "film.mp4", pictures(0, 10, 320, 240))
    listener = Listener(tmp_path / "nowhere.mp4")
    listener.sounds._find_local = lambda *_: str(path)
    listener.toggle()
    await until(lambda: listener.frames)
    await until(lambda: listener.sounds.place is None)
    assert listener.unplayable == []


@pytest.mark.parametrize("content", [b"this is no sound", b""])
async def test_what_is_no_sound_is_left_to_the_system(qtbot: QtBot, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lie.ogg"
    path.write_bytes(content)
    listener = Listener(path)
    listener.toggle()
    await until(lambda: listener.unplayable == [1])
    assert listener.sounds.place is None


async def test_a_song_to_be_sent_has_its_length(qtbot: QtBot, tmp_path: Path) -> None:
    element = file_element(tone(tmp_path / "song.wav", 2.0))
    assert isinstance(element, Sound)
    looking = asyncio.create_task(look_at(element.media.path))
    await until(looking.done)
    assert 1900 <= looking.result().duration_ms <= 2100


async def test_nothing_is_written_on_the_terminal(
    qtbot: QtBot, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    listener = Listener(tone(tmp_path / "tone.wav", 0.5))
    listener.toggle()
    await until(lambda: listener.positions and listener.sounds.place is None)
    assert "Input #" not in capfd.readouterr().err
