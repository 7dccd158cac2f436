"""Data whose time has come: what an installation keeps only so many days after closing.

A case loses its customer when it has been closed that long, with its calls; a call that led
to no case when it has been over that long; a debt when nothing has been heard of its number
that long. What a caller is owed, or still has open, is never touched.
"""

from __future__ import annotations

from console.desk import erasing
from console.desk.answers import Answers, Who
from console.desk.tracing import Traces, calls_of_cases, complete
from console.domain.zone import DAY
from console.store import traces

CASES_AT_ONCE = 20
"""Cases erased in one transaction, so that nobody waits."""

REASON = "retention: {days} days"


def due(desk: Answers) -> Traces:
    """What has been kept long enough, the oldest first. Reads whole tables."""
    if not desk.config.retention:
        return Traces()
    moment, connection = desk.now() - desk.config.retention * DAY, desk.store.connection
    return Traces(
        cases=traces.closed_before(connection, moment),
        calls=traces.alone_before(connection, moment),
        debts=traces.quiet_since(connection, moment),
    )


def erase_due(desk: Answers, who: Who) -> int:
    """Erase it, some at a time. -> how many subjects. Raises RefusedError for somebody who
    may not, StoreError."""
    erasing.permitted(desk, who)
    found = due(desk)
    subjects = [*(("cases", one) for one in found.cases), *(("calls", one) for one in found.calls)]
    subjects += [("debts", one) for one in found.debts]
    reason = REASON.format(days=desk.config.retention)
    for begin in range(0, len(subjects), CASES_AT_ONCE):
        some, world = Traces(), desk.world(desk.store)
        for kind, key in subjects[begin : begin + CASES_AT_ONCE]:
            getattr(some, kind).append(key)
        some.calls = sorted({*some.calls, *calls_of_cases(world, some.cases)})
        complete(desk, world, some)
        erasing.carry_out(desk, some, reason, who)
    return len(subjects)
