"""One message laid out as a row: what stands where. Plain data; main thread.

A `RowLayout` belongs to one Message object, one width and one neighbourhood (date line, first of a group); it is built
once (message_layout) and painted many times. What changes without changing the layout (progress, downloads, readers)
comes with the paint.
"""

from enum import Enum

from msgspec import Struct, field
from PySide6.QtCore import QRect
from PySide6.QtGui import QPainterPath, QStaticText

from chatdesk.domain.messages import Message
from chatdesk.views.message_glyphs import Glyph
from chatdesk.views.message_media import CardBlock
from chatdesk.views.message_picture import ImageBlock
from chatdesk.views.message_quotes import QuoteBlock
from chatdesk.views.message_reactions import Chip
from chatdesk.views.message_text import TextBlock

RETRY = "action:retry"
DISCARD = "action:discard"
FOLD = "action:fold"
EDIT_AGAIN = "action:edit"


class Ground(Enum):
    """What a message stands on."""

    OWN = "own"
    OTHER = "other"
    FOR_ME = "for me"
    """It mentions who reads it."""
    OUTLINE = "outline"
    NOTE = "note"
    """A private note: never sent."""
    NONE = "none"


class Heading(Struct, frozen=True):
    """What the row before makes of a row."""

    starts_group: bool
    day: str
    is_first_unread: bool = False
    fold: str = ""
    """The row tells of a run of system lines in these words."""
    is_open: bool = False
    """The run is shown below its words."""
    is_hidden: bool = False
    """The row is told of by the first of its run, and takes no room."""
    can_edit_again: bool = False
    """The text of this recalled message is still known."""
    open_spoilers: frozenset[tuple[int, int]] = frozenset()
    """Element and number of each."""


class Item(Struct):
    """A block in its place inside the row. `element` is the element's number, -1 for what is no element."""

    block: TextBlock | ImageBlock | CardBlock
    x: int
    y: int
    element: int = -1
    glyph: Glyph | None = None
    """A sign to the left of the text."""

    @property
    def rect(self) -> QRect:
        return QRect(self.x, self.y, self.block.width, self.block.height)


class RowLayout(Struct):
    message: Message
    width: int
    heading: Heading
    height: int = 0
    content_top: int = 0
    ground: Ground = Ground.NONE
    bubble: QRect = field(default_factory=QRect)
    items: list[Item] = field(default_factory=list)
    day_rect: QRect = field(default_factory=QRect)
    fold_rect: QRect = field(default_factory=QRect)
    """The words of a run of system lines."""
    unread_rect: QRect = field(default_factory=QRect)
    """The line above the first unread message."""
    sender: str = ""
    name: str = ""
    name_rect: QRect = field(default_factory=QRect)
    avatar: QRect = field(default_factory=QRect)
    time: str = ""
    meta: QRect = field(default_factory=QRect)
    """The time and, on own messages, the state mark."""
    is_meta_on_picture: bool = False
    failure: Item | None = None
    quote: QuoteBlock | None = None
    quote_rect: QRect = field(default_factory=QRect)
    chips: list[Chip] = field(default_factory=list)
    is_mirrored: bool = False
    room: int = 0
    """The width that `items` were made for."""
    outline: QPainterPath | None = None
    """The shape of the bubble once it was painted."""
    stamp: QStaticText | None = None
    """`time`, shaped once it was painted."""

    @property
    def is_firm(self) -> bool:
        """Fit to keep its place when others change: system lines may fold."""
        return not self.message.is_tip

    @property
    def body(self) -> QRect:
        """All that belongs to the message, without date line and empty margins: for the focus ring."""
        rect = self.bubble.united(self.meta)
        for item in self.items:
            rect = rect.united(item.rect)
        for chip in self.chips:
            if chip.reaction is not None:
                rect = rect.united(chip.rect)
        return rect.united(self.failure.rect) if self.failure is not None else rect

    @property
    def hover_body(self) -> QRect:
        """Where the mouse counts as on the message."""
        rect = self.body
        for chip in self.chips:
            rect = rect.united(chip.rect)
        return rect

    @property
    def is_at_right(self) -> bool:
        """Own messages stand on the far side."""
        return self.message.is_self != self.is_mirrored

    def item_at(self, x: int, y: int) -> Item | None:
        return next((item for item in self.items if item.rect.contains(x, y)), None)

    def item_of(self, element: int) -> Item | None:
        return next((item for item in self.items if item.element == element), None)
