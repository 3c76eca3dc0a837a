"""Wires one window: key, session, view models, and the order in which they begin and end. Main thread only.

The order of a start: the key -> the store -> the window, painted at once with what it holds -> the loop -> what
`afterwards` holds -> the network. Nothing before the network waits for it. Where key or store would have to be waited
for, the loop comes first, and the window may appear without its contents.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt

from chatdesk.app import paths
from chatdesk.app.afterwards import Afterwards
from chatdesk.core.credentials import Credentials
from chatdesk.core.session import Session, device_name, wipe
from chatdesk.domain.account import Proxy
from chatdesk.domain.at_once import finish
from chatdesk.domain.errors import ChatdeskError, KeyGivenUp
from chatdesk.models.sentences import translated
from chatdesk.models.session import SessionModel
from chatdesk.models.tasks import Tasks
from chatdesk.views.main_window import MainWindow

if TYPE_CHECKING:
    from chatdesk.app.supervision import Supervision

_APPEAR_AFTER_S = 0.25
_log = logging.getLogger(__name__)


class Container:
    """`person`: a throwaway person of `chatdesk try`, whose login comes from the supervising process.

    `afterwards`: what waits for the first picture.
    """

    def __init__(
        self, directory: Path, window: MainWindow, afterwards: Afterwards, *, profile: str, person: str
    ) -> None:
        self._directory = directory
        self._window = window
        self._afterwards = afterwards
        self._person = person
        self._credentials = Credentials(directory, person or profile)
        self._has_appeared = False
        self._start_words: Callable[[], str] = str
        self._is_starting = True
        self._session: Session | None = None
        self._model: SessionModel | None = None
        self._supervision: Supervision | None = None
        self._exit_code = 0
        window.closing.connect(self.quit)

    @cached_property
    def _tasks(self) -> Tasks:
        return Tasks()

    @cached_property
    def _quitting(self) -> asyncio.Event:
        return asyncio.Event()

    @cached_property
    def _logged_out(self) -> asyncio.Event:
        return asyncio.Event()

    def quit(self) -> None:
        self._quitting.set()

    def change_window(self, window: MainWindow) -> None:
        """Go on in another window; the session does not notice."""
        old, self._window = self._window, window
        old.closing.disconnect(self.quit)
        window.closing.connect(self.quit)
        apart = [] if old.own_windows is None else old.own_windows.conversations
        old.hide()
        self._has_appeared = True
        old.detach()
        if self._model is None:
            window.set_startup_message(self._start_words(), self._is_starting)
        else:
            window.attach(self._model)
        window.show()
        for conversation in apart:
            if window.own_windows is not None:
                window.own_windows.open(conversation)

    def open_at_once(self) -> None:
        """Before there is a loop: show the window with what the store holds, if it can be had without waiting."""
        session = Session.restore_at_once(self._directory, self._credentials, paths.downloads)
        if session is None:
            return
        self._take(session, is_early=True).load_at_once(finish(session.last_open()))
        self._afterwards.wait_for_picture()

    async def run(self) -> int:
        """Until the window is closed; the exit code."""
        asyncio.get_running_loop().call_later(_APPEAR_AFTER_S, self._appear)
        if self._model is not None:
            self._model.begin()
            self._afterwards.begin()
        if self._person:
            self._appear()
            self._say(lambda: QCoreApplication.translate("Container", "Starting the private server…"))
            from chatdesk.app.supervision import Supervision  # only a window of `try` has it

            self._supervision = Supervision(self._say_status, self._show_failure, self.quit)
            self._supervision.start()
        life = asyncio.ensure_future(self._live())
        quitting = asyncio.ensure_future(self._quitting.wait())
        await asyncio.wait([life, quitting], return_when=asyncio.FIRST_COMPLETED)
        for task in (life, quitting):
            task.cancel()
        self._afterwards.stop()
        self._has_appeared = True  # what is being closed does not appear any more
        results = await asyncio.gather(life, quitting, return_exceptions=True)
        await self._end_session()
        await self._tasks.close()
        if self._supervision is not None:
            self._supervision.stop()
        self._window.quit()
        if isinstance(results[0], Exception):
            raise results[0]
        return self._exit_code

    async def _live(self) -> None:
        """Account after account, until the user gives up the login."""
        while True:
            if self._session is None:
                session = await self._begin_session()
                if session is None:
                    return
                self._take(session).load(await session.last_open())
            await self._logged_out.wait()
            self._window.detach()
            await self._end_session()
            self._logged_out.clear()
            if self._person:
                return

    def _take(self, session: Session, *, is_early: bool = False) -> SessionModel:
        """The window shows this account from now on."""
        self._session = session
        self._model = model = SessionModel(session, is_early=is_early)
        model.logged_out.connect(lambda: self._logged_out.set())
        self._window.attach(model)
        model.settled.connect(partial(self._go_on, session))
        return model

    def _go_on(self, session: Session) -> None:
        """The first picture has all it shows."""
        self._afterwards.add(partial(self._start, session))
        self._appear()
        self._afterwards.begin_behind(self._window)

    def _appear(self) -> None:
        """Once: a window that was hidden since is to stay so."""
        if not self._has_appeared:
            self._has_appeared = True
            self._window.show()

    async def _be_seen(self) -> None:
        """The window stands where the system put it: what asks the user is placed before it."""
        self._appear()
        seen = asyncio.Event()
        self._afterwards.add(seen.set)
        self._afterwards.begin_behind(self._window)
        await seen.wait()

    def _start(self, session: Session) -> None:
        if session is self._session:
            session.start()

    async def _begin_session(self) -> Session | None:
        """The stored session, else a new login; None when the user gives up."""
        try:
            session = await Session.restore(self._directory, self._credentials, self._load_key, paths.downloads)
        except KeyGivenUp:
            await self._credentials.forget()
            await asyncio.to_thread(wipe, self._directory)
            return await self._ask_login()
        except ChatdeskError as error:
            sentence = str(error)
            self._say(lambda: translated(sentence), is_busy=False)
            self._appear()
            self._afterwards.begin()
            await self._quitting.wait()
            return None
        if session is not None:
            return session
        if self._supervision is not None:
            self._afterwards.begin()
            login = await self._supervision.login
            self._say(lambda: QCoreApplication.translate("Container", "Logging in…"))
            return await self._log_in(login["url"], login["user"], login["password"])
        return await self._ask_login()

    async def _ask_login(self) -> Session | None:
        # Most starts have their login already, and paint sooner without this.
        from chatdesk.core.network import NetworkBeforeLogin
        from chatdesk.models.login import LoginModel
        from chatdesk.models.proxy import ProxyModel
        from chatdesk.views.login_dialog import LoginDialog

        self._say(lambda: QCoreApplication.translate("Container", "Log in to see your conversations."), is_busy=False)
        await self._be_seen()
        answer: asyncio.Future[Session | None] = asyncio.get_running_loop().create_future()

        async def log_in(server: str, user: str, password: str, on_step: Callable[[str], None]) -> object:
            on_step(QCoreApplication.translate("Container", "Looking for the server…"))
            from chatdesk.matrix.discovery import discover  # only a login needs the network layer so early

            url = await discover(server, way.proxy)
            on_step(QCoreApplication.translate("Container", "Logging in…"))
            return await self._log_in(url, user, password, way.proxy)

        def settle(session: object) -> None:
            if not answer.done():
                answer.set_result(session if isinstance(session, Session) else None)

        model = LoginModel(log_in, self._tasks, self._window)
        way = NetworkBeforeLogin()
        proxy = ProxyModel(way, self._tasks, model)
        dialog = LoginDialog(model, self._window, proxy)
        dialog.server.textChanged.connect(partial(setattr, way, "server"))
        self._window.proxy = proxy
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # it goes below, however this ends
        model.succeeded.connect(settle)
        dialog.cancelled.connect(lambda: settle(None))
        dialog.open()
        try:
            return await answer
        finally:
            self._window.proxy = None
            dialog.deleteLater()
            model.deleteLater()

    async def _log_in(self, url: str, user: str, password: str, proxy: Proxy | None = None) -> Session:
        return await Session.log_in(
            self._directory,
            self._credentials,
            self._load_key,
            paths.downloads,
            url,
            user,
            password,
            device_name(),
            proxy,
        )

    async def _load_key(self) -> bytes:
        return await self._credentials.load(self._ask_passphrase, use_file=bool(self._person))

    async def _ask_passphrase(self, is_new: bool, error: str) -> str | None:
        from chatdesk.views.passphrase_dialog import ask_passphrase  # few profiles have one

        await self._be_seen()
        return await ask_passphrase(is_new, error, self._window)

    def _show_failure(self, sentence: str) -> None:
        """The private server cannot be had."""
        self._exit_code = 1
        if self._session is None:
            self._say(lambda: translated(sentence), is_busy=False)
        else:
            self._window.tell(translated(sentence))

    def _say_status(self, sentence: str) -> None:
        self._say(lambda: translated(sentence))

    def _say(self, words: Callable[[], str], is_busy: bool = True) -> None:
        """What is going on before there is a session; asked for the words again when the language changes."""
        self._start_words, self._is_starting = words, is_busy
        self._window.set_startup_message(words(), is_busy)

    async def _end_session(self) -> None:
        model, self._model = self._model, None
        session, self._session = self._session, None
        if model is None or session is None:
            return
        conversation = model.chat.conversation
        await model.close()
        if not self._logged_out.is_set():
            await session.note_open(None if conversation is None else conversation.id)
            await session.close()
