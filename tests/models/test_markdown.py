"""What leaves when somebody types signs that mean something, and when they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.domain.messages import EVERYONE
from chatdesk.models.markdown import mentions_in, text_element

BEN = {"@Ben": "@ben:example.org"}


@pytest.mark.parametrize(
    "typed",
    (
        *(
            "Hello",
            "2 * 3 * 4",
            "snake_case_name",
            "line\nline\n\nmore",
            "1 < 2 & 3 > 2",
            "<b>raw</b>",
            "&amp; &lt;",
            "-5",
        ),
        *("https://example.org/a_b_c", "    indented\n  text", "#channel", "[x](javascript:alert(1))", "two  \nspaces"),
    ),
)
def test_plain_text_stays_plain(typed: str) -> None:
    text = text_element(typed, {})
    assert text.content == typed.strip()
    assert text.html == ""


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("**bold** and *it*", "<strong>bold</strong> and <em>it</em>"),
        ("`a < b`", "<code>a &lt; b</code>"),
        ("```py\nx = 1 < 2\n```", '<pre><code class="language-py">x = 1 &lt; 2\n</code></pre>'),
        ("~~no~~", "<s>no</s>"),
        ("*a\nb*", "<em>a<br />\nb</em>"),
        ("> quoted\n\nanswer", "<blockquote>\n<p>quoted</p>\n</blockquote>\n<p>answer</p>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("\\*literal\\*", "*literal*"),
        ("[link](https://example.org)", '<a href="https://example.org">link</a>'),
        ("<script>x</script> **y**", "&lt;script&gt;x&lt;/script&gt; <strong>y</strong>"),
        ("**a** &amp;", "<strong>a</strong> &amp;amp;"),
    ],
)
def test_what_is_formatted_has_html_as_well(typed: str, html: str) -> None:
    text = text_element(typed, {})
    assert text.content == typed
    assert text.html == html


def test_switched_off_everything_stays_plain() -> None:
    assert text_element("**bold**", {}, is_markdown=False).html == ""
    link = '**hi** <a href="https://matrix.to/#/@ben:example.org">@Ben</a>'
    assert text_element("**hi** @Ben", BEN, is_markdown=False).html == link


def test_a_mention_is_a_link_but_not_in_code() -> None:
    link = '<a href="https://matrix.to/#/@ben:example.org">@Ben</a>'
    assert text_element("hi @Ben\nyou", BEN).html == f"hi {link}<br>you"
    assert text_element("**@Ben** `@Ben`", BEN).html == f"<strong>{link}</strong> <code>@Ben</code>"
    assert text_element("hi Ben", BEN).html == ""
    assert text_element("[x](https://example.org/@Ben) *a*", BEN).html.startswith('<a href="https://example.org/@Ben"')


def test_strange_names_cannot_bring_markup_in() -> None:
    text = text_element("@<b>*x* hello", {"@<b>*x*": "@x:example.org"})
    assert text.html == '<a href="https://matrix.to/#/@x:example.org">@&lt;b&gt;*x*</a> hello'
    assert '"' not in text_element("@x", {"@x": '@a"b:example.org'}).html.replace('<a href="', "").replace('">', "")


def test_everyone_needs_no_link() -> None:
    assert text_element("@room lunch", {EVERYONE: EVERYONE}).html == ""


def test_mentions_come_back_for_an_edit() -> None:
    text = text_element("hi @Ben and @room", BEN | {EVERYONE: EVERYONE})
    assert mentions_in(text, ("@ben:example.org", EVERYONE)) == {**BEN, EVERYONE: EVERYONE}
    assert mentions_in(text, ()) == {}


@given(st.text(max_size=60))
def test_no_tag_that_was_typed_survives(typed: str) -> None:
    html = text_element(f"**x** <img src=y onerror=z> {typed}", {}).html
    assert "<img" not in html
