"""What a video is, before it is sent: its first picture worth showing, its size and length."""

import asyncio
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from chatdesk.core.session import Session
from chatdesk.domain.elements import Video
from chatdesk.models.films import POSTER_SIDE, Film, liveliness, look_at
from chatdesk.models.session import SessionModel
from tests.media.samples import film, pictures, tone
from tests.models.offline import BEN, c2c_id, direct, incoming, receive_direct
from tests.models.waiting import until


async def look(path: Path) -> Film:
    """While both loops turn."""
    task = asyncio.create_task(look_at(str(path)))
    await until(task.done)
    return task.result()


async def test_the_dark_beginning_is_passed_over(window: object, tmp_path: Path) -> None:
    path = await film(tmp_path / "film.mp4", pictures(8, 22, 1200, 600))
    found = await look(path)
    assert 2500 <= found.duration_ms <= 3500
    assert (found.width, found.height) == (1200, 600)
    assert found.poster is not None
    assert (found.poster.width(), found.poster.height()) == (POSTER_SIDE, POSTER_SIDE // 2)
    assert liveliness(found.poster) > 14


async def test_a_dark_film_has_a_dark_poster(window: object, tmp_path: Path) -> None:
    found = await look(await film(tmp_path / "dark.mp4", pictures(12, 0, 160, 120)))
    assert found.poster is not None
    assert found.poster.size() == QSize(160, 120)


async def test_without_a_picture_there_is_no_poster(window: object, tmp_path: Path) -> None:
    lie = tmp_path / "lie.mp4"
    lie.write_bytes(b"no film at all")
    assert (await look(lie)).poster is None
    assert (await look(tmp_path / "missing.mp4")).poster is None
    heard = await look(tone(tmp_path / "tone.wav", 1.0))
    assert heard.poster is None
    assert 900 <= heard.duration_ms <= 1100


async def test_a_video_to_send_gets_its_poster(session: Session, account: SessionModel, tmp_path: Path) -> None:
    path = await film(tmp_path / "film.mp4", pictures(3, 12, 640, 480))
    await receive_direct(session, direct(BEN, [incoming("hello")], "Ben"))
    account.load(c2c_id(BEN))
    await until(lambda: account.chat.conversation is not None)
    composer = account.chat.composer
    composer.add_files([path])
    await until(lambda: composer.files and not composer.attachments.is_preparing)
    (video,) = composer.files
    assert isinstance(video, Video)
    assert (video.width, video.height) == (640, 480)
    assert video.thumbnail is not None
    poster = Path(video.thumbnail.path)
    assert QImage(str(poster)).size() == QSize(640, 480)
    assert (video.thumbnail.mime, video.thumbnail.size) == ("image/jpeg", poster.stat().st_size)
    assert composer.attachments.preview(video) is not None
    composer.remove_file(0)
    assert not poster.exists()
    assert path.exists()
