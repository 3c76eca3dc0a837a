"""The two palettes. Owns every colour of the program; views ask `theme.colors`, nobody hard-codes one. Pure values.

Contrast of every text role on its ground is at least 4.5:1 (tests/views/test_theme.py computes it).
"""

from msgspec import Struct
from PySide6.QtGui import QColor


class Colors(Struct, frozen=True):
    is_dark: bool
    window: str
    sidebar: str
    raised: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    own_bubble: str
    other_bubble: str
    for_me_bubble: str
    """Messages that mention who reads them."""
    selected: str
    hover: str
    error: str
    warning_ground: str
    ok: str
    avatars: tuple[str, ...]
    field_border: str
    """Around what can be typed into: 3:1 against its ground, so that the field is seen."""

    def color(self, name: str) -> QColor:
        return QColor(getattr(self, name))


LIGHT = Colors(
    is_dark=False,
    window="#ffffff",
    sidebar="#f5f6f8",
    raised="#ffffff",
    border="#dfe3e8",
    text="#1b1f24",
    muted="#57616c",
    accent="#1f5fd0",
    on_accent="#ffffff",
    own_bubble="#dbe8fe",
    other_bubble="#f0f2f5",
    for_me_bubble="#fdf1d8",
    selected="#dfe9fb",
    hover="#eaedf1",
    error="#b3261e",
    warning_ground="#fff4d6",
    ok="#13703f",
    avatars=("#745faa", "#426fb1", "#017c86", "#a45631", "#9f5078", "#3c7e41", "#5f6b7a", "#8c6906"),
    field_border="#868f9a",
)

DARK = Colors(
    is_dark=True,
    window="#15181c",
    sidebar="#1b1f24",
    raised="#22272d",
    border="#2f353d",
    text="#e7eaee",
    muted="#a0aab5",
    accent="#7fb0ff",
    on_accent="#0b1a33",
    own_bubble="#1d3a63",
    other_bubble="#262b32",
    for_me_bubble="#3a3120",
    selected="#24344f",
    hover="#252a31",
    error="#ff9b92",
    warning_ground="#3d3216",
    ok="#6fd39b",
    avatars=("#6d5d9a", "#456a9f", "#007781", "#965638", "#915171", "#437746", "#5b6673", "#82641b"),
    field_border="#707b88",
)
