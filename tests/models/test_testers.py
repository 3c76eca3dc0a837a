"""Every model of the program is watched by Qt's own tester, whichever test makes it."""

from PySide6.QtCore import QModelIndex, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from chatdesk.models.timeline import TimelineModel
from tests.views.message_samples import OWN, display_name


def test_a_row_that_is_told_and_does_not_come_is_a_warning(qapp: QApplication) -> None:
    model = TimelineModel(OWN, True, display_name)
    told: list[str] = []
    before = qInstallMessageHandler(lambda _kind, _place, words: told.append(words))  # pytest-qt would fail this test
    model.beginInsertRows(QModelIndex(), 0, 0)
    model.endInsertRows()
    qInstallMessageHandler(before)
    assert any(words.startswith("FAIL!") for words in told)
