"""One line of the result: what it took, what the floor took, what is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple


class Row(NamedTuple):
    """A measured budget.

    With a floor, `budget` is the most that `ours / floor` may be; without one, the most
    that `ours` may be in `unit`. `least` turns it round: then it is the least.
    """

    name: str
    ours: float
    unit: str
    budget: float
    floor: float | None = None
    least: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times the floor it took; None without a floor."""
        if self.floor is None:
            return None
        return self.ours / self.floor if self.floor else float("inf")

    @property
    def ok(self) -> bool:
        """Whether the budget is kept."""
        reached = self.ours if self.ratio is None else self.ratio
        return reached >= self.budget if self.least else reached <= self.budget

    def as_data(self) -> dict[str, Any]:
        """The row for a JSON file."""
        return {**self._asdict(), "ratio": self.ratio, "ok": self.ok}


HEADINGS = ("work", "floor", "ours", "unit", "ratio", "budget", "")


def table(rows: Iterable[Row]) -> str:
    """The rows as aligned text; what is over its budget ends in MISS."""
    cells = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    return "\n".join(_line(line, widths) for line in cells)


def _cells(row: Row) -> tuple[str, ...]:
    sign = "≥" if row.least else "≤"
    times = "" if row.ratio is None else "×"
    return (
        row.name,
        "–" if row.floor is None else number(row.floor),
        number(row.ours),
        row.unit,
        "–" if row.ratio is None else f"{row.ratio:.2f}",
        f"{sign} {row.budget:g}{times}",
        "ok" if row.ok else "MISS",
    )


def number(value: float) -> str:
    """About three digits, without an exponent."""
    if value == 0:
        return "0"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    digits = 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 4
    return f"{value:.{digits}f}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    parts = [
        cell.ljust(width) if column in (0, 3, 6) else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(parts).rstrip()
