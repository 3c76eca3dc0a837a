"""The login form: what is typed, whether a login runs, why the last one failed.

Runs on the main thread. Owns no network: `log_in` is handed in by the app and raises LoginError (or another
ChatdeskError) with a sentence. It must not keep the password once the login ended.
"""

import asyncio
from collections.abc import Awaitable, Callable
from enum import Enum, auto
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.errors import ChatdeskError, NetworkError, WrongUserName
from chatdesk.models.tasks import Tasks

_ASKED = 2
"""The step in which the server is asked."""


class LogIn(Protocol):
    """Log in and open the account; the result is for `succeeded`. `on_step` takes a few words on what happens now:
    first the server is looked for, then it is asked."""

    def __call__(self, server: str, user: str, password: str, on_step: Callable[[str], None]) -> Awaitable[object]: ...


class Field(Enum):
    SERVER = auto()
    USER = auto()
    PASSWORD = auto()


class LoginModel(QObject):
    """`succeeded` carries what `log_in` returned, usually the session."""

    busy_changed = Signal(bool)
    step_changed = Signal(str)
    error_changed = Signal(str)
    succeeded = Signal(object)

    def __init__(self, log_in: LogIn, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_in = log_in
        self._tasks = tasks
        self._is_busy = False
        self._error = ""
        self._attempt: asyncio.Task[object] | None = None
        self._steps = 0
        self.wrong = Field.SERVER
        """Where the last attempt went wrong."""

    @property
    def is_busy(self) -> bool:
        return self._is_busy

    @property
    def error(self) -> str:
        return self._error

    def submit(self, server: str, user: str, password: str) -> None:
        """Try to log in; a second press while one runs is ignored."""
        if self._is_busy:
            return
        server, user = server.strip(), user.strip()
        if not server and user.startswith("@") and ":" in user:
            server = user.partition(":")[2]
        missing = self._missing(server, user, password)
        self._set_error(missing)
        if missing:
            return
        self._set_busy(True)
        self._tasks.run(self._attempt_login(server, user, password), self._succeed, self._fail)

    def cancel(self) -> None:
        """Give up the attempt that runs; nothing is heard of it any more."""
        if self._attempt is not None:
            self._attempt.cancel()
            self._attempt = None
            self._set_busy(False)

    async def _attempt_login(self, server: str, user: str, password: str) -> object:
        self._attempt = asyncio.current_task()
        self._steps = 0
        try:
            return await self._log_in(server, user, password, self._on_step)
        except ChatdeskError as error:
            is_about_server = self._steps < _ASKED or isinstance(error, NetworkError)
            is_about_user = isinstance(error, WrongUserName)
            self.wrong = Field.SERVER if is_about_server else Field.USER if is_about_user else Field.PASSWORD
            raise

    def _on_step(self, words: str) -> None:
        self._steps += 1
        self.step_changed.emit(words)

    def _missing(self, server: str, user: str, password: str) -> str:
        if not server:
            self.wrong = Field.SERVER
            return self.tr("Type the name of your server, for example example.org.")
        if not user:
            self.wrong = Field.USER
            return self.tr("Type your user name.")
        self.wrong = Field.PASSWORD
        return "" if password else self.tr("Type your password.")

    def _succeed(self, result: object) -> None:
        self._attempt = None
        self._set_busy(False)
        self.succeeded.emit(result)

    def _fail(self, sentence: str) -> None:
        self._attempt = None
        self._set_busy(False)
        self._set_error(sentence)

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.busy_changed.emit(is_busy)

    def _set_error(self, error: str) -> None:
        self._error = error
        self.error_changed.emit(error)
