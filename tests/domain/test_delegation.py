"""Acting for the holder of a post: who, from when, until when, and what is signed then."""

from __future__ import annotations

import pytest

from console.domain.delegation import deputy, subject_of
from console.domain.facts import Fact
from console.domain.forms import Form, Step
from console.domain.people import Person
from console.domain.rules import Category, Line
from console.domain.words import L
from console.speech import Speech
from tests.domain.hotline import HOUR, Hotline, at

NOW = at("10:00")
SAY = Speech("en").say


def entry(to: str, since: int, until: int) -> Fact:
    body = {"to": to, "since": since, "until": until}
    return Fact(1, NOW, NOW, "gao", "", subject_of("gm"), "delegated", body)


@pytest.mark.parametrize(("moment", "who"), [(9, ""), (10, "dai"), (19, "dai"), (20, ""), (30, "")])
def test_somebody_acts_from_one_moment_until_another(moment: int, who: str) -> None:
    assert deputy([entry("dai", 10, 20)], moment) == who


def test_the_newest_entry_counts() -> None:
    assert deputy([entry("dai", 10, 20), entry("wen", 12, 14)], 13) == "wen"
    assert deputy([entry("dai", 10, 20), entry("dai", 12, 12)], 13) == ""
    assert deputy([], 13) == ""


SHEET = Form(
    "sheet",
    L("单", "sheet"),
    steps=(Step("signed", L("总经理签字", "signed by the GM"), slots=("gm",), clause="s 1"),),
)
COMPANY = Line(
    "company",
    L("公司", "company"),
    categories=(Category("technical", L("技术", "technical")),),
    forms=(SHEET,),
    slots={"gm": L("总经理", "GM"), "dgm": L("副总经理", "DGM")},
    deputies={"gm": ("dgm",)},
)


@pytest.fixture
def hotline() -> Hotline:
    hotline = Hotline(COMPANY, slots={"gm": "gao", "dgm": "dai"})
    hotline.directory.add(Person("gao", "高总", frozenset(("signer",))))
    hotline.do("open", "lin", NOW, line="company", need="x")
    hotline.do("fill_form", "lin", NOW, case=1001, form="sheet")
    return hotline


def delegated(hotline: Hotline, who: str, to: str = "dai", until: int = NOW + HOUR) -> None:
    hotline.do("delegate", who, NOW, slot="gm", to=to, until=until, reason="leave")


def test_the_deputy_signs_for_the_holder_while_the_entry_lasts(hotline: Hotline) -> None:
    assert hotline.refusal("sign_form", "dai", NOW, case=1001, form="sheet").clause == "s 1"
    delegated(hotline, "gao")
    late = hotline.refusal("sign_form", "dai", NOW + HOUR, case=1001, form="sheet")
    assert "gm" in SAY(late.remedy)
    signed = hotline.do("sign_form", "dai", NOW + 60, case=1001, form="sheet")[0]
    assert signed.body == {"form": "sheet", "step": "signed", "slot": "gm", "for": "gao"}
    assert hotline.case(1001).forms["sheet"].completed is not None


def test_the_holder_signs_for_themselves(hotline: Hotline) -> None:
    signed = hotline.do("sign_form", "gao", NOW, case=1001, form="sheet")[0]
    assert "for" not in signed.body


def test_an_administrator_enters_it_for_a_holder_who_is_away(hotline: Hotline) -> None:
    delegated(hotline, "boss")
    [fact] = hotline.facts(subject_of("gm"))
    assert (fact.actor, fact.body["to"], fact.body["reason"]) == ("boss", "dai", "leave")


@pytest.mark.parametrize(
    ("who", "typed", "rule", "says"),
    [
        ("dai", {}, "delegate", "Your role does not allow: have somebody act for a post."),
        ("gao", {"to": "wen"}, "delegate", "文助理 may not act for “gm”."),
        ("gao", {"slot": "dgm", "to": "wen"}, "delegate", "Nobody may act for “dgm”."),
        ("gao", {"until": NOW - 1}, "delegate", "It ends before it begins."),
        ("gao", {"to": "nobody"}, "person", "nobody is called “nobody”"),
    ],
)
def test_only_the_holder_and_only_for_the_deputy(
    hotline: Hotline, who: str, typed: dict[str, object], rule: str, says: str
) -> None:
    usual = {"slot": "gm", "to": "dai", "until": NOW + HOUR, "reason": "leave"}
    refusal = hotline.refusal("delegate", who, NOW, **(usual | typed))
    assert refusal.rule == rule
    assert says in SAY(refusal.message)
    assert SAY(refusal.remedy)
