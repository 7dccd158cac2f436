"""A limit that begins anew by itself when its period is over."""

from __future__ import annotations

from typing import Any

from console.domain.calendars import Due
from console.domain.case import Case, fold
from console.domain.clock import Clock
from console.domain.conditions import when
from console.domain.facts import Fact
from console.domain.fields import Choice
from console.domain.pauses import Pause
from console.domain.rulebook import OwnedTimer
from console.domain.rules import Line, Timer
from console.domain.words import L
from tests.domain.hotline import HOUR, Elapsed, Hotline, at, fact

BEGUN = at("09:00:00")
PERIOD = 10 * HOUR
STAGES = {"project": L("项目", "project"), "over": L("结束", "over")}


class Periods(Elapsed):
    """Every period lasts ten hours."""

    def due(self, owned: OwnedTimer, start: Fact, pauses: list[Pause]) -> Due:
        return Due(start.at + PERIOD)


def line(**options: Any) -> Line:
    """Two reports in every period of a running project."""
    return Line(
        "small",
        L("小公司", "Small company"),
        fields=(Choice(key="stage", label=L("阶段", "stage"), choices=STAGES),),
        timers=(
            Timer(
                "reports",
                L("进度反馈", "reports"),
                start="work_started",
                stop="noted",
                within="month",
                times=2,
                recurs=True,
                **options,
            ),
        ),
    )


def history(*facts: tuple[str, int, dict[str, Any]], **options: Any) -> Case:
    opened = fact(1, "case_opened", BEGUN, line="small", number="")
    rest = [fact(n, kind, moment, **body) for n, (kind, moment, body) in enumerate(facts, 2)]
    return fold(1001, [opened, *rest], Hotline(line(**options)).rulebook, Periods())


STARTED: tuple[str, int, dict[str, Any]] = ("work_started", BEGUN, {})


def report(hours: int) -> tuple[str, int, dict[str, Any]]:
    return ("noted", BEGUN + hours * HOUR, {"text": "x"})


def over(number: int) -> tuple[str, int, dict[str, Any]]:
    return ("timer_recurred", BEGUN + number * PERIOD, {"timer": "reports", "number": number})


def stage(value: str, hours: int) -> tuple[str, int, dict[str, Any]]:
    return ("filled", BEGUN + hours * HOUR, {"values": {"stage": value}})


def clocks(case: Case) -> list[Clock]:
    return [clock for clock in case.clocks if clock.key == "reports"]


def test_the_end_of_a_met_period_is_journaled_and_begins_the_next() -> None:
    case = history(STARTED, report(1), report(2))
    assert case.next_moment() == BEGUN + PERIOD
    case = history(STARTED, report(1), report(2), over(1))
    first, second = clocks(case)
    assert (first.state(BEGUN + PERIOD), second.began) == ("met", BEGUN + PERIOD)
    assert (second.due, second.progress()) == (BEGUN + 2 * PERIOD, (0, 2))


def test_a_period_that_was_not_met_is_broken_beside_the_next() -> None:
    warned = ("timer_warned", BEGUN + 7 * HOUR, {"timer": "reports", "number": 1})
    case = history(STARTED, report(1), warned)
    assert case.next_moment() == BEGUN + PERIOD
    case = history(STARTED, report(1), warned, over(1))
    assert case.next_moment() == BEGUN + PERIOD + 1
    first, second = clocks(case)
    assert [one.state(BEGUN + PERIOD + 1) for one in (first, second)] == ["breached", "running"]


def test_a_second_start_within_a_period_begins_nothing() -> None:
    assert len(clocks(history(STARTED, ("work_started", BEGUN + HOUR, {})))) == 1


def test_a_late_report_does_for_the_period_it_was_missed_in_too() -> None:
    first, second = clocks(history(STARTED, report(1), over(1), report(11)))
    assert (first.state(BEGUN + 12 * HOUR), second.progress()) == ("late", (1, 2))


def test_no_period_follows_once_the_condition_fails() -> None:
    running = when("stage").equals("project")
    begun = (stage("project", 0), STARTED, report(1), report(2))
    case = history(*begun, stage("over", 3), over(1), if_=running)
    assert len(clocks(case)) == 1
    assert case.next_moment() is None
    case = history(*begun, over(1), if_=running)
    assert len(clocks(case)) == 2


def test_no_period_follows_a_closed_case() -> None:
    closed = ("closed", BEGUN + 3 * HOUR, {"reason": "x"})
    assert history(STARTED, report(1), report(2), closed).next_moment() is None


def test_a_reopening_begins_without_the_periods_before() -> None:
    closed = ("closed", BEGUN + 3 * HOUR, {"reason": "x"})
    reopened = ("reopened", BEGUN + 4 * HOUR, {"reason": "repeat_call"})
    case = history(STARTED, report(1), report(2), closed, reopened)
    assert (len(clocks(case)), case.next_moment()) == (1, None)
