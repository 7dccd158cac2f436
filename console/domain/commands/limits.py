"""Commands about limits: extend one before it is due, hand over the asking (W-19, D-32)."""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.clock import Clock
from console.domain.commands.command import WORKERS, Command, Situation
from console.domain.facts import Draft
from console.domain.fields import DateTime, Text
from console.domain.refusal import RefusedError
from console.domain.words import Instant, L, M, Named


def extend(situation: Situation) -> Iterable[Draft]:
    """A new limit the customer was told of before the old one was due. The original stays
    on record; after due there is only a new promise, and the breach stays."""
    case, args = situation.case, situation.args
    clock = _clock(situation, args["timer"])
    timer = clock.timer
    allowed = situation.actor.key == case.assignee or situation.actor.has("shift_lead")
    if case.assignee and not allowed:
        raise RefusedError(
            timer.rule or timer.key,
            M(
                "Only the person who was given the case, {who}, extends its limits.",
                who=Named(case.assignee),
            ),
            M("Ask them; a shift lead may do it in their absence."),
            timer.clause,
        )
    if not timer.extendable:
        raise RefusedError(
            timer.rule or timer.key,
            M("{timer} can never be extended.", timer=timer.label),
            M("Keep it, or make the customer a promise; the limit itself stays."),
            timer.clause,
        )
    told = args.get("told")
    if told is None:
        raise RefusedError(
            timer.rule or timer.key,
            M("A limit is extended only after the customer was told."),
            M("Tell them, then add told=HH:MM."),
            timer.clause,
        )
    if clock.due is not None and told > clock.due:
        raise RefusedError(
            timer.rule or timer.key,
            M(
                "{timer} was due {due}: too late to extend it.",
                timer=timer.label,
                due=Instant(clock.due),
            ),
            M("Make the customer a new promise; the breach stays on record."),
            timer.clause,
        )
    if clock.due is None or args["due"] <= clock.due:
        raise RefusedError(
            timer.rule or timer.key,
            M("An extension lies after the limit it extends."),
            M("Give a later time."),
            timer.clause,
        )
    body = {
        "timer": timer.key,
        "number": clock.number,
        "due": args["due"],
        "original": clock.original,
        "reason": args["reason"],
        "told": told,
        "channel": args.get("channel") or "phone",
    }
    yield Draft(case.subject, "timer_extended", body)


def _clock(situation: Situation, named: str) -> Clock:
    running = [c for c in situation.case.running() if named in (c.key, c.timer.rule)]
    if not running:
        keys = ", ".join(c.key for c in situation.case.running()) or "–"
        raise RefusedError(
            "timer",
            M("No limit “{timer}” is running here.", timer=named),
            M("Running limits: {keys}.", keys=keys),
        )
    return running[0]


COMMANDS = (
    Command(
        "extend",
        L("延长时限", "extend a limit"),
        "case",
        extend,
        (
            Text(key="case", label=L("工单", "case"), required="intake"),
            Text(key="timer", label=L("时限", "limit"), required="intake"),
            DateTime(key="due", label=L("新时限", "new limit"), required="intake"),
            Text(key="reason", label=L("理由", "reason"), required="intake"),
            DateTime(key="told", label=L("告知客户时间", "customer told at")),
            Text(key="channel", label=L("方式", "channel")),
        ),
        WORKERS,
        clause="003 Art.11(2)",
        words=("延期",),
    ),
)
