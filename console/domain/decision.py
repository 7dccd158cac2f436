"""From a command to facts: permission, decision, gates, consequences. Pure.

The desk calls `decide` inside its write transaction to act, and outside it to preview:
the same fold, nothing appended.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.domain import callback, gates, notices, seat_watch
from console.domain.call import Call
from console.domain.case import Case
from console.domain.commands.command import Command, Situation, World
from console.domain.facts import Draft, Fact
from console.domain.fields import Choice, Flag
from console.domain.people import Person
from console.domain.refusal import RefusedError
from console.domain.rulebook import UNCLASSIFIED
from console.domain.watch import Watch
from console.domain.words import M

WATCHED = (callback.SUBJECT, seat_watch.SUBJECT)


@dataclass(slots=True)
class Decision:
    """The facts a command leads to, and every case and call they touch, already folded."""

    facts: list[Fact] = field(default_factory=list)
    cases: dict[str, Case] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    watches: dict[str, Watch] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who writes, from which seat, when: what every fact of one decision shares.

    `at` is the instant the command speaks of, `recorded` the real one (UTC seconds);
    `next_seq` is the sequence number the first fact will get.
    """

    actor: Person
    seat: str
    at: int
    recorded: int
    next_seq: int


def decide(command: Command, situation: Situation, stamp: Stamp) -> Decision:
    """The facts of a command. Raises RefusedError, in which case nothing happens."""
    permit(command, situation)
    drafts = list(command.decide(situation))
    return settle(drafts, situation.world, stamp)


def permit(command: Command, situation: Situation) -> None:
    """Raise RefusedError when the actor's roles do not allow the command (rulebook §5.2)."""
    actor = situation.actor
    if command.roles and not actor.has(*command.roles):
        raise RefusedError(
            command.name,
            M("Your role does not allow: {command}.", command=command.label),
            M("Ask somebody who may, or have an administrator change your roles."),
            command.clause or "rulebook 5.2",
        )
    case = situation.about_case
    if case is None:
        return
    if not case.is_open and command.name not in ("reopen", "note"):
        raise RefusedError("closed", M("This case is closed."), M("Reopen it first."))
    for forbid in case.rules.forbids:
        if forbid.command != command.name or actor.has(*forbid.except_roles):
            continue
        if forbid.if_ is not None and not forbid.if_.holds(case.attributes):
            continue
        if all(situation.args.get(key) in values for key, values in forbid.argument.items()):
            raise RefusedError(forbid.command, forbid.reason, forbid.remedy, forbid.clause)


def settle(drafts: Iterable[Draft], world: World, stamp: Stamp) -> Decision:
    """Fold drafts into facts: gates are checked, and the notices they cause follow them."""
    decision = Decision()
    waiting = list(drafts)
    seq = stamp.next_seq
    while waiting:
        draft = waiting.pop(0)
        kind, _, key = draft.subject.partition(":")
        case = _case(decision, world, draft.subject, key) if kind == "case" else None
        if case is not None:
            gates.check(case, draft, stamp.at)
        fact = _fact(draft, stamp, seq)
        seq += 1
        decision.facts.append(fact)
        if case is not None:
            before = case.rules
            case.apply(fact)
            if before.line.key == UNCLASSIFIED and case.rules is not before:
                waiting[:0] = _told_late(case, world)
            waiting[:0] = _flags_set(case, fact)
            caused = notices.raised(
                case.rules, fact, case.attributes, world.directory.resolve, case.told()
            )
            waiting[:0] = caused
        elif kind == "call":
            call = decision.calls.get(draft.subject)
            if call is None:
                call = decision.calls[draft.subject] = world.call(key)
            call.apply(fact)
        elif kind in WATCHED:
            watch = decision.watches.get(draft.subject)
            if watch is None:
                watch = decision.watches[draft.subject] = world.watch(draft.subject)
            watch.apply(fact)
    return decision


def _told_late(case: Case, world: World) -> list[Draft]:
    """Notices of the rules a case has just come under, for what happened before: whoever
    has to know of a quality accident must be told though the line was named only later."""
    told = case.told()
    drafts: list[Draft] = []
    for fact in case.this_cycle()[:-1]:
        raised = notices.raised(case.rules, fact, case.attributes, world.directory.resolve, told)
        for draft in raised:
            if draft.body["notice"] not in told:
                told.add(draft.body["notice"])
                drafts.append(Draft(draft.subject, draft.kind, draft.body))
    return drafts


def _flags_set(case: Case, fact: Fact) -> list[Draft]:
    """A flag that is ticked is a fact of its own: clocks and notices start with it."""
    if fact.kind != "filled":
        return []
    before = fact.body.get("was", {})
    flags: list[str] = []
    for key, value in fact.body["values"].items():
        field = case.rules.fields.get(key)
        if isinstance(field, Flag) and value is True and before.get(key) is not True:
            flags.append(key)
        elif isinstance(field, Choice) and field.flagging:
            flags += [one for one in _chosen(value) if one not in _chosen(before.get(key))]
    return [Draft(fact.subject, "flag_set", {"flag": flag}, fact.at) for flag in flags]


def _chosen(value: Any) -> list[str]:
    """The values of a choice, of one or of several."""
    if isinstance(value, str):
        return [value] if value else []
    return list(value or ())


def _case(decision: Decision, world: World, subject: str, key: str) -> Case:
    case = decision.cases.get(subject)
    if case is None:
        case = decision.cases[subject] = world.case(int(key))
    return case


def _fact(draft: Draft, stamp: Stamp, seq: int) -> Fact:
    body: Mapping[str, Any] = draft.body
    at = stamp.at if draft.at is None else draft.at
    return Fact(
        seq, at, stamp.recorded, stamp.actor.key, stamp.seat, draft.subject, draft.kind, body
    )
