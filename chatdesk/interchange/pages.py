"""A conversation as a page for a browser and as plain text, line by line. Pure, any thread.

The page holds everything it shows: no script, nothing fetched, and every text of anybody escaped or, where it is
formatted, made harmless; its links lead to files beside it and where those of the messages do. It is light or dark as
the reader's system is, and each text runs in its own direction.
"""

from base64 import b64encode
from html import escape

from chatdesk.domain.exports import Line, LineFile
from chatdesk.domain.harmless_html import for_a_page
from chatdesk.domain.web_links import find_links

_HEAD = """<!DOCTYPE html>
<html dir="{direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark;
  --ground: #ffffff; --text: #1b1f24; --muted: #56606b; --own: #d9e6fb; --other: #eef0f3; --link: #1a55b0;
  --field: #ffffff; --edge: #c9d0d8; }}
@media (prefers-color-scheme: dark) {{
  :root {{ --ground: #14171c; --text: #e6e9ee; --muted: #9aa4b0; --own: #1f3a66; --other: #262b33;
    --link: #9cc2ff; --field: #14171c; --edge: #434b56; }}
}}
body {{ margin: 0 auto; max-width: 46rem; padding: 1.5rem 1rem; background: var(--ground); color: var(--text);
  font: 1rem/1.45 system-ui, sans-serif; }}
h1 {{ font-size: 1.4rem; }}
h2 {{ font-size: .85rem; font-weight: 600; color: var(--muted); text-align: center; margin: 1.5rem 0 .75rem; }}
article {{ width: fit-content; max-width: 80%; margin: .35rem 0; padding: .45rem .75rem; border-radius: .75rem;
  background: var(--other); }}
article.own {{ margin-inline-start: auto; background: var(--own); }}
.name {{ font-weight: 600; font-size: .85rem; }}
.text {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
.rich {{ overflow-wrap: anywhere; }}
.rich > :first-child {{ margin-top: 0; }}
.rich > :last-child {{ margin-bottom: 0; }}
.rich :is(p, ul, ol, pre, table) {{ margin: .4rem 0; }}
.rich :is(h1, h2, h3, h4, h5, h6) {{ margin: .5rem 0 .25rem; font-size: 1.05rem; color: inherit; text-align: start; }}
code, pre {{ font: .9em/1.4 ui-monospace, monospace; background: var(--field); border-radius: .25rem; }}
code {{ padding: .05rem .25rem; }}
pre {{ padding: .5rem .6rem; overflow-x: auto; white-space: pre-wrap; }}
pre code {{ padding: 0; }}
td, th {{ padding: .2rem .5rem; border: 1px solid var(--edge); text-align: start; }}
table {{ border-collapse: collapse; }}
[data-mx-spoiler]:not(:hover, :focus-within) {{ background: currentColor; border-radius: .25rem; }}
.time, .tip, .note {{ color: var(--muted); font-size: .8rem; }}
.tip {{ text-align: center; margin: .5rem 0; overflow-wrap: anywhere; }}
.name, h1 {{ overflow-wrap: anywhere; }}
blockquote {{ margin: .25rem 0; padding-inline-start: .6rem; border-inline-start: 3px solid var(--link);
  font-size: .9rem; color: var(--muted); overflow-wrap: anywhere; }}
blockquote b {{ display: block; font-weight: 600; }}
.file {{ margin: .35rem 0; padding: .4rem .6rem; border: 1px solid var(--edge); border-radius: .5rem;
  background: var(--field); overflow-wrap: anywhere; }}
.file span {{ white-space: nowrap; }}
.file bdi {{ font-weight: 600; }}
a {{ color: var(--link); }}
.reactions {{ display: flex; flex-wrap: wrap; gap: .25rem; margin: .3rem 0 .15rem; padding: 0; list-style: none; }}
.reactions li {{ padding: 0 .5rem; border: 1px solid var(--edge); border-radius: 1rem; background: var(--field);
  font-size: .85rem; }}
img {{ display: block; max-width: 100%; max-height: 28rem; border-radius: .5rem; margin: .25rem 0; }}
@media print {{ article {{ break-inside: avoid; border: 1px solid var(--muted); }} }}
</style>
</head>
<body>
<h1 dir="auto">{title}</h1>
<main>
"""
_FOOT = "</main>\n</body>\n</html>\n"
_KINDS = ((b"\x89PNG", "png"), (b"\xff\xd8", "jpeg"), (b"GIF8", "gif"), (b"RIFF", "webp"))


