"""What a person typed, as a Text: with HTML only when there is something to format or a person is mentioned.

Pure, any thread; the Markdown library is loaded when first used. HTML that was typed stays text. What surprises people
in a chat is left out: indented code, underlined headings, remote pictures, link references.
"""

import re
from collections.abc import Mapping
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from chatdesk.domain.elements import Text
from chatdesk.domain.messages import EVERYONE

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LINK = "https://matrix.to/#/"
_MAY_FORMAT = re.compile(r"[*_`~>#|\[\]<\\-]|^\s{0,3}(?:\+\s|\d+[.)]\s)", re.MULTILINE)
"""Without any of these the library need not look."""
_PLAIN = frozenset({"paragraph_open", "paragraph_close", "inline", "text", "softbreak", "hardbreak"})
_OPEN, _CLOSE = "\ue000", "\ue001"
"""Around the number of a mention while the library works: signs for private use that mean nothing to it."""
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_ANCHOR = re.compile(rf'<a href="{re.escape(_LINK)}([^"?]+)"[^>]*>([^<]*)</a>')


def text_element(typed: str, mentions: Mapping[str, str], is_markdown: bool = True) -> Text:
    """`mentions`: words as they stand in the text -> user id (or EVERYONE, which needs no link)."""
    content = typed.strip()
    people = sorted((word for word, user in mentions.items() if user != EVERYONE and word in content), key=len)[::-1]
    marked = content.replace(_OPEN, "").replace(_CLOSE, "")
    for number, word in enumerate(people):
        marked = marked.replace(word, f"{_OPEN}{number}{_CLOSE}")
    html = _formatted(marked, people) if is_markdown and _MAY_FORMAT.search(content) else ""
    if not html and people:
        html = escape(marked, quote=False).replace("\n", "<br>")
    if not html:
        return Text(content)
    links = [f'<a href="{_LINK}{quote(mentions[word], safe="@:")}">{escape(word)}</a>' for word in people]
    return Text(content, _MARK.sub(lambda mark: links[int(mark[1])], html))


def mentions_in(text: Text, users: tuple[str, ...]) -> dict[str, str]:
    """Which words of a text stand for which of `users`; to edit it again."""
    found = {EVERYONE: EVERYONE} if EVERYONE in users and EVERYONE in text.content else {}
    for user, word in _ANCHOR.findall(text.html):
        user, word = unquote(unescape(user)), unescape(word)
        if user in users and word and word in text.content:
            found[word] = user
    return found


def _formatted(text: str, people: list[str]) -> str:
    """HTML, or nothing when it would look like the plain text."""
    library = _library()
    tokens = library.parse(text)
    kinds = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
    if kinds <= _PLAIN and _words(tokens) == text.split():
        return ""
    for token in tokens:
        _free(token, people)
    if [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]:
        tokens = tokens[1:2]
    return str(library.renderer.render(tokens, library.options, {})).strip()


def _words(tokens: "list[Token]") -> list[str]:
    lines = (child.content for token in tokens for child in token.children or ())
    return " ".join(lines).split()


def _free(token: "Token", people: list[str]) -> None:
    """No links inside of code and attributes: there the plain words return."""

    def word(mark: re.Match[str]) -> str:
        return people[int(mark[1])]

    if token.type in ("code_inline", "fence", "code_block"):
        token.content = _MARK.sub(word, token.content)
        token.info = _MARK.sub(word, token.info)
    for name, value in token.attrs.items():
        if isinstance(value, str):
            token.attrs[name] = _MARK.sub(word, value.replace("%EE%80%80", _OPEN).replace("%EE%80%81", _CLOSE))
    for child in token.children or ():
        _free(child, people)


@cache
def _library() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # 60 ms that the first paint does not need

    library = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    return library.disable(["entity", "image", "reference", "lheading", "code", "html_block", "html_inline"])
