"""Sentences that know what they were made of: plain English everywhere, whole again after the store."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.domain.errors import ChatdeskError
from chatdesk.domain.wording import Sentence, because, pack, plain, unpack


def test_an_error_says_its_sentence() -> None:
    sentence = Sentence("{server} is {state}.", server="example.org", state=Sentence("away"))
    assert sentence == "example.org is away."
    assert str(ChatdeskError(sentence)) is sentence
    assert msgspec.json.encode(plain(sentence)) == b'"example.org is away."'


@given(st.text(), st.text(), st.integers(-(10**9), 10**9))
def test_the_store_gives_back_what_it_got(name: str, inner: str, number: int) -> None:
    reason = Sentence("because of {inner}", inner=inner)
    sentence = Sentence("“{name}” failed: {reason} ({number})", name=name, reason=reason, number=number)
    packed = pack(sentence)
    assert type(packed) is str
    back = unpack(packed)
    assert isinstance(back, Sentence)
    assert (back, back.template, back.values) == (sentence, sentence.template, sentence.values)
    assert isinstance(back.values["reason"], Sentence)


def test_a_plain_text_stays_as_it_is() -> None:
    assert pack("It broke.") == unpack("It broke.") == "It broke."
    assert unpack(pack("\x1e{It} broke.")) == "\x1e{It} broke."
    assert because(OSError("{odd}")) == "{odd}"
    assert because(PermissionError(13, "Permission denied")) == "Permission denied"
