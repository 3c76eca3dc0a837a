"""The two palettes and everything measured from them. Owns colours and spacing; views ask, nobody hard-codes a colour.

Qt's own setColorScheme does nothing on X11 without a platform theme, so both palettes ship here. Contrast of every text
role on its ground is at least 4.5:1 (tests/views/test_theme.py computes it).
"""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

SPACING = 8
"""The grid in device-independent pixels: gaps are multiples of it, small gaps half of it."""
RADIUS = 10


class Scheme(Enum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Colors:
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
    selected: str
    hover: str
    error: str
    warning_ground: str
    ok: str
    avatars: tuple[str, ...]

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
    selected="#dfe9fb",
    hover="#eaedf1",
    error="#b3261e",
    warning_ground="#fff4d6",
    ok="#1a7f4b",
    avatars=("#8a3ffc", "#0f62fe", "#00757c", "#a2410e", "#ad1d6d", "#2d6a2f", "#5f4b8b", "#8a5a00"),
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
    selected="#24344f",
    hover="#252a31",
    error="#ff9b92",
    warning_ground="#3d3216",
    ok="#6fd39b",
    avatars=("#7d4fd1", "#2f66c4", "#0d7377", "#a34f1f", "#a83a75", "#3f7a41", "#6c5a9c", "#85601a"),
)


class Theme(QObject):
    """The colours in force; `changed` after they were replaced."""

    changed = Signal()

    def __init__(self, app: QApplication, scheme: Scheme = Scheme.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = scheme
        self.colors = LIGHT
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def scheme(self) -> Scheme:
        return self._scheme

    def set_scheme(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._apply()

    def _apply(self) -> None:
        dark = self._scheme is Scheme.DARK or (
            self._scheme is Scheme.SYSTEM and QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        )
        self.colors = DARK if dark else LIGHT
        self._app.setPalette(_palette(self.colors))
        self.changed.emit()


def _palette(colors: Colors) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for target, name in (
        (role.Window, "window"),
        (role.WindowText, "text"),
        (role.Base, "raised"),
        (role.AlternateBase, "sidebar"),
        (role.Text, "text"),
        (role.Button, "raised"),
        (role.ButtonText, "text"),
        (role.ToolTipBase, "raised"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "muted"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on_accent"),
        (role.Link, "accent"),
        (role.Mid, "border"),
    ):
        palette.setColor(target, colors.color(name))
    disabled = QPalette.ColorGroup.Disabled
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, target, colors.color("muted"))
    return palette
