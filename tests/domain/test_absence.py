"""Away and back: who says so, for whom, and who stands in."""

from __future__ import annotations

from typing import Any

import pytest

from console.desk.writing import PERSON_FACTS, person_after
from console.domain.facts import Fact
from console.domain.people import Absence, Person
from tests.domain.hotline import HOUR, Hotline, at

NOON, TWO = at("12:00:00"), at("14:00:00")


@pytest.fixture
def hotline() -> Hotline:
    return Hotline()


def after(person: Person, facts: list[Fact]) -> Person:
    for fact in facts:
        assert fact.kind in PERSON_FACTS
        person = person_after(person, fact)
    return person


def test_somebody_says_until_when_they_are_away_and_who_stands_in(hotline: Hotline) -> None:
    [fact] = hotline.do("away", "dai", NOON, until=TWO, deputy="wen")
    assert (fact.subject, fact.kind) == ("person:dai", "person_away")
    assert fact.body == {"until": TWO, "deputy": "wen"}
    dai = after(Person("dai", "代副总"), [fact])
    assert dai.absence == Absence(NOON, TWO, "wen")


def test_back_before_they_said_they_would_be(hotline: Hotline) -> None:
    gone = hotline.do("away", "dai", NOON, until=TWO)
    hotline.directory.add(after(Person("dai", "代副总", frozenset(("signer",))), gone))
    back = hotline.do("back", "dai", NOON + HOUR)
    assert [fact.kind for fact in back] == ["person_back"]
    assert after(Person("dai", "代副总"), [*gone, *back]).absence is None


def test_who_is_here_is_not_back(hotline: Hotline) -> None:
    assert hotline.do("back", "dai", NOON) == []


def test_a_shift_lead_says_so_for_others_and_nobody_else_does(hotline: Hotline) -> None:
    [fact] = hotline.do("away", "boss", NOON, until=TWO, person="tan")
    assert (fact.subject, fact.actor) == ("person:tan", "boss")
    refusal = hotline.refusal("away", "lin", NOON, until=TWO, person="tan")
    assert (refusal.rule, refusal.clause) == ("declare_away", "rulebook D-19")
    assert hotline.refusal("back", "lin", NOON, person="tan").rule == "declare_away"


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ({"until": NOON}, "D-19"),
        ({"until": TWO, "deputy": "dai"}, "D-19"),
        ({"until": TWO, "deputy": "left"}, "D-19"),
        ({"until": TWO, "deputy": "nobody"}, "person"),
    ],
)
def test_what_cannot_be(hotline: Hotline, typed: dict[str, Any], rule: str) -> None:
    hotline.directory.add(Person("left", "走人", active=False))
    assert hotline.refusal("away", "dai", NOON, **typed).rule == rule
    assert hotline.written == []
