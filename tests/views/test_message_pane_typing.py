"""Who is typing, under the messages."""

from pytestqt.qtbot import QtBot

from chatdesk.models.timeline import TimelineModel
from tests.views.message_pane_setting import Setting
from tests.views.message_samples import BEN, OWN, display_name, talk

CEM = "@cem:example.org"


def test_it_is_said_and_moves_nothing(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(60))
    line = setting.pane._overlay.typing
    before = [(placed.row, placed.top) for placed in setting.pane.placement.placed]
    assert not line.isVisible()
    setting.model.set_typing((BEN, OWN))
    assert line.isVisible()
    assert line.accessibleName().replace("\u2068", "").replace("\u2069", "") == "Ben is typing…"
    assert line.geometry().top() > setting.pane.viewport().geometry().bottom()
    assert setting.pane.rect().contains(line.geometry())
    setting.model.set_typing((BEN, CEM))
    assert "Cem" in line.accessibleName()
    setting.model.set_typing((BEN, CEM, "@dora:h"))
    assert line.accessibleName() == "3 people are typing…"
    assert [(placed.row, placed.top) for placed in setting.pane.placement.placed] == before
    setting.model.set_typing(())
    assert not line.isVisible()


def test_it_ends_by_itself(qtbot: QtBot) -> None:
    model = TimelineModel(OWN, True, display_name)
    model._typing_ends.setInterval(20)
    with qtbot.waitSignal(model.typing_changed):
        model.set_typing((BEN,))
    qtbot.waitUntil(lambda: model.typing == ())


def test_another_conversation_has_its_own(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(3))
    setting.model.set_typing((BEN,))
    setting.pane.set_model(None)
    assert not setting.pane._overlay.typing.isVisible()
    setting.model.set_typing((BEN, CEM))
    assert not setting.pane._overlay.typing.isVisible()
    setting.pane.set_model(setting.model)
    assert setting.pane._overlay.typing.isVisible()
