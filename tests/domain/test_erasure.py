"""What is left of a fact when personal data goes: the meaning, not the words."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.desk import Desk
from console.domain import case as cases
from console.domain import erasure, fields, forms, rules
from console.domain.acts import Act
from console.domain.case import Case
from console.domain.erasure import MARK, Eraser, left_of_case, left_of_others, spelled, without
from console.domain.facts import Fact
from console.domain.patterns import on
from console.domain.rulebook import Rulebook
from console.domain.words import L
from console.plugins.house import HOUSE
from tests.installations import HandSet
from tests.store.doings import do, doings

YES = L("是", "yes")
LINE = rules.Line(
    "shop",
    L("店", "Shop"),
    fields=(
        fields.Text(key="story", label=YES),
        fields.LongText(key="report", label=YES),
        fields.Phone(key="fax", label=YES),
        fields.Choice(key="colour", label=YES, choices={"red": YES}),
        fields.MultiChoice(key="colours", label=YES, choices={"red": YES, "blue": YES}),
        fields.Flag(key="wet", label=YES),
        fields.Integer(key="count", label=YES),
        fields.Date(key="day", label=YES),
        fields.Place(key="province", label=YES),
        fields.Serial(key="serial", label=YES),
        fields.Person(key="mate", label=YES),
        fields.Text(key="illness", label=YES, sensitive=True),
        fields.Serial(key="card", label=YES, sensitive=True),
        fields.Flag(key="pregnant", label=YES, sensitive=True),
        fields.Integer(key="age", label=YES, sensitive=True),
        fields.MultiChoice(key="allergies", label=YES, choices={"nuts": YES}, sensitive=True),
    ),
    timers=(
        rules.Timer(
            "answer",
            YES,
            start="asked",
            stop="answered",
            within="1h",
            pair="question",
            rule="X",
            clause="x",
        ),
        rules.Timer(
            "visit",
            YES,
            start=on("met", place="their office"),
            stop="left",
            within="1h",
            rule="Y",
            clause="y",
        ),
    ),
    acts=(
        Act("asked", YES, fields=(fields.Text(key="question", label=YES),)),
        Act("answered", YES, fields=(fields.Text(key="question", label=YES),)),
        Act("met", YES, fields=(fields.Text(key="place", label=YES),)),
    ),
    forms=(
        forms.Form(
            "sheet",
            YES,
            fields=(
                fields.Text(key="finding", label=YES),
                fields.Choice(key="grade", label=YES, choices={"a": YES}),
            ),
        ),
    ),
)
BOOK = Rulebook([LINE], HOUSE)


def fact(kind: str, body: dict[str, Any], seq: int = 1) -> Fact:
    return Fact(seq, 0, 0, "lin", "", "case:1", kind, body)


def left(kind: str, body: dict[str, Any]) -> Any:
    return Eraser(BOOK).left_of(fact(kind, body), BOOK.rules("shop"))


@pytest.mark.parametrize(
    ("key", "value", "rest"),
    [
        ("story", "about Ms Xu", MARK),
        ("story", "", ""),
        ("report", "line\nline", MARK),
        ("fax", "+8613955501953", MARK),
        ("colour", "red", "red"),
        ("colour", "other:like hers", "other:[erased]"),
        ("colour", "", ""),
        ("colours", ["red", "other:hers"], ["red", "other:[erased]"]),
        ("wet", True, True),
        ("count", 7, 7),
        ("day", "2026-03-10", "2026-03-10"),
        ("province", "湖南", "湖南"),
        ("serial", "CP12", "CP12"),
        ("mate", "lin", "lin"),
        ("illness", "flu", MARK),
        ("card", "4711", MARK),
        ("pregnant", True, False),
        ("age", 44, 0),
        ("allergies", ["nuts"], [MARK]),
        ("allergies", [], []),
        ("unheard_of", "words", MARK),
        ("unheard_of", 5, 5),
    ],
)
def test_what_is_left_of_a_field(key: str, value: Any, rest: Any) -> None:
    assert left("filled", {"values": {key: value}}) == {"values": {key: rest}}
    assert left("filled", {"values": {}, "was": {key: value}})["was"] == {key: rest}


@pytest.mark.parametrize(
    ("kind", "body", "rest"),
    [
        ("noted", {"text": "Ms Xu called"}, {"text": MARK}),
        ("confirmed", {"who": "Ms Xu", "satisfied": True}, {"who": MARK, "satisfied": True}),
        ("urged", {"who": "he"}, {"who": "he"}),
        ("closed", {"reason": "she moved"}, {"reason": MARK}),
        ("reopened", {"reason": "repeat_call"}, {"reason": "repeat_call"}),
        ("promised", {"due": 99, "text": "by nine"}, {"due": 99, "text": MARK}),
        (
            "call_rang",
            {"number": "139", "e164": "+86139", "name": "Xu", "shown": "1 3 9", "did": "400"},
            {"number": "", "e164": "", "name": "", "shown": MARK, "did": "400"},
        ),
        ("call_recording", {"path": "a.wav"}, {"path": ""}),
        (
            "met_by_chance",
            {"whom": "Xu", "deep": [{"er": "Xu"}]},
            {"whom": MARK, "deep": [{"er": MARK}]},
        ),
        (
            "notice_raised",
            {
                "notice": "n",
                "when": "now",
                "rows": [{"slot": "dgm", "person": "tao", "channel": "phone"}],
            },
            {
                "notice": "n",
                "when": "now",
                "rows": [{"slot": "dgm", "person": "tao", "channel": "phone"}],
            },
        ),
        (
            "timer_extended",
            {"timer": "x", "number": 2, "reason": "she"},
            {"timer": "x", "number": 2, "reason": MARK},
        ),
        (
            "form_drafted",
            {"form": "sheet", "values": {"finding": "Xu", "grade": "a"}},
            {"form": "sheet", "values": {"finding": MARK, "grade": "a"}},
        ),
        (
            "form_signed",
            {"form": "sheet", "step": "s", "slot": "gm"},
            {"form": "sheet", "step": "s", "slot": "gm"},
        ),
    ],
)
def test_what_is_left_of_a_fact(kind: str, body: dict[str, Any], rest: dict[str, Any]) -> None:
    assert left(kind, body) == rest


def test_what_tells_two_facts_apart_still_does() -> None:
    eraser, shop = Eraser(BOOK), BOOK.rules("shop")
    asked = [eraser.left_of(fact("asked", {"question": one}), shop) for one in ("Xu?", "Li?")]
    answered = eraser.left_of(fact("answered", {"question": "Li?"}), shop)
    assert asked[0] != asked[1]
    assert answered == asked[1]
    assert "Li" not in json.dumps([*asked, answered])


def test_a_word_a_rule_looks_for_is_the_rules_own() -> None:
    assert left("met", {"place": "their office"}) == {"place": "their office"}
    assert left("met", {"place": "her garden"}) == {"place": MARK}


def test_a_fact_without_a_rule_is_judged_by_its_words() -> None:
    [body] = left_of_others([fact("callback_owed", {"call": "c1", "name": "Xu"})], BOOK)
    assert body == {"call": "c1", "name": ""}


NUMBER = "+8613955501953"


@pytest.mark.parametrize(
    "text",
    [
        "13955501953",
        "+8613955501953",
        "+86 139 5550 1953",
        "0086-139-5550-1953",
        "86 13955501953",
        "(139) 5550.1953",
        "013955501953",
    ],
)
def test_a_number_is_found_however_it_is_spelled(text: str) -> None:
    assert without(f"ruf {text} an", spelled(NUMBER)) == "ruf [erased] an"


@pytest.mark.parametrize("text", ["113955501953", "139555019530", "1395550195", "12026031395550"])
def test_another_number_is_none_of_it(text: str) -> None:
    assert without(text, spelled(NUMBER)) == text


def test_it_is_found_in_the_depths() -> None:
    body = {"a": ["x 13955501953", {"b": "13955501953"}], "n": 13955501953}
    assert without(body, spelled(NUMBER)) == {
        "a": ["x [erased]", {"b": "[erased]"}],
        "n": 13955501953,
    }


@given(
    st.recursive(
        st.text() | st.integers() | st.none(),
        lambda one: st.lists(one) | st.dictionaries(st.text(max_size=3), one),
        max_leaves=8,
    )
)
def test_what_is_erased_twice_is_erased_once(body: Any) -> None:
    """Whatever a fact holds: a second time changes nothing, and it stays JSON."""
    told = {"text": body, "values": {"story": body, "colour": body}}
    once = left("filled", told)
    assert left("filled", json.loads(json.dumps(once))) == json.loads(json.dumps(once))


@pytest.mark.parametrize("seed", range(3))
def test_a_case_without_its_words_comes_to_the_same(desk: Desk, now: HandSet, seed: int) -> None:
    source = random.Random(seed)
    work = doings(source)
    for _ in range(250):
        now.at += source.choice((0, 30, 400))
        do(desk, next(work))
    for number in range(1001, desk.store.next_case()):
        case = desk.case(number)
        bodies = left_of_case(Case(number, desk.rulebook, desk.reckoner), case.facts)
        told = [replace(one, body=body) for one, body in zip(case.facts, bodies, strict=True)]
        rest = cases.fold(number, told, desk.rulebook, desk.reckoner)
        assert shape(rest) == shape(case)
        assert "备注" not in json.dumps(bodies, ensure_ascii=False)
        assert "Peng" not in json.dumps(bodies, ensure_ascii=False)


def shape(case: Case) -> dict[str, Any]:
    return {
        "state": (case.state, case.opened_at, case.closed_at, case.attributes["cycle"]),
        "clocks": [
            (c.key, c.number, c.cycle, c.began, c.due, c.amber, c.ended, c.noted, len(c.dues))
            for c in case.clocks
        ],
        "notices": [(row.key, row.person, row.channel, row.state) for row in case.notices],
        "forms": {key: state.stands for key, state in case.forms.items()},
        "people": [case.attributes[one] for one in ("owner", "assignee", "tracker")],
    }


def test_somebody_looking_is_told_by_line_or_field(desk: Desk) -> None:
    case = Case(1, BOOK, desk.reckoner)
    case.apply(fact("case_opened", {"line": "shop"}))
    case.apply(fact("classified", {"line": "shop"}, 2))
    assert not erasure.is_sensitive(case)
    case.apply(fact("filled", {"values": {"pregnant": False, "illness": ""}}, 3))
    assert not erasure.is_sensitive(case)
    case.apply(fact("filled", {"values": {"illness": "flu"}}, 4))
    assert erasure.is_sensitive(case)
