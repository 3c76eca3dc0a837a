"""Lays one message out as a row: what stands where and how high it is (the result is told in message_row).

Main thread. It must not ask the model: what changes without changing the layout (progress, downloads, readers) comes
with the paint.
"""

from math import ceil

from PySide6.QtCore import QRect

from chatdesk.domain.elements import Tip
from chatdesk.domain.messages import Message, MessageOrigin, MessageState
from chatdesk.views.message_blocks import BlockMaker, is_big_emoji, is_for
from chatdesk.views.message_links import Link
from chatdesk.views.message_media import CardBlock
from chatdesk.views.message_picture import ImageBlock
from chatdesk.views.message_quotes import QuoteBlock
from chatdesk.views.message_reactions import place_chips
from chatdesk.views.message_row import DISCARD, FOLD, RETRY, Ground, Heading, Item, RowLayout
from chatdesk.views.message_style import Style
from chatdesk.views.message_text import TextBlock
from chatdesk.views.message_words import Words


class RowBuilder:
    """Builds rows for one style and one conversation."""

    def __init__(self, style: Style, words: Words, is_group: bool) -> None:
        self.style = style
        self.words = words
        self._is_group = is_group
        self._blocks = BlockMaker(style, words)

    def build(self, message: Message, heading: Heading, width: int, known: RowLayout | None = None) -> RowLayout:
        """`known`: the same message under the same heading at another width; its texts serve again where they fit."""
        row = RowLayout(message, width, heading)
        if known is not None:
            row.time, row.stamp = known.time, known.stamp
        y = self._place_unread(row, self._place_day(row))
        row.height = self._place_tip(row, y) if message.is_tip else self._place_bubble(row, y, known)
        if self.style.is_rtl:
            mirror(row)
        return row

    def _place_day(self, row: RowLayout) -> int:
        style = self.style
        if not row.heading.day:
            return style.group_gap if row.heading.starts_group else style.row_gap
        height = ceil(style.day_metrics.height()) + style.gap
        width = ceil(style.day_metrics.horizontalAdvance(row.heading.day)) + 3 * style.gap
        row.day_rect = QRect((row.width - width) // 2, style.margin, width, height)
        return row.day_rect.bottom() + 1 + style.group_gap

    def _place_unread(self, row: RowLayout, y: int) -> int:
        style = self.style
        if not row.heading.is_first_unread:
            return y
        side = style.side(row.width)
        row.unread_rect = QRect(side, y, row.width - 2 * side, ceil(style.day_metrics.height()))
        return row.unread_rect.bottom() + 1 + style.group_gap

    def _place_tip(self, row: RowLayout, y: int) -> int:
        style = self.style
        tips = [element for element in row.message.elements if isinstance(element, Tip)]
        room = max(1, row.width - 4 * style.margin)
        row.content_top = y
        if row.heading.fold:
            y = self._place_fold(row, y, room)
        for number, tip in enumerate(tips if not row.heading.fold or row.heading.is_open else ()):
            text = self.words.tip(row.message, tip)
            block = TextBlock(text, style.small_font, room, style.colors.color("muted"), 0, is_centred=True)
            row.items.append(Item(block, (row.width - block.width) // 2, y, number))
            y += block.height
        return y + style.small_gap

    def _place_fold(self, row: RowLayout, y: int, room: int) -> int:
        style = self.style
        show = self.words.show_folded(row.heading.is_open)
        text = f"{row.heading.fold} · {show}"
        links = (Link(len(text) - len(show), len(text), FOLD),)
        colors = style.colors
        block = TextBlock(
            text, style.small_font, room, colors.color("muted"), 0, links, colors.color("accent"), is_centred=True
        )
        item = Item(block, (row.width - block.width) // 2, y)
        row.items.append(item)
        row.fold_rect = item.rect
        return y + block.height + (style.small_gap if row.heading.is_open else 0)

    def _place_bubble(self, row: RowLayout, y: int, known: RowLayout | None) -> int:
        style, message = self.style, row.message
        left = side = style.side(row.width)
        if self._is_group and not message.is_self:
            if row.heading.starts_group:
                row.avatar = QRect(left, y, style.avatar, style.avatar)
            left += style.avatar + style.gap
        widest = max(style.image_least, min(style.widest_bubble(row.width), row.width - left - side))
        if self._is_group and not message.is_self and row.heading.starts_group:
            row.sender = " ".join(message.sender_name.split()) or self.words.someone(message.sender)
            # "Ben recalled a message" says the name itself.
            row.name = row.sender if message.state is not MessageState.REVOKED else ""
        is_gone = message.state is MessageState.REVOKED
        self._choose_ground(row)
        if message.reply_to is not None and not is_gone:
            row.quote = QuoteBlock(message.reply_to, style, self.words.relations, widest - 2 * style.pad_x)
        pad = 0 if row.ground is Ground.NONE else style.pad_x
        row.room = widest - 2 * pad
        row.items = _texts_again(known, row.room) or self._blocks.items(message, row.heading, row.room)
        is_gallery = row.quote is None and all(isinstance(item.block, ImageBlock) for item in row.items)
        inner = self._stack(row, y, widest - 2 * pad, pad, is_gallery)
        width = inner + 2 * pad
        x = row.width - side - width if message.is_self else left
        for item in row.items:
            item.x += x + (style.media_pad if is_gallery and pad else pad)
        row.bubble = QRect(x, y, width, row.bubble.height())
        row.meta.moveRight(x + width - 1 - (row.meta.x()))
        row.name_rect.moveLeft(x + pad)
        if row.quote is not None:
            row.quote_rect = QRect(x + pad, row.quote_rect.y(), inner, row.quote.height)
        y = row.bubble.bottom() + 1
        if message.state is MessageState.FAILED and message.is_self:
            y = self._place_failure(row, y, widest)
        if message.reactions and not is_gone:
            right = row.width - side
            edges = (right - widest, right) if message.is_self else (left, left + widest)
            row.chips = place_chips(message.reactions, *edges, y + style.small_gap, message.is_self, style)
            y = row.chips[-1].rect.bottom() + 1 + style.row_gap
        return max(y, row.avatar.bottom() + 1) if row.avatar.isValid() else y

    def _choose_ground(self, row: RowLayout) -> None:
        message = row.message
        if message.state is MessageState.REVOKED:
            row.ground = Ground.OUTLINE
        elif message.origin is MessageOrigin.SAVED:
            row.ground = Ground.NOTE
        elif is_for(message, self.words.own_user_id):
            row.ground = Ground.FOR_ME
        elif is_big_emoji(message) and message.reply_to is None and (message.is_self or not row.name):
            row.ground = Ground.NONE
        else:
            row.ground = Ground.OWN if message.is_self else Ground.OTHER

    # -- inside the bubble -------------------------------------------------------------------------------------------

    def _stack(self, row: RowLayout, top: int, room: int, pad: int, is_gallery: bool) -> int:
        """Put name, blocks and time below one another; x is still from the inner left. Returns the inner width.

        `meta.x()` holds the distance from the bubble's right edge until the bubble has its place.
        """
        style = self.style
        pad_top = pad and (style.media_pad if is_gallery and not row.name else style.pad_y)
        y = top + pad_top
        inner = 0
        if row.name:
            inner = min(room, ceil(style.name_metrics.horizontalAdvance(row.name)))
            row.name_rect = QRect(0, y, inner, style.name_line)
            is_text = isinstance(row.items[0].block, TextBlock)
            y += style.name_line + (style.row_gap if is_text else style.small_gap + style.row_gap)
        row.content_top = y
        if row.quote is not None:
            row.quote_rect = QRect(0, y, row.quote.width, row.quote.height)
            inner = max(inner, row.quote.width)
            y += row.quote.height
        for number, item in enumerate(row.items):
            if number or row.quote is not None:
                y += style.gap
            item.y = y
            taken = item.block.width - (2 * (style.pad_x - style.media_pad) if is_gallery else 0)
            if item.glyph is not None:
                item.x = style.line + style.small_gap
                taken += item.x
            inner = max(inner, taken)
            y += item.block.height
        y, inner = self._place_meta(row, y, inner, room, pad)
        pad_bottom = pad and (style.media_pad if is_gallery and row.is_meta_on_picture else style.pad_y)
        row.bubble = QRect(0, top, 0, y + pad_bottom - top)
        return inner

    def _place_meta(self, row: RowLayout, y: int, inner: int, room: int, pad: int) -> tuple[int, int]:
        style, message = self.style, row.message
        row.time = row.time or " · ".join((*self.words.relations.marks(message), self.words.time(message.time_ms)))
        width = ceil(style.small_metrics.horizontalAdvance(row.time))
        if message.is_self and not message.is_local and message.state is not MessageState.REVOKED:
            width += style.small_gap + style.mark
        height = style.small_line
        item = row.items[-1]
        last = item.block
        if isinstance(last, ImageBlock):
            # On the picture only where the picture reaches the corner of the bubble.
            row.is_meta_on_picture = last.width > width + 4 * style.gap and last.width >= inner
            if row.is_meta_on_picture:
                row.meta = QRect(style.media_pad + 2 * style.gap, y - height - style.gap, width, height)
                return y, inner
        elif isinstance(last, CardBlock):
            if style.icon + style.px(10) + width + style.px(90) <= last.width:
                row.meta = QRect(pad, item.y + last.detail_top, width, height)
                # The card's lower line ends where the time begins, so the card must end where the bubble does.
                last.width = max(last.width, min(room, inner))
                return y, max(inner, last.width)
        elif last.is_open_to_the_left if style.is_rtl else last.is_open_ended:
            needed = item.x + last.last_line_width + style.gap + width
            # Beside a caption it would make the bubble wider than the picture.
            if needed <= (inner if isinstance(row.items[0].block, ImageBlock) else room):
                baseline = item.y + last.baseline
                drop = round(style.small_metrics.ascent())
                top = min(round(baseline) - drop, y - height + style.px(3))
                row.meta = QRect(pad, top, width, height)
                return y, max(inner, needed)
        row.meta = QRect(pad, y + style.px(1), width, height)
        return y + style.px(1) + height, max(inner, width)

    def _place_failure(self, row: RowLayout, y: int, room: int) -> int:
        style = self.style
        reason = " ".join(self.words.failure(row.message).split())
        retry, delete = self.words.retry(), self.words.delete()
        text = f"{reason}  {retry} · {delete}"
        end = len(text)
        links = (
            Link(end - len(delete) - 3 - len(retry), end - len(delete) - 3, RETRY),
            Link(end - len(delete), end, DISCARD),
        )
        block = TextBlock(
            text, style.small_font, room, style.colors.color("error"), 0, links, style.colors.color("accent")
        )
        row.failure = Item(block, row.width - style.side(row.width) - block.width, y + style.small_gap)
        return row.failure.y + block.height + style.gap


def _texts_again(known: RowLayout | None, room: int) -> list[Item]:
    """What was laid out for just this room, when it is nothing but text: a text takes the place it is given, while a
    card or a picture is made wider by the row it stands in."""
    if known is None or known.room != room or not all(isinstance(item.block, TextBlock) for item in known.items):
        return []
    return [Item(item.block, 0, 0, item.element, item.glyph) for item in known.items]


def mirror(row: RowLayout) -> None:
    """Turn a row around for a window that runs from right to left: own messages on the left."""
    row.is_mirrored = True
    for name in ("day_rect", "fold_rect", "unread_rect", "name_rect", "avatar", "meta", "bubble", "quote_rect"):
        rect: QRect = getattr(row, name)
        if rect.isValid():
            rect.moveLeft(row.width - rect.x() - rect.width())
    for item in (*row.items, *([row.failure] if row.failure is not None else [])):
        item.x = row.width - item.x - item.block.width
    for chip in row.chips:
        chip.rect.moveLeft(row.width - chip.rect.x() - chip.rect.width())
