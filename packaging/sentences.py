"""The sentences of the core, which knows no Qt, written as calls that Qt's lupdate collects: sentences.py TARGET.

Takes the texts of the errors it raises and of every `Sentence(…)`; what is made of values must be a Sentence, or nobody
could translate it. The system's own reasons ("Permission denied") are added. Needs nothing but Python.
"""

import ast
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

FOLDERS = ("app", "core", "domain", "interchange", "localserver", "matrix", "store")
REASONS = (
    errno.EACCES,
    errno.EBUSY,
    errno.EDQUOT,
    errno.EEXIST,
    errno.EFBIG,
    errno.EINVAL,
    errno.EIO,
    errno.EISDIR,
    errno.ELOOP,
    errno.EMFILE,
    errno.ENAMETOOLONG,
    errno.ENOENT,
    errno.ENOSPC,
    errno.ENOTDIR,
    errno.EPERM,
    errno.EROFS,
)


def main(target: str) -> int:
    trees = {path: ast.parse(path.read_text("utf-8")) for folder in FOLDERS for path in _sources(folder)}
    errors = {"ChatdeskError", "ServerStartError"}
    classes = [node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    for _ in range(6):  # a child may stand before its parent
        errors |= {node.name for node in classes if any(_name(base) in errors for base in node.bases)}
    texts: dict[str, None] = {}
    faults = []
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) in errors | {"Sentence"} and node.args:
                texts |= dict.fromkeys(_literals(node.args[0]))
                if isinstance(node.args[0], ast.JoinedStr):
                    faults.append(f'{path}:{node.lineno}: nobody can translate this: make it Sentence("… {{name}} …")')
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    texts |= dict.fromkeys(os.strerror(number) for number in REASONS)
    lines = (f"QT_TRANSLATE_NOOP('Sentences', {text!r})\n" for text in sorted(texts))
    Path(target).write_text("from PySide6.QtCore import QT_TRANSLATE_NOOP\n" + "".join(lines), "utf-8")
    return 1 if faults else 0


def _sources(folder: str) -> list[Path]:
    return sorted((Path("chatdesk") / folder).rglob("*.py"))


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _literals(node: ast.expr) -> Iterator[str]:
    """The text, or the texts between which an expression chooses."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from _literals(one)
            yield from _literals(other)
        case ast.BoolOp(values=values):
            for value in values:
                yield from _literals(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
