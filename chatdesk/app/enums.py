"""PySide's enums, made quickly. Nothing but the standard library may be imported here.

PySide makes a Python enum of each of Qt's as soon as the class around it is looked at: three hundred with four
thousand members until the first picture, a tenth of the start. The standard library takes every member through steps
that only matter for enums which people write. Here a copy of an empty enum of the same kind is filled; what comes out
is the same (tests/app/test_enums.py compares).
"""

import enum
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

_VERSIONS = ((3, 11), (3, 12), (3, 13))
"""Of Python: those whose enums were compared. With others PySide's are made as ever."""
_NUMBERS = frozenset((enum.IntEnum, enum.IntFlag))
_FLAGS = frozenset((enum.Flag, enum.IntFlag))
_KINDS = _NUMBERS | _FLAGS | {enum.Enum}

_OF_EACH_CLASS = frozenset(("__dict__", "__weakref__"))

_kind_of_enums: Any = enum.EnumType
_as_ever: Callable[..., Any] = _kind_of_enums._create_
_empty: dict[tuple[type, Any], dict[str, Any]] = {}


def quickly() -> None:
    """From now on PySide's enums are made quickly."""
    if sys.version_info[:2] in _VERSIONS:
        _kind_of_enums._create_ = _create


def _create(kind: Any, class_name: str, names: Any, **options: Any) -> Any:
    """Stands for `EnumType._create_`."""
    if not _is_plain(kind, names, options):
        return _as_ever(kind, class_name, names, **options)
    own = _namespace(kind, options["boundary"])
    own["__module__"], own["__qualname__"] = options["module"] or "PySide6", options["qualname"] or class_name
    made: Any = type.__new__(_kind_of_enums, class_name, (kind,), own)
    is_number, is_flag = kind in _NUMBERS, kind in _FLAGS
    put = type.__setattr__
    by_name, by_value, order = made._member_map_, made._value2member_map_, made._member_names_
    mask = singles = 0
    for key, value in names:
        member = by_value.get(value)
        is_single = value > 0 and not value & (value - 1)
        if member is None:
            by_value[value] = member = int.__new__(made, value) if is_number else object.__new__(made)
            member.__dict__.update(_value_=value, _name_=key, __objclass__=made, _sort_order_=len(order))
            if is_single or not is_flag:
                order.append(key)
        mask |= value
        singles |= value if is_single else 0
        put(made, key, member)
        by_name[key] = member
    if is_flag:
        made._flag_mask_, made._singles_mask_, made._all_bits_ = mask, singles, 2 ** mask.bit_length() - 1
        values = [by_name[key]._value_ for key in order]
        if values != sorted(values):
            made._iter_member_ = made._iter_member_by_def_
    return made


def _is_plain(kind: Any, names: Any, options: dict[str, Any]) -> bool:
    """Whether it is one of the four kinds, of numbers, with nothing in it that the standard library treats apart."""
    return (
        kind in _KINDS
        and options["type"] is None
        and type(names) is list
        and _reserved(kind).isdisjoint(key for key, _ in names)
        and all(type(value) is int and (value >= 0 or kind not in _FLAGS) and key[0] != "_" for key, value in names)
    )


@cache
def _reserved(kind: Any) -> frozenset[str]:
    return frozenset(name for base in kind.__mro__ for name in vars(base))


def _namespace(kind: Any, boundary: Any) -> dict[str, Any]:
    empty = _empty.get((kind, boundary))
    if empty is None:
        made = _as_ever(kind, "Empty", [], module=__name__, boundary=boundary)
        empty = {key: value for key, value in vars(made).items() if key not in _OF_EACH_CLASS}
        _empty[kind, boundary] = empty
    return {key: value.copy() if type(value) in (list, dict) else value for key, value in empty.items()}
