"""The rows of the board in the order they are shown, found by case number.

Pure. A row that changes is taken out and put in where it now belongs by bisection, so a
change costs the same with fifty open cases and with five thousand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping

from console.domain.board import BoardRow

Urgency = tuple[int, int]
"""The place of a row: an instant, or an order of magnitude beyond any, and the case number."""

_AFTER_EVERY_DUE = 1 << 40


def urgency(row: BoardRow) -> Urgency:
    """The place of a row on the board, worst first; distinct for every case.

    An obligation to act at once ranks as if it had been due when it began; one without
    any number comes after all that have one, oldest first.
    """
    if not row.clocks:
        return 2 * _AFTER_EVERY_DUE, row.case
    worst = row.clocks[0]
    if worst.due is not None:
        return worst.due, row.case
    if worst.level == "now":
        return worst.started, row.case
    return _AFTER_EVERY_DUE + worst.started, row.case


class RowList:
    """Rows sorted by `order`, which must be distinct for every case."""

    def __init__(self, order: Callable[[BoardRow], Urgency] = urgency) -> None:
        self._order = order
        self._rows: list[BoardRow] = []
        self._places: list[Urgency] = []
        self._place_of: dict[int, Urgency] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> BoardRow:
        return self._rows[index]

    def between(self, start: int, stop: int) -> list[BoardRow]:
        """The rows on the lines from `start` up to, not including, `stop`."""
        return self._rows[max(0, start) : max(0, stop)]

    def index_of(self, case: int) -> int | None:
        """The line of a case, None when it has none."""
        place = self._place_of.get(case)
        return None if place is None else bisect_left(self._places, place)

    def replace(self, rows: Iterable[BoardRow]) -> None:
        """Show these rows instead of all others."""
        self._rows = sorted(rows, key=self._order)
        self._places = [self._order(row) for row in self._rows]
        self._place_of = {
            row.case: place for row, place in zip(self._rows, self._places, strict=True)
        }

    def patch(self, changed: Mapping[int, BoardRow | None]) -> None:
        """Replace, add, or (None) remove single cases."""
        for case, row in changed.items():
            index = self.index_of(case)
            if index is not None:
                del self._rows[index], self._places[index], self._place_of[case]
            if row is not None:
                place = self._order(row)
                index = bisect_left(self._places, place)
                self._rows.insert(index, row)
                self._places.insert(index, place)
                self._place_of[case] = place
