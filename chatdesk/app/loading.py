"""What a start loads, and what it leaves for later: both come before anything imports the module in question.

Loading PySide6 is the larger part of an empty window's start. PySide carries its Python part, which knows the
signatures of Qt's functions, as sources in an archive and compiles them at each start: a fifth of the work until an
empty window. Here the compiled code is kept, as Python keeps that of every other module, and what only a wrong call or
a writer of stubs needs runs when it is first asked for.
"""

import builtins
import contextlib
import importlib.util
import marshal
import os
import sys
import zlib
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from chatdesk.app import enums

_FILE = f"pyside.{sys.implementation.cache_tag}.code"
_ARCHIVE = "shibokensupport/"
_OWN = f"{__name__.partition('.')[0]}."
_COMPILED = f".{sys.implementation.cache_tag}.pyc"
_LATER = tuple(
    f"{_ARCHIVE}signature/{name}.py"
    for name in ("errorhandler", "layout", "parser", "lib/enum_sig", "lib/pyi_generator", "lib/tool")
)
_STAND_IN = """
def __getattr__(name):
    from chatdesk.app.loading import run
    return run({path!r}, globals(), name)
"""

NOT_FOR_THE_FIRST_PICTURE = ("asyncio", "hashlib", "hmac", "mimetypes", "secrets", "signal", "subprocess")

_waiting: dict[str, CodeType] = {}


def pyside(directory: Path) -> None:
    """Import PySide6. What is kept in `directory` is run, so it must be the user's own."""
    enums.quickly()
    sys.pyside6_option_python_enum = True  # type: ignore[attr-defined]  # the default, which its parser would note here
    later("inspect")
    if isinstance(inspect := sys.modules["inspect"], _Later):
        vars(inspect)["getsource"] = _no_source  # which PySide asks for, as `import_plainly` says
    compiler = _Compiler(directory / _FILE)
    builtins.compile = compiler
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        builtins.compile = compiler.compile
    compiler.save()
    import_plainly()


def msgspec() -> None:
    """Import msgspec without what it brings along: typing_extensions, when another library may have brought it (the
    standard library has all that it looks for there), the tools for schemas, and for the uuid it knows of `platform`,
    which is asked for one word. All three take 15 ms."""
    name = "typing_extensions"
    before = sys.modules.get(name)
    sys.modules[name] = before  # type: ignore[assignment]  # None: not there
    later("msgspec.inspect")
    if sys.platform == "linux":
        later("platform")
        if isinstance(platform := sys.modules["platform"], _Later):
            vars(platform)["system"] = _system
    import msgspec  # noqa: F401

    if before is None:
        del sys.modules[name]


def _system() -> str:
    return os.uname().sysname


def _no_source(_object: object) -> str:
    raise OSError


def import_plainly() -> None:
    """PySide stands before every import and reads the source of each module that comes, in case it asks for the other
    spellings of `__feature__`. Nothing here does, and a start without that is 30 ms shorter and 3 MB smaller."""
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def own_modules() -> None:
    """From now on the compiled files of chatdesk's own modules are found and read with a third of the system calls, and
    of the work, that Python's import takes: two hundred modules come before the first picture."""
    if sys.pycache_prefix is None and _OwnModules not in sys.meta_path:
        sys.meta_path.insert(0, _OwnModules)


def fonts() -> None:
    """Let fontconfig read what it keeps, in a thread beside the imports: the first text needs it. Where it is not, or
    not needed, nothing happens. The thread runs no Python."""
    if sys.platform != "linux":
        return
    import ctypes
    import threading

    with contextlib.suppress(OSError, AttributeError):
        threading.Thread(target=ctypes.CDLL("libfontconfig.so.1").FcInit, name="fonts", daemon=True).start()


def later(*names: str) -> None:
    """Load a module when the first name of it is asked for, instead of where it is imported; `catch_up` ends that.

    Only while one thread runs Python: another would find it half loaded. `importlib.util.LazyLoader` is no way before
    Python 3.13: there each import of the module asks for its `__spec__`, which already loads it (CPython gh-114781).
    """
    for name in names:
        spec = None if name in sys.modules else _spec_of(name)
        if spec is not None:
            sys.modules[name] = module = importlib.util.module_from_spec(spec)
            module.__class__ = _Later


def _spec_of(name: str) -> ModuleSpec | None:
    package, _, _ = name.rpartition(".")
    if not package:
        return importlib.util.find_spec(name)
    around = importlib.util.find_spec(package)  # of a part of it, this would load it
    return None if around is None else PathFinder.find_spec(name, around.submodule_search_locations)


def catch_up() -> None:
    """Load what waits; call it before the first thread that runs Python starts."""
    for module in tuple(sys.modules.values()):
        if isinstance(module, _Later):
            module.load()


def run(path: str, module: dict[str, Any], name: str) -> Any:
    """The first question for a name of a module that waits: run it now."""
    code = None if name.startswith("__") else _waiting.pop(path, None)
    if code is not None:
        exec(code, module)  # noqa: S102 - PySide's own
    try:
        return module[name]
    except KeyError:
        raise AttributeError(name) from None


class _Later(ModuleType):
    """A module that runs when it is asked for a name that it does not have yet."""

    def __getattr__(self, name: str) -> Any:
        self.load()
        return getattr(self, name)

    def load(self) -> None:
        spec = self.__spec__
        self.__class__ = ModuleType  # type: ignore[assignment]
        if spec is not None and spec.loader is not None:
            spec.loader.exec_module(self)


class _OwnModules(SourceFileLoader):
    """Finds and loads a module of chatdesk's whose compiled file belongs to its source; all else is left to Python."""

    def __init__(self, name: str, path: str, source: os.stat_result, cached: str) -> None:
        super().__init__(name, path)
        self._source, self._cached = source, cached

    @classmethod
    def find_spec(cls, name: str, path: Sequence[str] | None = None, _target: object = None) -> ModuleSpec | None:
        if not path or not name.startswith(_OWN):
            return None
        own = f"{path[0]}/{name.rpartition('.')[2]}"
        for folder, file in ((path[0], f"{own}.py"), (own, f"{own}/__init__.py")):
            try:
                source = os.stat(file)  # noqa: PTH116 - two hundred Paths cost as much
            except OSError:
                continue
            cached = f"{folder}/__pycache__/{file[len(folder) + 1 : -3]}{_COMPILED}"
            is_package = folder is own
            spec = ModuleSpec(name, cls(name, file, source, cached), origin=file, is_package=is_package)
            spec.has_location, spec.cached = True, cached
            if is_package:
                spec.submodule_search_locations = [own]
            return spec
        return None

    def get_code(self, fullname: str) -> CodeType | None:
        """As documented in PEP 552: magic number, no flags, time and size of the source, code."""
        time, size = (int(part) & 0xFFFFFFFF for part in (self._source.st_mtime, self._source.st_size))
        head = MAGIC_NUMBER + bytes(4) + time.to_bytes(4, "little") + size.to_bytes(4, "little")
        with contextlib.suppress(OSError):  # none yet: Python makes it
            data = _content(self._cached)
            if data[: len(head)] == head:
                code: CodeType = marshal.loads(memoryview(data)[len(head) :])  # noqa: S302 - as Python does it
                return code
        return super().get_code(fullname)


def _content(path: str) -> bytes:
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return os.read(file, os.fstat(file).st_size)
    finally:
        os.close(file)


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
