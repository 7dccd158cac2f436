"""Folding the journal into its projections anew: after an upgrade that lays them down in
another way, and after a restore. `console verify` folds by the same functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from console.desk.answers import Answers
from console.desk.world import watch_of
from console.desk.writing import PERSON_FACTS, person_after
from console.domain import bulletin as bulletins
from console.domain import call as calls
from console.domain import case as cases
from console.domain import watch as watches
from console.domain.call import Call
from console.domain.case import Case
from console.domain.decision import WATCHED
from console.domain.facts import Fact
from console.domain.outbox import pending
from console.domain.people import Person
from console.domain.watch import Watch
from console.store import checking
from console.store.journal import fact_of
from console.store.reading import Reading
from console.store.writing import Writing

FORMAT = "4"
"""How projections are laid down. Raised with every change to what a row holds, so that a
store an earlier console wrote is folded anew when it is next opened."""

PROJECTED = "projected"
"""What the store remembers of it."""

Folded = TypeVar("Folded")


def bring_up_to_date(desk: Answers) -> None:
    """Fold everything anew where another console laid the projections down."""
    if desk.store.meta(PROJECTED) == FORMAT:
        return
    with desk.store.writing() as tx:
        if tx.meta(PROJECTED) != FORMAT:
            refold(desk, tx)


def refold(desk: Answers, tx: Writing) -> None:
    """Lay down every projection as the journal says. What makes no sense any more is left
    out; `console verify` names it."""
    tx.clear_projections()
    for _, case in folded(tx, "case", lambda key, facts: case_of(desk, key, facts)):
        if case is not None:
            tx.put_case(case, case.filled_since(0))
            tx.put_outbox(case, case.notices)
            tx.put_outbox(case, pending(case))
    for _, bulletin in folded(tx, bulletins.SUBJECT, bulletins.fold):
        if bulletin is not None:
            tx.put_outbox(bulletin, pending(bulletin))
    for _, call in folded(tx, "call", call_of):
        if call is not None:
            tx.put_call(call)
    for kind in WATCHED:
        for _, watch in folded(tx, kind, lambda key, facts: watch_as(desk, key, facts)):
            if watch is not None:
                tx.put_watch(watch)
    for _, found in folded(tx, "person", person_of):
        if found is not None and found[1]:
            tx.put_person(*found)
    tx.put_meta(PROJECTED, FORMAT)


def folded(
    reading: Reading, kind: str, fold: Callable[[str, list[Fact]], Folded]
) -> Iterator[tuple[str, Folded | None]]:
    """Every subject of a kind by its key; None where its facts make no sense any more."""
    for subject, records in checking.subjects(reading.connection, kind):
        made: Folded | None
        try:
            made = fold(subject.partition(":")[2], [fact_of(record) for record in records])
        except Exception:
            # Whatever somebody wrote into the journal, folding goes on to the end.
            made = None
        yield subject.partition(":")[2], made


def case_of(desk: Answers, key: str, facts: list[Fact]) -> Case:
    return cases.fold(int(key), facts, desk.rulebook, desk.reckoner)


def call_of(key: str, facts: list[Fact]) -> Call:
    return calls.fold(key, facts)


def watch_as(desk: Answers, key: str, facts: list[Fact]) -> Watch:
    """The watched thing facts are about."""
    return watches.fold(watch_of(facts[0].subject, desk.rulebook, desk.reckoner), facts)


def person_of(key: str, facts: list[Fact]) -> tuple[Person, int]:
    """A person and the fact that last changed them; 0 when none did."""
    person, version = Person(key, key), 0
    for fact in facts:
        if fact.kind in PERSON_FACTS:
            person, version = person_after(person, fact), fact.seq
    return person, version
