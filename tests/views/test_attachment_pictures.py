"""Pictures before they leave: smaller on request, without place and camera unless that is wished, and told so."""

from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image as Pictures
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chatdesk.core.session import Session
from chatdesk.domain.elements import Image
from chatdesk.models.attachments import Attachments, Choice
from chatdesk.models.session import SessionModel
from chatdesk.models.tasks import Tasks
from chatdesk.views.attachment_list import AttachmentList
from chatdesk.views.main_window import MainWindow
from chatdesk.views.theme import Theme
from tests.models.offline import BEN, c2c_id, direct, incoming, receive_direct
from tests.models.waiting import turn, until
from tests.unit.core.test_pictures import SECRET, photo


@pytest.fixture
async def attachments(session: Session) -> AsyncIterator[Attachments]:
    tasks = Tasks()
    made = Attachments(session, tasks)
    made.show(c2c_id(BEN))
    yield made
    await tasks.close()


def only(attachments: Attachments) -> Image:
    (element,) = attachments.files
    assert isinstance(element, Image)
    return element


async def test_without_place_and_camera_unless_wished(attachments: Attachments, tmp_path: Path) -> None:
    path = photo(tmp_path / "holiday.jpg")
    attachments.add([path])
    await until(lambda: attachments.files)
    clean = only(attachments)
    assert clean.media.name == "holiday.jpg"
    assert SECRET not in Path(clean.media.path).read_bytes()
    assert attachments.is_without_facts(clean)
    assert attachments.preview(clean) is not None
    attachments.choose(Choice(strips=False))
    await until(lambda: only(attachments).media.path == str(path))
    assert not Path(clean.media.path).exists()
    assert not attachments.is_without_facts(only(attachments))
    assert path.read_bytes().count(SECRET)  # the person's own file is as it was


async def test_smaller_and_back(attachments: Attachments, tmp_path: Path) -> None:
    path = photo(tmp_path / "holiday.jpg", size=(2400, 1200))
    attachments.add([path])
    await until(lambda: attachments.files)
    attachments.choose(Choice(1024))
    sent: list[tuple[int, int]] = []
    assert not attachments.is_preparing or not sent
    await until(lambda: only(attachments).width == 1024)
    smaller = only(attachments)
    with Pictures.open(smaller.media.path) as picture:
        assert picture.size == (1024, 512)
    assert smaller.media.size == Path(smaller.media.path).stat().st_size
    attachments.choose(Choice(2048))
    await until(lambda: only(attachments).width == 2048)  # of the original, not of the smaller one
    assert not Path(smaller.media.path).exists()
    attachments.add([path])
    attachments.choose(Choice())
    await until(lambda: only(attachments).width == 2400)
    made = only(attachments).media.path
    attachments.remove(0)
    assert not Path(made).exists()
    assert path.exists()


async def test_sending_waits_until_all_is_ready(attachments: Attachments, tmp_path: Path) -> None:
    attachments.add([photo(tmp_path / "holiday.jpg", size=(2400, 1200))])
    await until(lambda: attachments.is_preparing)
    sent: list[int] = []
    attachments.when_ready(lambda: sent.append(only(attachments).width))
    await until(lambda: sent)
    attachments.choose(Choice(1024))
    await until(lambda: attachments.is_preparing)
    attachments.when_ready(lambda: sent.append(only(attachments).width))
    await until(lambda: len(sent) == 2)
    assert sent == [2400, 1024]


async def test_the_list_says_so(attachments: Attachments, tmp_path: Path, qtbot: QtBot, theme: Theme) -> None:
    shown = AttachmentList(theme)
    qtbot.addWidget(shown)
    shown.resize(600, 300)
    attachments.changed.connect(lambda: shown.show_files(attachments))
    (tmp_path / "a.txt").write_text("text")
    attachments.add([tmp_path / "a.txt"])
    await until(lambda: attachments.files)
    assert not shown.strips.isVisibleTo(shown)  # there is no picture
    attachments.add([photo(tmp_path / "holiday.jpg", size=(2400, 1200))])
    await until(lambda: len(attachments.files) == 2)
    assert shown.strips.isVisibleTo(shown)
    assert shown.strips.isChecked()
    assert any("without location" in part.toolTip() for part in shown.findChildren(QWidget))
    QTest.keyClick(shown.sizes, Qt.Key.Key_Down)
    await until(lambda: attachments.choice.longest == 2048)
    await until(lambda: any(isinstance(e, Image) and e.width == 2048 for e in attachments.files))
    QTest.keyClick(shown.strips, Qt.Key.Key_Space)
    assert not attachments.choice.strips
    await until(lambda: not attachments.is_preparing)


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
async def test_large_letters_in_a_small_window(
    account: SessionModel,
    session: Session,
    window: MainWindow,
    theme: Theme,
    tmp_path: Path,
    direction: Qt.LayoutDirection,
) -> None:
    theme.set_text_percent(200)
    window.setLayoutDirection(direction)
    window.resize(800, 600)
    await receive_direct(session, direct(BEN, [incoming("hello")], "Ben"))
    account.load(c2c_id(BEN))
    await until(lambda: account.chat.conversation is not None)
    (tmp_path / "a.txt").write_text("text")
    composer = window.chat_view.composer
    composer.add_files([photo(tmp_path / "holiday.jpg"), tmp_path / "a.txt"])
    await until(lambda: len(account.chat.composer.files) == 2)
    await turn(0.05)
    files = composer.files
    column = files.layout()
    assert column is not None
    parts = [item.widget() for item in (column.itemAt(n) for n in range(column.count())) if item is not None]
    shown = sorted((part.geometry() for part in parts if part is not None and part.isVisible()), key=QRect.top)
    assert len(shown) == 3
    assert all(upper.bottom() < lower.top() for upper, lower in pairwise(shown))
    assert files.strips.sizeHint().width() <= files.strips.width()
    assert files.strips.accessibleName() == "Remove location and camera data"
    assert composer.geometry().bottom() <= window.chat_view.height()
