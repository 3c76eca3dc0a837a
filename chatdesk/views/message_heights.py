"""Heights of all rows of a message pane, most of them only estimated. Pure data, no Qt.

Owns one integer per row. Answers where a row starts and which row is at a height, walking from the last answer, so that
scrolling costs little even over a million rows. It must not know what a row looks like.
"""

from array import array

_STEP = 4096
"""Rows summed at once while looking for a far row: array slices add up at C speed."""


class HeightIndex:
    def __init__(self) -> None:
        self._heights = array("i")
        self._total = 0
        self._near_row = 0
        self._near_top = 0

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def total(self) -> int:
        return self._total

    def reset(self, count: int, estimate: int) -> None:
        self._heights = array("i", [estimate]) * count
        self._total = estimate * count
        self._near_row = self._near_top = 0

    def insert(self, row: int, count: int, estimate: int) -> None:
        self._heights[row:row] = array("i", [estimate]) * count
        self._total += estimate * count
        if row <= self._near_row:
            self._near_row += count
            self._near_top += estimate * count

    def remove(self, row: int, count: int) -> None:
        if row < self._near_row:
            self._near_row, self._near_top = row, self.top_of(row)
        self._total -= sum(self._heights[row : row + count])
        del self._heights[row : row + count]

    def get(self, row: int) -> int:
        return self._heights[row]

    def set(self, row: int, height: int) -> None:
        change = height - self._heights[row]
        if change:
            self._heights[row] = height
            self._total += change
            if row < self._near_row:
                self._near_top += change

    def set_zero(self, first: int, last: int) -> None:
        """These rows take no room; costs next to nothing when that is known."""
        if any(self._heights[first : last + 1]):
            for row in range(first, last + 1):
                self.set(row, 0)

    def top_of(self, row: int) -> int:
        """The sum of all heights before `row`; `row` may be one past the end."""
        near = self._near_row
        if row >= near:
            top = self._near_top + sum(self._heights[near:row])
        elif row < near - row:
            top = sum(self._heights[:row])
        else:
            top = self._near_top - sum(self._heights[row:near])
        self._near_row, self._near_top = row, top
        return top

    def row_at(self, y: int) -> tuple[int, int]:
        """The row that covers height `y` and how far `y` is below its top; clamped to the rows there are."""
        if not self._heights:
            return 0, 0
        if y >= self._total:
            last = len(self._heights) - 1
            return last, self._heights[last]
        rest = max(0, y)
        row = 0
        while row + _STEP < len(self._heights):
            step = sum(self._heights[row : row + _STEP])
            if step > rest:
                break
            rest -= step
            row += _STEP
        while rest >= self._heights[row]:
            rest -= self._heights[row]
            row += 1
        return row, rest
