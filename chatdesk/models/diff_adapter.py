"""Turns a domain ListDiff into the begin/end calls of a Qt list model. The only module that makes those calls.

Runs on the main thread. Owns the list the model shows; knows nothing of what the items are.
"""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex

from chatdesk.domain.changes import Insert, ListDiff, Remove, Reset, Update, apply_diff

T = TypeVar("T")
AnyIndex = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()


class DiffListModel(QAbstractListModel, Generic[T]):
    """A list model that changes through `apply` only. Subclasses add `data` and may hook `items_changed`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[T] = []

    @property
    def items(self) -> Sequence[T]:
        """The rows, read only."""
        return self._items

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._items)

    def apply(self, diff: ListDiff[T]) -> None:
        """Carry out one diff and tell the views."""
        match diff:
            case Insert(index=index, items=new):
                if not new:
                    return
                self.beginInsertRows(NO_INDEX, index, index + len(new) - 1)
                self._carry_out(diff)
                self.endInsertRows()
            case Remove(index=index, count=count):
                if not count:
                    return
                self.beginRemoveRows(NO_INDEX, index, index + count - 1)
                self._carry_out(diff)
                self.endRemoveRows()
            case Update(index=index):
                self._carry_out(diff)
                self.tell_changed(index, index)
            case Reset():
                self.beginResetModel()
                self._carry_out(diff)
                self.endResetModel()

    def apply_all(self, diffs: Iterable[ListDiff[T]]) -> None:
        for diff in diffs:
            self.apply(diff)

    def tell_changed(self, first: int, last: int, roles: Sequence[int] = ()) -> None:
        """Say that these rows look different; no roles means everything about them."""
        if self._items:
            self.dataChanged.emit(self.index(first), self.index(last), list(roles))

    def items_changed(self, diff: ListDiff[T]) -> None:
        """Called while the views are still being told, after the list changed: for look-up tables."""

    def _carry_out(self, diff: ListDiff[T]) -> None:
        apply_diff(self._items, diff)
        self.items_changed(diff)
