"""What happens because time passes: a limit turns amber, is broken, is asked about again;
somebody who has to know something now is told again, or somebody else is.

The worker calls this; the facts say when each moment was (`at`) and when it was noticed
(`recorded`), which differ after an outage.
"""

from __future__ import annotations

from console.desk.answers import Answers
from console.desk.world import StoreWorld
from console.desk.writing import write
from console.domain import escalation
from console.domain.case import Case
from console.domain.clock import Clock
from console.domain.decision import Stamp, settle
from console.domain.facts import Draft, Fact
from console.domain.lengths import parse_length
from console.domain.people import SYSTEM
from console.domain.watch import Watch


def note_next(desk: Answers, until: int) -> list[Fact]:
    """Journal the earliest moment of any case that has come by `until` (UTC seconds), with
    the notices it causes. -> the facts, empty when nothing is due."""
    with desk.store.writing() as tx:
        due = tx.due_by(until, 1)
        if not due:
            return []
        subject, at = due[0]
        world = desk.world(tx)
        holder = _holder(world, subject)
        drafts = _drafts(holder, at, until)
        if isinstance(holder, Case):
            drafts += escalation.steps(holder, at, until, world.recipients)
        stamp = Stamp(SYSTEM, "", at, desk.now(), tx.last_seq() + 1)
        decision = settle(drafts, world, stamp)
        write(tx, decision)
    return decision.facts


def _holder(world: StoreWorld, subject: str) -> Case | Watch:
    kind, _, key = subject.partition(":")
    return world.case(int(key)) if kind == "case" else world.watch(subject)


def _drafts(holder: Case | Watch, at: int, until: int) -> list[Draft]:
    drafts = []
    for clock in holder.clocks:
        if clock.period_end() == at:
            body = {"timer": clock.key, "number": clock.number}
            drafts.append(Draft(holder.subject, "timer_recurred", body, at))
        elif clock.next_moment() == at:
            draft = _draft(holder.subject, clock, at, until)
            drafts.append(draft)
            if draft.kind == "timer_breached" and clock.timer.on_breach:
                body = {"timer": clock.key, "rule": clock.timer.rule}
                drafts.append(Draft(holder.subject, clock.timer.on_breach, body, at))
    return drafts


def _draft(subject: str, clock: Clock, at: int, until: int) -> Draft:
    body = {"timer": clock.key, "number": clock.number, "level": clock.timer.level}
    if clock.due is not None:
        body["due"] = clock.due
    if clock.noted is not None:
        return Draft(subject, "timer_asked", body, _last_question(clock, at, until))
    breach = clock.breach_at()
    kind = "timer_breached" if breach is not None and at >= breach else "timer_warned"
    return Draft(subject, kind, body, at)


def _last_question(clock: Clock, first: int, until: int) -> int:
    """After an outage only the latest of the missed questions is asked: one, not a flood."""
    every = parse_length(clock.timer.ask_every).amount
    return first + (until - first) // every * every
