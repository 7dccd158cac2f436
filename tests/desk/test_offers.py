"""What is offered to whom, and what a shift was handed over with."""

from __future__ import annotations

import pytest

from console.desk import Desk, Who
from console.desk.offers import Offer
from tests.desk.test_handover import two_cases_and_a_missed_call
from tests.installations import HandSet

NUMBER = "+8679155504410"


@pytest.fixture
def cases(desk: Desk) -> tuple[int, int]:
    """Zhou owns two and somebody was missed."""
    return two_cases_and_a_missed_call(desk)


def offers(desk: Desk, person: str) -> dict[tuple[str, str], Offer]:
    return {(one.kind, one.key): one for one in desk.offers(person)}


def hand_over(desk: Desk, who: str = "zhou", to: str = "qin", **more: str) -> None:
    desk.do("hand_over", {"to": to, **more}, Who(who))


def test_everything_handed_over_is_offered_with_who_offers_it(
    desk: Desk, cases: tuple[int, int]
) -> None:
    hand_over(desk, expected="visitor at six", text="first one is angry")
    found = offers(desk, "qin")
    assert set(found) == {
        ("custody", str(cases[0])),
        ("custody", str(cases[1])),
        ("callback", NUMBER),
    }
    assert {one.giver for one in found.values()} == {"zhou"}
    handing = desk.handings("qin")[0]
    assert (handing.giver, handing.at, handing.expected, handing.text) == (
        "zhou",
        desk.now(),
        "visitor at six",
        "first one is angry",
    )
    assert desk.offers("lin") == []
    assert desk.handings("lin") == []


def test_red_lines_come_first(desk: Desk, now: HandSet, cases: tuple[int, int]) -> None:
    hand_over(desk)
    reds = [one.red for one in desk.offers("qin")]
    assert reds == sorted(reds, reverse=True)
    assert any(reds)


def test_what_is_answered_is_offered_no_more(desk: Desk, cases: tuple[int, int]) -> None:
    hand_over(desk)
    desk.do("take_custody", {"case": cases[0]}, Who("qin"))
    desk.do("refuse_custody", {"case": cases[1], "reason": "full"}, Who("qin"))
    desk.do("take_callback", {"number": NUMBER}, Who("lin"))
    assert desk.offers("qin") == []


def test_three_offers_of_one_case_are_three_lines(desk: Desk, cases: tuple[int, int]) -> None:
    """The board names one of those it is offered to; each of them sees the own offer."""
    case = cases[0]
    hand_over(desk, to="qin")
    desk.do("hand_over_owner", {"case": case, "to": "wen", "reason": "leave"}, Who("lin"))
    desk.do("offer_transfer", {"case": case, "to": "tan", "summary": "pile"}, Who("zhou"))
    assert ("custody", str(case)) in offers(desk, "qin")
    assert offers(desk, "wen")["ownership", str(case)].text == "leave"
    assert offers(desk, "tan")["transfer", str(case)].text == "pile"
    standing = {item.key: item.to for item in desk.handover("zhou")}
    assert standing[str(case)] == "qin", "who takes the shift over, not who takes the work"


def test_a_hand_over_is_spoken_of_for_a_day(
    desk: Desk, now: HandSet, cases: tuple[int, int]
) -> None:
    hand_over(desk)
    now.at += 24 * 3600 + 1
    assert desk.handings("qin") == []
    assert ("callback", NUMBER) not in offers(desk, "qin")
    assert ("custody", str(cases[0])) in offers(desk, "qin"), "what is offered stays offered"


def test_whoever_held_a_case_for_somebody_else_sees_who_took_it(
    desk: Desk, cases: tuple[int, int]
) -> None:
    hand_over(desk)
    desk.do("take_custody", {"case": cases[0]}, Who("qin"))
    hand_over(desk, who="qin", to="lin")
    desk.do("take_custody", {"case": cases[0]}, Who("lin"))
    listed = {item.key: (item.to, item.taken) for item in desk.handover("qin")}
    assert listed[str(cases[0])] == ("lin", True)
