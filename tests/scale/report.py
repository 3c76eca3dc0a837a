"""The table of the loads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

HEAD = (
    ("server", 16), ("people", 6), ("deliv/s", 7), ("p50 ms", 7), ("p95 ms", 7), ("p99 ms", 7), ("max ms", 7),
    ("errors", 6), ("lost", 4), ("double", 6), ("MB/sess", 7), ("CPU ms/s/sess", 13),
    ("server MB", 9), ("server CPU %", 12),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One load. `cpu_percent` by program, of one core; unknown where programs were killed meanwhile."""

    name: str
    result: Mapping[str, Any]
    cpu_percent: dict[str, float]
    memory_mb: dict[str, float]
    is_whole: bool

    @classmethod
    def of(
        cls,
        name: str,
        result: Mapping[str, Any],
        cpu: Mapping[str, float],
        memory: dict[str, float],
        *,
        is_whole: bool,
    ) -> Self:
        percent = {part: 100 * used / result["seconds"] for part, used in cpu.items()}
        return cls(name, result, percent, memory, is_whole)

    def cells(self) -> list[str]:
        result = self.result
        cpu = f"{sum(self.cpu_percent.values()):.0f}" if self.is_whole else "-"
        values = [self.name, result["people"], result["delivered_per_s"]]
        values += [result[f"{which}_ms"] for which in ("p50", "p95", "p99", "max")]
        values += [sum(result["errors"].values()), result["lost"], result["doubled"]]
        values += [result["session_mb"], result["session_cpu_ms_per_s"], f"{sum(self.memory_mb.values()):.0f}", cpu]
        return [str(value) for value in values]


def table(rows: list[Row]) -> str:
    lines = ["  ".join(title.rjust(width) for title, width in HEAD)]
    for row in rows:
        lines.append("  ".join(cell.rjust(width) for cell, (_, width) in zip(row.cells(), HEAD, strict=True)))
    lines.append("Server, CPU in % of one core and memory in MB, by program:")
    for row in rows:
        parts = (
            f"{part} {row.cpu_percent[part]:.0f} % {row.memory_mb[part]:.0f} MB" if row.is_whole else part
            for part in row.memory_mb
        )
        lines.append(f"  {row.name}: {', '.join(parts)}")
    return "\n".join(lines)
