"""What says itself: flags that tick themselves, colours, how grave a case is, and what a case
may still get after it was closed."""

from __future__ import annotations

import pytest

from console.domain.acts import Act
from console.domain.case import Case
from console.domain.conditions import when
from console.domain.fields import Choice, FieldProblemError, Flag, Integer, MultiChoice, Text
from console.domain.forms import Form
from console.domain.patterns import on
from console.domain.refusal import RefusedError
from console.domain.rules import Category, Gate, Line, Notice, Timer
from console.domain.specs import read, written
from console.domain.words import L
from console.speech import Speech
from tests.domain.hotline import Hotline, at

say = Speech("en").say
NOON = at("12:00:00")
BATCH = Flag(
    key="batch",
    label=L("大批量", "large batch"),
    derived=when("qty").at_least(50) & when("accident").is_set(),
    severity=3,
)
COLOUR = Choice(
    key="colour",
    label=L("颜色", "colour"),
    choices={"red": L("红", "red"), "yellow": L("黄", "yellow"), "green": L("绿", "green")},
    derived={
        "green": when("state").equals("closed"),
        "yellow": when("promised").is_set(),
        "red": ~when("state").equals("closed"),
    },
)
LINE = Line(
    "small",
    L("小公司", "Small company"),
    categories=(Category("technical", L("技术", "technical"), clause="s 1"),),
    fields=(
        Flag(key="accident", label=L("事故", "accident"), severity=2),
        Integer(key="qty", label=L("数量", "quantity")),
        BATCH,
        COLOUR,
    ),
    timers=(
        Timer(
            "tell",
            L("告知", "tell"),
            start=on("flag_set", flag="batch"),
            stop="role_reached",
            within="15m",
        ),
    ),
    notices=(Notice("batch", L("大批量", "batch"), on=on("flag_set", flag="batch"), to=("dgm",)),),
    gates=(
        Gate(
            "bound",
            L("装订", "bound"),
            before="bound",
            happened=(("packed", on("filed", form="paper")),),
            clause="s 2",
        ),
    ),
    acts=(
        Act("packed", L("编入", "packed"), after_close=True),
        Act("filed", L("存档", "filed"), fields=(Text(key="form", label=L("形式", "form")),)),
        Act("bound", L("装订", "bound"), after_close=True),
    ),
    forms=(
        Form(
            "followup",
            L("回访", "follow-up"),
            fields=(Text(key="text", label=L("内容", "text"), required="intake"),),
            after_close=True,
        ),
        Form("order", L("工单", "order"), fields=(Text(key="text", label=L("内容", "text")),)),
    ),
)
OTHER = Line(
    "other",
    L("别家", "Other company"),
    categories=(Category("technical", L("技术", "technical"), clause="o 1"),),
)


@pytest.fixture
def hotline() -> Hotline:
    return Hotline(LINE, OTHER)


@pytest.fixture
def case(hotline: Hotline) -> Case:
    hotline.open(NOON)
    hotline.do("classify", "lin", NOON, case=1001, line="small", category="technical")
    return hotline.case(1001)


def kinds(hotline: Hotline, **values: str) -> list[tuple[str, object]]:
    facts = hotline.do("record", "lin", NOON + 60, case=1001, **values)
    return [(f.kind, f.body.get("flag", f.body.get("severity"))) for f in facts]


def closed(hotline: Hotline) -> None:
    hotline.do("resolve", "lin", NOON + 60, case=1001, text="x")
    hotline.do("confirm", "lin", NOON + 60, case=1001, who="x")
    hotline.do("close", "lin", NOON + 60, case=1001)


def test_a_flag_ticks_itself_and_that_is_a_fact(hotline: Hotline, case: Case) -> None:
    assert ("batch", case.value("batch")) == ("batch", None)
    assert kinds(hotline, qty="49", accident="yes") == [
        ("filled", None),
        ("flag_set", "accident"),
        ("severity_raised", 2),
    ]
    facts = kinds(hotline, qty="50")
    assert [kind for kind, _ in facts] == ["filled", "flag_set", "notice_raised", "severity_raised"]
    assert (facts[1][1], facts[3][1]) == ("batch", 3)
    [clock] = hotline.case(1001).running()
    assert clock.due == NOON + 60 + 15 * 60


def test_a_flag_that_ticked_itself_stays_so_and_tells_nobody_twice(
    hotline: Hotline, case: Case
) -> None:
    kinds(hotline, qty="50", accident="yes")
    kinds(hotline, qty="49")
    assert hotline.case(1001).value("batch") is True
    assert [kind for kind, _ in kinds(hotline, qty="60")] == ["filled"]
    kinds(hotline, qty="10")
    kinds(hotline, batch="no")
    assert hotline.case(1001).value("batch") is False


