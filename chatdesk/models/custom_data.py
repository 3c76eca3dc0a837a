"""Whether what was typed as data of a custom element is JSON. Pure, any thread."""

import json
from typing import NoReturn


def json_problem(text: str) -> tuple[int, int] | None:
    """The line and column where this stops being JSON, from 1; None when it is JSON to its end."""
    try:
        json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        return error.lineno, error.colno
    except (ValueError, RecursionError):  # NaN and the like, or nested beyond all use
        return 1, 1
    return None


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)
