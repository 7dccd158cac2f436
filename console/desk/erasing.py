"""Erasing a customer's personal data, on request or when their time has come.

What is erased is gone from the journal, the projections and the drafts; that it was, by
whom, why, and which facts, stays for ever and keeps `console verify` able to tell an erasure
from a forgery. Cases still open are never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from console.desk.answers import Answers, Who
from console.desk.tracing import Traces, must_be_closed, traces_of
from console.desk.world import StoreWorld
from console.domain import erasure
from console.domain.callback import SUBJECT as CALLBACK
from console.domain.case import Case
from console.domain.cleantext import clean
from console.domain.decision import Decision, Stamp, settle
from console.domain.erasure import ERASED
from console.domain.facts import Draft, Fact
from console.domain.fields import TEXT_LIMIT
from console.domain.permissions import demand
from console.domain.refusal import RefusedError
from console.domain.words import M
from console.store.drafts import Drafts, Kept
from console.store.journal import digest_of_rest, written
from console.store.writing import Writing


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased, or would be: cases, calls, other cases and calls that mention the
    number, and how many facts and drafts. See `Traces` for `left` and `recordings`."""

    cases: tuple[int, ...] = ()
    calls: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    facts: int = 0
    drafts: int = 0
    left: tuple[int, ...] = ()
    recordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of the facts of a subject: bodies by sequence number. `whole` when
    everything personal goes, not only a number that is spelled out somewhere."""

    subject: str
    whole: bool
    bodies: Mapping[int, str]


def permitted(desk: Answers, who: Who) -> None:
    """Raise RefusedError for somebody who may not erase."""
    demand("erase", desk.actor(who))


def would_erase(desk: Answers, number: str, who: Who) -> Erasure:
    """What erasing a number would take, nothing written. Raises RefusedError."""
    permitted(desk, who)
    found = traces_of(desk, number)
    return _told(found, _rests(desk.world(desk.store), found))


def erase(desk: Answers, number: str, reason: str, who: Who) -> Erasure:
    """Erase what is known of a number. Raises RefusedError while a case or call of it is
    open, for a number nobody knows, and without a reason."""
    permitted(desk, who)
    return carry_out(desk, traces_of(desk, number), reason, who)


def carry_out(desk: Answers, found: Traces, reason: str, who: Who) -> Erasure:
    """Erase traces in one transaction. Raises RefusedError when a case was reopened since."""
    reason = clean(reason, TEXT_LIMIT).strip()
    if not reason:
        raise RefusedError(
            "erase", M("Erasing needs a reason."), M("Add --reason: who asked for it, and when.")
        )
    with desk.store.writing() as tx:
        world = desk.world(tx)
        for number in found.cases:
            must_be_closed(world.case(number))
        rests = _rests(world, found)
        for rest in rests:
            for seq, body in rest.bodies.items():
                tx.erase(seq, rest.subject, body)
        decision = _journal(desk, tx, rests, reason, who)
        for key in found.debts:
            tx.drop_watch(f"{CALLBACK}:{key}")
        _fold_anew(tx, decision)
    desk.store.settle()
    _drop_drafts(desk, found.drafts)
    return _told(found, rests)


def _rests(world: StoreWorld, found: Traces) -> list[Rest]:
    """What is left of every fact concerned, where that is not all of it."""
    rests = []
    for subject in found.subjects():
        facts = world.facts(subject)
        about = _renamed(subject, facts)
        bodies = {
            fact.seq: written(body)
            for fact, body in zip(facts, _left(world, subject, facts), strict=True)
            if fact.kind != ERASED and (about != subject or body != fact.body)
        }
        rests.append(Rest(about, True, bodies))
    for subject, seqs in found.mentions.items():
        assert found.spelled is not None
        told = [fact for fact in world.facts(subject) if fact.seq in seqs]
        bodies = {fact.seq: written(erasure.without(fact.body, found.spelled)) for fact in told}
        rests.append(Rest(subject, False, bodies))
    return rests


def _left(world: StoreWorld, subject: str, facts: list[Fact]) -> Iterable[Mapping[str, Any]]:
    kind, _, key = subject.partition(":")
    if kind == "case":
        empty = Case(int(key), world.rulebook, world.reckoner)
        return erasure.left_of_case(empty, facts)
    return erasure.left_of_others(facts, world.rulebook)


def _renamed(subject: str, facts: list[Fact]) -> str:
    """A debt is kept under the number itself; afterwards under one of its own."""
    kind = subject.partition(":")[0]
    return f"{kind}:{ERASED}-{facts[0].seq}" if kind == CALLBACK and facts else subject


def _journal(desk: Answers, tx: Writing, rests: list[Rest], reason: str, who: Who) -> Decision:
    """Write down, under each subject, what was erased and what is left instead."""
    now, actor = desk.now(), desk.actor(who, tx)
    drafts = []
    for rest in rests:
        told = {str(seq): digest_of_rest(rest.subject, body) for seq, body in rest.bodies.items()}
        drafts.append(
            Draft(rest.subject, ERASED, {"reason": reason, "all": rest.whole, "facts": told})
        )
    seq, previous = tx.head()
    decision = settle(drafts, desk.world(tx), Stamp(actor, who.seat, now, now, seq + 1))
    tx.append(decision.facts, previous)
    return decision


def _fold_anew(tx: Writing, decision: Decision) -> None:
    for case in decision.cases.values():
        tx.put_case(case, case.filled_since(0))
        tx.put_outbox(case, case.notices)
    for call in decision.calls.values():
        tx.put_call(call)
    for watch in decision.watches.values():
        tx.put_watch(watch)


def _drop_drafts(desk: Answers, unwanted: list[Kept]) -> None:
    if not unwanted:
        return
    drafts = Drafts(desk.store.directory)
    try:
        drafts.erase(unwanted)
    finally:
        drafts.close()


def _told(found: Traces, rests: list[Rest]) -> Erasure:
    return Erasure(
        tuple(found.cases),
        tuple(found.calls),
        tuple(found.mentions),
        sum(len(rest.bodies) for rest in rests),
        len(found.drafts),
        tuple(found.left),
        tuple(found.recordings),
    )
