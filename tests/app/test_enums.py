"""PySide's enums made quickly are those that the standard library makes."""

import enum
import subprocess
import sys
from typing import Any

import pytest

from chatdesk.app import enums

EVERY_ENUM = """
import enum
asked, as_ever = [], enum.EnumType._create_
def note(kind, class_name, names, **options):
    asked.append((kind, class_name, list(names), options))
    return as_ever(kind, class_name, names, **options)
enum.EnumType._create_ = note
from PySide6 import QtCore, QtGui, QtWidgets
for module in (QtCore, QtGui, QtWidgets):
    for name in dir(module):
        getattr(module, name)
enum.EnumType._create_ = as_ever
from tests.app.test_enums import differences
print(len(asked), differences(asked))
"""


def looks(made: Any) -> dict[str, Any]:
    """All there is to an enum, in words and numbers."""
    found: dict[str, Any] = {"in order": [member.name for member in made], "length": len(made)}
    for key, value in vars(made).items():
        if isinstance(value, made):
            place = (value._name_, value._value_, value._sort_order_, value.__objclass__ is made, sorted(vars(value)))
            found[key] = (*place, repr(value), str(value), f"{value}", hash(value))
        elif key in ("_member_map_", "_value2member_map_"):
            found[key] = [(name, member._name_) for name, member in value.items()]
        elif key not in ("__dict__", "__weakref__", "__new__"):
            found[key] = type(value) if isinstance(value, enum.property) else getattr(value, "__func__", value)
    return found


def differences(asked: list[tuple[Any, str, list[tuple[str, int]], dict[str, Any]]]) -> list[str]:
    found = []
    for kind, name, names, options in asked:
        options = {**options, "module": "made.up"}
        slow, quick = (
            create(kind, class_name=name, names=names, **options) for create in (enums._as_ever, enums._create)
        )
        if looks(slow) != looks(quick) or quick.__new__ is not slow.__new__:
            found.append(name)
    return found


def test_each_of_qts_enums_is_the_same() -> None:
    """In a process of its own, which sees them all made."""
    run = subprocess.run([sys.executable, "-c", EVERY_ENUM], capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr
    count, _, found = run.stdout.strip().partition(" ")
    assert int(count) > 500
    assert found == "[]"


@pytest.mark.parametrize("kind", [enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag])
@pytest.mark.parametrize(
    "names",
    [
        [],
        [("one", 1), ("two", 2), ("first", 1), ("three", 3), ("none", 0)],
        [("four", 4), ("one", 1)],  # flags are listed by their numbers
        [("less", -1), ("one", 1)],
        [("name", 1), ("value", 2)],  # what every member already has
        [("_private", 1), ("one", 2)],
    ],
)
def test_whatever_is_in_it(kind: Any, names: list[tuple[str, int]]) -> None:
    options = {"module": "made.up", "qualname": "Out.Er", "type": None, "start": 1, "boundary": None}
    slow, quick = (make(kind, class_name="Er", names=names, **options) for make in (enums._as_ever, enums._create))
    assert looks(slow) == looks(quick)
    if issubclass(kind, enum.Flag) and names:
        first, *_, last = [value for _, value in names]
        assert (quick(first) | quick(last)).value == (slow(first) | slow(last)).value
        assert (~quick(1)).value == (~slow(1)).value
