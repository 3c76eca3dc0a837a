"""Every window, pane and dialog of the program, one after the other, for tests that look at each. Main thread."""

from collections.abc import AsyncIterator, Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QDialog, QListWidget, QWidget
from shiboken6 import Shiboken

from chatdesk.core.session import Session
from chatdesk.models.login import LoginModel
from chatdesk.models.session import SessionModel
from chatdesk.views.conversation_menu import Wish
from chatdesk.views.login_dialog import LoginDialog
from chatdesk.views.main_window import MainWindow
from chatdesk.views.message_pane import MessagePane
from chatdesk.views.passphrase_dialog import PassphraseDialog
from chatdesk.views.proxy_dialog import ProxyDialog
from tests.models.offline import group, group_id, incoming, receive
from tests.models.waiting import turn, until

LUNCH = group_id("!lunch")


async def every_window(session: Session, window: MainWindow) -> AsyncIterator[QWidget]:
    """What is in front each time: the window with an open conversation and its side panes, then each dialog."""
    model = SessionModel(session)
    window.attach(model)
    await receive(session, group("!lunch", "Lunch", [incoming("hi")], unread=1))
    model.load(LUNCH)
    await until(lambda: model.chat.timeline is not None and model.chat.timeline.items)
    await turn(0.05)
    yield window
    panes = (
        window.show_downloads,
        window.toggle_members,
        window.toggle_media,
        window.search_here,
        window.search_everywhere,
    )
    for show in panes:
        show()
        await turn(0.02)
        yield window
    window.close_side_pane()
    for ask in _asks(window, model):
        ask()
        await until(lambda: _dialogs(window))
        await turn(0.02)
        dialog = _dialogs(window)[-1]
        sections = dialog.findChild(QListWidget, "settingsSections")
        for row in range(sections.count() if sections is not None else 1):
            if sections is not None:
                sections.setCurrentRow(row)
                await turn(0.02)
            yield dialog
        if Shiboken.isValid(dialog):
            dialog.close()
            dialog.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        await turn(0.02)
    await model.close()


def _asks(window: MainWindow, model: SessionModel) -> tuple[Callable[..., object], ...]:
    asked = window.list_pane
    tools = window.chat_view.composer.tools
    pane = window.findChild(MessagePane)
    timeline = model.chat.timeline
    assert pane is not None and timeline is not None
    key = timeline.items[-1].key
    return (
        *(partial(asked.wished.emit, wish, LUNCH) for wish in (Wish.LEAVE, Wish.CLEAR, Wish.BLOCK, Wish.DETAILS)),
        asked.new_conversation_asked.emit,
        asked.new_group_asked.emit,
        asked.mailing_asked.emit,
        asked.import_asked.emit,
        window.chat_view.header.invite_asked.emit,
        asked.log_out_asked.emit,
        asked.settings_asked.emit,
        asked.shortcuts_asked.emit,
        window.open_switcher,
        partial(pane.requests.forward_requested.emit, (key,)),
        partial(pane.requests.delete_requested.emit, (key,)),
        partial(pane.show_details, key),
        tools.choose_location,
        tools.choose_emoji,
        partial(_open, lambda: LoginDialog(LoginModel(_no_login, model.tasks, window), window)),
        partial(_open, lambda: PassphraseDialog(True, window)),
        partial(_open, lambda: ProxyDialog(model.own.proxy, window)),
    )


def _dialogs(window: QObject) -> list[QWidget]:
    """What stands over the window, the newest last."""
    over = (thing for thing in window.findChildren(QWidget) if thing.isVisible() and thing.isWindow())
    return [thing for thing in over if isinstance(thing, QDialog) or thing.objectName() == "emojiPopup"]


def _open(make: Callable[[], QDialog]) -> None:
    make().open()


async def _no_login(server: str, user: str, password: str, on_step: Callable[[str], None]) -> object:
    raise AssertionError("nobody logs in here")
