"""What is under a point of a row. Pure geometry on a RowLayout; main thread, no state."""

from msgspec import Struct

from chatdesk.domain.elements import media_of
from chatdesk.domain.messages import MessageState
from chatdesk.views.message_row import DISCARD, EDIT_AGAIN, RETRY, RowLayout
from chatdesk.views.message_sound import SoundBlock
from chatdesk.views.message_text import TextBlock


class Hit(Struct, frozen=True):
    """`element` is -1 where the point is on no element; `place` is a text position, -1 outside of text."""

    key: int
    element: int = -1
    place: int = -1
    link: str = ""
    is_media: bool = False
    is_retry: bool = False
    is_discard: bool = False
    is_body: bool = False
    is_meta: bool = False
    is_fold: bool = False
    """The words of a run of system lines."""
    is_day: bool = False
    """The date line above the message."""
    is_quote: bool = False
    is_edit_again: bool = False
    share: float = -1.0
    """How far into a sound, -1 where that cannot be said."""
    is_speed: bool = False
    chip: int = -1
    """The number of a reaction's chip."""

    @property
    def is_clickable(self) -> bool:
        is_button = self.is_retry or self.is_discard or self.is_edit_again or self.chip >= 0
        return is_button or bool(self.link) or self.is_media or self.is_day or self.is_fold or self.is_quote


def hit_row(layout: RowLayout, x: int, y: int) -> Hit:
    """`x` and `y` from the row's top left."""
    message = layout.message
    key = message.key
    if layout.day_rect.contains(x, y):
        return Hit(key, is_day=True)
    if layout.fold_rect.contains(x, y):
        return Hit(key, is_fold=True, is_body=True)
    failure = layout.failure
    if failure is not None and failure.rect.contains(x, y) and isinstance(failure.block, TextBlock):
        link = failure.block.link_at(x - failure.x, y - failure.y)
        return Hit(key, is_body=True, is_retry=link == RETRY, is_discard=link == DISCARD)
    chip = next((number for number, chip in enumerate(layout.chips) if chip.rect.contains(x, y)), -1)
    if chip >= 0:
        return Hit(key, chip=chip, is_body=True)
    if layout.quote is not None and layout.quote_rect.contains(x, y):
        can_follow = message.reply_to is not None and message.reply_to.key != 0 and not message.reply_to.is_revoked
        return Hit(key, is_body=True, is_quote=can_follow)
    is_body = layout.body.contains(x, y)
    is_meta = layout.meta.contains(x, y)
    item = layout.item_at(x, y)
    if item is not None and item.element < 0 and isinstance(item.block, TextBlock) and not message.is_tip:
        again = item.block.link_at(x - item.x, y - item.y) == EDIT_AGAIN
        return Hit(key, is_body=is_body, is_meta=is_meta, is_edit_again=again)
    if item is None or item.element < 0 or message.is_tip:
        return Hit(key, is_body=is_body, is_meta=is_meta)
    if not isinstance(item.block, TextBlock):
        element = message.elements[item.element]
        media = media_of(element)
        is_media = media is not None and bool(media.uri or media.path) and message.state is not MessageState.REVOKING
        share, is_speed = -1.0, False
        if isinstance(item.block, SoundBlock) and is_media:
            share = item.block.share_at(x - item.x, y - item.y)
            is_speed = item.block.is_speed(x - item.x, y - item.y)
        is_meta = is_meta and not is_media
        return Hit(key, item.element, is_media=is_media, is_body=True, is_meta=is_meta, share=share, is_speed=is_speed)
    inner_x, inner_y = x - item.x, y - item.y
    place = item.block.position_at(inner_x, inner_y)
    return Hit(key, item.element, place, item.block.link_at(inner_x, inner_y), is_body=True, is_meta=is_meta)