def test_it_may_be_ticked_by_hand_and_counts_once(hotline: Hotline, case: Case) -> None:
    facts = kinds(hotline, batch="yes", qty="80", accident="yes")
    assert [flag for kind, flag in facts if kind == "flag_set"] == ["batch", "accident"]


def test_nothing_says_itself_before_the_line_is_known(hotline: Hotline) -> None:
    hotline.open(NOON)
    hotline.do("record", "lin", NOON, case=1001, qty="80", accident="yes")
    assert (hotline.case(1001).value("batch"), hotline.case(1001).value("colour")) == (None, None)
    facts = hotline.do("classify", "lin", NOON, case=1001, line="small", category="technical")
    assert [f.body["flag"] for f in facts if f.kind == "flag_set"] == ["batch"]
    assert hotline.case(1001).value("colour") == "red"


def test_the_first_value_that_holds_is_the_colour(hotline: Hotline, case: Case) -> None:
    seen = [case.value("colour")]
    hotline.do("promise", "lin", NOON + 10, case=1001, due=NOON + 600)
    seen.append(hotline.case(1001).value("colour"))
    hotline.do("contact", "lin", NOON + 20, case=1001)
    seen.append(hotline.case(1001).value("colour"))
    closed(hotline)
    seen.append(hotline.case(1001).value("colour"))
    hotline.do("reopen", "lin", NOON + 70, case=1001, reason="repeat_call")
    seen.append(hotline.case(1001).value("colour"))
    assert seen == ["red", "yellow", "red", "green", "red"]


def test_nobody_types_a_colour(hotline: Hotline, case: Case) -> None:
    with pytest.raises(FieldProblemError, match="says itself"):
        hotline.do("record", "lin", NOON, case=1001, colour="green")
    assert not COLOUR.asked
    assert BATCH.asked


def test_what_another_line_says_by_itself_does_not_come_along(hotline: Hotline, case: Case) -> None:
    hotline.do("classify", "lin", NOON, case=1001, line="other")
    assert hotline.case(1001).value("colour") is None


def test_several_values_may_hold_at_once() -> None:
    several = MultiChoice(
        key="marks",
        label=L("标记", "marks"),
        choices={"big": L("大", "big"), "old": L("旧", "old")},
        derived={"big": when("qty").at_least(9), "old": when("cycle").at_least(2)},
    )
    assert several.derive({"qty": 9, "cycle": 2}) == ["big", "old"]
    assert several.derive({"qty": 1, "cycle": 1}) is None


def test_how_grave_is_a_number_from_nought_to_three() -> None:
    with pytest.raises(ValueError, match="0 to 3"):
        Flag(key="x", label=L("甲", "x"), severity=4)


def test_all_of_it_is_kept_as_text_and_read_back() -> None:
    assert read(written(LINE)) == LINE


def test_some_acts_and_forms_go_on_after_a_case_was_closed(hotline: Hotline, case: Case) -> None:
    closed(hotline)
    assert hotline.refusal("act", "tan", NOON + 80, case=1001, act="filed").rule == "closed"
    typed = {"case": 1001, "form": "order"}
    assert hotline.refusal("fill_form", "tan", NOON + 80, **typed).rule == "closed"
    hotline.do("act", "tan", NOON + 80, case=1001, act="packed")
    hotline.do("fill_form", "tan", NOON + 90, case=1001, form="followup")
    hotline.do("act", "tan", NOON + 95, case=1001, act="bound")
    assert (hotline.case(1001).state, hotline.case(1001).running()) == ("closed", [])


def test_what_goes_on_after_closing_leads_to_no_state() -> None:
    with pytest.raises(ValueError, match="stays closed"):
        Act("x", L("甲", "x"), state=L("乙", "y"), after_close=True)


def test_a_gate_may_wait_for_any_one_of_several(hotline: Hotline, case: Case) -> None:
    refusal = hotline.refusal("act", "tan", NOON, case=1001, act="bound")
    assert say(refusal.message).endswith("Missing: packed")
    hotline.do("act", "tan", NOON, case=1001, act="packed")
    hotline.do("act", "tan", NOON, case=1001, act="bound")


def test_the_same_fact_of_another_kind_opens_no_gate(hotline: Hotline, case: Case) -> None:
    hotline.do("act", "tan", NOON, case=1001, act="filed")
    with pytest.raises(RefusedError):
        hotline.do("act", "tan", NOON, case=1001, act="bound")
