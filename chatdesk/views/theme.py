"""Which palette is in force, spacing and font sizes. Main thread only; views ask, nobody hard-codes a colour.

Qt's own setColorScheme does nothing on X11 without a platform theme, so both palettes ship (palettes.py).
"""

from enum import Enum

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from chatdesk.views.palettes import DARK, LIGHT, Colors
from chatdesk.views.style_sheet import style_sheet

REFERENCE_LINE = 18.0
"""Line height in pixels that fixed measures were drawn for; larger fonts scale them up, never down."""
_WIDEST_COLUMN = 1200
SPACING = 8
"""The grid in device-independent pixels: gaps are multiples of it, small gaps half of it."""
RADIUS = 10
SMALL = 0.88
"""Times, previews and other side remarks against the system's font."""

STYLE = "Fusion"
"""The same everywhere: every other style draws parts the palette does not reach."""
STYLED = "isStyled"
"""The property of a QApplication that was begun with this style. `setStyle` would load the 566 names of QStyle."""

__all__ = ["DARK", "LIGHT", "RADIUS", "SMALL", "SPACING", "STYLE", "STYLED", "Colors", "Scheme", "Theme", "scaled_font"]


class Scheme(Enum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """The colours in force; `changed` after they were replaced."""

    changed = Signal()

    def __init__(self, app: QApplication, scheme: Scheme = Scheme.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = scheme
        self.colors = LIGHT
        self._is_dressed = False
        self._system_font = QFont(app.font())
        self._text_percent = 100
        self._is_still = self._is_system_still = False
        if not app.property(STYLED):
            app.setStyle(STYLE)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()
        QTimer.singleShot(0, self, self.dress)

    def dress(self) -> None:
        """Put the style sheet on. Called when a window is built, else by itself when the loop starts: with the sheet
        on, Qt matches it anew for every widget at every change of its parent (measured: 50 ms for this window)."""
        if not self._is_dressed:
            self._is_dressed = True
            self._app.setStyleSheet(style_sheet(self.colors))

    @property
    def scheme(self) -> Scheme:
        return self._scheme

    def set_scheme(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._apply()

    @property
    def text_percent(self) -> int:
        return self._text_percent

    def set_text_percent(self, percent: int) -> None:
        """Size of every text against the system's own, at once, also in what is open."""
        if percent == self._text_percent:
            return
        factor = percent / self._text_percent
        self._text_percent = percent
        self._dress_again(factor)
        self.changed.emit()

    @property
    def is_still(self) -> bool:
        """Whether nothing is to move by itself: the user's choice, or the system's, which its platform theme hands to
        Qt's styles, or somebody else tells (system_motion.py)."""
        from PySide6.QtWidgets import QStyle  # with hundreds of names; asked when something moves

        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        return self._is_still or self._is_system_still or not self._app.style().styleHint(hint)

    def set_still(self, is_still: bool) -> None:
        """What the user chose."""
        if is_still != self._is_still:
            self._is_still = is_still
            self.changed.emit()

    def set_system_still(self, is_still: bool) -> None:
        if is_still != self._is_system_still:
            self._is_system_still = is_still
            self.changed.emit()

    def _dress_again(self, factor: float = 1.0) -> None:
        """New fonts and a new sheet. Headings and side remarks have fonts of their own, made from the one that was in
        force: they grow by hand, and last, because a new sheet gives back the font a widget had before the first."""
        own = [w for w in self._app.allWidgets() if w.testAttribute(Qt.WidgetAttribute.WA_SetFont)]
        fonts = [scaled_font(widget.font(), factor) for widget in own]
        if factor != 1:
            if self._is_dressed:
                self._app.setStyleSheet("")  # a widget with a sheet does not follow the program's font
            self._app.setFont(scaled_font(self._system_font, self._text_percent / 100))
        if self._is_dressed:
            self._app.setStyleSheet(style_sheet(self.colors))
        for widget, font in zip(own, fonts, strict=True):
            widget.setFont(font)

    def _apply(self) -> None:
        dark = self._scheme is Scheme.DARK or (
            self._scheme is Scheme.SYSTEM and QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        )
        self.colors = DARK if dark else LIGHT
        self._app.setPalette(_palette(self.colors))
        if self._is_dressed:
            self._dress_again()
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


def column_side(viewport: int, line_height: float) -> int:
    """Pixels beside messages and composer: on a wide screen they stay together in the middle."""
    scale = max(1.0, line_height / REFERENCE_LINE)
    return max(round(2 * SPACING * scale), (viewport - round(_WIDEST_COLUMN * scale)) // 2)


def scaled_font(font: QFont, factor: float = 1.0, bold: bool = False) -> QFont:
    """A font relative to the one the user chose for the system, in points or pixels as that one is."""
    result = QFont(font)
    if font.pointSizeF() > 0:
        result.setPointSizeF(font.pointSizeF() * factor)
    else:
        result.setPixelSize(max(1, round(font.pixelSize() * factor)))
    if bold:
        result.setWeight(QFont.Weight.DemiBold)
    return result


def fixed_font(font: QFont) -> QFont:
    """The system's font for code, as large as this one."""
    result = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    if font.pointSizeF() > 0:
        result.setPointSizeF(font.pointSizeF())
    else:
        result.setPixelSize(font.pixelSize())
    return result
