"""What a message pane tells in tooltips. Main thread; owns nothing."""

from chatdesk.domain.elements import Image, media_of
from chatdesk.views.message_canvas import Canvas
from chatdesk.views.message_hits import Hit
from chatdesk.views.message_rich import SPOILER, WHOLE
from chatdesk.views.message_words import Words


def tip_for(view: Canvas, words: Words, hit: Hit) -> str:
    row = view.timeline.row_of(hit.key)
    message = view.timeline.message(row)
    if hit.chip >= 0:
        reaction = view.rows.row_layout(row).chips[hit.chip].reaction
        return words.relations.reacted(reaction) if reaction is not None else words.relations.add_reaction()
    if hit.link and not hit.link.startswith((SPOILER, WHOLE)):
        return hit.link  # where it really leads, whatever its text says
    if hit.is_media:
        element = message.elements[hit.element]
        media, title = media_of(element), words.card_title(element)
        fault = view.fault_of(media) if media is not None and isinstance(element, Image) else None
        return title if fault is None else words.pictures.broken(title, fault)
    if hit.is_meta:
        state = words.state(message, view.timeline.readers(row))
        edited = words.relations.edited_at(message.edited_ms) if message.edited_ms else ""
        return "\n".join(part for part in (words.full_time(message.time_ms), edited, state) if part)
    return ""
