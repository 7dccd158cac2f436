"""What a reopened case has to do again, and what stands."""

from __future__ import annotations

from typing import Any

from console.domain.case import Case, fold
from console.domain.forms import Form, Step
from console.domain.gates import what_is_missing
from console.domain.patterns import on
from console.domain.rules import Gate, Line, Timer
from console.domain.words import L
from console.speech import Speech
from tests.domain.hotline import MINUTE, Elapsed, Hotline, at, fact

BEGUN = at("09:00:00")
say = Speech("en").say

SIGNED = (Step("signed", L("已签字", "signed")),)
LINE = Line(
    "small",
    L("小公司", "Small company"),
    forms=(
        Form("apply", L("申请表", "application"), steps=SIGNED),
        Form("verify", L("验证表", "verification"), steps=SIGNED, per_cycle=True),
    ),
    gates=(
        Gate(
            "signed",
            L("签字后关闭", "signed before closing"),
            before="closed",
            happened=(
                on("form_completed", form="apply"),
                on("form_completed", form="verify"),
                on("form_step_done", form="verify", step="signed"),
            ),
        ),
    ),
    timers=(
        Timer(
            "coordinate",
            L("协调", "coordinate"),
            start="confirmation_refused",
            stop="reopened",
            within="2h",
        ),
    ),
)


def form(kind: str, key: str, **body: Any) -> tuple[str, dict[str, Any]]:
    return (kind, {"form": key, **body})


def complete(key: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    return (
        form("form_drafted", key, values={}),
        form("form_step_done", key, step="signed"),
        form("form_completed", key),
    )


REOPENED = ("reopened", {"reason": "effect_not_ok"})


def history(*facts: tuple[str, dict[str, Any]]) -> Case:
    opened = fact(1, "case_opened", BEGUN, line="small", number="")
    rest = [fact(n, kind, BEGUN + n * MINUTE, **body) for n, (kind, body) in enumerate(facts, 2)]
    return fold(1001, [opened, *rest], Hotline(LINE).rulebook, Elapsed())


def missing(case: Case) -> list[str]:
    [gate] = [one for one in case.rules.gates if one.key == "signed"]
    return [say(part) for part in what_is_missing(gate, case)]


def test_a_form_is_named_where_it_is_missing() -> None:
    assert missing(history()) == [
        "application (form complete)",
        "verification (form complete)",
        "verification (step of a form done)",
    ]
    assert missing(history(*complete("apply"), *complete("verify"))) == []


def test_a_complete_form_stands_when_the_case_is_reopened() -> None:
    case = history(*complete("apply"), *complete("verify"), REOPENED)
    assert {key: state.stands for key, state in case.forms.items()} == {"apply": "complete"}
    assert missing(case) == ["verification (form complete)", "verification (step of a form done)"]
    again = history(*complete("apply"), *complete("verify"), REOPENED, *complete("verify"))
    assert missing(again) == []


def test_a_form_drawn_up_anew_or_withdrawn_shuts_the_gate() -> None:
    for change in (form("form_drafted", "apply", values={}), form("form_withdrawn", "apply")):
        case = history(*complete("apply"), *complete("verify"), change)
        assert missing(case) == ["application (form complete)"]


def test_how_far_a_form_has_come() -> None:
    assert history(complete("verify")[0]).forms["verify"].stands == "signed"
    assert history(*complete("verify")[:2]).forms["verify"].stands == "drafted"
    assert history(*complete("verify")).forms["verify"].stands == "complete"


def test_a_limit_that_waits_for_the_reopening_is_met_by_it() -> None:
    [clock] = history(("confirmation_refused", {}), REOPENED).clocks
    assert (clock.state(BEGUN + 10 * MINUTE), clock.cycle) == ("met", 1)
