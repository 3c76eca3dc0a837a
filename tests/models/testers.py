"""Qt's own tester on every model of the program: what breaks the rules of item models is a warning, and that fails a
test. Importing it watches all models made from then on."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester

import chatdesk.models


def _kinds(base: type[Any]) -> Iterator[type[Any]]:
    for kind in base.__subclasses__():
        if kind.__module__.startswith("chatdesk."):
            yield kind
        yield from _kinds(kind)


def _watched(kind: type, make: Callable[..., None]) -> Callable[..., None]:
    @wraps(make)
    def init(self: QAbstractItemModel, *arguments: Any, **named: Any) -> None:
        make(self, *arguments, **named)
        if type(self) is kind:  # complete
            QAbstractItemModelTester(self, QAbstractItemModelTester.FailureReportingMode.Warning, self)

    return init


for module in pkgutil.iter_modules(chatdesk.models.__path__):
    importlib.import_module(f"chatdesk.models.{module.name}")
for model in tuple(_kinds(QAbstractItemModel)):
    model.__init__ = _watched(model, model.__init__)
