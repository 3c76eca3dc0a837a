"""The proxy for the settings and the login: which one, and whether it works.

Runs on the main thread. Owns nothing: the way itself belongs to the session, before a login to whoever logs in.
"""

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.account import Proxy
from chatdesk.models.tasks import Tasks


class Way(Protocol):
    """To the server."""

    proxy: Proxy

    async def set_proxy(self, proxy: Proxy) -> None: ...

    async def test(self, proxy: Proxy) -> int: ...


class ProxyModel(QObject):
    changed = Signal()
    testing_changed = Signal(bool)
    told = Signal(str, bool)
    """A sentence about the last try or change, and whether it is bad news."""

    def __init__(self, way: Way, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._way = way
        self._tasks = tasks
        self._is_testing = False

    @property
    def proxy(self) -> Proxy:
        return self._way.proxy

    @property
    def is_testing(self) -> bool:
        return self._is_testing

    def change(self, proxy: Proxy) -> None:
        """Use it from now on, when it can be one."""
        if proxy != self.proxy:
            self._tasks.run(self._way.set_proxy(proxy), lambda _: self._on_changed(), self._refuse)

    def test(self, proxy: Proxy) -> None:
        """Try to reach the server by it; `told` says how that went. It is not used for anything else."""
        if not self._is_testing:
            self._set_testing(True)
            self._tasks.run(self._way.test(proxy), self._tell_time, self._tell_failure)

    def _on_changed(self) -> None:
        if not self._is_testing:
            self.told.emit("", False)
        self.changed.emit()

    def _refuse(self, sentence: str) -> None:
        self.told.emit(sentence, True)

    def _tell_time(self, time_ms: int) -> None:
        self._set_testing(False)
        self.told.emit(self.tr("It works: the server answered in {0} ms.").format(time_ms), False)

    def _tell_failure(self, sentence: str) -> None:
        self._set_testing(False)
        self.told.emit(sentence, True)

    def _set_testing(self, is_testing: bool) -> None:
        self._is_testing = is_testing
        self.testing_changed.emit(is_testing)
