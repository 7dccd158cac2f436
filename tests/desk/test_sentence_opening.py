"""One line for a new case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.desk import Desk, Who
from console.desk.sentence import NEW, Sentence, parse
from console.domain.rulebook import Rulebook
from console.installation import open_desk
from console.plugins import Category, L, Line, Target
from tests.desk.typed import CALLER, one, one_case, problem, read
from tests.installations import NOON


@pytest.fixture(scope="module")
def desk(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with one_case(prepared, tmp_path_factory.mktemp("desk")) as desk:
        yield desk


def test_a_new_case_in_one_line(desk: Desk) -> None:
    opened, classified, noted = read(desk, "t 深圳供电 张工 电表通讯中断 !2 >meter")
    assert opened == Sentence("open", {**CALLER, "product": "meter", "reason": "电表通讯中断"})
    assert classified.command == "classify"
    assert classified.typed == {
        "case": NEW,
        "category": "technical",
        "division": "meter_automation",
    }
    assert noted == Sentence("note", {"case": NEW, "text": "severity 2"})
    assert noted.about(1042).typed["case"] == "1042"
    assert opened.about(1042) == opened


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("c 深圳供电 张工 无人接听", "complaint"),
        ("投 深圳供电 张工 无人接听", "complaint"),
        ("投诉 深圳供电 张工 无人接听", "complaint"),
        ("询 深圳供电 张工 报价", "quote"),
        ("q 深圳供电 张工 报价", "quote"),
        ("技 深圳供电 张工 停机", "technical"),
        ("tech 深圳供电 张工 停机", "technical"),
    ],
)
def test_the_category_is_a_letter_a_sign_or_a_name(desk: Desk, text: str, category: str) -> None:
    opened, classified = read(desk, text)
    assert opened.typed == {**CALLER, "reason": text.rsplit(maxsplit=1)[-1]}
    assert classified.typed == {"case": NEW, "category": category}


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("Depot North Mr Peng two piles", ("Depot North", "Peng", "Mr", "two piles")),
        ('"Depot North" Peng two piles', ("Depot North", "Peng", None, "two piles")),
        ("惠州供电 李主任 表坏 了", ("惠州供电", "李", "主任", "表坏 了")),
        ("惠州供电 陈副总经理 停电", ("惠州供电", "陈", "副总经理", "停电")),
        ("东莞 ABC 厂 周女士 停电", ("东莞 ABC 厂", "周", "女士", "停电")),
        ("周老师 停电", (None, "周", "老师", "停电")),
        ("惠州供电 停电", ("惠州供电", None, None, "停电")),
    ],
)
def test_who_calls_and_why(desk: Desk, words: str, typed: tuple[str | None, ...]) -> None:
    opened, _ = read(desk, f"t {words}")
    keys = ("employer", "contact_name", "honorific", "reason")
    assert opened.problem is None
    assert tuple(opened.typed.get(key) for key in keys) == typed


def test_a_number_what_is_wanted_and_fields_by_name(desk: Desk) -> None:
    text = "t 13955501953 深圳供电 张工 停机 / 恢复 充电 >充电桩 省份=湖南 电网=国网"
    opened, classified = read(desk, text)
    assert opened.typed == {
        **CALLER,
        "number": "13955501953",
        "product": "pile",
        "reason": "停机",
        "need": "恢复 充电",
        "province": "湖南",
        "grid": "state",
    }
    assert classified.typed["division"] == "charging_pile"


def test_a_new_case_without_a_category_is_only_opened(desk: Desk) -> None:
    assert one(desk, "new 深圳供电 张工 停机 >meter") == (
        "open",
        {**CALLER, "product": "meter", "reason": "停机"},
    )
    assert "together with a category" in problem(desk, "new 深圳供电 张工 停机 >子公司")[0]
    assert one(desk, "open call=a employer=甲") == ("open", {"call": "a", "employer": "甲"})


@pytest.mark.parametrize("text", ["t", "t 深圳供电", "t >meter !1", "new 深圳供电"])
def test_half_a_line_says_what_is_missing(desk: Desk, text: str) -> None:
    assert problem(desk, text)[0] == "One line for a new case says who calls and why."


def test_a_target_nobody_has_opens_nothing(desk: Desk) -> None:
    message, remedy = problem(desk, "t 深圳供电 张工 停机 >moon")
    assert message == "There is no division or product “moon”."
    assert "charging_pile" in remedy


def test_a_letter_before_a_case_number_is_a_verb(desk: Desk) -> None:
    assert problem(desk, "c 1042")[0] == "“c” may mean several things."


def test_the_line_is_carried_out_as_read(desk: Desk, data: Path) -> None:
    """The desk takes what was read: a case with its category, its owner and its note."""
    own = open_desk(data, lambda: NOON)
    number = 0
    for sentence in parse("t 深圳供电 张工 通讯中断 !2 >meter", selected=0, desk=own, lang="en"):
        outcome = own.do(sentence.command, sentence.about(number).typed, Who("lin"))
        number = outcome.case
    case = own.case(number)
    assert (case.category, case.division, case.owner) == ("technical", "meter_automation", "lin")
    assert case.happened("noted").body["text"] == "severity 2"
    own.store.close()


# --- several product lines

CLINIC = Line(
    "clinic",
    L("门诊系统", "Clinic system"),
    categories=(
        Category("technical", L("技术问题", "technical problem")),
        Category("request", L("需求", "request")),
    ),
    divisions=(Target("lab", L("检验科", "Laboratory")),),
)


@pytest.fixture
def two_lines(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The same desk with a second product line."""
    lines = (*desk.rulebook.lines.values(), CLINIC)
    monkeypatch.setattr(desk, "rulebook", Rulebook(lines, desk.rulebook.house))
    return desk


def test_what_was_typed_may_leave_only_one_line(two_lines: Desk) -> None:
    for text, line in (
        ("t 深圳供电 张工 停机 >充电桩", "power"),
        ("t 市立医院 张工 停机 >lab", "clinic"),
        ("t 市立医院 张工 停机 >门诊系统", "clinic"),
        ("r 市立医院 张工 打印", "clinic"),
        ("t 市立医院 张工 停机 line=clinic", "clinic"),
    ):
        opened, *_ = read(two_lines, text)
        assert opened.problem is None, text
        assert opened.typed["line"] == line, text


def test_a_category_of_several_lines_asks_which(two_lines: Desk) -> None:
    message, remedy = problem(two_lines, "t 深圳供电 张工 停机")
    assert message == "Which product line?"
    assert "power, clinic" in remedy
    assert problem(two_lines, "t 甲 张工 停机 line=moon")[0] == "There is no product line “moon”."


def test_classifying_names_the_only_line_with_that_division(two_lines: Desk) -> None:
    (found,) = parse("1002 >lab", selected=0, desk=two_lines)
    assert found.typed == {"case": "1002", "division": "lab", "line": "clinic"}
    assert "line" not in one(two_lines, "classify >充电桩")[1]
