"""One sound at a time, wherever it is; what cannot be played here is left to the system."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from chatdesk.core.session import Session
from chatdesk.domain.elements import Media
from chatdesk.domain.errors import NetworkError, TooLarge
from chatdesk.domain.transfers import Download, DownloadState
from chatdesk.models.session import SessionModel
from chatdesk.models.sounds import Sounds
from chatdesk.models.tasks import Tasks
from tests.models.waiting import until

ONE, TWO = Media("mxc://a/1", "one.ogg"), Media("mxc://a/2", "two.ogg")


class Device(QObject):
    """Stands for the sound device, which no test machine has: remembers what it was told, and moves by hand."""

    moved = Signal()
    ended = Signal()
    failed = Signal()
    frame = Signal(QImage)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.open_name = ""
        self.is_playing = False
        self.position_ms, self.duration_ms, self.rate = 0, 8000, 0.0

    def open(self, source: bytes | str, name: str) -> None:
        assert source in (b"sound", "/here/one.ogg")
        self.open_name, self.position_ms = source if isinstance(source, str) else name, 0

    def close(self) -> None:
        self.open_name, self.is_playing = "", False

    def play(self) -> None:
        self.is_playing = True

    def pause(self) -> None:
        self.is_playing = False

    def seek(self, position_ms: int) -> None:
        self.position_ms = position_ms

    def set_rate(self, rate: float) -> None:
        self.rate = rate


class Setting:
    def __init__(self, is_able: bool = True) -> None:
        self.devices: list[Device] = []
        self.answer: bytes | Exception = b"sound"
        self.tasks = Tasks()
        self.sounds = Sounds(self._fetch, self.tasks.run, None, lambda: is_able, self._make)  # type: ignore[arg-type]
        self.unplayable: list[tuple[int, int]] = []
        self.failed: list[str] = []
        self.sounds.unplayable.connect(lambda key, element: self.unplayable.append((key, element)))
        self.sounds.failed.connect(self.failed.append)
        self.sounds._find_local = lambda key, element, _: "/here/one.ogg" if (key, element) == (9, 1) else ""

    def _make(self, parent: QObject) -> Device:
        self.devices.append(Device(parent))
        return self.devices[-1]

    async def _fetch(self, media: Media) -> bytes:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def play(self, key: int, media: Media) -> Device:
        self.sounds.toggle(key, 0, media)
        await until(lambda: not self.sounds.is_loading)
        return self.devices[-1]


async def test_play_pause_seek_and_speed(qtbot: QtBot) -> None:
    setting = Setting()
    device = await setting.play(1, ONE)
    sounds = setting.sounds
    assert (device.open_name, sounds.is_playing, device.rate) == ("one.ogg", True, 1.0)
    sounds.seek(0.5)
    assert (device.position_ms, sounds.share) == (4000, 0.5)
    speeds = []
    for _ in range(3):
        sounds.next_speed()
        speeds.append(device.rate)
    assert speeds == [1.5, 2.0, 1.0]
    sounds.toggle(1, 0, ONE)
    assert not sounds.is_playing
    assert sounds.share == 0.5
    sounds.toggle(1, 0, ONE)
    assert sounds.is_playing
    device.ended.emit()
    assert sounds.place is None


async def test_one_at_a_time(qtbot: QtBot) -> None:
    setting = Setting()
    await setting.play(1, ONE)
    device = await setting.play(2, TWO)
    assert len(setting.devices) == 1
    assert (device.open_name, setting.sounds.place) == ("two.ogg", (2, 0))
    setting.sounds.toggle(1, 0, ONE)
    setting.sounds.toggle(2, 0, TWO)  # before the first one was there
    await until(lambda: not setting.sounds.is_loading)
    assert device.open_name == "two.ogg"


@pytest.mark.parametrize("is_able", [False, True])
async def test_what_nothing_here_can_play_is_left_to_the_system(qtbot: QtBot, is_able: bool) -> None:
    setting = Setting(is_able)
    setting.sounds.toggle(1, 0, ONE)
    if is_able:
        await until(lambda: setting.devices)
        setting.devices[0].failed.emit()  # no decoder for it
    assert setting.unplayable == [(1, 0)]
    assert setting.sounds.place is None


async def test_what_is_too_large_for_the_memory_is_left_to_the_system(qtbot: QtBot) -> None:
    setting = Setting()
    setting.answer = TooLarge("too large")
    setting.sounds.toggle(1, 0, ONE)
    await until(lambda: setting.unplayable == [(1, 0)])


async def test_what_lies_on_this_computer_is_played_from_there(qtbot: QtBot) -> None:
    setting = Setting()
    setting.answer = TooLarge("too large")
    setting.sounds.toggle(9, 1, ONE)
    assert setting.devices[0].open_name == "/here/one.ogg"
    assert setting.sounds.is_playing
    assert setting.unplayable == []


async def test_a_file_sent_from_here_or_downloaded_is_found(
    session: Session, account: SessionModel, tmp_path: Path
) -> None:
    own, fetched = tmp_path / "own.ogg", tmp_path / "fetched.ogg"
    fetched.write_bytes(b"sound")
    media = Media("mxc://a/1", "one.ogg", path=str(own))
    assert account._find_local(7, 0, media) == ""
    for state, found in ((DownloadState.RUNNING, ""), (DownloadState.DONE, str(fetched))):
        session.downloads.updates.publish(Download(1, 7, 0, media, str(fetched), state))
        assert account._find_local(7, 0, media) == found
    assert account._find_local(8, 0, media) == ""
    own.write_bytes(b"sound")
    assert account._find_local(7, 0, media) == str(own)


async def test_out_of_reach_is_told(qtbot: QtBot) -> None:
    setting = Setting()
    setting.answer = NetworkError("No line.")
    setting.sounds.toggle(1, 0, ONE)
    await until(lambda: setting.failed)
    assert setting.sounds.place is None
    await setting.tasks.close()
