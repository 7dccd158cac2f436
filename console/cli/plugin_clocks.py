"""`console plugin clocks`: when every limit of a plugin would be due, day after day."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from console.cli.context import Context
from console.cli.output import DONE, REFUSED
from console.cli.plugin import report
from console.cli.plugin_places import find, unknown
from console.domain.facts import Fact
from console.domain.moments import local_time, parse_moment
from console.domain.patterns import On
from console.domain.reckoning import Reckoning
from console.domain.refusal import RefusedError
from console.domain.rulebook import OwnedTimer, Rulebook
from console.domain.rules import Line
from console.domain.words import L, M
from console.installation import calendar_shelf
from console.plugins.contribution import Contribution
from console.plugins.dropin import load
from console.plugins.house import HOUSE
from console.plugins.lines import lines_of
from console.plugins.simulation import line_of
from console.plugins.trial import Trial
from console.plugins.unfit import UnfitError

MOST_DAYS = 400
WEEKDAYS = (
    L("周一", "Mon"),
    L("周二", "Tue"),
    L("周三", "Wed"),
    L("周四", "Thu"),
    L("周五", "Fri"),
    L("周六", "Sat"),
    L("周日", "Sun"),
)


def show(context: Context, options: argparse.Namespace) -> int:
    """One row per day: the limits started then, each with its due."""
    place = find(context, options.plugin)
    if place is None:
        return unknown(context, options.plugin)
    first = _first_day(options.since)
    days = min(max(options.days, 1), MOST_DAYS)
    try:
        brings = _brings(place.path, place.name, place.is_shipped)
    except UnfitError as unfit:
        report(context, place, Trial([unfit.finding]))
        return REFUSED
    timers = list(_timers(brings))
    starts = [_start(first + timedelta(days=n), options.time) for n in range(days)]
    reckoner = Reckoning(calendar_shelf(context.directory).calendar)
    rows = [(at, [_due(reckoner, timer, at) for timer in timers]) for at in starts]
    _print(context, timers, rows)
    return DONE


def _brings(path: Path, name: str, shipped: bool) -> Contribution:
    return Contribution(lines_of(name)) if shipped else load(path)


def _timers(brings: Contribution) -> Iterator[OwnedTimer]:
    """The limits a plugin adds, each with the line and the calendar it belongs to."""
    for line in brings.lines:
        yield from _of(line, "")
        for division in line.divisions:
            yield from (one for one in _of(line, division.key) if one.line.endswith("/"))
    for added in brings.divisions.values():
        for division in added:
            line, _ = line_of(brings, division.key)
            yield from (one for one in _of(line, division.key) if one.line.endswith("/"))


def _of(line: Line, division: str) -> list[OwnedTimer]:
    rules = Rulebook([line], HOUSE).rules(line.key, division)
    return [one for one in rules.timers if one.line.rstrip("/") == line.key]


def _due(reckoner: Reckoning, owned: OwnedTimer, at: int) -> int | None:
    """When a limit started at a moment is due; None for one that has no instant by itself."""
    if owned.timer.length.unit == "promise":
        return None
    start: On = owned.starts[0] if owned.starts else On("")
    return reckoner.due(owned, Fact(1, at, at, "", "", "case:0", start.kind, {}), []).at


def _print(
    context: Context, timers: list[OwnedTimer], rows: list[tuple[int, list[int | None]]]
) -> None:
    output = context.output()
    if output.as_json:
        output.data(
            [
                {
                    "started": _moment(at),
                    "due": dict(zip(_names(timers), map(_moment, dues), strict=True)),
                }
                for at, dues in rows
            ]
        )
        return
    say = output.speech.say
    lines = [
        (
            say(M("begun")),
            *(
                f"{name} {one.timer.within}"
                for name, one in zip(_names(timers), timers, strict=True)
            ),
        )
    ]
    for at, dues in rows:
        lines.append((_spoken(say, at), *(_spoken(say, due) if due else "–" for due in dues)))
    output.table(lines)


def _names(timers: list[OwnedTimer]) -> list[str]:
    return [owned.timer.key for owned in timers]


def _spoken(say: object, at: int) -> str:
    assert callable(say)
    local = local_time(at)
    return f"{say(WEEKDAYS[local.weekday()])} {local:%m-%d %H:%M}"


def _moment(at: int | None) -> str | None:
    return None if at is None else f"{local_time(at):%Y-%m-%d %H:%M}"


def _first_day(written: str | None) -> date:
    try:
        return date.fromisoformat(written) if written else date.today()
    except ValueError:
        raise RefusedError(
            "from", M("“{typed}” is not a date.", typed=written), M("Write 2026-02-10.")
        ) from None


def _start(day: date, time: str) -> int:
    try:
        return parse_moment(f"{day} {time}", 0)
    except ValueError:
        raise RefusedError(
            "time", M("“{typed}” is not a time of day.", typed=time), M("Write 16:40.")
        ) from None
