"""Notices: whom a fact must be told to, and whether they were reached."""

from __future__ import annotations

import pytest

from console.domain.notices import NoticeRow
from tests.domain.hotline import Hotline, at

ENDED = at("09:19:00")


@pytest.fixture
def hotline() -> Hotline:
    return Hotline()


def rows(hotline: Hotline) -> dict[tuple[str, str, str], NoticeRow]:
    return {(r.notice, r.person, r.channel): r for r in hotline.case(1001).notices}


def test_a_fact_tells_the_people_its_slots_mean(hotline: Hotline) -> None:
    hotline.open(ENDED)
    facts = hotline.do("classify", "lin", ENDED + 10, case=1001, category="technical")
    assert [f.kind for f in facts] == ["classified", "notice_raised"]
    assert facts[1].body == {
        "notice": "classified",
        "when": "timely",
        "of": facts[0].seq,
        "cause": facts[0].seq,
        "rows": [
            {"slot": "dgm", "person": "dai", "channel": "console"},
            {"slot": "support_engineer", "person": "tan", "channel": "console"},
        ],
    }


def test_a_condition_keeps_it_quiet(hotline: Hotline) -> None:
    hotline.open(ENDED)
    facts = hotline.do("classify", "lin", ENDED + 10, case=1001, category="quote")
    assert [f.kind for f in facts] == ["classified"]
    assert hotline.case(1001).notices == []


def test_the_console_has_told_whoever_sits_at_it_the_phone_has_not(hotline: Hotline) -> None:
    hotline.classified(ENDED)
    hotline.do("urge", "lin", ENDED + 30, case=1001)
    told = rows(hotline)
    assert told["urged", "he", "console"].state == "sent"
    assert told["urged", "he", "phone"].state == "due"
    assert told["urged", "he", "phone"].due == ENDED + 30


def test_sent_is_not_reached(hotline: Hotline) -> None:
    hotline.classified(ENDED)
    assert {row.state for row in rows(hotline).values()} == {"sent"}
    hotline.do("reach", "lin", ENDED + 40, case=1001, who="dgm", channel="phone")
    assert rows(hotline)["classified", "dai", "console"].state == "sent"
    hotline.do("reach", "lin", ENDED + 50, case=1001, who="dgm")
    row = rows(hotline)["classified", "dai", "console"]
    assert (row.state, row.reached, row.reached_by) == ("reached", ENDED + 50, "lin")
    assert rows(hotline)["classified", "tan", "console"].state == "sent"


def test_an_attempt_in_vain_is_counted_and_reaches_nobody(hotline: Hotline) -> None:
    hotline.classified(ENDED)
    hotline.do("urge", "lin", ENDED + 30, case=1001)
    for n in (1, 2):
        hotline.do(
            "reach", "lin", ENDED + 30 + n, case=1001, who="he", channel="phone", reached="no"
        )
        row = rows(hotline)["urged", "he", "phone"]
        assert (row.state, row.attempts) == ("due", n)
    assert rows(hotline)["urged", "he", "console"].attempts == 0


def test_who_was_reached_stays_reached(hotline: Hotline) -> None:
    hotline.classified(ENDED)
    hotline.do("reach", "lin", ENDED + 40, case=1001, who="dai")
    hotline.do("reach", "zhou", ENDED + 50, case=1001, who="dai")
    row = rows(hotline)["classified", "dai", "console"]
    assert (row.reached, row.reached_by) == (ENDED + 40, "lin")


def test_history_does_not_change_with_the_slots(hotline: Hotline) -> None:
    hotline.classified(ENDED)
    hotline.directory.slots["dgm"] = "boss"
    assert ("classified", "dai", "console") in rows(hotline)


def test_a_slot_nobody_fills_is_told_to_nobody_and_says_so() -> None:
    empty = Hotline(slots={"support_engineer": "tan", "field_engineer": "he"})
    empty.open(ENDED)
    empty.do("classify", "lin", ENDED + 10, case=1001, category="technical")
    assert [(r.slot, r.person) for r in empty.case(1001).notices] == [
        ("dgm", ""),
        ("support_engineer", "tan"),
    ]


def test_a_slot_may_be_filled_differently_by_province(hotline: Hotline) -> None:
    hotline.directory.slots["dgm[江西]"] = "boss"
    hotline.open(ENDED)
    hotline.do("classify", "lin", ENDED, case=1001, category="technical", province="江西")
    assert [r.person for r in hotline.case(1001).notices] == ["boss", "tan"]
