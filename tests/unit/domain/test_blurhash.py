"""Blurhash: the hashes of the reference implementation, both ways, and strangers' texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.domain.blurhash import decode, encode, is_blurhash

KNOWN = "LEHV6nWB2yk8pyo0adR*.7kCMdnj"
ENCODED_AGAIN = "LIHV6ot875tRyZj[WBWq%gj[VsjZ"
"""What the reference implementation (C, version 1.2) makes of KNOWN decoded to 32 x 32."""


def test_as_the_reference_implementation() -> None:
    pixels = decode(KNOWN, 32, 32)
    assert len(pixels) == 32 * 32 * 3
    assert tuple(pixels[:3]) == (0x87, 0xA4, 0xB1)
    assert encode(pixels, 32, 32) == ENCODED_AGAIN


def test_one_colour_stays_that_colour() -> None:
    text = encode(bytes((200, 30, 60)) * 1024, 32, 32)
    assert is_blurhash(text)
    assert all(abs(got - meant) <= 20 for got, meant in zip(decode(text, 2, 2)[:3], (200, 30, 60), strict=True))


@pytest.mark.parametrize("text", ["", "L", KNOWN[:-1], KNOWN + "aa", KNOWN[:-1] + "é", "~" * 6, " " * 28])
def test_what_is_no_blurhash(text: str) -> None:
    assert not is_blurhash(text)


@given(st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"))
def test_whatever_passes_can_be_decoded(text: str) -> None:
    if is_blurhash(text):
        assert len(decode(text, 5, 4)) == 60
