"""Laying down a decision: facts into the journal, folds into the projections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from console.domain.decision import Decision
from console.domain.people import Person
from console.store.writing import Writing

PERSON_FACTS = frozenset(("person_added", "person_changed"))
"""What changes a person. That they signed on, or somebody failed to, does not."""


def write(tx: Writing, decision: Decision) -> None:
    """Append the facts of a decision and update every projection they touch."""
    if not decision.facts:
        return
    first = decision.facts[0].seq
    tx.append(decision.facts, tx.head()[1])
    for case in decision.cases.values():
        tx.put_case(case, case.filled_since(first))
    for call in decision.calls.values():
        tx.put_call(call)
    for watch in decision.watches.values():
        tx.put_watch(watch)
    for fact in decision.facts:
        if fact.kind in PERSON_FACTS:
            _put_person(tx, fact.subject.partition(":")[2], fact.body, fact.seq)


def _put_person(tx: Writing, key: str, body: Mapping[str, Any], seq: int) -> None:
    known = next((p for p in tx.people() if p.key == key), Person(key, key))
    tx.put_person(person_after(known, body), seq)


def person_after(person: Person, body: Mapping[str, Any]) -> Person:
    """A person after a fact about them."""
    return Person(
        key=person.key,
        name=body.get("name", person.name),
        roles=frozenset(body.get("roles", person.roles)),
        phone=body.get("phone", person.phone),
        extension=body.get("extension", person.extension),
        active=body.get("active", person.active),
    )
