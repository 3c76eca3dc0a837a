"""Every dialog, menu and list that opens over the window, in light and dark; the same in large letters, mirrored and in
Chinese. Main thread only."""

from collections.abc import Awaitable, Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QMenu, QToolButton, QWidget

from chatdesk.domain.account import Device
from chatdesk.domain.ids import ConversationId
from chatdesk.models.deletion import Scope
from chatdesk.views.conversation_menu import Wish
from chatdesk.views.forward_dialog import ForwardDialog
from chatdesk.views.mailing_dialog import MailingDialog
from chatdesk.views.new_conversation_dialog import NewConversationDialog
from chatdesk.views.passphrase_dialog import PassphraseDialog
from chatdesk.views.proxy_dialog import ProxyDialog
from chatdesk.views.settings_devices import RenameDialog, SignOutDialog
from tests.app.live_window import until
from tests.filmstrip.cast import GROUP
from tests.filmstrip.media_scenes import downloads_in_every_state, from_right_to_left, mirrored, session_of
from tests.filmstrip.stage import Scene, Stage

Shoot = Callable[[str], Awaitable[None]]


async def _search_people(stage: Stage) -> None:
    stage.window.list_pane.new_conversation_asked.emit()
    dialog = await stage.dialog()
    assert isinstance(dialog, NewConversationDialog)
    QTest.keyClicks(dialog.people.field, "ben")
    await until(lambda: dialog.people.hits.model().rowCount(), "people")


async def _invite(stage: Stage) -> None:
    stage.window.chat_view.header.invite_asked.emit()


async def _wish(wish: Wish, stage: Stage) -> None:
    stage.window.list_pane.wished.emit(wish, stage.rows()[GROUP])


async def _choose(action: str, stage: Stage) -> None:
    await stage.choose(stage.message("Meeting point"), action)


async def _forward(stage: Stage) -> None:
    await _choose("forwardMessage", stage)
    dialog = await stage.dialog()
    assert isinstance(dialog, ForwardDialog)
    for row in (1, 2):
        dialog.targets.toggle(dialog.targets.index(row, 0))


async def _many(stage: Stage) -> None:
    stage.window.list_pane.mailing_asked.emit()
    dialog = await stage.dialog()
    assert isinstance(dialog, MailingDialog)
    dialog.people.field.setText("@ben:chatdesk.local, @carla:chatdesk.local")
    QTest.keyClick(dialog.people.field, Qt.Key.Key_Return)
    dialog.text.setPlainText("9:00, 港口, الميناء")


async def _emit(name: str, stage: Stage) -> None:
    getattr(stage.window.list_pane, name).emit()


async def _header(name: str, stage: Stage) -> None:
    getattr(stage.window.chat_view.header, name).emit()


async def _tool(name: str, stage: Stage) -> None:
    getattr(stage.window.chat_view.composer.tools, name)()


async def _made(make: Callable[[Stage], QDialog], stage: Stage) -> None:
    make(stage).open()


async def _anew(stage: Stage) -> None:
    """The question behind "Log in again…"."""
    dialog = PassphraseDialog(False, stage.window)
    dialog.open()
    dialog._ask_anew()


