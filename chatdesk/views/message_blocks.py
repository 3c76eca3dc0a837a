"""From the elements of a message to the blocks it is shown with. Main thread; owns nothing."""

from collections.abc import Sequence

from chatdesk.domain.elements import (
    Custom,
    Element,
    Face,
    Image,
    Location,
    Sound,
    Text,
    Unknown,
    Unreadable,
    Video,
    media_of,
)
from chatdesk.domain.messages import EVERYONE, Message, MessageState
from chatdesk.views.message_glyphs import Glyph
from chatdesk.views.message_links import Link, emoji_count, is_emoji_only
from chatdesk.views.message_media import CardBlock
from chatdesk.views.message_picture import ImageBlock
from chatdesk.views.message_rich import RichText, from_plain
from chatdesk.views.message_row import EDIT_AGAIN, Heading, Item
from chatdesk.views.message_sound import SoundBlock
from chatdesk.views.message_style import Style
from chatdesk.views.message_text import TextBlock
from chatdesk.views.message_words import Words


class BlockMaker:
    def __init__(self, style: Style, words: Words) -> None:
        self.style = style
        self.words = words

    def items(self, message: Message, heading: Heading, room: int) -> list[Item]:
        style = self.style
        if message.state is MessageState.REVOKED:
            return [self._tombstone(message, heading, room)]
        is_gallery = all(is_picture(element) for element in message.elements) and message.reply_to is None
        picture_room = room + (2 * (style.pad_x - style.media_pad) if is_gallery else 0)
        pictures = {
            number: self._item(message, element, number, picture_room, heading)
            for number, element in enumerate(message.elements)
            if is_picture(element)
        }
        if pictures:  # words beside a picture are its caption: as wide as the picture
            widest = max(item.block.width for item in pictures.values())
            room = min(room, max(widest, style.card))
        items = [
            pictures.get(number) or self._item(message, element, number, room, heading)
            for number, element in enumerate(message.elements)
        ]
        return items or [self._notice(self.words.cannot_be_shown(), room, None)]

    def _tombstone(self, message: Message, heading: Heading, room: int) -> Item:
        style = self.style
        text = self.words.recalled(message)
        links: Sequence[Link] = ()
        if heading.can_edit_again:
            again = self.words.relations.edit_again()
            text = f"{text} · {again}"
            links = (Link(len(text) - len(again), len(text), EDIT_AGAIN),)
        block = TextBlock(
            text,
            style.italic_font,
            room - style.line - style.small_gap,
            style.colors.color("muted"),
            style.line_gap,
            links,
            style.colors.color("accent"),
        )
        return Item(block, 0, 0, glyph=Glyph.RECALLED)

    def _item(self, message: Message, element: Element, number: int, room: int, heading: Heading) -> Item:
        style = self.style
        if isinstance(element, Image | Video) and is_picture(element):
            return Item(ImageBlock(element, style, self.words, room), 0, 0, number)
        if isinstance(element, Sound):
            return Item(SoundBlock(element, style, self.words, room), 0, 0, number)
        if isinstance(element, Location) or media_of(element) is not None:
            return Item(CardBlock(element, style, self.words, room), 0, 0, number)
        if isinstance(element, Unreadable):
            return self._notice(self.words.unreadable(), room, Glyph.LOCK)
        if is_big_emoji(message):
            text = self.words.element(message, element).strip()
            font = style.emoji_font(emoji_count(text))
            return Item(TextBlock(text, font, room, style.colors.color("text")), 0, 0, number)
        rich = self._rich(message, element)
        if rich is None:
            return self._notice(self.words.cannot_be_shown(), room, None)
        block = TextBlock(
            "",
            style.text_font,
            room,
            style.colors.color("text"),
            style.line_gap,
            link_color=style.colors.color("accent"),
            rich=rich,
            look=style.text_look,
            shown=frozenset(spoiler for element, spoiler in heading.open_spoilers if element == number),
            person=self.words.own_user_id,
        )
        return Item(block, 0, 0, number)

    def _rich(self, message: Message, element: Element) -> RichText | None:
        """None where there is nothing to show."""
        if isinstance(element, Text):
            rich = self.words.texts.rich(message, element)
            return rich if rich.text.strip() else from_plain(self.words.cannot_be_shown())
        text = self.words.element(message, element)
        if isinstance(element, Custom | Unknown | Face) and text == self.words.cannot_be_shown():
            return None
        return from_plain(text)

    def _notice(self, text: str, room: int, glyph: Glyph | None) -> Item:
        """Words of ours in place of something that cannot be shown."""
        style = self.style
        inset = style.line + style.small_gap if glyph is not None else 0
        muted = style.colors.color("muted")
        return Item(TextBlock(text, style.italic_font, room - inset, muted, style.line_gap), 0, 0, glyph=glyph)


def is_picture(element: Element) -> bool:
    return isinstance(element, Image) or (isinstance(element, Video) and element.thumbnail is not None)


def is_big_emoji(message: Message) -> bool:
    """Only emoji, so shown large."""
    if len(message.elements) != 1 or message.state is MessageState.REVOKED:
        return False
    element = message.elements[0]
    if isinstance(element, Text):
        return is_emoji_only(element.content)
    return isinstance(element, Face) and is_emoji_only(element.description or element.data)


def is_for(message: Message, user_id: str) -> bool:
    """Somebody else's message that mentions this person."""
    is_gone = message.state is MessageState.REVOKED
    return not message.is_self and not is_gone and (user_id in message.mentions or EVERYONE in message.mentions)
