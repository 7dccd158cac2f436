"""The rules in force for a case."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from console.domain.fields import Choice, Text
from console.domain.rulebook import Rulebook
from console.domain.rules import Line, Target, Timer
from console.domain.words import L
from tests.domain.hotline import HOUSE, LINE, MINUTE, Hotline, at, fact

ENDED = at("09:19:00")


def timer(key: str, within: str, concern: str = "contact", **options: object) -> Timer:
    return Timer(
        key,
        L(key, key),
        "call_ended",
        "customer_contacted",
        within,
        concern=concern,
        unclassified=True,
        **options,  # type: ignore[arg-type]
    )


def line(key: str, *timers: Timer, **options: object) -> Line:
    return Line(key, L(key, key), timers=timers, **options)  # type: ignore[arg-type]


EMPTY_HOUSE = Line("house", L("通用", "house"))


def strictest(*lines: Line) -> dict[str, str]:
    rules = Rulebook(lines, EMPTY_HOUSE).rules("")
    return {f"{owned.line}.{owned.timer.key}": owned.timer.within for owned in rules.timers}


def test_before_classification_the_strictest_of_each_concern_runs() -> None:
    assert strictest(
        line("a", timer("contact", "1h"), timer("verify", "2wd", "verify")),
        line("b", timer("contact", "15m"), timer("verify", "timely", "verify")),
        line("c", timer("contact", "1wd")),
    ) == {"b.contact": "15m", "a.verify": "2wd"}


@pytest.mark.parametrize(
    "ranking", [["30s", "15m", "1h", "48h", "30wm", "4wh", "day", "1wd", "3wd", "5cd", "timely"]]
)
def test_elapsed_before_working_time_before_days_before_no_number(ranking: list[str]) -> None:
    for strict, mild in pairwise(ranking):
        for first, second in ((strict, mild), (mild, strict)):
            lines = line("a", timer("contact", first)), line("b", timer("contact", second))
            assert list(strictest(*lines).values()) == [strict]


def test_timers_not_meant_for_unclassified_cases_wait() -> None:
    assert strictest(line("a", replace(timer("contact", "15m"), unclassified=False))) == {}


def test_what_ran_before_classification_goes_on_from_its_start() -> None:
    slow = line("slow", timer("contact", "1h"), timer("record", "30m", "record"))
    fast = line("fast", timer("contact", "15m"))
    hotline = Hotline(slow, fast, house=EMPTY_HOUSE)
    case = hotline.case(1001)
    case.apply(fact(1, "case_opened", ENDED))
    case.apply(fact(2, "call_ended", ENDED))
    assert [(c.owned.line, c.due) for c in case.running()] == [
        ("fast", ENDED + 15 * MINUTE),
        ("slow", ENDED + 30 * MINUTE),
    ]
    case.apply(fact(3, "classified", ENDED + MINUTE, line="slow", category="x"))
    assert [(c.key, c.owned.line, c.due) for c in case.running()] == [
        ("record", "slow", ENDED + 30 * MINUTE),
        ("contact", "slow", ENDED + 60 * MINUTE),
    ]
    [dropped] = [c for c in case.clocks if c.dropped is not None]
    assert (dropped.owned.line, dropped.due) == ("fast", ENDED + 15 * MINUTE)


def test_house_line_and_division_add_up() -> None:
    rules = Rulebook([LINE], HOUSE).rules("small", "pile")
    assert [(owned.line, owned.timer.key) for owned in rules.timers] == [
        ("house", "promise"),
        ("small", "contact"),
        ("small", "grid_report"),
        ("small", "inform"),
        ("small", "both_ways"),
        ("small/", "onsite"),
    ]
    assert [gate.key for gate in rules.gates] == ["confirmed", "recorded", "grid_filled"]
    assert set(rules.fields) == {f.key for f in (*HOUSE.fields, *LINE.fields)}


def test_a_line_overrides_a_field_of_the_house() -> None:
    choice = Choice(key="need", label=L("需求", "need"), choices={"a": L("甲", "a")})
    rules = Rulebook([line("a", fields=(choice,))], HOUSE).rules("a")
    assert rules.fields["need"] is choice


def test_before_classification_a_field_is_read_as_its_line_reads_it() -> None:
    choice = Choice(key="need", label=L("需求", "need"), choices={"a": L("甲", "a")})
    rules = Rulebook([line("a", fields=(choice,))], HOUSE).rules("")
    assert rules.fields["need"].parse("甲") == "a"


def test_a_line_replaces_a_timer_of_the_house_a_division_adds_to_its_line() -> None:
    house = Line("house", L("通用", "house"), timers=(timer("contact", "1h"),))
    division = Target("pile", L("充电桩", "pile"), timers=(timer("contact", "10m"),))
    mine = line("a", timer("contact", "15m"), divisions=(division,))
    rules = Rulebook([mine], house).rules("a", "pile")
    assert [owned.timer.within for owned in rules.timers] == ["15m", "10m"]


def test_an_unknown_line_has_the_rules_of_the_house_only() -> None:
    rules = Rulebook([LINE], HOUSE).rules("gone", "pile")
    assert [owned.timer.key for owned in rules.timers] == ["promise"]
    assert rules.division is None


def test_rules_are_composed_once() -> None:
    book = Rulebook([LINE], HOUSE)
    assert book.rules("small", "pile") is book.rules("small", "pile")
    assert book.rules("small", "pile") is not book.rules("small")


def test_the_digest_changes_with_any_rule() -> None:
    field = Text(key="x", label=L("新", "new"))
    variants = [
        Rulebook([LINE], HOUSE),
        Rulebook([], HOUSE),
        Rulebook([LINE], EMPTY_HOUSE),
        Rulebook([replace(LINE, version=2)], HOUSE),
        Rulebook([replace(LINE, fields=(*LINE.fields, field))], HOUSE),
    ]
    assert len({book.digest for book in variants}) == len(variants)
    assert Rulebook([LINE], HOUSE).digest == variants[0].digest


def test_a_rule_that_cannot_be_read_is_refused_when_it_is_written() -> None:
    with pytest.raises(ValueError, match="is not a length"):
        timer("contact", "soon")
    with pytest.raises(ValueError, match="level 'hardest' is not one of"):
        timer("contact", "15m", level="hardest")
