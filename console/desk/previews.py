"""Old and new due instants of a command that was only tried."""

from __future__ import annotations

from console.desk.outcome import DueLine, Preview
from console.domain.case import Case
from console.domain.clock import Clock
from console.domain.decision import Decision
from console.domain.notices import RAISED, WRITTEN, NoticeRow
from console.domain.words import Label

Snapshot = dict[tuple[tuple[str, str], int, int], tuple[int | None, bool, bool]]


def snapshot(case: Case | None) -> Snapshot:
    """What the clocks of a case show before the command."""
    if case is None:
        return {}
    return {_identity(c): (c.due, c.running, c.dropped is not None) for c in case.clocks}


def compare(before: Snapshot, decision: Decision) -> Preview:
    """The effect of a decision on clocks, notices and state."""
    dues: list[DueLine] = []
    rows: list[NoticeRow] = []
    state: Label | str = ""
    for case in decision.cases.values():
        for clock in case.clocks:
            line = _line(clock, before.get(_identity(clock)))
            if line is not None:
                dues.append(line)
        rows += _new_notices(case, decision)
        state = case.rules.state_label(case.state)
    return Preview(tuple(decision.facts), tuple(dues), tuple(rows), state)


def _line(clock: Clock, old: tuple[int | None, bool, bool] | None) -> DueLine | None:
    due, running, _ = old if old is not None else (None, False, False)
    if old is None:
        change = "started"
    elif running and not clock.running:
        change = "dropped" if clock.dropped is not None else "stopped"
    elif not running and not clock.running:
        return None
    else:
        change = "unchanged" if due == clock.due else "moved"
    timer = clock.timer
    return DueLine(timer.key, timer.label, timer.rule, timer.clause, due, clock.due, change)


def _identity(clock: Clock) -> tuple[tuple[str, str], int, int]:
    return (clock.owned.key, clock.number, clock.cycle)


def _new_notices(case: Case, decision: Decision) -> list[NoticeRow]:
    """The rows the decision added; earlier ones of the same notice are not news."""
    mine = (fact for fact in decision.facts if fact.subject == case.subject)
    added = {str(fact.seq) for fact in mine if fact.kind in (RAISED, WRITTEN)}
    return [row for row in case.notices if row.key.partition(".")[0] in added]
