"""The question that is asked again every five minutes, and handing it over (D-32)."""

from __future__ import annotations

import pytest

from console.domain.clock import Clock
from console.domain.patterns import on
from console.domain.rules import Category, Line, Timer
from console.domain.words import L
from tests.domain.hotline import MINUTE, Hotline, at, fact

ENDED = at("09:19:00")
DUE = ENDED + 15 * MINUTE
LINE = Line(
    "small",
    L("小公司", "Small company"),
    categories=(
        Category("technical", L("技术", "technical"), needs_tracker=True, clause="s 1"),
        Category("quote", L("询价", "quote"), clause="s 2"),
    ),
    timers=(
        Timer(
            "verify",
            L("核实", "verify"),
            start="call_ended",
            stop=on("contact_verified", answer=True),
            within="15m",
            rule="T-1",
            clause="s 3",
            ask_every="5m",
        ),
    ),
)


@pytest.fixture
def hotline() -> Hotline:
    return Hotline(LINE)


def overdue(hotline: Hotline, category: str = "technical") -> None:
    hotline.open(ENDED)
    hotline.do("classify", "lin", ENDED, case=1001, category=category)
    hotline.do("assign", "lin", ENDED, case=1001, to="he")
    seq = len(hotline.written) + 1
    hotline.written.append(fact(seq, "timer_breached", DUE + 1, timer="verify", number=1))


def clock(hotline: Hotline) -> Clock:
    hotline._seen.clear()
    return hotline.case(1001).clocks[-1]


def test_the_operator_is_asked_until_the_tracker_takes_over(hotline: Hotline) -> None:
    overdue(hotline)
    assert clock(hotline).next_moment() == DUE + 5 * MINUTE
    [told] = hotline.do("hand_over_asking", "lin", DUE + 60, case=1001)
    assert told.body == {"timer": "verify", "number": 1, "tracker": "tan"}
    assert clock(hotline).next_moment() is None
    assert clock(hotline).state(DUE + 3600) == "breached"
    assert hotline.refusal("hand_over_asking", "lin", DUE + 61, case=1001).rule == "D-32"


def test_nobody_takes_over_what_nobody_tracks(hotline: Hotline) -> None:
    overdue(hotline, "quote")
    refusal = hotline.refusal("hand_over_asking", "lin", DUE + 60, case=1001)
    assert (refusal.rule, refusal.clause) == ("T-1", "s 3")
    hotline.do("track", "lin", DUE + 61, case=1001, tracker="tan")
    hotline.do("hand_over_asking", "lin", DUE + 62, case=1001)


def test_a_yes_ends_it_as_before(hotline: Hotline) -> None:
    overdue(hotline)
    hotline.do("hand_over_asking", "lin", DUE + 60, case=1001)
    hotline.do("contact", "he", DUE + 70, case=1001)
    hotline.do("verify", "lin", DUE + 80, case=1001, answer=True)
    assert clock(hotline).state(DUE + 90) == "late"
