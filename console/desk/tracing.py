"""Finding what is known of a customer: their cases, calls and debts, what goes with those,
and sentences elsewhere that spell out their number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from console.desk.answers import Answers
from console.desk.world import StoreWorld
from console.domain import erasure
from console.domain.callback import SUBJECT as CALLBACK
from console.domain.case import Case
from console.domain.cleantext import clean
from console.domain.erasure import MARK
from console.domain.facts import Fact
from console.domain.fields import TEXT_LIMIT
from console.domain.refusal import RefusedError
from console.domain.words import M
from console.store import traces
from console.store.drafts import Drafts, Kept
from console.store.journal import written

SHORTEST_NUMBER = 7
"""Digits below which a number is looked for as a number only, not inside of sentences."""

_OF_CUSTOMERS = ("case", "call", CALLBACK, "row")
"""The subjects that may speak of customers."""


@dataclass(slots=True)
class Traces:
    """What is known of a customer, to be erased: subjects as a whole, and single facts
    elsewhere that spell out the number.

    `left` are open cases that mention it, which stay as they are; `recordings` the files
    calls point to, which the console does not own.
    """

    number: str = ""
    cases: list[int] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    debts: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    mentions: dict[str, list[int]] = field(default_factory=dict)
    drafts: list[Kept] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    recordings: list[str] = field(default_factory=list)
    spelled: re.Pattern[str] | None = None

    def subjects(self) -> list[str]:
        """What is erased as a whole."""
        return [
            *(f"case:{number}" for number in self.cases),
            *(f"call:{key}" for key in self.calls),
            *(f"{CALLBACK}:{key}" for key in self.debts),
            *self.rows,
        ]


def traces_of(desk: Answers, typed: str) -> Traces:
    """What the store knows of a number as typed. Raises RefusedError."""
    from console.domain.numbers import understand  # noqa: PLC0415 - costs 20-40 ms

    number = understand(typed, area_code=desk.config.area_code).e164 or clean(typed, TEXT_LIMIT)
    found = Traces(number)
    if sum(map(str.isdigit, number)) >= SHORTEST_NUMBER:
        found.spelled = erasure.spelled(number)
    connection, world = desk.store.connection, desk.world(desk.store)
    cases = set(traces.cases_of(connection, number)) if number else set()
    calls = set(traces.calls_of(connection, number)) if number else set()
    if found.spelled is not None:
        _look_through(desk, found, cases, calls)
    _refuse_what_lasts(desk, world, number, cases, calls)
    found.cases = sorted(cases)
    calls.update(calls_of_cases(world, found.cases))
    found.calls = sorted(calls)
    if desk.store.load(f"{CALLBACK}:{number}"):
        found.debts.append(number)
    complete(desk, world, found)
    for subject in found.subjects():
        found.mentions.pop(subject, None)
    if not (found.subjects() or found.mentions or found.drafts):
        raise RefusedError(
            "erase",
            M("Nothing is known of {number}.", number=number),
            M("Look it up with `console find`."),
        )
    return found


def complete(desk: Answers, world: StoreWorld, found: Traces) -> None:
    """Add what goes with the cases and calls: imported rows, recordings, drafts."""
    imported = [n for n in found.cases if world.case(n).attributes["channel"] == "platform"]
    if imported:
        found.rows = traces.rows_of(desk.store.connection, imported)
    recordings = (world.call(key).recording for key in found.calls)
    found.recordings = [path for path in recordings if path and path != MARK]
    keys = {f"case:{one}" for one in found.cases} | {f"intake:{one}" for one in found.calls}
    found.drafts = [one for one in _drafts(desk) if one.key in keys or _is_about(one, found)]


def _look_through(desk: Answers, found: Traces, cases: set[int], calls: set[str]) -> None:
    """Go through the whole journal for the number: what is theirs under another one by now,
    calls that hid it, and sentences that spell it out."""
    assert found.spelled is not None
    ending = re.sub(r"\D", "", found.number)[-4:]
    for fact in traces.mentions(desk.store.connection, ending):
        kind, _, key = fact.subject.partition(":")
        text = written(fact.body)
        if kind not in _OF_CUSTOMERS or not found.spelled.search(text):
            continue
        if kind == "case" and _is_their_phone(fact, found.number):
            cases.add(int(key))
        elif kind == "call" and found.number in (fact.body.get("e164"), fact.body.get("number")):
            calls.add(key)
        elif kind == "case" and desk.case(int(key)).is_open:
            found.left.append(int(key))
        else:
            found.mentions.setdefault(fact.subject, []).append(fact.seq)
    found.left = sorted(set(found.left) - cases)


def _is_their_phone(fact: Fact, number: str) -> bool:
    """Whether a fact gives the number as the one to reach the customer of a case under."""
    values = (fact.body.get("values", {}), fact.body.get("was", {}))
    return any(one.get("contact_phone") == number for one in values)


def calls_of_cases(world: StoreWorld, cases: list[int]) -> Iterable[str]:
    """The calls of these cases that no other case still needs."""
    for number in cases:
        for key in world.case(number).calls:
            others = set(world.call(key).cases) - set(cases)
            if all(erasure.is_erased(world.case(other).facts) for other in others):
                yield key


def _refuse_what_lasts(
    desk: Answers, world: StoreWorld, number: str, cases: set[int], calls: set[str]
) -> None:
    for case in sorted(cases):
        must_be_closed(world.case(case))
    for key in calls:
        if world.call(key).live:
            raise RefusedError(
                "erase",
                M("A call of {number} is going on.", number=number),
                M("Wait until it is over."),
            )
    if world.callback(number).open:
        raise RefusedError(
            "erase",
            M("{number} is still owed a call back.", number=number),
            M("Call back, or give it up with a reason (drop_callback)."),
        )


def must_be_closed(case: Case) -> None:
    if case.is_open:
        raise RefusedError(
            "erase",
            M("Case {number} is still open; nothing of it is erased.", number=case.number),
            M("Close it first, then erase."),
        )


def _drafts(desk: Answers) -> list[Kept]:
    drafts = Drafts(desk.store.directory)
    try:
        return drafts.all()
    finally:
        drafts.close()


def _is_about(draft: Kept, found: Traces) -> bool:
    return found.spelled is not None and bool(found.spelled.search(written(dict(draft.values))))
