"""Whatever HTML a stranger sends: in a page for a browser nothing of it runs, is fetched, or styles anything."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.domain.harmless_html import MOST_HTML, for_a_page

PIECES = (
    *("<b>", "</b>", "<img ", 'alt="', 'title="', 'src="http://e.org/x"', '"', "'", ">", "/>", "<script>", "</script>"),
    *(
        "<a href=javascript:x>",
        "<svg onload=x>",
        "&lt;",
        "&quot;",
        "<",
        "&",
        " ",
        "\n",
        "onerror=x",
        "<pre>",
        "<style>",
    ),
    *("<p>", "text", "<mx-reply>", "<iframe src=x>", "<table><tr><td>", "<!--", "-->", "<math><mi>", "\0"),
)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_nothing_runs_and_nothing_is_fetched(html: str) -> None:
    found = _Tags()
    found.feed(for_a_page(html))
    for tag, attributes in found.tags:
        assert tag not in {"script", "style", "iframe", "svg", "math", "img", "object", "link", "meta", "form", "input"}
        assert attributes.keys() <= {"href", "rel", "data-mx-spoiler", "start"}
        assert not (attributes.get("href") or "").startswith("javascript")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<b>bold</b> <code>x</code>", "<b>bold</b> <code>x</code>"),
        ("<ul><li>one<li>two", "<ul><li>one</li><li>two</li></ul>"),
        ('<img src="http://e.org/x" alt="a cat"> sat', "a cat sat"),
        ('<img alt="><script>x</script>">', "&gt;&lt;script&gt;x&lt;/script&gt;"),
        ("<img src=x>", ""),
        ('<a href="https://e.org/">e</a>', '<a href="https://e.org/" rel="noopener noreferrer">e</a>'),
        ("<mx-reply>old</mx-reply>new", "new"),
        ("x" * (MOST_HTML + 1), ""),
        ("<div>" * 200 + "deep", ""),
    ],
)
def test_what_is_kept(sent: str, kept: str) -> None:
    assert for_a_page(sent) == kept
