"""`console show handover|roster|owners|reachability` and `console roster`: who is there, who
comes next, and what is left to whom."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from console.cli.context import Context
from console.cli.output import DONE, REFUSED
from console.desk import Who
from console.desk.handover import HandoverItem
from console.desk.reachability import reachability
from console.domain.moments import iso, local_time, parse_moment
from console.domain.periods import span_of
from console.domain.refusal import RefusedError
from console.domain.roster import Roster
from console.domain.words import Duration, L, M, Named

DAYS_SHOWN = 14
KINDS = {"case": L("工单", "case"), "callback": L("回电", "call back")}
STANDINGS = {
    "open": L("未交", "not handed over"),
    "offered": L("待接", "offered"),
    "taken": L("已接", "taken"),
}


def show(context: Context, what: str, key: str) -> int:
    return _VIEWS[what](context, key)


def run(context: Context, options: argparse.Namespace) -> int:
    """`console roster check|import FILE`."""
    output = context.output()
    if not options.file:
        return _roster(context, "")
    try:
        text = Path(options.file).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return output.unusable(
            M("{path} cannot be read: {error}.", path=options.file, error=str(error)),
            M("Save it as UTF-8 text."),
        )
    if options.action == "check":
        return _check(context, text)
    from console.desk.rosters import take_in  # noqa: PLC0415 - only here

    roster = take_in(context.desk, text, context.who)
    output.line(M("The roster names {n} turns now.", n=len(roster.turns)))
    return DONE


def _check(context: Context, text: str) -> int:
    from console.domain import roster  # noqa: PLC0415 - only here

    output, read = context.output(), roster.read(text, context.desk.directory)
    for problem in read.problems:
        output.line(problem)
    if read.problems:
        return REFUSED
    output.line(M("{n} turns, nothing wrong.", n=len(read.turns)))
    return DONE


def _handover(context: Context, key: str) -> int:
    """What somebody looks after and would leave to the next shift, red lines first."""
    output, desk = context.output(), context.desk
    person = desk.actor(Who(key)) if key else desk.actor(context.who)
    items = desk.handover(person.key)
    if output.as_json:
        output.data([_item_data(item, output.speech.zone) for item in items])
        return DONE
    if not items:
        output.line(M("Nothing to hand over."))
    rows = [
        (
            "!" if item.red else "",
            output.speech.say(KINDS[item.kind]),
            item.key if item.kind == "case" else context.viewer.number(item.key),
            item.about,
            output.speech.say(STANDINGS[standing(item)]),
            output.speech.say(Named(item.to)) if item.to else "",
        )
        for item in items
    ]
    output.table(rows)
    return DONE


def standing(item: HandoverItem) -> str:
    """Whether a line of the list was taken, waits for an answer, or was not handed over."""
    if item.taken:
        return "taken"
    return "offered" if item.to else "open"


def _item_data(item: HandoverItem, zone: str) -> dict[str, Any]:
    clocks = [
        {"timer": clock.key, "level": clock.level, "due": iso(clock.due, zone) if clock.due else ""}
        for clock in item.clocks
    ]
    return {
        "kind": item.kind,
        "key": item.key,
        "about": item.about,
        "red": item.red,
        "to": item.to,
        "standing": standing(item),
        "clocks": clocks,
    }


def _roster(context: Context, _key: str) -> int:
    """The turns of the next two weeks, and the days off nobody is named for."""
    output, desk = context.output(), context.desk
    today = local_time(context.moment, desk.config.zone).date()
    roster: Roster = desk.roster
    turns = [
        turn for turn in roster.turns if today <= turn.day <= today + timedelta(days=DAYS_SHOWN)
    ]
    if output.as_json:
        output.data(
            [
                {
                    "date": turn.day.isoformat(),
                    "from": turn.start.isoformat("minutes"),
                    "to": turn.end.isoformat("minutes"),
                    "seat": turn.seat,
                    "person": turn.person,
                    "phone": turn.phone,
                }
                for turn in turns
            ]
        )
        return DONE
    output.table(
        [
            (
                turn.day.isoformat(),
                f"{turn.start:%H:%M}–{turn.end:%H:%M}",
                turn.seat,
                desk.directory.name(turn.person),
                turn.phone,
            )
            for turn in turns
        ]
    )
    for warning in desk.roster_warnings(context.moment):
        output.line(warning)
    return DONE


def _owners(context: Context, _key: str) -> int:
    """Who owns open cases, those who have left or are at no seat first (W-04)."""
    output, desk = context.output(), context.desk
    present = {one.person for one in desk.present()}
    active = {person.key for person in desk.people() if person.active}
    rows = sorted(
        ((key in active, key in present, -count, key) for key, count in desk.owned().items())
    )
    if output.as_json:
        output.data(
            [
                {"person": key, "owns": -owns, "active": here, "present": seated}
                for here, seated, owns, key in rows
            ]
        )
        return DONE
    words = {
        (False, False): L("已离职", "has left"),
        (False, True): L("已离职", "has left"),
        (True, False): L("不在席", "at no seat"),
        (True, True): L("在席", "at a seat"),
    }
    output.table(
        [
            (desk.directory.name(key), str(-owns), output.speech.say(words[here, seated]))
            for here, seated, owns, key in rows
        ]
    )
    return DONE


def _reachability(context: Context, key: str) -> int:
    """Who could not be reached in a month (`key`, default: this one)."""
    output, desk = context.output(), context.desk
    zone = desk.config.zone
    month = key or f"{local_time(context.moment, zone):%Y-%m}"
    try:
        first, last = span_of(month)
    except ValueError:
        raise RefusedError(
            "month", M("“{typed}” is no month.", typed=month), M("Write 2026-05.")
        ) from None
    start = parse_moment(f"{first.isoformat()} 00:00", 0, zone)
    end = parse_moment(f"{last.isoformat()} 24:00", 0, zone)
    rows = reachability(desk, start, end)
    if output.as_json:
        output.data(rows)
        return DONE
    if not rows:
        output.line(M("Everybody could be reached."))
    for row in rows:
        output.line(
            M(
                "{who}: {n} attempts in vain, over an hour {times} times, at longest {longest}",
                who=Named(row.person),
                n=row.attempts,
                times=row.unreached,
                longest=Duration(row.longest),
            )
        )
    return DONE


_VIEWS: dict[str, Callable[[Context, str], int]] = {
    "handover": _handover,
    "roster": _roster,
    "owners": _owners,
    "reachability": _reachability,
}
