"""From a command to facts: permission, decision, gates, consequences. Pure.

The desk calls `decide` inside its write transaction to act, and outside it to preview:
the same fold, nothing appended.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.domain import bulletin, callback, gates, raising, seat_watch
from console.domain.bulletin import Bulletin
from console.domain.call import Call
from console.domain.case import Case
from console.domain.commands.command import Command, Situation, World
from console.domain.facts import Draft, Fact
from console.domain.fields import Choice, Flag
from console.domain.people import SYSTEM, Person
from console.domain.permission import Permission, demand
from console.domain.permissions import PERMISSIONS, settling
from console.domain.permissions_on_cases import SETTLING
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
    bulletins: dict[str, Bulletin] = field(default_factory=dict)


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

    def cause_of(self, fact: Fact) -> int:
        """What the notices of a fact come from: the fact itself; of what time alone did, the
        first fact of that instant, so that limits broken together are told of together."""
        return self.next_seq if self.actor is SYSTEM else fact.seq


def decide(command: Command, situation: Situation, stamp: Stamp) -> Decision:
    """The facts of a command. Raises RefusedError, in which case nothing happens."""
    permit(command, situation)
    drafts = list(command.decide(situation))
    return settle(drafts, situation.world, stamp)


def permit(command: Command, situation: Situation) -> None:
    """Raise RefusedError when the actor may not give the command (rulebook §5.2), or the
    line forbids it. Whoever a rule names besides, the command itself finds out."""
    actor, case = situation.actor, situation.about_case
    permission = taken_by(command, case)
    if permission.holder is None:
        demand(permission, actor, case.attributes if case is not None else None, command.label)
    if case is None:
        return
    if not (case.is_open or command.name in ("reopen", "note") or _outlives(case, situation)):
        raise RefusedError("closed", M("This case is closed."), M("Reopen it first."))
    for forbid in case.rules.forbids:
        if forbid.command != command.name or actor.has(*forbid.except_roles):
            continue
        if forbid.if_ is not None and not forbid.if_.holds(case.attributes):
            continue
        if all(situation.args.get(key) in values for key, values in forbid.argument.items()):
            raise RefusedError(forbid.command, forbid.reason, forbid.remedy, forbid.clause)


def taken_by(command: Command, case: Case | None) -> Permission:
    """The permission a command takes, as the line of the case has it."""
    found = PERMISSIONS[command.permission]
    if case is None or SETTLING not in (command.permission, command.on_complaint):
        return found
    category = case.rules.settling(case.attributes)
    if category is None or category.settled_by is None:
        return found
    return settling(category.settled_by, category.clause)


def _outlives(case: Case, situation: Situation) -> bool:
    """Whether the act or the form it is about goes on after a case was closed."""
    act = case.rules.acts.get(situation.args.get("act", ""))
    form = case.rules.forms.get(situation.args.get("form", ""))
    return any(rule is not None and rule.after_close for rule in (act, form))


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
            before, ticked = case.rules, _ticked(case.attributes)
            case.apply(fact)
            if before.line.key == UNCLASSIFIED and case.rules is not before:
                waiting[:0] = _told_late(case, world, stamp)
            waiting[:0] = _flags_set(case, fact, ticked)
            cause, told = stamp.cause_of(fact), case.told()
            waiting[:0] = raising.raised(
                case.rules, fact, case.attributes, world.recipients, cause, told
            )
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
        elif kind == bulletin.SUBJECT:
            told_of = decision.bulletins.setdefault(draft.subject, world.bulletin(key))
            told_of.apply(fact)
    return decision


def _told_late(case: Case, world: World, stamp: Stamp) -> list[Draft]:
    """Notices of the rules a case has just come under, for what happened before: whoever
    has to know of a quality accident must be told though the line was named only later."""
    told = case.told()
    drafts: list[Draft] = []
    for fact in case.this_cycle()[:-1]:
        for draft in raising.raised(
            case.rules, fact, case.attributes, world.recipients, fact.seq, told, stamp.at
        ):
            if draft.body["notice"] not in told:
                told.add(draft.body["notice"])
                drafts.append(Draft(draft.subject, draft.kind, draft.body))
    return drafts


def _ticked(attributes: Mapping[str, Any]) -> set[str]:
    return {key for key, value in attributes.items() if value is True}


def _flags_set(case: Case, fact: Fact, ticked: set[str]) -> list[Draft]:
    """A flag that is ticked is a fact of its own: clocks and notices start with it. `ticked`
    is what was ticked before, so that those that tick themselves are told of once."""
    itself = (key for key in case.rules.derived if case.value(key) is True and key not in ticked)
    flags = dict.fromkeys((*_filled_flags(case, fact), *itself))
    drafts = [Draft(fact.subject, "flag_set", {"flag": flag}, fact.at) for flag in flags]
    fields = (case.rules.fields.get(flag) for flag in flags)
    severity = max((f.severity for f in fields if isinstance(f, Flag)), default=0)
    if severity > case.attributes["severity"]:
        drafts.append(Draft(fact.subject, "severity_raised", {"severity": severity}, fact.at))
    return drafts


def _filled_flags(case: Case, fact: Fact) -> list[str]:
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
    return flags


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
