"""When the clocks of somebody's cases turn amber or are broken: what the bell is for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from console.domain.board import BoardClock, BoardRow
from console.widgets.countdown import NEVER, state_of

KINDS = {"amber": "amber", "overdue": "breach", "breached": "breach"}
"""States of a clock that call for somebody, and what the call is named."""


def concerns(row: BoardRow, person: str) -> bool:
    """Whose clocks they are: of whoever looks after the case, works on it or follows it."""
    return person in (row.custodian or row.owner, row.assignee, row.tracker)


class Alarms:
    """The clocks of one person's cases, and how each stood when it was last looked at. A look
    costs what has turned or changed, not what there is."""

    def __init__(self) -> None:
        self._person = ""
        self._rows: dict[int, BoardRow] = {}
        self._known: dict[int, dict[tuple[str, int], str]] = {}
        self._turns: dict[int, int] = {}
        self.wake = NEVER

    def begin(self, rows: Iterable[BoardRow], person: str, now: int) -> None:
        """Start with a person and all open cases: how they stand is no news."""
        self._person = person
        self._rows, self._known, self._turns = {}, {}, {}
        self.patch({row.case: row for row in rows})
        self.look(now)

    def patch(self, changed: Mapping[int, BoardRow | None]) -> None:
        """Cases changed; None for one that is closed."""
        for case, row in changed.items():
            if row is not None and concerns(row, self._person):
                self._rows[case] = row
                self._turns[case] = 0
                self.wake = 0
            else:
                self._rows.pop(case, None)
                self._turns.pop(case, None)
                self._known.pop(case, None)

    def look(self, now: int) -> set[str]:
        """What has come about since the last look: `amber`, `breach`. A clock that is seen
        for the first time is no news either."""
        turned: set[str] = set()
        if now < self.wake:
            return turned
        for case in [case for case, at in self._turns.items() if at <= now]:
            clocks, before = self._rows[case].clocks, self._known.get(case, {})
            known = {(one.key, one.started): _kind(one, now) for one in clocks}
            turned |= {kind for key, kind in known.items() if before.get(key, kind) != kind}
            self._known[case] = known
            self._turns[case] = min((_next_turn(one, now) for one in clocks), default=NEVER)
        self.wake = min(self._turns.values(), default=NEVER)
        return turned - {""}


def _kind(clock: BoardClock, now: int) -> str:
    return KINDS.get(state_of(clock, now), "")


def _next_turn(clock: BoardClock, now: int) -> int:
    turns = (clock.amber, None if clock.due is None else clock.due + 1)
    return min((at for at in turns if at is not None and at > now), default=NEVER)
