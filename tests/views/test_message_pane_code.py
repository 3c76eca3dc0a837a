"""Code in messages: what counts as code, and how it is shown."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from chatdesk.views.message_code import CodeText, find_code
from chatdesk.views.message_text import TextBlock
from tests.views.message_pane_setting import Setting
from tests.views.message_samples import message


def _parts(code: CodeText) -> tuple[str, list[str], list[str]]:
    return (
        code.text,
        [code.text[start:end] for start, end in code.inline],
        [code.text[start:end] for start, end in code.blocks],
    )


@pytest.mark.parametrize(
    ("text", "shown", "inline", "blocks"),
    [
        ("plain", "plain", [], []),
        ("use `git add` now", "use git add now", ["git add"], []),
        ("```\na = 1\nb = 2\n```", "a = 1\nb = 2", [], ["a = 1\nb = 2"]),
        ("see\n```python\nx\n```\nand `y`", "see\nx\nand y", ["y"], ["x"]),
        ("```\na `b` c\n```", "a `b` c", [], ["a `b` c"]),
        ("```\nnever closed", "```\nnever closed", [], []),
        ("one ` alone", "one ` alone", [], []),
        ("empty `` and ` `", "empty `` and ` `", [], []),
        ("```\n\n```", "```\n\n```", [], []),
        ("👍 `x`", "👍 x", ["x"], []),
        ("`a\nb`", "`a\nb`", [], []),
    ],
)
def test_what_is_code(text: str, shown: str, inline: list[str], blocks: list[str]) -> None:
    assert _parts(find_code(text)) == (shown, inline, blocks)


@given(st.text(alphabet="`\na b", max_size=40))
def test_ranges_lie_in_the_text_and_only_marks_are_lost(text: str) -> None:
    code = find_code(text)
    ranges = sorted((*code.inline, *code.blocks))
    assert all(0 <= start < end <= len(code.text) for start, end in ranges)
    assert all(one[1] <= other[0] for one, other in pairwise(ranges))
    for letter in "ab":
        assert code.text.count(letter) <= text.count(letter)


def _block(setting: Setting, key: int) -> TextBlock:
    item = setting.layout(key).item_of(0)
    assert item is not None
    assert isinstance(item.block, TextBlock)
    return item.block


def test_code_is_monospaced_on_a_ground_and_has_no_links(qtbot: QtBot) -> None:
    text = "https://example.org\n```\nwww = 'https://example.com'\nMMMM\niiii\n```\nend"
    setting = Setting(qtbot, (message(text, key=1), message("`iiii` and `MMMM`", key=2)))
    block = _block(setting, 1)
    assert "```" not in block.text
    assert [link.address for link in block.links] == ["https://example.org"]
    assert [part.layout.font().fixedPitch() for part in block._parts] == [False, True, False]
    inline = [format_ for part in _block(setting, 2)._parts for format_ in part.layout.formats()]
    assert [format_.format.fontFixedPitch() for format_ in inline] == [True, True]
    ground = setting.item_rect(1)
    image = setting.pane.viewport().grab().toImage()
    middle = ground.top() + 3 * ground.height() // 5
    bubble = setting.theme.colors.color("other_bubble")
    assert image.pixelColor(ground.right(), middle) != bubble
    assert image.pixelColor(ground.right(), ground.top() + 2) == bubble


def test_marking_code_copies_what_is_seen_and_the_menu_what_was_written(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("use `git add` now", key=1),))
    setting.drag(setting.letter(1, 4), setting.letter(1, 11))
    assert setting.pane.selected_text() == "git add"
    assert setting.pane.words.plain(setting.model.message(0)) == "use `git add` now"


def test_code_beside_right_to_left_text(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("مرحبا `code`\n```\nx = 1\ny = 2\n```\nנגמר", key=1),))
    assert _block(setting, 1).text == "مرحبا code\nx = 1\ny = 2\nנגמר"
    setting.show_now()


def test_the_time_stands_below_a_code_block(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("```\nx\n```", key=1),))
    layout = setting.layout(1)
    assert layout.meta.top() >= layout.items[0].rect.bottom()
