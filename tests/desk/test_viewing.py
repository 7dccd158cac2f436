"""Who looked at what: written down once an hour, for what not everybody may see unnoticed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from console.desk import Desk, Who
from console.desk.verification import verify
from console.domain.refusal import RefusedError
from console.installation import open_desk
from tests.installations import OPENING, HandSet

LIN, HE = Who("lin", "s1"), Who("he")


@pytest.fixture
def case(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> int:
    """A case of a sensitive line."""
    line = desk.rulebook.lines["power"]
    monkeypatch.setitem(desk.rulebook.lines, "power", replace(line, sensitive=True))  # type: ignore[arg-type]
    return desk.do("open", {**OPENING, "line": "power"}, LIN).case


def looks(desk: Desk) -> list[tuple[str, int, int, str]]:
    facts = [fact for fact in desk.follow(0, 10_000) if fact.kind == "viewed"]
    return [(fact.subject, fact.body["case"], fact.at, fact.seat) for fact in facts]


def test_it_is_written_down_who_looked(desk: Desk, case: int, now: HandSet) -> None:
    assert desk.viewed(case, LIN)
    assert looks(desk) == [("person:lin", case, now.at, "s1")]
    assert verify(desk).problems == ()


def test_once_an_hour_for_each_person_and_case(desk: Desk, case: int, now: HandSet) -> None:
    assert [desk.viewed(case, LIN), desk.viewed(case, LIN)] == [True, False]
    assert desk.viewed(case, HE)
    now.at += 3599
    assert not desk.viewed(case, LIN)
    now.at += 1
    assert desk.viewed(case, LIN)
    assert len(looks(desk)) == 3


def test_another_seat_of_the_same_person_does_not_say_it_again(
    desk: Desk, data: Path, case: int, now: HandSet
) -> None:
    assert desk.viewed(case, LIN)
    other = open_desk(data, now)
    other.rulebook = desk.rulebook
    assert not other.viewed(case, Who("lin", "s2"))
    assert len(looks(desk)) == 1
    other.store.close()


def test_looking_changes_no_version_and_nobody(desk: Desk, case: int) -> None:
    before = (desk.case(case).version, desk.people(), desk.store.people_version())
    desk.viewed(case, LIN)
    assert (desk.case(case).version, desk.people(), desk.store.people_version()) == before
    desk.do("note", {"case": case, "text": "x", "version": before[0]}, HE)


def test_a_case_like_any_other_may_be_looked_at(desk: Desk) -> None:
    number = desk.do("open", OPENING, LIN).case
    assert not desk.viewed(number, LIN)
    assert looks(desk) == []


@pytest.mark.parametrize(("filled", "written"), [("过温报警", True), ("", False)])
def test_a_sensitive_field_with_a_value_makes_a_case_sensitive(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, filled: str, written: bool
) -> None:
    line = desk.rulebook.lines["power"]
    fields = tuple(
        replace(field, sensitive=True) if field.key == "product_state" else field
        for field in line.fields
    )
    monkeypatch.setitem(desk.rulebook.lines, "power", replace(line, fields=fields))  # type: ignore[arg-type]
    opening = {**OPENING, "line": "power", "product_state": filled}
    assert desk.viewed(desk.do("open", opening, LIN).case, LIN) is written


def test_the_console_itself_looks_at_nothing(desk: Desk, case: int) -> None:
    assert not desk.viewed(case, Who("console"))


def test_nobody_and_nothing(desk: Desk, case: int) -> None:
    with pytest.raises(RefusedError):
        desk.viewed(case, Who("ghost"))
    with pytest.raises(RefusedError):
        desk.viewed(9999, LIN)
