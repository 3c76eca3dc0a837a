#!/usr/bin/env python3
"""Make resources/emoji/emoji.json anew from the npm package emojibase-data (MIT; names from Unicode's CLDR).

    npm pack emojibase-data && tar xzf emojibase-data-*.tgz && packaging/emoji-data.py package

Needed only when a new version of Unicode brings new emoji. One line per emoji, in Unicode's order:
[emoji, group, English name, English words, Chinese name, Chinese words, [codes], [five skin tones or nothing]].
"""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

COMPONENTS = 2
"""Emojibase's group of skin tones and hair: parts, not emoji of their own."""
TONES = range(1, 6)
CODES = ("github", "emojibase", "joypixels")
"""Whose names between colons are understood; of several the first is shown."""


def main(package: Path) -> None:
    english = _read(package / "en/data.json")
    chinese = {entry["hexcode"]: entry for entry in _read(package / "zh/data.json")}
    books = [_read(package / f"en/shortcodes/{name}.json") for name in CODES]
    rows = [
        _row(entry, chinese.get(entry["hexcode"], {}), books)
        for entry in sorted(english, key=lambda entry: int(entry.get("order", 0)))
        if entry.get("group", COMPONENTS) != COMPONENTS
    ]
    target = Path(__file__).parent.parent / "resources/emoji"
    target.mkdir(exist_ok=True)
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    (target / "emoji.json").write_text(f"[\n{lines}\n]\n", "utf-8")
    shutil.copyfile(package / "LICENSE", target / "LICENSE-emojibase")
    version = _read(package / "package.json")["version"]
    sys.stdout.write(f"{len(rows)} emoji of emojibase-data {version}\n")


def _row(entry: dict[str, Any], chinese: dict[str, Any], books: list[dict[str, Any]]) -> list[object]:
    codes: dict[str, None] = {}
    for book in books:
        known = book.get(entry["hexcode"], ())
        codes.update(dict.fromkeys((known,) if isinstance(known, str) else known))
    skins = {skin["tone"]: skin["emoji"] for skin in entry.get("skins", ()) if isinstance(skin["tone"], int)}
    group = entry["group"] - (entry["group"] > COMPONENTS)
    return [
        entry["emoji"],
        group,
        entry["label"],
        " ".join(entry.get("tags", ())),
        chinese.get("label", ""),
        " ".join(chinese.get("tags", ())),
        list(codes),
        [skins[tone] for tone in TONES] if skins else [],
    ]


def _read(path: Path) -> Any:
    return json.loads(path.read_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
