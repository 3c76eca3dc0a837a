"""How loud a recording is where."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from chatdesk.domain.elements import LOUDEST
from chatdesk.domain.waveform import LEVELS, Loudness


def test_loud_where_it_is_loud() -> None:
    loudness = Loudness()
    for part in (0, 8000, 16000, 0):
        loudness.add(array("h", [part, -part] * 5000).tobytes())
    wave = loudness.waveform(4)
    assert wave == (0, LOUDEST // 2, LOUDEST, 0)
    assert loudness.samples == 40_000


def test_silence_stays_silence_and_nothing_is_nothing() -> None:
    loudness = Loudness()
    assert loudness.waveform() == ()
    loudness.add(array("h", [3, -2] * 4000).tobytes())
    assert max(loudness.waveform()) < LOUDEST // 100


@given(st.lists(st.binary(max_size=3000), max_size=8))
def test_however_it_comes_it_is_the_same(pieces: list[bytes]) -> None:
    pieces = [piece[: len(piece) // 2 * 2] for piece in pieces]
    one, many = Loudness(50), Loudness(50)
    one.add(b"".join(pieces))
    for piece in pieces:
        many.add(piece)
    assert one.waveform() == many.waveform()
    assert len(one.waveform()) <= LEVELS
    assert all(0 <= level <= LOUDEST for level in one.waveform())
