"""Every sign the code names is there, is drawn, and takes the colour asked for."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

import chatdesk.views
from chatdesk.resources import resources
from chatdesk.views.avatars import avatar_color, initials
from chatdesk.views.icons import DIRECTED, app_icon, pixmap
from chatdesk.views.palettes import DARK, LIGHT
from chatdesk.views.theme import Scheme, Theme
from chatdesk.views.widgets import IconButton

_NAMES = sorted(path.stem for path in (resources() / "icons").glob("*.svg"))


def _colors(image: QImage) -> set[str]:
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {color.name() for color in pixels if color.alpha() == 255}


@pytest.mark.parametrize("name", [name for name in _NAMES if name != "chatdesk"])
def test_a_sign_is_drawn_in_the_colour_asked_for(qapp: QApplication, name: str) -> None:
    assert _colors(pixmap(name, "#ff0000", 48).toImage()) == {"#ff0000"}


def test_sizes_follow_the_screen(qapp: QApplication) -> None:
    sharp = pixmap("send", "#000000", 20, 2.0)
    assert (sharp.width(), sharp.devicePixelRatio()) == (40, 2.0)


def test_signs_with_a_direction_follow_the_reader(qapp: QApplication) -> None:
    for name in _NAMES:
        plain, other = pixmap(name, "#000000", 48).toImage(), pixmap(name, "#000000", 48, is_rtl=True).toImage()
        if name in DIRECTED:
            assert other != plain
            assert other.size() == plain.size()
        else:
            assert other == plain


def test_a_button_turns_its_sign_with_the_window(qapp: QApplication) -> None:
    theme = Theme(qapp, Scheme.LIGHT)
    window = QWidget()
    button = IconButton(theme, "send", "Send", "sendButton", window)
    before = button.icon().pixmap(24).toImage()
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    turned = button.icon().pixmap(24).toImage()
    size = button.iconSize().width()
    assert (
        turned == pixmap("send", theme.colors.muted, size, button.devicePixelRatioF(), is_rtl=True).toImage() != before
    )
    window.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert button.icon().pixmap(24).toImage() == before
    window.deleteLater()
    theme.deleteLater()


def test_every_sign_the_views_name_exists() -> None:
    sources = [path.read_text("utf-8") for path in Path(next(iter(chatdesk.views.__path__))).glob("*.py")]
    named = {
        match for source in sources for match in re.findall(r'(?:IconButton|EmptyState)\(\s*\w*theme, "(\w+)"', source)
    } | {match for source in sources for match in re.findall(r'(?:icon|pixmap)\(\s*"(\w+)"', source)}
    assert len(named) > 10
    assert named <= set(_NAMES)


def test_the_app_icon_has_the_usual_sizes(qapp: QApplication) -> None:
    assert {size.width() for size in app_icon().availableSizes()} >= {16, 32, 48, 128}


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ann", "A"),
        ("Carla Rossi", "CR"),
        ("anna maria von trapp", "AT"),
        ("李雷", "李"),
        ("مجموعة العائلة", "ما"),
        ("@ben", "B"),
        ("42 things", "T"),
        ("2026", "2"),
        ("🏔️ trip", "T"),
        ("🏔️", "?"),
        ("", "?"),
    ],
)
def test_letters_for_an_avatar(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_person_keeps_its_colour() -> None:
    assert avatar_color("@ben:example.org", LIGHT) == LIGHT.avatars[2]
    assert avatar_color("@ben:example.org", DARK) == DARK.avatars[2]
    assert QColor(avatar_color("", LIGHT)).isValid()


def test_people_of_one_pattern_differ() -> None:
    assert len({avatar_color(f"@person{number}:example.org", LIGHT) for number in range(32)}) > 5
