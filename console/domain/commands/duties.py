"""Commands about duties: what recurs without a case is done, or a meeting is moved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from console.domain.commands.command import Command, Situation
from console.domain.facts import Draft
from console.domain.fields import Date, LongText, Text
from console.domain.permission import ask
from console.domain.permissions import PERMISSIONS, may
from console.domain.refusal import RefusedError
from console.domain.schedule import REACH, OwnedDuty, Planned, filler_of, parts_of, waiting_for
from console.domain.words import Instant, L, M, Named


def do_duty(situation: Situation) -> Iterable[Draft]:
    """Somebody did what recurs. It is done once, by whom the rule names or by a leader."""
    planned = _planned(situation)
    duty, args = planned.owned.duty, situation.args
    part = _part(situation, planned)
    _permit(situation, planned, part)
    _not_twice(planned, part)
    if duty.meeting and situation.at < planned.occurrence.due:
        raise _refused(
            planned,
            M("The meeting begins {at}.", at=Instant(planned.occurrence.due)),
            M("Take it down once it was held, or move it with move_duty."),
        )
    if duty.evidence is not None and not args.get("evidence"):
        raise _refused(
            planned,
            M("{duty} needs: {evidence}.", duty=duty.label, evidence=duty.evidence),
            M("Add evidence=…."),
        )
    body: dict[str, Any] = {key: args[key] for key in ("evidence", "note") if args.get(key)}
    if part:
        body["part"] = part
    world = situation.world
    without = waiting_for(planned, world.schedule, world.directory, world.facts)
    if without:
        body["without"] = list(without)
    yield Draft(planned.subject, "duty_done", body)


def move_duty(situation: Situation) -> Iterable[Draft]:
    """A meeting gets another date. Everything else keeps the date the rule gives (D-09)."""
    planned = _planned(situation)
    duty = planned.owned.duty
    _permit(situation, planned, "")
    if not duty.meeting:
        raise _refused(
            planned,
            M("{duty} keeps its date; only meetings are moved.", duty=duty.label),
            M("Do it on the working day before; the console calls it to mind then."),
            "rulebook D-09",
        )
    _not_twice(planned, "")
    day = date.fromisoformat(situation.args["to"])
    _check_date(situation, planned, day)
    body = {
        "to": day.isoformat(),
        "from": planned.occurrence.day.isoformat(),
        "reason": situation.args["reason"],
    }
    yield Draft(planned.subject, "duty_moved", body)


def _planned(situation: Situation) -> Planned:
    """The occurrence that was named. Raises RefusedError."""
    world = situation.world
    owned = world.schedule.known(situation.args["duty"])
    if not owned.dated:
        raise _undated(owned)
    period = situation.args["period"]
    try:
        planned = world.schedule.find(owned, period, world.facts)
    except ValueError:
        planned = None
    if planned is None:
        raise RefusedError(
            owned.key,
            M("{duty} does not come up in “{period}”.", duty=owned.duty.label, period=period),
            M("`console show duties` lists the periods, such as 2026-05 or 2026-W19."),
            owned.duty.clause,
        )
    return planned


def _undated(owned: OwnedDuty) -> RefusedError:
    return RefusedError(
        owned.key,
        M("Nobody has said yet on which dates {duty} falls.", duty=owned.duty.label),
        M(
            'Write one of them into [duties] of console.toml: "{key}" = "2026-01-07 19:00".',
            key=owned.key,
        ),
        owned.duty.clause,
    )


def _part(situation: Situation, planned: Planned) -> str:
    """Which part was done; "" for the whole. Raises RefusedError."""
    parts = parts_of(situation.world.directory, planned.owned.duty)
    typed = str(situation.args.get("part") or "")
    if typed in parts or (not parts and not typed):
        return typed
    if parts:
        remedy = M("Add part=…, one of {parts}.", parts=", ".join(parts))
    else:
        remedy = M("Leave part out: it is done as a whole.")
    raise _refused(planned, M("Which part of {duty}?", duty=planned.owned.duty.label), remedy)


def _permit(situation: Situation, planned: Planned, part: str) -> None:
    actor = situation.actor
    filler = filler_of(situation.world.directory, planned.owned, part)
    named = filler == actor.key or (not filler and may("work", actor))
    if may("do_duty", actor, holds=named):
        return
    raise _refused(
        planned,
        M(
            "{duty} is the duty of {person}.",
            duty=planned.owned.duty.label,
            person=Named(filler),
        ),
        ask(PERMISSIONS["do_duty"]),
    )


def _not_twice(planned: Planned, part: str) -> None:
    done = planned.record.done.get(part) or planned.record.done.get("")
    if done is not None:
        raise _refused(
            planned,
            M("Done already {at} by {who}.", at=Instant(done.at), who=Named(done.actor)),
            M("There is nothing left to do."),
        )


def _check_date(situation: Situation, planned: Planned, day: date) -> None:
    world, owned = situation.world, planned.owned
    today = world.schedule.date_at(owned, situation.at)
    original = planned.moved_from or planned.occurrence.day
    if day <= today:
        raise _refused(
            planned,
            M("{day} is not later than today.", day=day.isoformat()),
            M("Give a day that is still to come."),
        )
    if abs(day - original) > REACH:
        raise _refused(
            planned,
            M("{day} is more than {days} days off.", day=day.isoformat(), days=REACH.days),
            M("Give a day nearer to {day}.", day=original.isoformat()),
        )
    if day == planned.occurrence.day:
        raise _refused(planned, M("It is on that day already."), M("Give the day it is moved to."))
    moved = world.schedule.on(planned, day)
    if moved.clash:
        proposal = moved.proposal.isoformat() if moved.proposal else "–"
        raise _refused(
            planned,
            M("{day} is a rest day.", day=day.isoformat()),
            M("A working day near it is {day}.", day=proposal),
        )


def _refused(planned: Planned, message: Any, remedy: Any, clause: str = "") -> RefusedError:
    duty = planned.owned.duty
    return RefusedError(duty.rule or planned.owned.key, message, remedy, clause or duty.clause)


_DUTY = Text(key="duty", label=L("例行事项", "duty"), required="intake", example="acme.weekly_pack")
_PERIOD = Text(key="period", label=L("期间", "period"), required="intake", example="2026-05")

COMMANDS = (
    Command(
        "do_duty",
        L("完成例行事项", "take down a duty as done"),
        "nothing",
        do_duty,
        (
            _DUTY,
            _PERIOD,
            Text(key="evidence", label=L("凭据", "evidence")),
            Text(key="part", label=L("分项", "part")),
            LongText(key="note", label=L("备注", "note")),
        ),
        permission="do_duty",
        words=("例行完成",),
    ),
    Command(
        "move_duty",
        L("会议改期", "move a meeting"),
        "nothing",
        move_duty,
        (
            _DUTY,
            _PERIOD,
            Date(key="to", label=L("改到", "to"), required="intake"),
            LongText(key="reason", label=L("原因", "reason"), required="intake"),
        ),
        permission="do_duty",
        words=("会议改期",),
    ),
)
