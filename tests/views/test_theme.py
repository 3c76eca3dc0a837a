"""Both palettes can be read: 4.5:1 for every text role on every ground it stands on (WCAG 2.1, 1.4.3)."""

import pytest
from msgspec.structs import asdict
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from chatdesk.views.avatars import _ON_AVATAR
from chatdesk.views.palettes import DARK, LIGHT, Colors
from chatdesk.views.style_sheet import style_sheet
from chatdesk.views.theme import Scheme, Theme

_GROUNDS = (
    "window",
    "sidebar",
    "raised",
    "own_bubble",
    "other_bubble",
    "for_me_bubble",
    "selected",
    "hover",
    "warning_ground",
)
_TEXTS = ("text", "muted", "accent", "error", "ok")


def _luminance(color: str) -> float:
    parts = [channel / 255 for channel in QColor(color).getRgb()[:3]]  # type: ignore[index]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", _TEXTS)
@pytest.mark.parametrize("ground", _GROUNDS)
def test_every_text_can_be_read_on_every_ground(colors: Colors, text: str, ground: str) -> None:
    assert contrast(getattr(colors, text), getattr(colors, ground)) >= 4.5


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_text_on_coloured_grounds(colors: Colors) -> None:
    assert contrast(colors.on_accent, colors.accent) >= 4.5
    assert contrast(colors.window, colors.muted) >= 4.5  # the count of mere activity
    for avatar in colors.avatars:
        assert contrast(_ON_AVATAR, avatar) >= 4.5


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["window", "sidebar", "raised"])
def test_fields_and_the_focus_ring_are_seen(colors: Colors, ground: str) -> None:
    """3:1 for what shows where one can type and where the keyboard is (1.4.11)."""
    assert contrast(colors.field_border, getattr(colors, ground)) >= 3
    assert contrast(colors.accent, getattr(colors, ground)) >= 3


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_takes_every_colour_from_the_palette(colors: Colors) -> None:
    sheet = style_sheet(colors)
    assert "{{" not in sheet
    own = {value for value in asdict(colors).values() if isinstance(value, str)}
    used = {word.strip(";,") for word in sheet.split() if word.startswith("#")}
    assert used <= own
    assert used


def test_changing_the_scheme_changes_everything(theme: Theme, qapp: QApplication) -> None:
    told: list[bool] = []
    theme.changed.connect(lambda: told.append(theme.colors.is_dark))
    theme.set_scheme(Scheme.DARK)
    assert told == [True]
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    assert DARK.accent in qapp.styleSheet()
    theme.set_scheme(Scheme.LIGHT)
    assert LIGHT.accent in qapp.styleSheet()
    assert DARK.accent not in qapp.styleSheet()
