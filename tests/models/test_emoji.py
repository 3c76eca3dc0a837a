"""Emoji by name, code and group, in English and Chinese."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from chatdesk.models import emoji
from chatdesk.models.emoji import EmojiGroup
from chatdesk.models.emoji_list import EmojiListModel
from chatdesk.models.settings import MOST_RECENT_EMOJI, Preferences, SettingsModel


def _symbols(term: str) -> list[str]:
    return [found.symbol for found in emoji.search(term)]


def test_all_groups_are_filled_and_every_emoji_has_names_and_a_code() -> None:
    assert len(emoji.all_emoji()) > 1_800
    assert all(emoji.of_group(group) for group in EmojiGroup)
    assert all(each.english and each.codes for each in emoji.all_emoji())
    assert sum(not each.chinese for each in emoji.all_emoji()) < 20


def test_the_search_puts_the_closest_first() -> None:
    assert _symbols("heart")[0] == "\u2764\ufe0f"
    assert _symbols("+1")[0].startswith("\U0001f44d")
    assert _symbols("Thumb")[0].startswith("\U0001f44d")
    assert _symbols("grinning cat")[:2] == ["\U0001f63a", "\U0001f638"]
    assert _symbols("挥手")[0] == "\U0001f44b"
    assert _symbols("no such thing") == []
    assert _symbols("  ") == []


def test_codes_complete_by_their_start_and_by_the_start_of_each_word() -> None:
    codes = [code for code, _ in emoji.complete("smi", 8)]
    assert codes[0] == "smile"
    assert len(codes) == 8
    assert any(code == "thumbsup" for code, _ in emoji.complete("THUMBS", 8))
    assert ("sweat_smile" in [code for code, _ in emoji.complete("smile", 40)]) is True
    found = emoji.by_code("Tada")
    assert found is not None and found.symbol == "\U0001f389"
    assert emoji.by_code("nonsense") is None


def test_a_symbol_is_known_in_every_tone_and_without_its_variation_sign() -> None:
    wave = emoji.find("\U0001f44b\U0001f3fd")
    assert wave is not None and wave.symbol == "\U0001f44b"
    assert wave.toned(3) == "\U0001f44b\U0001f3fd"
    assert wave.toned(0) == wave.symbol
    heart = emoji.find("\u2764")
    assert heart is not None and heart.code == ":heart:"
    assert heart.toned(3) == heart.symbol


def test_the_list_shows_groups_recent_ones_and_hits(qapp: QApplication) -> None:
    model = EmojiListModel()
    model.show_group(EmojiGroup.FOOD)
    assert model.rowCount() == len(emoji.of_group(EmojiGroup.FOOD))
    model.show_recent(("\U0001f44b\U0001f3fd", "not an emoji", "\u2764"))
    assert [shown.symbol for shown in model.items] == ["\U0001f44b\U0001f3fd", "\u2764"]
    model.show_hits("wave")
    model.set_tone(5)
    assert model.index(0).data() == "\U0001f44b\U0001f3ff"
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "waving hand"
    chinese = EmojiListModel(is_chinese=True)
    chinese.show_hits("wave")
    assert chinese.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "挥手"


def test_the_settings_remember_the_newest(qapp: QApplication) -> None:
    settings = SettingsModel(Preferences(recent_emoji=tuple(str(number) for number in range(MOST_RECENT_EMOJI))))
    settings.note_emoji("3")
    assert settings.preferences.recent_emoji[:3] == ("3", "0", "1")
    settings.note_emoji("new")
    assert settings.preferences.recent_emoji[0] == "new"
    assert len(settings.preferences.recent_emoji) == MOST_RECENT_EMOJI
