"""What is loaded, and when; each case in a process of its own, because a process loads it once."""

import asyncio
import platform
import subprocess
import sys
from pathlib import Path

import pytest

_LOAD = """
import builtins, pathlib, sys
compiled, really = [], builtins.compile
def compile(source, filename, *arguments, **names):
    if "shibokensupport" in str(filename) and len(source) > 1000:
        compiled.append(filename)
    return really(source, filename, *arguments, **names)
builtins.compile = compile
from chatdesk.app import loading
loading.pyside(pathlib.Path(sys.argv[1]))
assert builtins.compile is compile
"""


def _run(directory: Path, program: str) -> str:
    command = [sys.executable, "-c", _LOAD + program, str(directory)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def test_its_own_modules_are_compiled_once(tmp_path: Path) -> None:
    how_many = "print(len(compiled))"
    assert int(_run(tmp_path, how_many)) > 5
    assert int(_run(tmp_path, how_many)) == 0


@pytest.mark.parametrize("content", [b"", b"no code", b"\xe9\x01\x00\x00\x00"])
def test_what_was_kept_and_is_damaged_is_made_anew(tmp_path: Path, content: bytes) -> None:
    _run(tmp_path, "")
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(content)
    assert int(_run(tmp_path, "print(len(compiled))")) > 5
    assert int(_run(tmp_path, "print(len(compiled))")) == 0


def test_nothing_is_kept_where_nothing_can_be_written(tmp_path: Path) -> None:
    program = "from PySide6.QtCore import QObject; print(QObject().objectName() == '')"
    assert _run(tmp_path / "missing", program).strip() == "True"


def test_a_wrong_call_still_says_what_is_right(tmp_path: Path) -> None:
    """What words it is among the modules that run late."""
    program = """
from PySide6.QtCore import QPoint
try:
    QPoint("a", "b")
except TypeError as error:
    print("xpos: int, ypos: int" in str(error))
"""
    for _ in range(2):
        assert _run(tmp_path, program).strip() == "True"


def test_imports_do_not_go_by_way_of_it(tmp_path: Path) -> None:
    """It would read the source of every module that is imported."""
    program = """
import linecache
linecache.clearcache()
import chatdesk.views.main_window, xml.dom.minidom
print(builtins.__import__.__name__ != "__feature_import__", len(linecache.cache))
"""
    assert _run(tmp_path, program).split() == ["True", "0"]


def test_a_module_comes_when_it_is_asked_for_or_in_the_end(tmp_path: Path) -> None:
    program = """
loading.later("colorsys", "wave", "sys", "no_such_module")
import colorsys, wave
said = ["rgb_to_hls" in vars(colorsys), "Wave_read" in vars(wave)]
said += [colorsys.rgb_to_hls(0, 0, 0)[1] == 0, "Wave_read" in vars(wave)]
loading.catch_up()
said += ["Wave_read" in vars(wave), type(wave) is type(sys), "no_such_module" in sys.modules]
print(*said)
"""
    assert _run(tmp_path, program).split() == ["False", "False", "True", "False", "True", "True", "False"]


_PACKAGE = """
import importlib, importlib.resources, os, pathlib, py_compile
loading._OWN = "parcel."
loading.own_modules()
home = pathlib.Path(sys.argv[1]) / "parcel"
(home / "inner").mkdir(parents=True)
(home / "__init__.py").write_text("")
(home / "inner" / "__init__.py").write_text("WHERE = __file__")
(home / "inner" / "part.py").write_text("VALUE = 1")
sys.path.insert(0, sys.argv[1])
"""


def test_own_modules_are_loaded_as_python_does(tmp_path: Path) -> None:
    program = """
for source in ("inner/__init__.py", "inner/part.py"):
    py_compile.compile(str(home / source))
import parcel.inner.part as part
inner = sys.modules["parcel.inner"]
print(type(part.__loader__).__name__, part.VALUE, part.__package__, inner.__path__ == [str(home / "inner")])
print(part.__file__ == str(home / "inner" / "part.py"), part.__cached__ == part.__spec__.cached)
print(part.__cached__ == importlib.util.cache_from_source(part.__file__))
print(part.__loader__.get_source("parcel.inner.part") == "VALUE = 1")
print(importlib.resources.files("parcel.inner").joinpath("part.py").read_text() == "VALUE = 1")
for name in ("parcel.missing", "parcel.inner.missing"):
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        print(error.name)
"""
    lines = _run(tmp_path, _PACKAGE + program).splitlines()
    assert lines[0] == "_OwnModules 1 parcel.inner True"
    assert lines[1:5] == ["True True", "True", "True", "True"]
    assert lines[5:] == ["parcel.missing", "parcel.inner.missing"]


@pytest.mark.parametrize(
    "harm",
    [
        "pass",  # was never compiled
        "cached.write_bytes(b'')",
        "cached.write_bytes(b'xxxx' + cached.read_bytes()[4:])",
        "source.write_text('VALUE = 22')",
        "source.write_text('VALUE = 2'); os.utime(source, (1, 1))",
        "py_compile.compile(str(source), invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)",
    ],
)
def test_a_compiled_file_that_is_not_its_sources_is_not_run(tmp_path: Path, harm: str) -> None:
    program = f"""
source, cached = home / "inner" / "part.py", home / "inner" / "__pycache__" / f"part{{loading._COMPILED}}"
if {harm != "pass"}:
    py_compile.compile(str(source))
{harm}
import parcel.inner.part as part
print(part.VALUE, source.read_text())
"""
    value, _, _, written = _run(tmp_path, _PACKAGE + program).split()
    assert value == written


def test_msgspec_comes_without_what_it_brings_along(tmp_path: Path) -> None:
    program = """
loading.msgspec()
import msgspec, platform, uuid
print("Type" in vars(msgspec.inspect), "python_version" in vars(platform), platform.system())
print(platform.python_version() == sys.version.split()[0], platform.system())
print(msgspec.inspect.type_info(int) == msgspec.inspect.IntType(), msgspec.json.schema(int), uuid.uuid4().version)
"""
    system = platform.system()
    wanted = ["False", str(system != "Linux"), system, "True", system, "True", "{'type':", "'integer'}", "4"]
    assert _run(tmp_path, program).split() == wanted


def test_the_first_picture_comes_before_the_loop_and_the_network(tmp_path: Path) -> None:
    from tests.bench import profiles

    asyncio.run(profiles.make(tmp_path / "profile", 3, 3))
    program = """
import gc, os
gc.disable()
loading.later(*loading.NOT_FOR_THE_FIRST_PICTURE)
from PySide6.QtWidgets import QWidget
from chatdesk.app import window
from chatdesk.app.afterwards import Afterwards
wait = Afterwards.wait_for_picture
def look(self):
    wait(self)
    names = ("asyncio.base_events", "ssl", "qasync", "httpx", "subprocess", "PySide6.QtNetwork")
    print([name for name in names if name in sys.modules and "_Later" not in type(sys.modules[name]).__name__])
    (shown,) = [w for w in window.QApplication.topLevelWidgets() if type(w).__name__ == "MainWindow"]
    panes = [w for w in shown.findChildren(QWidget) if type(w).__name__ == "MessagePane"]
    print(shown.isVisible(), len(panes) == 1 and bool(panes[0].placement.placed))
    sys.stdout.flush()
    os._exit(0)
Afterwards.wait_for_picture = look
window.run(pathlib.Path(sys.argv[1]) / "profile", profile="test")
"""
    assert _run(tmp_path, program).splitlines() == ["[]", "True True"]
