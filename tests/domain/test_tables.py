"""Tables whose rows become cases: which rows matter, and each once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.domain.conditions import when
from console.domain.fields import Integer, Number, Text
from console.domain.rulebook import Rulebook
from console.domain.rules import Line
from console.domain.tables import Drop, Table
from console.domain.words import L
from console.speech import Speech
from tests.domain.hotline import HOUSE, LINE, SLOTS, Hotline, at

NOON = at("12:00:00")
say = Speech("en").say
FALLS = Table(
    "falls",
    L("跌落", "falls"),
    columns=("account", "now", "base"),
    needed=("account", "now", "base"),
    identity=("account",),
    category="technical",
    who="caller",
    begins="fall_found",
    drops={"drop": Drop("now", "base")},
    if_=when("drop").at_least(50),
    sets={"kind": "fall"},
    clause="small 9",
)
WITH_FALLS: Line = replace(
    LINE,
    fields=(
        *LINE.fields,
        Text(key="account", label=L("账号", "account")),
        Integer(key="now", label=L("现", "now")),
        Integer(key="base", label=L("原", "base")),
        Number(key="drop", label=L("降", "drop"), unit="%"),
        Text(key="kind", label=L("类", "kind")),
    ),
    tables=(FALLS,),
)
ROW = {"line": "small", "table": "falls", "account": "A-1", "now": "50", "base": "100"}


@pytest.fixture
def hotline() -> Hotline:
    return Hotline(WITH_FALLS, slots={**SLOTS, "caller": "zhou"})


@pytest.mark.parametrize(
    ("now", "base", "percent"),
    [(210, 1840, 88.6), (0, 40, 100.0), (0, 0, 0.0), (3, 0, 0.0), (120, 100, -20.0), (1, 3, 66.7)],
)
def test_how_far_a_number_has_fallen(now: int, base: int, percent: float) -> None:
    assert Drop("now", "base").of({"now": now, "base": base}) == percent


def test_what_is_missing_counts_as_nothing() -> None:
    assert Drop("now", "base").of({"base": 10}) == 100.0
    assert Drop("now", "base").of({"now": 10}) == 0.0


def test_a_row_that_matters_becomes_a_case_for_the_slot(hotline: Hotline) -> None:
    facts = hotline.do("import_row", "lin", NOON, **ROW)
    assert [fact.subject for fact in facts[:2]] == ["row:small.falls:A-1", "case:1001"]
    kinds = [fact.kind for fact in facts]
    assert kinds[-1] == "fall_found"
    assert "recorded" not in kinds
    case = hotline.case(1001)
    assert (case.owner, case.assignee, case.category) == ("zhou", "", "technical")
    assert (case.value("drop"), case.value("kind"), case.value("channel")) == (
        50.0,
        "fall",
        "platform",
    )


def test_a_row_opens_one_case_however_often_it_comes(hotline: Hotline) -> None:
    hotline.do("import_row", "lin", NOON, **ROW)
    assert hotline.do("import_row", "lin", NOON + 60, **{**ROW, "now": "10"}) == []
    assert hotline.do("import_row", "lin", NOON + 60, **{**ROW, "account": "A-2"})


def test_a_row_in_order_leaves_nothing(hotline: Hotline) -> None:
    assert hotline.do("import_row", "lin", NOON, **{**ROW, "now": "51"}) == []
    assert hotline.do("import_row", "lin", NOON, **{**ROW, "now": "50"})


def test_nobody_in_the_slot_leaves_it_with_who_imports(hotline: Hotline) -> None:
    hotline.directory.slots.pop("caller")
    hotline.do("import_row", "lin", NOON, **ROW)
    assert (hotline.case(1001).owner, hotline.case(1001).assignee) == ("lin", "")


def test_what_is_needed_is_not_empty(hotline: Hotline) -> None:
    row = {key: value for key, value in ROW.items() if key not in ("account", "base")}
    refusal = hotline.refusal("import_row", "lin", NOON, **row)
    assert (refusal.rule, refusal.clause) == ("falls", "small 9")
    assert say(refusal.message) == "Missing: account, base"


@pytest.mark.parametrize("typed", [{"line": "small", "table": "rises"}, {"line": "large"}])
def test_a_table_there_is(hotline: Hotline, typed: dict[str, str]) -> None:
    refusal = hotline.refusal("import_row", "lin", NOON, **{"table": "falls", **typed})
    assert refusal.rule == "import"


def test_a_complete_row_is_recorded_and_given_to_the_slot(hotline: Hotline) -> None:
    whole = replace(FALLS, columns=(*FALLS.columns, "need"))
    hotline.rulebook = Rulebook((replace(WITH_FALLS, tables=(whole,)),), HOUSE)
    facts = hotline.do("import_row", "lin", NOON, need="查", **ROW)
    assert {"recorded", "assigned"} <= {fact.kind for fact in facts}
    assert hotline.case(1001).assignee == "zhou"
