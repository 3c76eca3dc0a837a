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
from operator import itemgetter
from typing import Any

_VERSIONS = ((3, 11), (3, 12), (3, 13))
"""Of Python: those whose enums were compared. With others PySide's are made as ever."""
_NUMBERS = frozenset((enum.IntEnum, enum.IntFlag))
_FLAGS = frozenset((enum.Flag, enum.IntFlag))
_KINDS = _NUMBERS | _FLAGS | {enum.Enum}

_OF_EACH_CLASS = frozenset(("__dict__", "__weakref__"))

_kind_of_enums: Any = enum.EnumType
_as_ever: Callable[..., Any] = _kind_of_enums._create_
_FIRST = itemgetter(0)


def quickly() -> None:
    """From now on PySide's enums are made quickly."""
    if sys.version_info[:2] in _VERSIONS:
        _kind_of_enums._create_ = _create


def _create(kind: Any, class_name: str, names: Any, **options: Any) -> Any:
    """Stands for `EnumType._create_`."""
    if not _is_plain(kind, names, options):
        return _as_ever(kind, class_name, names, **options)
    empty, containers = _empty(kind, options["boundary"])
    own = empty.copy()
    own.update({key: container() for key, container in containers})
    own["__module__"], own["__qualname__"] = options["module"] or "PySide6", options["qualname"] or class_name
    made: Any = type.__new__(_kind_of_enums, class_name, (kind,), own)
    is_number, is_flag = kind in _NUMBERS, kind in _FLAGS
    put, bare, number = type.__setattr__, object.__new__, int.__new__
    by_name, by_value, order = made._member_map_, made._value2member_map_, made._member_names_
    for key, value in names:
        member = by_value.get(value)
        if member is None:
            by_value[value] = member = number(made, value) if is_number else bare(made)
            member._value_ = value
            member._name_ = key
            member.__objclass__ = made
            member._sort_order_ = len(order)
            if not is_flag or (value and not value & (value - 1)):
                order.append(key)
        put(made, key, member)
        by_name[key] = member
    if is_flag:
        _complete_flag(made)
    return made


def _complete_flag(made: Any) -> None:
    mask = singles = 0
    for value in made._value2member_map_:
        mask |= value
        if not value & (value - 1):
            singles |= value
    made._flag_mask_, made._all_bits_ = mask, 2 ** mask.bit_length() - 1
    if "_singles_mask_" in vars(made):
        made._singles_mask_ = singles
    else:  # the first ones of Python 3.11 have no other mask
        made._flag_mask_ = singles
    values = [made._member_map_[key]._value_ for key in made._member_names_]
    if values != sorted(values):
        made._iter_member_ = made._iter_member_by_def_


def _is_plain(kind: Any, names: Any, options: dict[str, Any]) -> bool:
    """Whether it is one of the four kinds, of numbers, with nothing in it that the standard library treats apart."""
    if kind not in _KINDS or options["type"] is not None or type(names) is not list:
        return False
    if not names:
        return True
    keys, values = zip(*names, strict=True)
    return (
        set(map(type, values)) == {int}
        and _reserved(kind).isdisjoint(keys)
        and "_" not in set(map(_FIRST, keys))
        and (kind not in _FLAGS or min(values) >= 0)
    )


@cache
def _reserved(kind: Any) -> frozenset[str]:
    return frozenset(name for base in kind.__mro__ for name in vars(base))


@cache
def _empty(kind: Any, boundary: Any) -> tuple[dict[str, Any], list[tuple[str, type]]]:
    """What an enum without members consists of, and what of that each must have for itself."""
    made = _as_ever(kind, "Empty", [], module=__name__, boundary=boundary)
    empty = {key: value for key, value in vars(made).items() if key not in _OF_EACH_CLASS}
    return empty, [(key, type(value)) for key, value in empty.items() if type(value) in (list, dict)]
