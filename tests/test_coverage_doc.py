"""The page that says which rule keeps which limit follows from the rules."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from console.domain.rules import Gate, Line, Notice, Timer
from console.domain.words import L
from console.plugins.house import HOUSE
from scripts.coverage import (
    ELSEWHERE,
    LIMITS,
    PAGE,
    citations,
    generated,
    page,
    shipped_lines,
    unknown,
)

LIMITS_READ = json.loads(LIMITS.read_text("utf-8"))
CORE = {limit["id"] for limit in LIMITS_READ if limit["tag"] == "core"}


def line(rule: str) -> Line:
    return Line(
        "emr",
        L("病历", "records"),
        timers=(Timer("a", L("甲", "a"), "assigned", "solved", "1h", rule=rule),),
        gates=(Gate("b", L("乙", "b"), before="closed", rule="T1-18"),),
        notices=(Notice("c", L("丙", "c"), on="closed", to=("owner",), rule="T1-02, T1-18"),),
    )


def test_the_list_of_limits_is_whole() -> None:
    assert Counter(limit["tag"] for limit in LIMITS_READ) == {
        "core": 101,
        "report": 61,
        "outside": 13,
    }
    lines = Counter(limit["line"] for limit in LIMITS_READ)
    assert lines == {"power": 56, "emr": 25, "roadsoft": 39, "robot": 26, "iptel": 29}
    assert all(limit["name"] and limit["clause"] for limit in LIMITS_READ)
    assert len({limit["id"] for limit in LIMITS_READ}) == 175


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == generated(), "run scripts/coverage.py"


def test_every_core_limit_stands_on_the_page_once() -> None:
    rows = [row.split(" ")[1] for row in generated().splitlines() if row.startswith("| T")]
    assert Counter(rows) == Counter(CORE)


def test_no_shipped_rule_cites_what_does_not_exist() -> None:
    assert unknown(citations([HOUSE, *shipped_lines()]), LIMITS_READ) == []
    assert set(ELSEWHERE) <= CORE


def test_a_rule_may_cite_several() -> None:
    cited = citations([line("T1-02 T1-05")])
    assert cited == {
        "T1-02": ["emr.timers.a", "emr.notices.c"],
        "T1-05": ["emr.timers.a"],
        "T1-18": ["emr.notices.c", "emr.gates.b"],
    }


@pytest.mark.parametrize("rule", ["T1-99", "T0-1", "T9-01", "A-01", "W-5", "F0-001"])
def test_an_unknown_number_is_reported_with_its_rule(rule: str) -> None:
    assert unknown(citations([line(rule)]), LIMITS_READ) == [f"{rule}: emr.timers.a"]


def test_what_is_missing_is_told_from_what_is_not_written_yet() -> None:
    text = page(LIMITS_READ, [line("T1-05")], citations([line("T1-05")]))
    rows = {
        row.split(" ")[1]: row.rsplit("|", 2)[1].strip()
        for row in text.splitlines()
        if "| T" in row
    }
    assert rows["T1-05"] == "`emr.timers.a`"
    assert rows["T1-18"] == "`emr.notices.c`, `emr.gates.b`"
    assert rows["T1-03"] == "no rule yet"
    assert rows["T2-01"] == "line file to come"