_LAPTOP = Device("LAPTOP", "chatdesk on the laptop", seen_ms=1_700_000_000_000)
_DIALOGS: dict[str, Callable[[Stage], Awaitable[None]]] = {
    "new-conversation": _search_people,
    "group-to-begin": partial(_emit, "new_group_asked"),
    "invite-people": _invite,
    "details-of-group": partial(_wish, Wish.DETAILS),
    "clear": partial(_wish, Wish.CLEAR),
    "leave": partial(_wish, Wish.LEAVE),
    "log-out": partial(_emit, "log_out_asked"),
    "many": _many,
    "import-begins": partial(_emit, "import_asked"),
    "export-begins": partial(_header, "export_asked"),
    "history": partial(_header, "past_asked"),
    "delete-scopes": partial(_choose, "deleteMessage"),
    "forward-chosen": _forward,
    "message-details": partial(_choose, "messageDetails"),
    "location": partial(_tool, "choose_location"),
    "data": partial(_tool, "choose_custom"),
    "unlock": partial(_made, lambda stage: PassphraseDialog(False, stage.window)),
    "unlock-log-in-again": _anew,
    "choose-passphrase": partial(_made, lambda stage: PassphraseDialog(True, stage.window)),
    "proxy": partial(_made, lambda stage: ProxyDialog(session_of(stage).own.proxy, stage.window)),
    "rename-device": partial(_made, lambda stage: RenameDialog(session_of(stage).own.devices, _LAPTOP, stage.window)),
    "sign-out": partial(_made, lambda stage: SignOutDialog(session_of(stage).own.devices, (_LAPTOP,), stage.window)),
    "shortcuts": partial(_emit, "shortcuts_asked"),
}


async def _all_dialogs(stage: Stage, shoot: Shoot) -> None:
    await stage.open(GROUP, "Meeting point")
    for name, ask in _DIALOGS.items():
        await ask(stage)
        await stage.dialog()
        await shoot(name)
        await stage.close_dialogs()


async def _in_both(stage: Stage, show: Callable[[Stage, Shoot], Awaitable[None]], prefix: str = "") -> None:
    """Opened anew for each: what is open when the colours change keeps some of the old ones."""
    for scheme in ("light", "dark"):
        stage.window.settings.change(scheme=scheme)
        await show(stage, lambda name, scheme=scheme: stage.shoot(f"{prefix}{name}-{scheme}"))  # type: ignore[misc]
    stage.window.settings.change(scheme="light")


async def every_dialog(stage: Stage) -> None:
    await _in_both(stage, _all_dialogs, "dialog-")


async def every_dialog_large(stage: Stage) -> None:
    async with stage.large():
        await _all_dialogs(stage, lambda name: stage.shoot(f"large-{name}"))


async def every_dialog_mirrored(stage: Stage) -> None:
    with from_right_to_left():
        await _all_dialogs(stage, lambda name: stage.shoot(f"rtl-{name}"))


async def every_dialog_in_chinese(stage: Stage) -> None:
    await _all_dialogs(stage, lambda name: stage.shoot(f"chinese-{name}"))
    await _menus(stage, lambda name: stage.shoot(f"chinese-{name}"))
    await _beside(stage, lambda name: stage.shoot(f"chinese-{name}"))


async def _open_submenu(stage: Stage, conversation: ConversationId) -> None:
    """How long to mute."""
    from tests.filmstrip.scenes import menu_of  # the scenes know this module

    menu = await menu_of(stage, conversation)
    submenu = menu.findChild(QMenu, "muteMenu")
    assert submenu is not None
    menu.setActiveAction(submenu.menuAction())
    QTest.keyClick(menu, Qt.Key.Key_Right)
    await until(submenu.isVisible, "the menu beside it")


async def _close_popups() -> None:
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()


def _pop_up(menu: QMenu, under: QWidget) -> None:
    """Inside the window: this screen is larger, so Qt sees no reason to."""
    menu.aboutToShow.emit()  # some are filled now
    corner = under.mapToGlobal(QPoint(0, under.height()))
    edge = under.window().mapToGlobal(QPoint(under.window().width(), 0)).x()
    menu.popup(QPoint(min(corner.x(), edge - menu.sizeHint().width()), corner.y()))


async def _menus(stage: Stage, shoot: Shoot) -> None:
    await stage.open(GROUP, "Meeting point")
    for name in ("menuButton", "newConversationButton", "chatMenuButton"):
        button = stage.find(QToolButton, name)
        menu = button.menu()
        _pop_up(menu, button)
        await until(menu.isVisible, name)
        await shoot(f"menu-{name}")
        menu.close()
    stage.window.chat_view.composer.tools.show_attach_menu()
    await shoot("menu-attach")
    await _close_popups()
    await _open_submenu(stage, stage.rows()["Ben"])
    await shoot("menu-mute")
    await _close_popups()
    stage.pane.jump_to_date()
    await shoot("calendar")
    stage.find(QWidget, "datePopup").close()
    stage.pane.show_message(stage.message("Who is in").key)
    stage.pane.show_readers(stage.message("Who is in").key)
    await shoot("readers")
    stage.find(QWidget, "readersPopup").close()


