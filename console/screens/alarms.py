"""When the clocks of somebody's cases turn amber or are broken: what the bell is for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from console.domain.board import BoardClock, BoardRow
from console.widgets.countdown import NEVER, state_of

KINDS = {"amber": "amber", "overdue": "breach", "breached": "breach"}
"""States of a clock that call for somebody, and what the call is named."""

_Clock = tuple[int, str, int]
"""A clock of a case: the case, the clock's key, when it began."""


def concerns(row: BoardRow, person: str) -> bool:
    """Whose clocks they are: of whoever looks after the case, works on it or follows it."""
    return person in (row.custodian or row.owner, row.assignee, row.tracker)


class Alarms:
    """The clocks of one person's cases, and how each stood when it was last looked at."""

    def __init__(self) -> None:
        self._person = ""
        self._rows: dict[int, BoardRow] = {}
        self._known: dict[_Clock, str] = {}
        self.wake = NEVER

    def begin(self, rows: Iterable[BoardRow], person: str, now: int) -> None:
        """Start with a person and all open cases: how they stand is no news."""
        self._person = person
        self._rows = {row.case: row for row in rows if concerns(row, person)}
        self._known = {}
        self.look(now)

    def patch(self, changed: Mapping[int, BoardRow | None]) -> None:
        """Cases changed; None for one that is closed."""
        for case, row in changed.items():
            if row is not None and concerns(row, self._person):
                self._rows[case] = row
            else:
                self._rows.pop(case, None)

    def look(self, now: int) -> set[str]:
        """What has come about since the last look: `amber`, `breach`. A clock that is seen
        for the first time is no news either."""
        before, self._known = self._known, {}
        turned: set[str] = set()
        self.wake = NEVER
        for row in self._rows.values():
            for clock in row.clocks:
                key = (row.case, clock.key, clock.started)
                kind = KINDS.get(state_of(clock, now), "")
                if kind and before.get(key, kind) != kind:
                    turned.add(kind)
                self._known[key] = kind
                self.wake = min(self.wake, _next_turn(clock, now))
        return turned


def _next_turn(clock: BoardClock, now: int) -> int:
    turns = (clock.amber, None if clock.due is None else clock.due + 1)
    return min((at for at in turns if at is not None and at > now), default=NEVER)
