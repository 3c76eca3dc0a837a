"""How PySide6 is loaded, which is the larger part of an empty window's start. `load` comes before anything imports it.

PySide carries its Python part, which knows the signatures of Qt's functions, as sources in an archive and compiles them
at each start: a fifth of the work until an empty window. Here the compiled code is kept, as Python keeps that of every
other module, and what only a wrong call or a writer of stubs needs runs when it is first asked for.
"""

import builtins
import contextlib
import marshal
import os
import sys
import zlib
from pathlib import Path
from types import CodeType
from typing import Any

_FILE = f"pyside.{sys.implementation.cache_tag}.code"
_ARCHIVE = "shibokensupport/"
_LATER = tuple(
    f"{_ARCHIVE}signature/{name}.py" for name in ("errorhandler", "layout", "lib/enum_sig", "lib/pyi_generator")
)
_STAND_IN = """
def __getattr__(name):
    from chatdesk.app.pyside import run
    return run({path!r}, globals(), name)
"""

_waiting: dict[str, CodeType] = {}


def load(directory: Path) -> None:
    """Import PySide6. What is kept in `directory` is run, so it must be the user's own."""
    compiler = _Compiler(directory / _FILE)
    builtins.compile = compiler
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        builtins.compile = compiler.compile
    compiler.save()
    import_plainly()


def import_plainly() -> None:
    """PySide stands before every import and reads the source of each module that comes, in case it asks for the other
    spellings of `__feature__`. Nothing here does, and a start without that is 30 ms shorter and 3 MB smaller."""
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def run(path: str, module: dict[str, Any], name: str) -> Any:
    """The first question for a name of a module that waits: run it now."""
    code = None if name.startswith("__") else _waiting.pop(path, None)
    if code is not None:
        exec(code, module)  # noqa: S102 - PySide's own
    try:
        return module[name]
    except KeyError:
        raise AttributeError(name) from None


class _Compiler:
    """Stands for `compile` while PySide loads, and remembers what it made of the archive's files."""

    def __init__(self, path: Path) -> None:
        self.compile = builtins.compile
        self._path = path
        self._is_new = False
        self._known: dict[str, tuple[int, CodeType]] = {}
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError):  # none yet, or damaged: made anew
            self._known = dict(marshal.loads(path.read_bytes()))  # noqa: S302 - as safe as a .pyc of the user's

    def __call__(self, source: Any, filename: Any, mode: str, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(source, bytes) or not str(filename).startswith(_ARCHIVE):
            return self.compile(source, filename, mode, *args, **kwargs)
        check = zlib.crc32(source)
        known = self._known.get(filename)
        if known is None or known[0] != check:
            known = self._known[filename] = check, self.compile(source, filename, mode, *args, **kwargs)
            self._is_new = True
        if filename not in _LATER:
            return known[1]
        _waiting[filename] = known[1]
        return self.compile(_STAND_IN.format(path=filename), filename, mode)

    def save(self) -> None:
        if not self._is_new:
            return
        fresh = self._path.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):  # then the next start compiles again
            fresh.touch(mode=0o600)
            fresh.write_bytes(marshal.dumps(self._known))
            fresh.replace(self._path)
