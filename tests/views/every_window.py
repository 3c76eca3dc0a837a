"""Every window, pane and dialog of the program, one after the other, for tests that look at each. Main thread.

What lies over the window without being one (the viewer of pictures) is yielded itself.
"""

from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QListWidget, QMenu, QToolButton, QWidget
from shiboken6 import Shiboken

from chatdesk.core.session import Session
from chatdesk.domain.account import Device
from chatdesk.domain.conversations import Membership
from chatdesk.domain.elements import Image, Media, Sound, Video
from chatdesk.domain.transfers import Download, DownloadState
from chatdesk.models.hold import Outgoing
from chatdesk.models.login import LoginModel
from chatdesk.models.recorder import Recorder
from chatdesk.models.session import SessionModel
from chatdesk.models.settings import Preferences, SettingsModel
from chatdesk.views.conversation_menu import Wish
from chatdesk.views.download_row import DownloadRow
from chatdesk.views.login_dialog import LoginDialog
from chatdesk.views.mailing_dialog import MailingDialog
from chatdesk.views.main_window import MainWindow
from chatdesk.views.media_pane import MediaPane
from chatdesk.views.message_pane import MessagePane
from chatdesk.views.message_readers_popup import ReadersPopup
from chatdesk.views.passphrase_dialog import PassphraseDialog
from chatdesk.views.picture_viewer import PictureViewer
from chatdesk.views.proxy_dialog import ProxyDialog
from chatdesk.views.record_bar import RecordBar
from chatdesk.views.settings_devices import RenameDialog, SignOutDialog
from chatdesk.views.sound_row import SoundRow
from tests.models.offline import BEN, group, group_id, incoming, receive
from tests.models.test_sounds import Device as Player
from tests.models.waiting import turn, until
from tests.views.test_record_bar import Microphone

LUNCH = group_id("!lunch")
_FILE = Path(__file__).with_name("conftest.py")
_FACES = Path(__file__).parents[2] / "resources" / "samples"
_VOICE = Sound(Media(name="hi.m4a", mime="audio/mp4", size=9, path="/nowhere/hi.m4a"), 8000, (1, 90, 30), is_voice=True)
_FILM = Video(Media("mxc://a/3", "hi", "video/mp4", 1000), 9000, 320, 240)


async def every_window(session: Session, window: MainWindow) -> AsyncIterator[QWidget]:
    """What is in front each time: the window with an open conversation and its side panes, then each dialog."""
    model = SessionModel(session)
    window.attach(model)
    said = incoming("hi")
    await receive(session, group("!lunch", "Lunch", [said], unread=1, pinned=(said.message_id,)))
    model.load(LUNCH)
    await until(lambda: model.chat.timeline is not None and model.chat.timeline.items)
    await until(window.chat_view.pinned.isVisible)
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
    async for front in _over_the_window(session, window, model):
        yield front
    async for front in _now_and_then(session, window, model):
        yield front
    async for front in _for_a_moment(session, window, model):
        yield front
    async for front in _mailing(window):
        yield front
    for ask in _asks(window, model):
        ask()
        await until(lambda: _dialogs(window))
        await turn(0.02)
        dialog = _dialogs(window)[-1]
        sections = dialog.findChild(QListWidget, "settingsSections")
        for row in range(sections.count() if sections is not None else 1):
            if sections is not None:
                sections.setCurrentRow(row)
                model.own.devices.changed.emit()  # as when the server has told them
                await turn(0.02)
            yield dialog
        if Shiboken.isValid(dialog):
            dialog.close()
            dialog.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        await turn(0.02)
    await model.close()


async def _over_the_window(session: Session, window: MainWindow, model: SessionModel) -> AsyncIterator[QWidget]:
    """A conversation without messages, while a voice message is recorded, in a window of its own; a picture."""
    composer, recorder = window.chat_view.composer, model.chat.composer.recorder
    recorder.microphones = lambda: [("a", "Headset"), ("b", "Built in")]  # type: ignore[method-assign]  # no device here
    recorder.start = partial(_record, recorder)  # type: ignore[method-assign]
    composer.record()
    bar = composer.findChild(RecordBar)
    assert bar is not None and bar.isVisible()
    await turn(0.02)
    yield window
    recorder.cancel()
    await receive(session, group("!quiet", "Lunch Ben"))
    model.chat.open(group_id("!quiet"))
    await until(lambda: model.chat.timeline is not None and not model.chat.timeline.items)
    composer.field.setFocus()
    await turn(0.02)
    yield window
    model.chat.open(LUNCH)
    assert window.own_windows is not None
    window.own_windows.open(LUNCH)
    (own,) = window.own_windows.windows
    await until(lambda: own.isActiveWindow() and own.chat.timeline is not None and own.chat.timeline.items)
    yield own
    own.close()
    await turn(0.02)
    window.come_forward()
    await until(window.isActiveWindow)
    picture = Image(Media("mxc://a/1", "hi.png", "image/png", 1000), 600, 400)
    await receive(session, group("!lunch", "Lunch", [incoming(picture)]))
    model.chat.open(LUNCH)
    await until(lambda: model.chat.timeline is not None and len(model.chat.timeline.items) > 1)
    assert model.chat.timeline is not None
    window.chat_view.view_asked.emit(model.chat.timeline.items[-1], 0)
    viewer = window.findChild(PictureViewer)
    assert viewer is not None
    await turn(0.05)
    yield viewer
    viewer.leave()
    assert not viewer.isVisible()


