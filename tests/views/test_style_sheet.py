"""The style sheet: the files it names are there, and their colours are the palette's."""

import re
from pathlib import Path

import pytest

from chatdesk.views.palettes import DARK, LIGHT, Colors
from chatdesk.views.style_sheet import style_sheet


@pytest.mark.parametrize("colors", [LIGHT, DARK])
def test_the_signs_of_controls(colors: Colors) -> None:
    paths = {path.stem.split("-")[0]: path for path in map(Path, re.findall(r'url\("(.+?)"\)', style_sheet(colors)))}
    assert paths.keys() == {"tick", "dot", "arrow"}
    assert f'stroke="{colors.on_accent}"' in paths["tick"].read_text()
    assert f'fill="{colors.accent}"' in paths["dot"].read_text()
    assert paths["arrow"].is_file()
