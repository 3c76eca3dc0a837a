"""One JSON object per line: name, value, unit, baseline, ratio; where a goal is named: goal, met."""

import json


def report(
    name: str,
    value: float,
    unit: str,
    *,
    baseline: float | None = None,
    goal: float | None = None,
    goal_is_ratio: bool = False,
    note: str = "",
) -> None:
    """`goal` is the most the value (or, with `goal_is_ratio`, value / baseline) may be."""
    line: dict[str, object] = {"name": name, "value": round(value, 3), "unit": unit}
    ratio = None
    if baseline is not None:
        ratio = value / baseline if baseline else float("inf")
        line |= {"baseline": round(baseline, 3), "ratio": round(ratio, 3)}
    if goal is not None:
        measured = ratio if goal_is_ratio and ratio is not None else value
        line |= {"goal": goal, "met": measured <= goal}
    if note:
        line["note"] = note
    print(json.dumps(line), flush=True)
