"""What a start leaves out until it is needed, and that it is there then."""

import subprocess
import sys

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from chatdesk.models.session import SessionModel
from chatdesk.views.main_window import MainWindow
from chatdesk.views.theme import Theme

_LATER = (
    "dialog",
    "people_picker",
    "confirm",
    "downloads_pane",
    "members_pane",
    "media_pane",
    "picture_viewer",
    "record_bar",
    "invitation_page",
    "notice",
    "QtMultimedia",
)


class Shown(QObject):
    """Which windows appear."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(watched)
        return False


def test_building_the_window_shows_none_of_its_parts(qapp: QApplication, theme: Theme) -> None:
    shown = Shown()
    qapp.installEventFilter(shown)
    window = MainWindow(theme)
    qapp.removeEventFilter(shown)
    assert shown.windows == []
    window.deleteLater()


def test_the_window_is_built_without_what_it_does_not_show() -> None:
    program = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication(['-platform', 'offscreen'])\n"
        "from chatdesk.views.main_window import MainWindow\n"
        "from chatdesk.views.theme import Theme\n"
        "window = MainWindow(Theme(app))\n"
        "print(*(name for name in sys.modules if name.startswith(('chatdesk.views.', 'PySide6.'))))\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    loaded = [name.rpartition(".")[2] for name in run.stdout.split()]
    assert "message_pane" in loaded
    assert [name for name in loaded if name != "dialogs" and name.endswith(_LATER)] == []


async def test_side_pages_built_later_know_the_account(account: SessionModel, window: MainWindow) -> None:
    side = window.side_pane
    assert side.page is None
    assert side.downloads._model is account.downloads
    assert side.members._model is account.members
    window.detach()
    assert side.downloads._model is None
    assert side.members._model is None


async def test_the_filter_can_be_cleared_once_it_holds_something(account: SessionModel, window: MainWindow) -> None:
    field: QLineEdit = window.list_pane.filter_field
    assert not field.isClearButtonEnabled()
    field.setText("lu")
    assert field.isClearButtonEnabled()