def html_head(title: str, is_mirrored: bool) -> str:
    return _HEAD.format(title=escape(title), direction="rtl" if is_mirrored else "ltr")


def html_foot() -> str:
    return _FOOT


def html_line(line: Line, is_new_day: bool) -> str:
    day = f"<h2>{escape(line.day)}</h2>\n" if is_new_day else ""
    if not line.name:
        return f'{day}<p class="tip">{escape(line.text)}</p>\n'
    mark = f" · {escape(line.mark)}" if line.mark else ""
    body = "".join(
        (
            _quote(line),
            "".join(map(_file, line.files)),
            _text(line),
            _reactions(line),
        )
    )
    return (
        f'{day}<article{" class=own" if line.is_self else ""}><div class="name"><bdi>{escape(line.name)}</bdi></div>'
        f'{body}<div class="time">{escape(line.time)}{mark}</div></article>\n'
    )


def _text(line: Line) -> str:
    if line.html and (rich := for_a_page(line.html)):
        return f'<div class="rich" dir="auto">{rich}</div>'
    return f'<div class="text" dir="auto">{_linked(line.text)}</div>' if line.text else ""


def _linked(text: str) -> str:
    parts: list[str] = []
    end = 0
    for link in find_links(text):
        address = escape(link.address)
        parts += escape(text[end : link.start]), f'<a href="{address}" rel="noopener noreferrer">{address}</a>'
        end = link.end
    return "".join((*parts, escape(text[end:])))


def _quote(line: Line) -> str:
    if line.quote is None:
        return ""
    name, text = line.quote
    return f'<blockquote dir="auto"><b><bdi>{escape(name)}</bdi></b>{escape(text)}</blockquote>'


def _reactions(line: Line) -> str:
    items = "".join(f"<li>{escape(reaction)}</li>" for reaction in line.reactions)
    return f'<ul class="reactions">{items}</ul>' if items else ""


def _file(file: LineFile) -> str:
    if shown := _picture(file, file.picture):
        return shown
    name = f"<bdi>{escape(file.name)}</bdi>"
    if file.href:
        name = f'<a href="{escape(file.href)}">{name}</a>'
    facts = f' <span class="note" dir="auto">{escape(file.facts)}</span>' if file.facts else ""
    note = f'<div class="note" dir="auto">{escape(file.note)}</div>' if file.note else ""
    return f'{_picture(file, file.poster)}<div class="file">{name}{facts}{note}</div>'


def _picture(file: LineFile, data: bytes) -> str:
    kind = next((kind for start, kind in _KINDS if data.startswith(start)), "")
    if not kind:
        return ""
    shown = f'<img alt="{escape(file.name)}" src="data:image/{kind};base64,{b64encode(data).decode()}">'
    return f'<a href="{escape(file.href)}">{shown}</a>' if file.href else shown


def text_line(line: Line, is_new_day: bool) -> str:
    """Further lines of a text are set in, so that nobody can write what looks like somebody else's line."""
    day = f"\n— {line.day} —\n" if is_new_day else ""
    mark = f" ({line.mark})" if line.mark else ""
    name = f" {_one_line(line.name)}{mark}:" if line.name else ""
    body = "\n    ".join(line.text.splitlines())
    return f"{day}{line.time}{name} {body}\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())
