"""The parts of a history strip: whole, in order, whatever clocks say."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chatdesk.domain.holdings import Bottom, Holdings, Hole, Part, Span

times = st.integers(0, 1000)
holes = st.builds(Hole, times, times, st.booleans())


@given(st.lists(holes, max_size=5), times, times, st.sampled_from(Bottom), times, st.integers(1, 1000))
def test_spans_cover_the_whole_time_once(
    found: list[Hole], oldest: int, newest: int, bottom: Bottom, started: int, now: int
) -> None:
    held = Holdings(1, 0, oldest, newest, tuple(found), bottom)
    spans = held.spans(started, now)
    assert all(span.from_ms <= span.until_ms for span in spans)
    assert all(first.until_ms == then.from_ms and first.part is not then.part for first, then in pairwise(spans))
    assert spans == () or spans[-1].until_ms == now
    if any(not hole.is_refused for hole in found):
        assert Part.SERVER in {span.part for span in spans}


def test_what_is_here_between_two_holes() -> None:
    held = Holdings(9, 0, 300, 900, (Hole(0, 300), Hole(400, 600, True)), Bottom.MORE)
    assert held.spans(100, 1000) == (
        Span(Part.SERVER, 100, 300),
        Span(Part.HERE, 300, 400),
        Span(Part.MISSING, 400, 600),
        Span(Part.HERE, 600, 1000),
    )


def test_what_the_server_never_shows_is_missing() -> None:
    held = Holdings(9, 0, 300, 900, (), Bottom.HIDDEN)
    assert held.spans(100, 1000) == (Span(Part.MISSING, 100, 300), Span(Part.HERE, 300, 1000))
    assert held.spans(0, 1000) == (Span(Part.HERE, 300, 1000),)  # its length is not known
