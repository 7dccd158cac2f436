"""Laying down a decision: facts into the journal, folds into the projections."""

from __future__ import annotations

from dataclasses import replace

from console.domain.decision import Decision
from console.domain.facts import Fact
from console.domain.keys import Key
from console.domain.outbox import touched
from console.domain.people import Absence, Person
from console.store.writing import Writing

PERSON_FACTS = frozenset(
    ("person_added", "person_changed", "person_away", "person_back", "key_added", "key_removed")
)
"""What changes a person. That they signed on, or somebody failed to, does not."""

_DETAILS = ("name", "phone", "extension", "mail", "im", "quiet", "active")


def write(tx: Writing, decision: Decision) -> None:
    """Append the facts of a decision and update every projection they touch."""
    if not decision.facts:
        return
    first = decision.facts[0].seq
    tx.append(decision.facts, tx.head()[1])
    for case in decision.cases.values():
        tx.put_case(case, case.filled_since(first))
        tx.put_outbox(case, touched(case, decision.facts))
    for bulletin in decision.bulletins.values():
        tx.put_outbox(bulletin, touched(bulletin, decision.facts))
    for call in decision.calls.values():
        tx.put_call(call)
    for watch in decision.watches.values():
        tx.put_watch(watch)
    for fact in decision.facts:
        if fact.kind in PERSON_FACTS:
            _put_person(tx, fact)


def _put_person(tx: Writing, fact: Fact) -> None:
    key = fact.subject.partition(":")[2]
    known = next((p for p in tx.people() if p.key == key), Person(key, key))
    tx.put_person(person_after(known, fact), fact.seq)


def person_after(person: Person, fact: Fact) -> Person:
    """A person after one of `PERSON_FACTS` about them."""
    body = fact.body
    if fact.kind == "key_added":
        kind, _, blob = body["key"].partition(" ")
        key = Key(kind, blob, body["fingerprint"], body["label"])
        return replace(person, keys=(*person.keys, key))
    if fact.kind == "key_removed":
        kept = (key for key in person.keys if key.fingerprint != body["fingerprint"])
        return replace(person, keys=tuple(kept))
    if fact.kind == "person_away":
        return replace(person, absence=Absence(fact.at, body["until"], body.get("deputy", "")))
    if fact.kind == "person_back":
        return replace(person, absence=None)
    told = {name: body[name] for name in _DETAILS if name in body}
    if "skills" in body:
        told["skills"] = frozenset(body["skills"])
    return replace(person, **told, roles=frozenset(body.get("roles", person.roles)))