async def menus(stage: Stage) -> None:
    await _in_both(stage, _menus)


async def menus_mirrored(stage: Stage) -> None:
    with from_right_to_left():
        await _menus(stage, lambda name: stage.shoot(f"rtl-{name}"))


async def pinned(stage: Stage) -> None:
    """The line over the messages, with what is pinned, and its menu."""
    await stage.open(GROUP, "Meeting point")
    for words in ("Who is in", "The train leaves"):
        session_of(stage).chat.pin(stage.message(words).key, True)
        await until(partial(_is_pinned, stage, words), "it is pinned")
    await stage.both("pinned")
    await mirrored(stage, "pinned-rtl")
    async with stage.large():
        await stage.shoot("pinned-200-percent")
    menu = stage.window.findChild(QMenu, "pinnedMenu")
    assert menu is not None
    _pop_up(menu, stage.find(QToolButton, "pinnedMenuButton"))
    await stage.both("pinned-menu")
    menu.close()


def _is_pinned(stage: Stage, words: str) -> bool:
    shown = stage.window.findChild(QWidget, "pinnedMessage")
    return shown is not None and words in shown.accessibleName()


async def told(stage: Stage) -> None:
    """What is said under the messages and over them: something was copied; something was deleted and can come back."""
    await stage.open("Ben", "Looking forward")
    stage.window.chat_view.told.emit("The link was copied.")
    await stage.both("told")
    stage.window.tell("The group could not be made: the server does not answer.")
    await stage.both("told-error")
    stage.window.notice.hide()
    session_of(stage).chat.delete([stage.message("Looking forward").key], Scope.HERE)
    await stage.both("undo")
    session_of(stage).chat.deletion.undo()


async def forwarded(stage: Stage) -> None:
    """What the copy looks like, and what is told of it."""
    await stage.open(GROUP, "Meeting point")
    rows = stage.rows()
    session_of(stage).chat.forward([stage.message("Who is in").key], [rows["Ben"], rows["王伟"]])
    await until(lambda: "forwarded to" in stage.window.notice.text, "the copies")
    await stage.open("Ben", "Who is in")
    await stage.both("forwarded")


async def resizing(stage: Stage) -> None:
    """How large pictures are sent."""
    await stage.open("Ben", "Looking forward")
    composer = stage.window.chat_view.composer
    composer.add_files([stage.folder / "harbour.png"])
    await until(lambda: stage.writing.files and not stage.writing.attachments.is_preparing, "the picture")
    choice = stage.find(QComboBox, "pictureSize")
    choice.showPopup()
    await stage.both("picture-size")
    choice.hidePopup()
    stage.writing.remove_file(0)


async def _beside(stage: Stage, shoot: Shoot) -> None:
    """The pages at the side."""
    window = stage.window
    await stage.open(GROUP, "Meeting point")
    window.toggle_members()
    await shoot("side-members")
    window.search_everywhere("saturday")
    await shoot("side-search")
    window.toggle_media()
    await shoot("side-media")
    with downloads_in_every_state(stage):
        window.show_downloads()
        await shoot("side-downloads")
    window.close_side_pane()


async def side_panes_large(stage: Stage) -> None:
    async with stage.large():
        await _beside(stage, lambda name: stage.shoot(f"large-{name}"))


FIRST: tuple[Scene, ...] = (
    every_dialog,
    every_dialog_large,
    every_dialog_mirrored,
    menus,
    menus_mirrored,
    pinned,
    told,
    resizing,
    side_panes_large,
    forwarded,
)
