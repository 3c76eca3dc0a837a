"""Another client's HTML made harmless: no script, no style, nothing that is fetched. Pure functions, any thread.

nh3 (the ammonia sanitizer) decides what is kept. What is too large or too deeply nested is refused.
"""

import re
from html import escape, unescape

MOST_HTML = 65_536
MOST_DEPTH = 100
VOID = {"br", "hr", "img"}
_TAGS = {
    *(
        "a",
        "b",
        "blockquote",
        "caption",
        "code",
        "del",
        "details",
        "div",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "i",
    ),
    *("ins", "li", "ol", "p", "pre", "s", "span", "strike", "strong", "summary", "table", "td", "th", "tr", "u", "ul"),
    *VOID,
}
_ATTRIBUTES = {"a": {"href"}, "span": {"data-mx-spoiler"}, "ol": {"start"}, "img": {"alt", "title"}}
_DROPPED = {"mx-reply", "script", "style", "title", "head", "template"}
SCHEMES = {"http", "https", "mailto", "matrix"}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^>]*?(/?)>")
_PICTURE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_WORDS = re.compile(r' (?:alt|title)="([^"]+)"')


def harmless(html: str, link_rel: str | None = None) -> str:
    """Well-formed HTML of what is known; pictures keep their words only. Empty when it is refused."""
    if len(html) > MOST_HTML or _depth(html) > MOST_DEPTH:
        return ""
    import nh3  # loaded with the first formatted message, not with the first paint

    return nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=link_rel,
    )


def for_a_page(html: str) -> str:
    """The same for a browser: the words of pictures stand in their place, and a link does not tell where it stood."""
    return _PICTURE.sub(_words, harmless(html, "noopener noreferrer"))


def _words(picture: re.Match[str]) -> str:
    found = _WORDS.search(picture[1])
    return escape(unescape(found[1])) if found is not None else ""


def _depth(html: str) -> int:
    """More or less how deep elements stand in one another; the sanitizer takes quadratic time for deep ones."""
    depth = most = 0
    for slash, name, void in _TAG.findall(html):
        if slash:
            depth = max(0, depth - 1)
        elif not void and name.lower() not in VOID and name.lower() not in ("p", "li"):
            depth += 1
            most = max(most, depth)
    return most
