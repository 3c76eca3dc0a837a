"""Other clients' HTML: what of it is shown, and that nothing in it can do harm."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.domain.harmless_html import MOST_HTML
from chatdesk.views.message_html import from_html, person_of
from chatdesk.views.message_rich import MOST_SHOWN, WHOLE, Kind, Mark, RichText, cut, from_plain


def _name(user_id: str) -> str:
    return {"@ben:example.org": "Ben"}.get(user_id, "")


def _read(html: str) -> RichText:
    rich = from_html(html, _name)
    assert rich is not None
    return rich


def _marked(rich: RichText, mark: Mark) -> list[str]:
    return [rich.text[span.start : span.end] for span in rich.spans if span.mark is mark]


def test_inline_marks() -> None:
    rich = _read("a <strong>b <em>c</em></strong> <del>d</del> <u>e</u> <code>f</code>")
    assert rich.text == "a b c d e f"
    assert _marked(rich, Mark.BOLD) == ["b c"]
    assert _marked(rich, Mark.ITALIC) == ["c"]
    assert _marked(rich, Mark.STRIKE) == ["d"]
    assert _marked(rich, Mark.UNDERLINE) == ["e"]
    assert _marked(rich, Mark.CODE) == ["f"]


def test_paragraphs_breaks_and_blanks() -> None:
    rich = _read("<p>one\n  two</p>\n\n<p>three<br>four</p>\n<div>five</div>")
    assert rich.text == "one two\nthree\nfour\nfive"
    assert [rich.text[part.start : part.end] for part in rich.paragraphs] == ["one two", "three\nfour", "five"]


def test_headings_quotes_and_code() -> None:
    rich = _read("<h2>T</h2><blockquote>q<blockquote>r</blockquote></blockquote><pre><code>a\n  b\n</code></pre>")
    kinds = [(part.kind, part.level, part.quotes, rich.text[part.start : part.end]) for part in rich.paragraphs]
    assert kinds == [
        (Kind.HEADING, 2, 0, "T"),
        (Kind.TEXT, 0, 1, "q"),
        (Kind.TEXT, 0, 2, "r"),
        (Kind.CODE, 0, 0, "a\n  b"),
    ]
    assert rich.plain() == "T\n> q\n> > r\na\n  b"


def test_lists() -> None:
    rich = _read("<ul><li>a</li><li>b<ol start='3'><li>c</li><li>d</li></ol></li></ul>end")
    assert [(part.sign, part.lists) for part in rich.paragraphs] == [("•", 1), ("•", 1), ("3.", 2), ("4.", 2), ("", 0)]
    assert rich.plain() == "• a\n• b\n  3. c\n  4. d\nend"


def test_people_are_called_by_their_names() -> None:
    rich = _read('<a href="https://matrix.to/#/%40ben%3Aexample.org">@ben:example.org</a>: hi')
    assert rich.plain() == "Ben: hi"
    assert [span.value for span in rich.spans if span.mark is Mark.MENTION] == ["@ben:example.org"]
    assert [link.address for link in rich.links] == ["https://matrix.to/#/@ben:example.org"]
    assert _read('<a href="https://matrix.to/#/@cem:example.org">Cem!</a>').plain() == "Cem!"


@pytest.mark.parametrize(
    ("address", "person"),
    [
        ("https://matrix.to/#/@a:b.c", "@a:b.c"),
        ("https://matrix.to/#/%40a%3Ab.c?via=x", "@a:b.c"),
        ("matrix:u/a:b.c", "@a:b.c"),
        ("https://matrix.to/#/#room:b.c", ""),
        ("https://matrix.to/#/!room:b.c/$event", ""),
        ("https://example.org/@a:b.c", ""),
    ],
)
def test_whom_a_link_leads_to(address: str, person: str) -> None:
    assert person_of(address) == person


def test_spoilers_keep_their_reason_and_can_be_left_unsaid() -> None:
    rich = _read('<span data-mx-spoiler="film">the <b>end</b></span>, well')
    assert rich.text == "(film) the end, well"
    assert _marked(rich, Mark.SPOILER) == ["the end"]
    assert rich.plain(hidden="[spoiler]") == "(film) [spoiler], well"
    assert rich.plain() == "(film) the end, well"


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>hi",
        "<style>b{}</style>hi",
        "<mx-reply><blockquote>x</blockquote></mx-reply>hi",
        "<iframe src='https://e.org'></iframe>hi",
        "<b onclick='x()' style='color:red'>hi</b>",
        "<img src='https://e.org/x.png'>hi",
        "<a href='javascript:alert(1)'>hi</a>",
        "<a href='data:text/html,x'>hi</a>",
        "<a href='file:///etc/passwd'>hi</a>",
        "<a href='//e.org'>hi</a>",
    ],
)
def test_nothing_harmful_stays(html: str) -> None:
    rich = _read(html)
    assert rich.text == "hi"
    assert rich.links == ()


def test_pictures_become_words() -> None:
    assert _read('a <img data-mx-emoticon src="mxc://e/x" alt=":cat:" title=":cat:"> b').text == "a :cat: b"


@pytest.mark.parametrize("html", ["", "   ", "<p></p>", "<b>" * 200 + "x", "<div>" * 5000, "x" * (MOST_HTML + 1)])
def test_what_is_not_read_as_html(html: str) -> None:
    assert from_html(html, _name) is None


@pytest.mark.parametrize(
    "unit", ["<p>a <b>b</b></p>", "<li>", "<a href='https://matrix.to/#/@a:b'>x</a>", "x ", "<br>"]
)
def test_large_texts_take_little_time(unit: str) -> None:
    html = unit * (MOST_HTML // len(unit))
    start = time.process_time()
    rich = from_html(html, _name)
    if rich is not None:
        cut(rich, "more")
    assert time.process_time() - start < 0.5


def test_a_long_text_is_cut_and_says_so() -> None:
    rich = cut(from_plain("word " * 10_000), "Show all")
    assert len(rich.text) <= MOST_SHOWN + 20
    assert rich.links[-1].address == WHOLE
    assert rich.text.endswith("\nShow all")
    short = from_plain("word")
    assert cut(short, "Show all") is short


_TAGS = ["b", "i", "p", "ul", "ol", "li", "pre", "code", "blockquote", "a href='https://matrix.to/#/@a:b'", "br", "h1"]
_PIECES = st.sampled_from(
    [f"<{tag}>" for tag in (*_TAGS, "span data-mx-spoiler", "table", "tr", "td", "hr", "x")]
    + [f"</{tag.split()[0]}>" for tag in (*_TAGS, "span", "table")]
    + ["a", " ", "\n", "שלום", "😀", "&lt;", "&#0;", "\u2028", "<", "https://x.org"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_any_html_gives_paragraphs_and_spans_that_lie_in_the_text(html: str) -> None:
    rich = from_html(html, _name)
    if rich is None:
        return
    end = -1
    for part in rich.paragraphs:
        assert part.start == end + 1
        assert part.start <= part.end <= len(rich.text)
        end = part.end
    assert end == len(rich.text)
    assert all(0 <= span.start < span.end <= len(rich.text) for span in rich.spans)
    assert "<b>" not in rich.plain() or "&lt;" in html
