"""Fonts, measures and derived colours of the message pane, all from one font and one palette.

Owns no widget; main thread (font metrics). A new font, screen or palette means a new Style: nothing here changes.
"""

from math import ceil

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF

from chatdesk.views.avatars import avatar_color
from chatdesk.views.message_text_look import TextLook
from chatdesk.views.theme import RADIUS, REFERENCE_LINE, SMALL, SPACING, Colors, column_side, scaled_font

_MAX_BUBBLE = 640
_BUBBLE_SHARE = 0.78
_CONTRAST = 4.5
_CODE_GROUND = 0.08
_PERSON_GROUND = 0.05
_BAR = 0.6
_FEW = 3
"""Emoji alone in a message are largest up to here."""


class Style:
    def __init__(self, font: QFont, colors: Colors, is_rtl: bool = False) -> None:
        self.colors = colors
        self.is_rtl = is_rtl
        """The window runs from right to left: own messages stand on the left."""
        self.text_font = QFont(font)
        self.small_font = scaled_font(font, SMALL)
        self.name_font = QFont(font)
        self.name_font.setWeight(QFont.Weight.DemiBold)
        self.italic_font = QFont(font)
        self.italic_font.setItalic(True)
        self.day_font = scaled_font(font, SMALL)
        self.day_font.setWeight(QFont.Weight.DemiBold)
        self.code_families = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).families()
        self.code_ground = QColor(colors.text)
        self.code_ground.setAlphaF(_CODE_GROUND)
        self.small_name_font = QFont(self.small_font)
        self.small_name_font.setWeight(QFont.Weight.DemiBold)
        self.small_italic_font = QFont(self.small_font)
        self.small_italic_font.setItalic(True)
        self.chip_font = QFont(font)
        self.avatar_font = scaled_font(font, 1.05)
        self.avatar_font.setWeight(QFont.Weight.DemiBold)
        self.text_metrics = QFontMetricsF(self.text_font)
        self.small_metrics = QFontMetricsF(self.small_font)
        self.name_metrics = QFontMetricsF(self.name_font)
        self.day_metrics = QFontMetricsF(self.day_font)
        self.small_name_metrics = QFontMetricsF(self.small_name_font)
        self.chip_metrics = QFontMetricsF(self.chip_font)
        self.scale = max(1.0, self.text_metrics.height() / REFERENCE_LINE)
        self.line = ceil(self.text_metrics.height())
        self.small_line = ceil(self.small_metrics.height())
        self.name_line = ceil(self.name_metrics.height())
        self.line_gap = round(self.text_metrics.height() * 0.12)
        self.margin = self.px(SPACING * 2)
        self.pad_x = self.px(12)
        self.pad_y = self.px(7)
        self.media_pad = self.px(4)
        self.gap = self.px(SPACING)
        self.small_gap = self.px(SPACING / 2)
        self.group_gap = self.px(12)
        self.row_gap = self.px(3)
        self.radius = self.px(RADIUS + 2)
        self.small_radius = self.px(4)
        self.avatar = max(self.px(34), ceil(self.text_metrics.height() * 1.9))
        self.icon = max(self.px(38), ceil(self.text_metrics.height() * 2.1))
        self.mark = round(self.small_metrics.height() * 0.82)
        self.card = self.px(290)
        self.image_width = self.px(360)
        self.image_height = self.px(320)
        self.image_least = self.px(48)
        self.estimate = round(self.line * 2.2) + 2 * self.pad_y + self.row_gap
        self.text_look = self._text_look()
        self._readable: dict[tuple[str, str], QColor] = {}

    def _text_look(self) -> TextLook:
        colors = self.colors
        person, bar = QColor(colors.text), QColor(colors.muted)
        person.setAlphaF(_PERSON_GROUND)
        bar.setAlphaF(_BAR)
        return TextLook(
            families=self.code_families,
            code_ground=self.code_ground,
            person_ground=person,
            me_ground=colors.color("accent"),
            me_ink=colors.color("on_accent"),
            spoiler=colors.color("muted"),
            bar=bar,
            radius=self.small_radius,
            pad=self.px(8),
            code_pad=self.px(5),
            gap=round(self.line * 0.45),
            list_indent=ceil(self.text_metrics.horizontalAdvance("00.")) + self.px(8),
            quote_indent=self.px(12),
        )

    def emoji_font(self, count: int) -> QFont:
        """For a message of nothing but so many emoji."""
        return scaled_font(self.text_font, 2.6 if count <= _FEW else 1.7)

    def px(self, pixels: float) -> int:
        return round(pixels * self.scale)

    def side(self, viewport: int) -> int:
        """Beside the messages."""
        return column_side(viewport, self.text_metrics.height())

    def widest_bubble(self, viewport: int) -> int:
        return min(self.px(_MAX_BUBBLE), int(viewport * _BUBBLE_SHARE))

    def avatar_color(self, user_id: str) -> str:
        return avatar_color(user_id, self.colors)

    def name_color(self, user_id: str, ground: str) -> QColor:
        """The avatar's colour, moved towards the text colour until it can be read on `ground`."""
        key = (self.avatar_color(user_id), ground)
        known = self._readable.get(key)
        if known is None:
            known = self._readable[key] = readable(QColor(key[0]), QColor(ground), QColor(self.colors.text))
        return known


def readable(color: QColor, ground: QColor, towards: QColor) -> QColor:
    """`color`, mixed with as little of `towards` as gives a contrast of 4.5:1 on `ground`."""
    for tenth in range(11):
        share = tenth / 10
        mixed = QColor.fromRgbF(
            color.redF() * (1 - share) + towards.redF() * share,
            color.greenF() * (1 - share) + towards.greenF() * share,
            color.blueF() * (1 - share) + towards.blueF() * share,
        )
        if contrast(mixed, ground) >= _CONTRAST:
            return mixed
    return towards


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two colours as WCAG 2 counts it."""
    first, second = sorted((_luminance(one), _luminance(other)))
    return (second + 0.05) / (first + 0.05)


def _luminance(color: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())
