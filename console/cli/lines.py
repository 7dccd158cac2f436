"""`console show lines`: how the telephone lines are."""

from __future__ import annotations

from typing import Any

from console.cli.context import Context
from console.cli.output import DONE
from console.desk.line_status import STATES, LineStatus
from console.domain.moments import iso
from console.domain.words import Instant, M, Message


def show(context: Context) -> int:
    desk, output = context.desk, context.output()
    found = desk.lines()
    if output.as_json:
        output.data([line_data(line, desk.config.zone) for line in found])
        return DONE
    if not found:
        output.line(M("No telephone line is configured (phone.toml)."))
    for line in found:
        output.line(_head(line))
        output.line(_counts(line), 2)
        for words in (line.problem, line.remedy):
            if words is not None:
                output.line(words, 2)
    return DONE


def line_data(line: LineStatus, zone: str) -> dict[str, Any]:
    """A line for programs. Instants are null for never."""

    def moment(at: int) -> str | None:
        return iso(at, zone) if at else None

    return {
        "line": line.name,
        "state": line.state,
        "since": moment(line.since),
        "day": line.day,
        "calls": line.calls,
        "last_event": moment(line.last_event),
        "reconnects": line.reconnects,
        "dropped": line.dropped,
        "unwritten": line.unwritten,
        "problem": line.problem,
        "remedy": line.remedy,
    }


def _head(line: LineStatus) -> Message:
    since = Instant(line.since) if line.since else "–"
    return M("{name}  {state} since {since}", name=line.name, state=STATES[line.state], since=since)


def _counts(line: LineStatus) -> Message:
    return M(
        "{calls} calls on {day}, last event {last}; {reconnects} reconnects, {dropped} messages "
        "dropped, {unwritten} events not written",
        calls=line.calls,
        day=line.day or "–",
        last=Instant(line.last_event) if line.last_event else "–",
        reconnects=line.reconnects,
        dropped=line.dropped,
        unwritten=line.unwritten,
    )
