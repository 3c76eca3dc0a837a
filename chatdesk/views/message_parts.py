"""What inside a message can be pressed, for screen readers: links, quote, reactions, Retry. Main thread; no state."""

from PySide6.QtCore import QRect

from chatdesk.views.message_hits import Hit
from chatdesk.views.message_rich import SPOILER
from chatdesk.views.message_row import DISCARD, EDIT_AGAIN, RETRY, RowLayout
from chatdesk.views.message_text import TextBlock
from chatdesk.views.message_words import Words

Pressable = tuple[str, QRect, Hit]
"""Its words, its place in the row, and what a click there would hit."""


def parts_of(layout: RowLayout, words: Words) -> list[Pressable]:
    key = layout.message.key
    found: list[Pressable] = []
    quote = layout.message.reply_to
    if layout.quote is not None and quote is not None and quote.key and not quote.is_revoked:
        text = words.relations.answers(quote)
        found.append((text, layout.quote_rect, Hit(key, is_quote=True)))
    for item in layout.items:
        if not isinstance(item.block, TextBlock) or layout.message.is_tip:
            continue
        block = item.block
        for number in block.closed_spoilers:
            rect = block.spoiler_rect(number).translated(item.x, item.y)
            text = words.relations.show_spoiler()
            found.append((text, rect, Hit(key, item.element, link=f"{SPOILER}{number}")))
        for link in block.links:
            rect = block.rect_of(link.start, link.end).translated(item.x, item.y)
            text = block.slice_text(link.start, link.end)
            is_again = link.address == EDIT_AGAIN
            found.append((text, rect, Hit(key, item.element, link=link.address, is_edit_again=is_again)))
    if layout.failure is not None and isinstance(layout.failure.block, TextBlock):
        for link in layout.failure.block.links:
            rect = layout.failure.block.rect_of(link.start, link.end)
            rect.translate(layout.failure.x, layout.failure.y)
            hit = Hit(key, is_retry=link.address == RETRY, is_discard=link.address == DISCARD)
            found.append((layout.failure.block.slice_text(link.start, link.end), rect, hit))
    for number, chip in enumerate(layout.chips):
        text = words.relations.add_reaction() if chip.reaction is None else words.relations.reacted(chip.reaction)
        found.append((text, chip.rect, Hit(key, chip=number)))
    return found


def is_link(hit: Hit) -> bool:
    return hit.is_quote or (bool(hit.link) and not hit.link.startswith("action:"))
