"""Pictures of voice, video, what was sent, downloads in every state, files before they are sent. Main thread only."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton, QToolButton, QWidget

from chatdesk.core.attachments import file_element
from chatdesk.domain.elements import File, Image, Media, Sound, Video
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.transfers import Download, DownloadState
from chatdesk.models.multimedia import Output
from chatdesk.models.session import SessionModel
from chatdesk.views.media_pane import MediaPane
from chatdesk.views.record_bar import RecordBar
from tests.app.live_window import until
from tests.filmstrip.stage import Scene, Stage
from tests.media.samples import film, speech

EVENING = "Film evening"
_MIB = 1 << 20
_LONG_NAME = "Minutes of the planning committee, second round, corrected and signed by everybody (final version 3).pdf"


async def _wait(condition: Callable[[], object]) -> None:
    await until(condition, "a film")


def session_of(stage: Stage) -> SessionModel:
    session = stage.window._session
    assert session is not None
    return session


async def _open_evening(stage: Stage) -> None:
    """The group of these scenes, begun by Ben when it is first needed."""
    if EVENING not in stage.rows():
        ann = stage.cast.accounts["ann"].user_id
        await stage.cast.ben.session.conversations.create_group(EVENING, [ann])
        await until(lambda: EVENING in stage.rows(), "the invitation")
        stage.window.open_conversation(stage.rows()[EVENING])
        await until(lambda: stage.find(QPushButton, "acceptInvitation"), "the invitation")
        QTest.mouseClick(stage.find(QPushButton, "acceptInvitation"), Qt.MouseButton.LeftButton)
        await until(lambda: stage.window.chat_view.composer.field.isVisible(), "a member")
        await stage.cast.tell(stage.cast.ben, stage.rows()[EVENING], "What shall we watch?")
    await stage.open(EVENING, "What shall we watch")


async def _walk(stage: Stage) -> Path:
    """A film that walks over the picture of the harbour."""
    path = stage.folder / "Along the harbour.mp4"
    if not path.exists():
        harbour = QImage(str(stage.folder / "harbour.png")).convertToFormat(QImage.Format.Format_RGB32)
        width, height = harbour.width() // 4 * 2, harbour.height() // 4 * 2
        room = harbour.width() - width
        parts = [harbour.copy(QRect(room * step // 60, height // 2, width, height)) for step in range(60)]
        await film(path, parts, _wait)
    return path


async def voice(stage: Stage) -> None:
    await _open_evening(stage)
    speaker = Output(stage.window)
    speaker.open((await asyncio.to_thread(speech, stage.folder / "words.wav", 60.0)).read_bytes(), "words.wav")
    button = stage.find(QToolButton, "recordButton")
    await stage.both("voice-button")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    recorder = stage.writing.recorder
    await until(lambda: recorder.is_recording, "a recording")
    speaker.play()
    await until(lambda: recorder.elapsed_ms > 7000, "some words")
    await stage.both("voice-recording")
    speaker.close()
    await until(lambda: stage.find(RecordBar, "recordBar").meter.is_silent, "silence")
    await stage.shoot("voice-silence")
    async with stage.large():
        await stage.shoot("voice-200-percent")
        await mirrored(stage, "voice-200-percent-rtl")
    QTest.keyClick(stage.window.chat_view.composer.field, Qt.Key.Key_Escape)
    await until(lambda: not recorder.is_recording, "the end")
    speaker.open((stage.folder / "words.wav").read_bytes(), "words.wav")
    speaker.play()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await until(lambda: recorder.elapsed_ms > 8000, "more words")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await until(lambda: stage.writing.files, "the recording")
    speaker.close()
    await stage.both("voice-recorded")
    QTest.mouseClick(stage.find(QToolButton, "listenFile0"), Qt.MouseButton.LeftButton)
    await until(lambda: session_of(stage).sounds.share > 0.3, "it is heard")
    await stage.both("voice-listen")
    QTest.keyClick(stage.window.chat_view.composer.field, Qt.Key.Key_Return)
    await until(lambda: isinstance(stage.messages()[-1].elements[0], Sound), "the voice message")
    await until(lambda: stage.messages()[-1].elements[0].media.uri, "it is sent")  # type: ignore[union-attr]
    sounds = session_of(stage).sounds
    stage.pane.requests.sound_requested.emit(stage.messages()[-1].key, 0, -1.0, False)
    await until(lambda: sounds.share > 0.2, "it plays")
    stage.pane.requests.sound_requested.emit(stage.messages()[-1].key, 0, -1.0, True)
    stage.pane.requests.sound_requested.emit(stage.messages()[-1].key, 0, -1.0, False)
    await stage.both("voice-playing")
    sounds.stop()
    stage.window.open_settings()
    dialog = await stage.dialog()
    sections = stage.find(QListWidget, "settingsSections")
    texts = [sections.item(row).text() for row in range(sections.count())]
    sections.setCurrentRow(texts.index("Writing"))
    speaker.open((stage.folder / "words.wav").read_bytes(), "words.wav")
    speaker.play()
    QTest.mouseClick(stage.find(QPushButton, "testMicrophone"), Qt.MouseButton.LeftButton)
    await asyncio.sleep(4)
    await stage.both("settings-microphone")
    speaker.close()
    dialog.close()


async def video(stage: Stage) -> None:
    await _open_evening(stage)
    path = await _walk(stage)
    bare = await asyncio.to_thread(file_element, path)
    await stage.cast.tell(stage.cast.ben, stage.rows()[EVENING], bare)
    composer = stage.window.chat_view.composer
    composer.add_files([path])
    await until(lambda: stage.writing.files and not stage.writing.attachments.is_preparing, "the poster")
    await stage.both("video-to-send")
    QTest.keyClick(composer.field, Qt.Key.Key_Return)
    await until(lambda: isinstance(stage.messages()[-1].elements[0], Video), "the video")
    await until(lambda: stage.messages()[-1].elements[0].media.uri, "it is sent")  # type: ignore[union-attr]
    await stage.both("video-sent")
    stage.window.chat_view.view_asked.emit(stage.messages()[-1], 0)
    await until(lambda: session_of(stage).sounds.share > 0.4, "it plays")
    QTest.keyClick(stage.find(QWidget, "pictureViewer"), Qt.Key.Key_K)
    await stage.both("video-playing")
    async with stage.large():
        await stage.shoot("video-200-percent")
    QTest.keyClick(stage.find(QWidget, "pictureViewer"), Qt.Key.Key_Escape)


async def viewer(stage: Stage) -> None:
    """Pictures over the window: one that is broken; mirrored; with large letters."""
    await _open_evening(stage)
    broken = stage.folder / "Cut off.png"
    broken.write_bytes((stage.folder / "harbour.png").read_bytes()[:9000])
    for path in (stage.folder / "harbour.png", broken):
        await stage.cast.tell(stage.cast.ben, stage.rows()[EVENING], await asyncio.to_thread(file_element, path))
    await until(lambda: "Cut off" in stage.messages()[-1].text, "the broken picture")
    await stage.both("picture-broken-message")
    stage.window.chat_view.view_asked.emit(stage.messages()[-1], 0)
    await stage.both("picture-broken")
    over = stage.find(QWidget, "pictureViewer")
    QTest.keyClick(over, Qt.Key.Key_Left)
    await stage.both("picture-beside")
    await mirrored(stage, "picture-rtl")
    async with stage.large():
        await stage.shoot("picture-200-percent")
    QTest.keyClick(over, Qt.Key.Key_Escape)


def _tab(stage: Stage, name: str) -> None:
    QTest.mouseClick(stage.find(QPushButton, name), Qt.MouseButton.LeftButton)


async def what_was_sent(stage: Stage) -> None:
    await _open_evening(stage)
    stage.window.toggle_media()
    await stage.both("media-few")
    _tab(stage, "mediaLinks")
    await stage.both("media-empty")
    _tab(stage, "mediaPictures")
    here = stage.rows()[EVENING]
    samples = stage.folder
    ben = stage.cast.ben
    harbour = await asyncio.to_thread(file_element, samples / "harbour.png")
    sent = await stage.cast.tell(ben, here, harbour)
    again = sent.elements[0]
    assert isinstance(again, Image)
    await stage.cast.tell(ben, here, *[again for _ in range(23)])
    route = await asyncio.to_thread(file_element, samples / "Walking route.txt")
    assert isinstance(route, File)
    names = ("Walking route.txt", _LONG_NAME, "خطة الرحلة إلى الميناء.pdf", "会议记录（第二次讨论）.docx", "song.mp3")
    for name in names:
        await stage.cast.tell(ben, here, File(Media(name=name, mime=route.media.mime, path=route.media.path)))
    await stage.cast.tell(
        ben, here, "See https://example.org/a/very/long/address/that/goes/on/and/on?with=many&parameters=too#and-a-part",
        "and https://example.org, of course", "https://مثال.إختبار/ميناء",
    )  # fmt: skip
    await until(lambda: session_of(stage).shared_media.rowCount() > 20, "the pictures")
    await stage.both("media-pictures")
    _tab(stage, "mediaFiles")
    await stage.both("media-files")
    _tab(stage, "mediaLinks")
    await stage.both("media-links")
    pane = stage.find(MediaPane, "mediaPane")
    QTest.keyClicks(pane.field, "nothing of this name")
    await until(lambda: not pane.list.isVisible(), "nothing found")
    await stage.shoot("media-not-found")
    pane.field.clear()
    _tab(stage, "mediaFiles")
    async with stage.large():
        await stage.shoot("media-200-percent")
    await mirrored(stage, "media-rtl")
    stage.window.toggle_media()
    await _own_window(stage, here)


@contextmanager
def from_right_to_left() -> Iterator[None]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


async def mirrored(stage: Stage, name: str) -> None:
    with from_right_to_left():
        await stage.shoot(name)


async def _own_window(stage: Stage, conversation: ConversationId) -> None:
    windows = stage.window.own_windows
    assert windows is not None
    windows.open(conversation)
    await until(lambda: bool(windows.windows) and windows.windows[0].isActiveWindow(), "its own window")
    own = windows.windows[0]
    own.media.toggle()
    pane = own.findChild(MediaPane)
    assert pane is not None
    await until(lambda: pane.list.isVisible(), "what was sent")
    await stage.both("media-own-window")
    own.close()


def _downloads() -> tuple[Download, ...]:
    """Each state, as the core tells it."""
    state = DownloadState

    def row(number: int, name: str, size: int, state: DownloadState, got: int = 0, **more: object) -> Download:
        media = Media(f"mxc://h/{number}", name, "application/octet-stream", size)
        path = f"/home/ann/Downloads/{name}"
        return Download(number, 0, 0, media, path, state, got, size, **more)  # type: ignore[arg-type]

    return (
        row(901, "Summer 2025.zip", 412 * _MIB, state.RUNNING, 131 * _MIB, rate=9.4 * _MIB),
        row(902, "Concert recording.flac", 88 * _MIB, state.WAITING),
        row(903, "Film of the trip.mkv", 1_900 * _MIB, state.PAUSED, 700 * _MIB),
        row(904, "Backup.tar.gz", 64 * _MIB, state.CHECKING, 64 * _MIB),
        row(905, _LONG_NAME, 3 * _MIB, state.DONE, 3 * _MIB),
        row(906, "خطة الرحلة إلى الميناء.pdf", _MIB, state.MISSING, _MIB),
        row(907, "Plan.dwg", 5 * _MIB, state.FAILED, 2 * _MIB, failure="The server has no such file any more."),
        row(908, "Holiday.mov", 9 * _MIB, state.CANCELLED, _MIB),
    )


@contextmanager
def downloads_in_every_state(stage: Stage) -> Iterator[None]:
    told = session_of(stage)._session.downloads
    for download in reversed(_downloads()):
        told.updates.publish(download)
    yield
    for download in _downloads():
        told.removed.publish(download.id)


async def downloads(stage: Stage) -> None:
    await stage.open("Ben", "Looking forward")
    with downloads_in_every_state(stage):
        stage.window.close_side_pane()
        await stage.both("downloads-slim-bar")
        stage.window.show_downloads()
        await stage.both("downloads-states")
        async with stage.large():
            await stage.shoot("downloads-states-200-percent")
        await mirrored(stage, "downloads-states-rtl")
    stage.window.close_side_pane()


async def to_send(stage: Stage) -> None:
    """Many files of every kind, one of them larger than the server takes."""
    await stage.open("Ben", "Looking forward")
    large, long = stage.folder / "Everything.iso", stage.folder / _LONG_NAME
    with large.open("wb") as file:
        file.truncate(2_000 * _MIB)
    long.write_bytes(b"%PDF" * 90_000)
    samples = [stage.folder / "harbour.png", await _walk(stage), stage.folder / "Walking route.txt", long, large]
    composer, writing = stage.window.chat_view.composer, stage.writing
    composer.add_files(samples)
    await until(lambda: len(writing.files) == len(samples) and not writing.attachments.is_preparing, "the files")
    await until(lambda: writing.attachments.limit_bytes, "the limit")
    await stage.both("upload-list")
    await mirrored(stage, "upload-list-rtl")
    async with stage.large():
        await stage.both("upload-list-200-percent")
        await mirrored(stage, "upload-list-200-percent-rtl")
    for _ in samples:
        writing.remove_file(0)
    large.unlink()


SCENES: tuple[Scene, ...] = (voice, video, viewer, what_was_sent, downloads, to_send)
