"""Heights and placement without widgets, against simple models of what they should do."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.views.message_heights import HeightIndex
from chatdesk.views.message_placement import Placement


@settings(deadline=None)
@given(data=st.data())
def test_height_index_is_a_list_of_heights(data: st.DataObject) -> None:
    index, plain = HeightIndex(), list[int]()
    index.reset(3, 10)
    plain = [10, 10, 10]
    for _ in range(data.draw(st.integers(1, 30))):
        row = data.draw(st.integers(0, max(0, len(plain) - 1)))
        match data.draw(st.sampled_from(["insert", "remove", "set", "top", "at"])):
            case "insert":
                count, height = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 50))
                where = data.draw(st.integers(0, len(plain)))
                index.insert(where, count, height)
                plain[where:where] = [height] * count
            case "remove" if plain:
                count = data.draw(st.integers(1, len(plain) - row))
                index.remove(row, count)
                del plain[row : row + count]
            case "set" if plain:
                height = data.draw(st.integers(1, 90))
                index.set(row, height)
                plain[row] = height
            case "top":
                where = data.draw(st.integers(0, len(plain)))
                assert index.top_of(where) == sum(plain[:where])
            case "at" if plain:
                y = data.draw(st.integers(-5, sum(plain) + 5))
                found, rest = index.row_at(y)
                if 0 <= y < sum(plain):
                    assert sum(plain[:found]) + rest == y
                    assert rest < plain[found]
                elif y < 0:
                    assert (found, rest) == (0, 0)
                else:
                    assert (found, rest) == (len(plain) - 1, plain[-1])
        assert index.total == sum(plain)
        assert len(index) == len(plain)


def test_row_at_steps_over_many_rows() -> None:
    index = HeightIndex()
    index.reset(100_000, 7)
    assert index.row_at(7 * 65_432 + 3) == (65_432, 3)
    assert index.top_of(99_999) == 7 * 99_999


@dataclass
class Row:
    height: int
    content_top: int
    is_firm: bool = True


class Rows:
    def __init__(self, heights: list[int]) -> None:
        self.rows = [Row(height, min(5, height - 1)) for height in heights]

    def row_count(self) -> int:
        return len(self.rows)

    def hidden_span(self, row: int) -> tuple[int, int] | None:
        return None

    def row_layout(self, row: int) -> Row:
        return self.rows[row]


def _placement(heights: list[int], viewport: int = 300) -> tuple[Placement, Rows]:
    rows = Rows(heights)
    placement = Placement(rows)
    placement.header, placement.footer = 20, 10
    placement.reset(40)
    placement.place(viewport)
    return placement, rows


def _check_gapless(placement: Placement, viewport: int) -> None:
    placed = placement.placed
    for above, below in pairwise(placed):
        assert above.row + 1 == below.row
        assert above.bottom == below.top
    assert placed[0].top <= 0 or placed[0].row == 0
    assert placed[-1].bottom >= viewport - placement.footer


@settings(deadline=None)
@given(
    st.lists(st.integers(10, 400), min_size=1, max_size=40),
    st.lists(st.integers(-700, 700), max_size=12),
    st.integers(50, 900),
)
def test_scrolling_moves_what_stays_visible_by_the_same_distance(
    heights: list[int], moves: list[int], viewport: int
) -> None:
    placement, _ = _placement(heights, viewport)
    assert placement.is_following
    assert placement.placed[-1].bottom == viewport - placement.footer
    total = sum(heights)
    for move in moves:
        before = {placed.row: placed.top for placed in placement.placed}
        placement.scroll_by(move)
        placement.place(viewport)
        _check_gapless(placement, viewport)
        shifts = {before[placed.row] - placed.top for placed in placement.placed if placed.row in before}
        assert len(shifts) <= 1
        shift = shifts.pop() if shifts else move
        first = placement.placed[0]
        if placement.is_following:
            assert placement.value == placement.maximum
            assert placement.placed[-1].bottom == viewport - placement.footer
        elif first.row == 0 and first.top == placement.header:
            assert placement.value == 0
        else:
            assert shift == move
        if total + 30 <= viewport:
            assert placement.is_following


@settings(deadline=None)
@given(st.data())
def test_the_anchor_keeps_its_place(data: st.DataObject) -> None:
    """Whatever changes, as long as the anchor row stays and the ends are far: zero pixels."""
    heights = data.draw(st.lists(st.integers(10, 200), min_size=60, max_size=80))
    placement, rows = _placement(heights)
    placement.scroll_by(-data.draw(st.integers(2000, 2600)))
    placement.place(300)
    for _ in range(data.draw(st.integers(1, 8))):
        row, y = placement.anchor
        anchor = rows.rows[row]
        kind = data.draw(st.sampled_from(["above", "below", "change", "remove above", "prepend"]))
        if kind in ("above", "prepend"):
            where = 0 if kind == "prepend" else data.draw(st.integers(0, row))
            new = [Row(height, 5) for height in data.draw(st.lists(st.integers(10, 300), min_size=1, max_size=9))]
            rows.rows[where:where] = new
            placement.insert(where, len(new))
        elif kind == "below":
            where = data.draw(st.integers(row + 1, len(rows.rows)))
            rows.rows.insert(where, Row(77, 5))
            placement.insert(where, 1)
        elif kind == "change":
            index = data.draw(st.integers(0, len(rows.rows) - 1))
            top = data.draw(st.integers(0, 60))
            if rows.rows[index] is anchor:
                anchor.height += top - anchor.content_top  # a date line comes or goes above it
                anchor.content_top = top
            else:
                rows.rows[index] = Row(data.draw(st.integers(61, 300)), top)
        elif row > 30:
            last = data.draw(st.integers(0, row - 1))
            first = data.draw(st.integers(max(0, last - 3), last))
            placement.prepare_removal(first, last)
            del rows.rows[first : last + 1]
            placement.remove(first, last)
        placement.place(300)
        place = next(p for p in placement.placed if rows.rows[p.row] is anchor)
        assert place.content_y == y


def test_when_the_anchor_is_removed_the_next_one_holds() -> None:
    placement, rows = _placement([50] * 40)
    placement.scroll_by(-600)
    placement.place(300)
    row, _ = placement.anchor
    survivor = rows.rows[row + 2]
    y = next(p.content_y for p in placement.placed if p.row == row + 2)
    placement.prepare_removal(row - 3, row + 1)
    del rows.rows[row - 3 : row + 2]
    placement.remove(row - 3, row + 1)
    placement.place(300)
    assert next(p for p in placement.placed if rows.rows[p.row] is survivor).content_y == y


@pytest.mark.parametrize("is_at_end", [True, False])
@pytest.mark.parametrize("viewport", [1, 5, 10])
def test_without_room_for_a_single_message_the_place_is_kept(is_at_end: bool, viewport: int) -> None:
    placement, _ = _placement([40] * 30)
    if not is_at_end:
        placement.scroll_by(-500)
        placement.place(300)
    before = placement.placed
    placement.place(viewport)
    placement.place(300)
    assert placement.is_following is is_at_end
    assert placement.placed[-1].row == before[-1].row


def test_the_bar_is_at_its_ends_only_when_the_content_is() -> None:
    """Estimates are wrong at first: 40 pixels for rows of 400."""
    placement, _ = _placement([400] * 30)
    placement.scroll_to_value(0)
    placement.place(300)
    assert placement.placed[0].top == placement.header
    placement.scroll_by(1)
    placement.place(300)
    assert 0 < placement.value < placement.maximum
    for _ in range(29):
        placement.scroll_by(400)
        placement.place(300)
        if not placement.is_following:
            assert placement.value < placement.maximum
    placement.scroll_to_value(placement.maximum)
    placement.place(300)
    assert placement.is_following
    assert placement.value == placement.maximum


def test_dragging_the_bar_reaches_the_estimated_row() -> None:
    placement, _ = _placement([40] * 1000)
    placement.scroll_to_value(20 + 40 * 500)
    placement.place(300)
    assert placement.placed[0].row == 500
    assert placement.placed[0].top == 0
    assert placement.value == 20 + 40 * 500


def test_a_row_taller_than_the_view_keeps_its_part_when_rewrapped() -> None:
    placement, rows = _placement([100, 3000, 100])
    placement.scroll_by(-1500)
    placement.place(300)
    row, y = placement.anchor
    assert (row, y) == (1, placement.placed[0].content_y)
    rows.rows[1] = Row(6000 - 5, 5)
    placement.rewrap()
    placement.place(300)
    assert placement.anchor[0] == 1
    assert abs(placement.anchor[1] - y * 2) <= 2


def test_show_row_scrolls_as_little_as_needed() -> None:
    placement, _ = _placement([50] * 40)
    placement.show_row(38)
    placement.place(300)
    assert placement.is_following  # was visible already
    placement.show_row(20)
    placement.place(300)
    assert (placement.placed[0].row, placement.placed[0].top) == (20, 0)
    placement.show_row(30)
    placement.place(300)
    assert next(p.bottom for p in placement.placed if p.row == 30) == 290
