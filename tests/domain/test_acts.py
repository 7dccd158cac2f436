"""Acts of a line, flags that are values, and who stands at the door of a division."""

from __future__ import annotations

import pytest

from console.domain.acts import Act
from console.domain.fields import Choice, Integer, MultiChoice, Text
from console.domain.forms import Form, Step
from console.domain.people import Directory
from console.domain.rules import Category, Line, Target
from console.domain.words import L
from console.speech import Speech
from tests.domain.hotline import PEOPLE, SLOTS, Hotline, at

NOON = at("12:00:00")
say = Speech("en").say
STATES = {"refused": L("退回", "refused"), "accepted": L("接受", "accepted")}
KINDS = {"crash": L("崩溃", "crash"), "lost": L("丢失", "lost")}

LINE = Line(
    "small",
    L("小公司", "Small company"),
    categories=(
        Category(
            "technical", L("技术", "technical"), needs_tracker=True, tracker="guide", clause="s 1"
        ),
    ),
    divisions=(
        Target(
            "rnd", L("研发", "R&D"), via="guide", door=("field",), assignee="guide", clause="s 2"
        ),
    ),
    fields=(
        Choice(key="progress", label=L("进展", "progress"), choices=STATES, open=False),
        MultiChoice(key="kind", label=L("类型", "kind"), choices=KINDS, flagging=True),
        Choice(key="worst", label=L("最重", "worst"), choices=KINDS, flagging=True),
        Text(key="installed", label=L("版本", "version installed")),
        Text(key="by", label=L("更新人", "updated by")),
        Integer(key="copy", label=L("文档版本", "copy")),
    ),
    acts=(
        Act("refuse", L("退回", "refused"), sets={"progress": "refused"}),
        Act("accept", L("接受", "accepted"), sets={"progress": "accepted"}),
        Act(
            "update",
            L("更新", "updated"),
            fields=(
                Text(key="installed", label=L("版本", "version")),
                Text(key="by", label=L("更新人", "by")),
            ),
            fills=("installed",),
        ),
        Act(
            "write",
            L("记入", "written"),
            fields=(Integer(key="copy", label=L("文档版本", "copy")),),
            newest="copy",
            clause="s 3",
        ),
    ),
    forms=(
        Form("paper", L("确认表", "paper"), sets={"progress": "accepted"}),
        Form(
            "signed_paper",
            L("签字表", "signed paper"),
            steps=(Step("sent", L("送出", "sent")), Step("back", L("交回", "back"))),
            sets={"progress": "refused"},
        ),
    ),
    slots={"guide": L("协调人", "coordinator")},
)


@pytest.fixture
def hotline() -> Hotline:
    world = Hotline(LINE, slots={**SLOTS, "guide": "mei"})
    world.do("open", "lin", NOON, line="small", need="x", number="073155502187")
    return world


def test_an_act_gives_values_to_fields_of_the_case(hotline: Hotline) -> None:
    facts = hotline.do("act", "lin", NOON + 1, case=1001, act="refuse")
    assert [fact.kind for fact in facts] == ["filled", "refuse"]
    facts = hotline.do("act", "lin", NOON + 2, case=1001, act="accept")
    assert facts[0].body == {"values": {"progress": "accepted"}, "was": {"progress": "refused"}}
    assert hotline.case(1001).value("progress") == "accepted"
    facts = hotline.do("act", "lin", NOON + 3, case=1001, act="accept")
    assert [fact.kind for fact in facts] == ["accept"]


def test_what_is_written_down_with_an_act_may_become_the_field_of_the_case(
    hotline: Hotline,
) -> None:
    hotline.do("act", "lin", NOON + 1, case=1001, act="update", installed="5.1", by="he")
    assert hotline.case(1001).value("installed") == "5.1"
    assert hotline.case(1001).value("by") is None
    facts = hotline.do("act", "lin", NOON + 2, case=1001, act="update", installed="5.2")
    assert facts[0].body == {"values": {"installed": "5.2"}, "was": {"installed": "5.1"}}
    facts = hotline.do("act", "lin", NOON + 3, case=1001, act="update", by="he")
    assert [fact.kind for fact in facts] == ["update"]


def test_nobody_writes_into_an_older_copy(hotline: Hotline) -> None:
    for second, copy in ((1, 3), (2, 3), (3, 5)):
        hotline.do("act", "lin", NOON + second, case=1001, act="write", copy=copy)
    hotline.do("act", "lin", NOON + 4, case=1001, act="write")
    refusal = hotline.refusal("act", "lin", NOON + 5, case=1001, act="write", copy=4)
    assert (refusal.rule, refusal.clause) == ("write", "s 3")
    assert say(refusal.message) == "copy 4 is out of date."
    assert say(refusal.remedy) == "The newest is 5: take that one."


def test_a_form_gives_values_to_fields_of_the_case_once_it_is_complete(hotline: Hotline) -> None:
    facts = hotline.do("fill_form", "lin", NOON + 1, case=1001, form="paper")
    assert [fact.kind for fact in facts] == ["form_drafted", "filled", "form_completed"]
    assert hotline.case(1001).value("progress") == "accepted"
    hotline.do("fill_form", "lin", NOON + 2, case=1001, form="signed_paper")
    hotline.do("step_form", "lin", NOON + 3, case=1001, form="signed_paper")
    assert hotline.case(1001).value("progress") == "accepted"
    hotline.do("step_form", "lin", NOON + 4, case=1001, form="signed_paper")
    assert hotline.case(1001).value("progress") == "refused"


def flags(hotline: Hotline, second: int, **values: str) -> list[str]:
    facts = hotline.do("record", "lin", NOON + second, case=1001, **values)
    return [fact.body["flag"] for fact in facts if fact.kind == "flag_set"]


def test_a_value_that_was_chosen_is_a_flag_of_its_own(hotline: Hotline) -> None:
    assert flags(hotline, 1, kind="crash") == ["crash"]
    assert flags(hotline, 2, kind="crash,lost") == ["lost"]
    assert flags(hotline, 3, kind="lost") == []
    assert flags(hotline, 4, worst="lost") == ["lost"]
    assert flags(hotline, 5, worst="crash") == ["crash"]


def test_a_line_names_who_stands_at_the_door(hotline: Hotline) -> None:
    typed = {"case": 1001, "category": "technical", "division": "rnd"}
    hotline.do("classify", "lin", NOON + 1, **typed)
    refusal = hotline.refusal("assign", "lin", NOON + 2, case=1001, to="su")
    assert (refusal.rule, refusal.clause) == ("rnd", "s 2")
    assert say(refusal.message) == "Only the coordinator may pass work to R&D."
    assert say(refusal.remedy) == "Assign it to the coordinator instead."
    assert hotline.refusal("assign", "tan", NOON + 2, case=1001, to="su").rule == "rnd"


def test_a_category_names_who_tracks_it(hotline: Hotline) -> None:
    hotline.do("classify", "lin", NOON + 1, case=1001, category="technical")
    hotline.do("assign", "lin", NOON + 2, case=1001, to="he")
    assert hotline.case(1001).value("tracker") == "mei"


def test_a_category_whose_tracker_is_nobody_is_not_assigned(hotline: Hotline) -> None:
    hotline.directory = Directory(PEOPLE, SLOTS)
    hotline.do("classify", "lin", NOON + 1, case=1001, category="technical")
    refusal = hotline.refusal("assign", "lin", NOON + 2, case=1001, to="he")
    assert (refusal.rule, refusal.clause) == ("tracker", "s 1")
    assert "guide" in say(refusal.remedy)
