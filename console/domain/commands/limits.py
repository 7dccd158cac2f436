"""Commands about limits: extend one before it is due, hand over the asking (W-19, D-32)."""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.case import Case
from console.domain.clock import Clock
from console.domain.commands.command import Command, Situation
from console.domain.facts import Draft
from console.domain.fields import DateTime, Text
from console.domain.people import Person
from console.domain.refusal import RefusedError
from console.domain.words import Instant, L, M, choices


def extend(situation: Situation) -> Iterable[Draft]:
    """A new limit the customer was told of before the old one was due. The original stays
    on record; after due there is only a new promise, and the breach stays."""
    case, args = situation.case, situation.args
    clock = _clock(situation, args["timer"])
    timer = clock.timer
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


def hand_over_asking(situation: Situation) -> Iterable[Draft]:
    """From now on the tracker looks after what was asked again and again: the operator is
    asked no more, the limit goes on (D-32)."""
    case = situation.case
    asked = [c for c in case.running() if c.timer.ask_every and not c.handed_over]
    if not asked:
        raise RefusedError(
            "D-32", M("Nothing is being asked here again and again."), M("See its limits: why.")
        )
    timer, tracker = asked[0].timer, str(case.value("tracker"))
    if not tracker:
        raise RefusedError(
            timer.rule or timer.key,
            M("Nobody tracks this case who could go on asking."),
            M("Name the support engineer first (track)."),
            timer.clause,
        )
    body = {"timer": timer.key, "number": asked[0].number, "tracker": tracker}
    yield Draft(case.subject, "asking_handed_over", body)


def is_asked(case: Case, _actor: Person) -> bool:
    return any(c.noted is not None and c.next_question() is not None for c in case.running())


def _clock(situation: Situation, named: str) -> Clock:
    running = [c for c in situation.case.running() if named in (c.key, c.timer.rule)]
    if not running:
        keys = choices(c.timer for c in situation.case.running())
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
        permission="extend",
        clause="003 Art.11(2)",
        words=("延期",),
    ),
    Command(
        "hand_over_asking",
        L("交技术支持跟进", "leave the asking to support"),
        "case",
        hand_over_asking,
        (Text(key="case", label=L("工单", "case"), required="intake"),),
        permission="verify",
        clause="000 III.3.1.4b",
        words=("交技术支持",),
        suits=is_asked,
    ),
)