async def _now_and_then(session: Session, window: MainWindow, model: SessionModel) -> AsyncIterator[QWidget]:
    """An answer with a file, messages chosen, downloads, what was sent, what was found, a notice, an invitation."""
    composer, writing, timeline = window.chat_view.composer, model.chat.composer, model.chat.timeline
    pane = window.findChild(MessagePane)
    assert timeline is not None and pane is not None
    writing.reply_to(timeline.items[0])
    composer.add_files([_FILE])
    await until(lambda: writing.files and not writing.attachments.is_preparing)
    await turn(0.02)
    yield window
    writing.cancel_mode()
    writing.remove_file(0)
    pane._choice.toggle(0)
    await turn(0.02)
    yield window
    pane._choice.clear()
    paused = Download(1, 1, 0, Media("mxc://a/2", "Lunch"), "/nowhere/Lunch", DownloadState.PAUSED)
    model.downloads._update(paused)
    window.show_downloads()
    await until(lambda: window.findChildren(DownloadRow))
    await turn(0.02)
    yield window
    window.toggle_media()
    await until(lambda: model.shared_media.rowCount() > 0)
    await turn(0.02)
    yield window
    for search in (window.search_everywhere, window.search_here):
        search()
        window.side_pane.search.field.setText("hi")
        await until(lambda: model.search.rowCount() > 0)
        await turn(0.02)
        yield window
    window.close_side_pane()
    window.notice.show_text("Lunch")
    await turn(0.02)
    yield window
    window.notice.hide()
    await receive(session, group("!book", "Lunch Carla", membership=Membership.INVITED, inviter=BEN))
    model.chat.open(group_id("!book"))
    await until(window.chat_view.invitation.isVisible)
    await turn(0.02)
    yield window
    await receive(session, group("!long", "Lunch", [incoming("hi") for _ in range(60)]))
    model.chat.open(group_id("!long"))
    await until(lambda: model.chat.timeline is not None and len(model.chat.timeline.items) > 40)
    pane.scroll_by(-2000)
    pane.offer_undo(1)
    await turn(0.02)
    yield window
    pane.offer_undo(0)
    model.chat.open(LUNCH)
    await until(lambda: model.chat.timeline is not None and len(model.chat.timeline.items) > 1)


async def _for_a_moment(session: Session, window: MainWindow, model: SessionModel) -> AsyncIterator[QWidget]:
    """What goes away by itself: offers and bars over the messages, what plays, menus."""
    composer, writing, sounds = window.chat_view.composer, model.chat.composer, model.sounds
    pane = window.findChild(MessagePane)
    assert pane is not None
    writing._hold.begin(Outgoing(LUNCH, "hi"), 60)
    assert composer.hold_bar.isVisible()
    await turn(0.02)
    yield window
    writing._hold.take()
    composer.field.setFocus()
    composer.field.insertPlainText(":smi")
    assert composer.completion.is_open
    await turn(0.02)
    yield window
    composer.field.clear()
    composer.tools.settings = SettingsModel(Preferences(faces_folder=str(_FACES)), parent=window)
    composer.tools.choose_face()
    (popup,) = _dialogs(window)
    await turn(0.02)
    yield popup
    popup.close()
    window.come_forward()
    await until(window.isActiveWindow)
    hover = pane._overlay.hover
    row = pane.placement.placed[-1]
    hover.point(QPoint(0, row.top) + pane.rows.row_layout(row.row).bubble.center(), True)
    assert hover.bar.isVisible()
    yield window
    hover.forget()
    sounds.is_able, sounds._find_local = lambda: True, lambda *_: "/here/one.ogg"
    sounds._make_output = Player  # type: ignore[assignment]  # no device here
    writing.attachments.add_sound(LUNCH, _VOICE)
    await until(lambda: composer.findChildren(SoundRow))
    composer.files.listened.emit(0)
    assert sounds.is_playing
    await turn(0.02)
    yield window
    writing.remove_file(0)
    await receive(session, group("!lunch", "Lunch", [incoming(_FILM)]))
    await until(lambda: model.chat.timeline is not None and len(model.chat.timeline.items) > 2)
    assert model.chat.timeline is not None
    window.chat_view.view_asked.emit(model.chat.timeline.items[-1], 0)
    (viewer,) = (one for one in window.findChildren(PictureViewer) if one.isVisible())
    await until(lambda: sounds.is_playing)
    await turn(0.05)
    yield viewer
    viewer.leave()
    model.chat.open(group_id("!long"))
    await until(lambda: model.chat.timeline is not None and len(model.chat.timeline.items) > 40)
    await turn(0.02)
    assert model.chat.timeline is not None
    pane.show_message(model.chat.timeline.items[0].key)
    assert pane._overlay.back.isVisible()
    yield window
    model.chat.timeline.place_requested.disconnect()
    pane._date_jump.find(2_000_000_000)
    assert pane._overlay.search.isVisible()
    await turn(0.02)
    yield window
    pane._date_jump._on_failed("Lunch")
    await turn(0.02)
    yield window
    pane._date_jump.cancel()
    model.chat.open(LUNCH)
    await until(lambda: model.chat.timeline is not None and len(model.chat.timeline.items) > 2)
    await until(window.chat_view.pinned.isVisible)
    async for menu in _menus(window, model):
        yield menu


