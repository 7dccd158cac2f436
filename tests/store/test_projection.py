"""What is laid down beside the journal is what the journal folds to."""

from __future__ import annotations

import random
from itertools import islice
from typing import Any

import pytest

from console.desk import Desk, Who
from console.domain import call as calls
from console.domain import case as cases
from console.domain.case import BUILT_IN
from console.domain.people import Person
from console.store import checking, rows
from console.store.journal import fact_of
from tests.installations import OPENING, HandSet
from tests.store.doings import do, doings


def folded(desk: Desk) -> dict[str, dict[Any, tuple[Any, ...]]]:
    """The projections, made afresh from the journal."""
    made: dict[str, dict[Any, tuple[Any, ...]]] = {"cases": {}, "board": {}, "calls": {}}
    connection = desk.store.connection
    for subject, records in checking.subjects(connection, "case"):
        facts = [fact_of(record) for record in records]
        case = cases.fold(int(subject[5:]), facts, desk.rulebook, desk.reckoner)
        made["cases"][case.number] = rows.case_row(case)
        if case.is_open:
            made["board"][case.number] = rows.board_entry(case)
    for subject, records in checking.subjects(connection, "call"):
        facts = [fact_of(record) for record in records]
        made["calls"][subject[5:]] = rows.call_row(calls.fold(subject[5:], facts))
    return made


@pytest.mark.parametrize("seed", range(4))
def test_projections_follow_the_journal(desk: Desk, now: HandSet, seed: int) -> None:
    source = random.Random(seed)
    written = 0
    for n, doing in enumerate(islice(doings(source), 250)):
        now.at += source.choice((0, 1, 30, 400))
        written += do(desk, doing) is not None
        if n % 50 == 49:
            made = folded(desk)
            assert {name: checking.table(desk.store.connection, name) for name in made} == made
    assert written > 80
    assert len(made["cases"]) > len(made["board"]) > 0


def test_the_board_is_what_it_was_folded_to(desk: Desk) -> None:
    desk.do("open", OPENING, Who("lin"))
    desk.do("classify", {"case": 1001, "category": "complaint", "division": "storage"}, Who("lin"))
    [row] = desk.board()
    assert row == rows.board_row(desk.case(1001))
    assert (row.case, row.customer, row.owner) == (1001, "长沙公交场站 彭工", "lin")
    assert [clock.key for clock in row.clocks] == [c.key for c in desk.case(1001).running()]
    assert rows.board_of(rows.board_text(row)) == row


def test_values_are_laid_down_one_by_one(desk: Desk) -> None:
    desk.do("open", OPENING, Who("lin"))
    desk.do("record", {"case": 1001, "grid": "国网", "affected_qty": "1,260"}, Who("lin"))
    values = desk.store.values(1001)
    assert values["grid"] == "state"
    assert values["affected_qty"] == 1260
    attributes = desk.case(1001).attributes
    assert values == {k: v for k, v in attributes.items() if k not in BUILT_IN}


def test_a_closed_case_leaves_the_board_and_stays_in_the_list(desk: Desk) -> None:
    lin = Who("lin")
    desk.do("open", OPENING, lin)
    desk.do("classify", {"case": 1001, "category": "technical"}, lin)
    desk.do("resolve", {"case": 1001, "text": "done"}, lin)
    desk.do("confirm", {"case": 1001, "who": "Peng"}, lin)
    desk.do("close", {"case": 1001, "reason": "all said"}, lin)
    assert desk.board() == []
    [found], _ = desk.find("1001")
    assert (found["open"], found["state"]) == (0, "closed")
    desk.do("reopen", {"case": 1001, "reason": "repeat_call"}, lin)
    assert [(row.case, row.marks) for row in desk.board()] == [(1001, ("reopened",))]


def test_calls_come_back_as_they_were_laid_down(desk: Desk) -> None:
    lin = Who("lin")
    desk.do("ring", {"number": "13955501953", "call": "a", "name": "彭"}, lin)
    desk.do("answer", {"call": "a"}, lin)
    desk.do("open", {**OPENING, "call": "a"}, lin)
    stored = desk.store.call("a")
    assert stored is not None
    folded = desk.call("a")
    folded.facts.clear()
    assert stored == folded


def test_people_come_back_as_they_were_laid_down(desk: Desk) -> None:
    lin = Who("lin")
    before = desk.store.people_version()
    desk.do(
        "add_person", {"person": "li", "name": "李", "roles": "duty", "phone": "13955501953"}, lin
    )
    desk.do("change_person", {"person": "li", "active": "no"}, lin)
    person = desk.directory.get("li")
    assert person == Person("li", "李", frozenset(("duty",)), "+8613955501953", "", False)
    assert desk.store.people_version() == before + 2


def test_numbers_go_on(desk: Desk) -> None:
    for number in (1001, 1002, 1003):
        assert desk.do("open", OPENING, Who("lin")).case == number
    assert desk.store.case_exists(1003)
    assert not desk.store.case_exists(1004)