async def _menus(window: MainWindow, model: SessionModel) -> AsyncIterator[QWidget]:
    """Those of buttons, of a message and of a conversation, and what opens beside them."""
    pane, tools, asked = window.findChild(MessagePane), window.chat_view.composer.tools, window.list_pane
    assert pane is not None and model.chat.timeline is not None
    buttons = [one for one in window.findChildren(QToolButton) if one.menu() is not None]
    window.toggle_media()
    media, row = window.findChild(MediaPane), window.findChild(DownloadRow)
    assert media is not None and row is not None
    await until(lambda: model.shared_media.is_answered and model.shared_media.rowCount() > 0)
    media.list.setCurrentIndex(media.list.model().index(0, 0))
    asked_for = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    shows: tuple[Callable[[], object], ...] = (
        *(partial(one.menu().popup, QPoint()) for one in buttons),
        tools.show_attach_menu,
        partial(pane._open_menu_at, model.chat.timeline.items[0].key, QPoint()),
        partial(media._open_menu, QPoint(-1, -1)),
        partial(row.contextMenuEvent, asked_for),
        partial(asked._show_menu, asked.list.model().index(0, 0), QPoint()),
    )
    for show in shows:
        show()
        menu = next(one for one in _dialogs(window) if isinstance(one, QMenu))
        await turn(0.02)
        yield menu
        for inner in menu.findChildren(QMenu):
            menu.setActiveAction(inner.menuAction())
            QTest.keyClick(menu, Qt.Key.Key_Right)
            await until(inner.isVisible)
            yield inner
            inner.close()
        menu.close()
        await turn(0.02)
    window.close_side_pane()


async def _mailing(window: MainWindow) -> AsyncIterator[QWidget]:
    """What follows the form."""
    window.list_pane.mailing_asked.emit()
    dialog = window.findChild(MailingDialog)
    assert dialog is not None
    dialog.people.field.setText(BEN)
    QTest.keyClick(dialog.people.field, Qt.Key.Key_Return)
    dialog.text.setPlainText("To you all")
    for page in (dialog.preview, dialog.results):
        dialog.action_button.click()
        await until(page.isVisible)
        await turn(0.02)
        yield dialog
    dialog.stop_button.click()
    await until(dialog.another_button.isVisible)
    yield dialog
    dialog.another_button.click()
    dialog.close()
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _asks(window: MainWindow, model: SessionModel) -> tuple[Callable[..., object], ...]:
    asked = window.list_pane
    tools = window.chat_view.composer.tools
    pane = window.findChild(MessagePane)
    timeline = model.chat.timeline
    assert pane is not None and timeline is not None
    key = timeline.items[-1].key
    devices = model.own.devices
    laptop = Device("A", "Ann", seen_ms=1_700_000_000_000)
    devices.devices = (laptop,)  # nobody tells them here
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
        partial(pane.show_whole, timeline.items[0].key, 0),
        lambda: ReadersPopup(pane._words.read_by(2), ["Ben", "Carla"], pane._style, pane).open_at(QPoint()),
        partial(pane.open_picker, key),
        partial(pane._date_jump.ask, None, 0, pane._style),
        tools.choose_location,
        tools.choose_custom,
        tools.choose_emoji,
        window.chat_view.header.export_asked.emit,
        window.chat_view.header.past_asked.emit,
        partial(_open, lambda: RenameDialog(devices, laptop, window)),
        partial(_open, lambda: SignOutDialog(devices, (laptop,), window)),
        partial(_open, lambda: LoginDialog(LoginModel(_no_login, model.tasks, window), window)),
        partial(_open, lambda: PassphraseDialog(True, window)),
        partial(_open, lambda: PassphraseDialog(False, window)),
        partial(_open, lambda: ProxyDialog(model.own.proxy, window)),
    )


def _record(recorder: Recorder) -> None:
    recorder._recorder = Microphone(recorder)
    recorder.changed.emit()


def _dialogs(window: QObject) -> list[QWidget]:
    """What stands over the window, the newest last."""
    over = (thing for thing in window.findChildren(QWidget) if thing.isVisible() and thing.isWindow())
    return [thing for thing in over if isinstance(thing, QDialog) or thing.windowType() is Qt.WindowType.Popup]


def _open(make: Callable[[], QDialog]) -> None:
    make().open()


async def _no_login(server: str, user: str, password: str, on_step: Callable[[str], None]) -> object:
    raise AssertionError("nobody logs in here")
