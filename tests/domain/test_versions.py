"""What a case was classified under goes on for it, whatever becomes of the rules (S-15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from console.domain.case import Case
from console.domain.commands.intake import missing_fields
from console.domain.facts import Fact
from console.domain.fields import Choice, FieldProblemError, Serial, Text
from console.domain.reckoning import Reckoning
from console.domain.rulebook import Rulebook
from console.domain.rules import Line, Target, Timer
from console.domain.words import L
from console.plugins.house import HOUSE
from console.plugins.simulation import shipped_calendar


def timer(within: str) -> Timer:
    return Timer("reply", L("答复", "reply"), "call_ended", "customer_contacted", within)


PILE = Target("pile", L("桩", "pile"), timers=(timer("10m"),))
OLD = Line("acme", L("甲", "Acme"), divisions=(PILE,), timers=(timer("15m"),))
NEW = replace(
    OLD,
    version=2,
    timers=(timer("5m"),),
    divisions=(replace(PILE, version=3, timers=(timer("2m"),)),),
)


class Kept:
    """An archive in memory: lines and divisions by (line, division, version)."""

    def __init__(self, *lines: Line) -> None:
        self._kept: dict[tuple[str, str], dict[int, Line | Target]] = {}
        for line in lines:
            self._kept.setdefault((line.key, ""), {})[line.version] = replace(line, divisions=())
            for one in line.divisions:
                self._kept.setdefault((line.key, one.key), {})[one.version] = one

    def line(self, key: str, version: int) -> Line | None:
        found = self._get(key, "", version)
        return found if isinstance(found, Line) else None

    def division(self, line: str, key: str, version: int) -> Target | None:
        found = self._get(line, key, version)
        return found if isinstance(found, Target) else None

    def keys(self) -> Iterable[tuple[str, str]]:
        return self._kept.keys()

    def _get(self, line: str, division: str, version: int) -> Line | Target | None:
        versions = self._kept.get((line, division), {})
        return versions.get(version or max(versions, default=0))


def case_of(book: Rulebook, *facts: tuple[str, dict[str, object]]) -> Case:
    case = Case(1, book, Reckoning(shipped_calendar))
    for seq, (kind, body) in enumerate(facts, 1):
        case.apply(Fact(seq, seq * 60, seq * 60, "lin", "", "case:1", kind, body))
    return case


def lengths(case: Case) -> dict[str, str]:
    return {
        owned.line: owned.timer.within for owned in case.rules.timers if owned.timer.key == "reply"
    }


OPENED = ("case_opened", {"line": ""})
FIRST = ("classified", {"line": "acme", "division": "pile", "version": 1})
LATER = ("classified", {"line": "acme", "division": "pile", "version": 3, "line_version": 2})


@pytest.mark.parametrize(
    ("classified", "expected"),
    [(FIRST, {"acme": "15m", "acme/": "10m"}), (LATER, {"acme": "5m", "acme/": "2m"})],
)
def test_a_case_is_judged_by_the_version_it_was_classified_under(
    classified: tuple[str, dict[str, object]], expected: dict[str, str]
) -> None:
    book = Rulebook([NEW], HOUSE, Kept(OLD, NEW))
    assert lengths(case_of(book, OPENED, classified)) == expected


def test_a_case_that_stays_where_it_is_keeps_its_version() -> None:
    book = Rulebook([NEW], HOUSE, Kept(OLD, NEW))
    assert lengths(case_of(book, OPENED, FIRST, LATER)) == {"acme": "15m", "acme/": "10m"}


def test_a_case_that_comes_back_is_judged_by_what_is_in_force_then() -> None:
    book = Rulebook([NEW], HOUSE, Kept(OLD, NEW))
    left = ("classified", {"line": "acme", "division": ""})
    case = case_of(book, OPENED, FIRST, left, LATER)
    assert lengths(case) == {"acme": "15m", "acme/": "2m"}
    assert case.rules_in("acme", "pile") is case.rules


def test_what_nobody_kept_is_what_is_in_force() -> None:
    book = Rulebook([NEW], HOUSE, Kept(NEW))
    assert lengths(case_of(book, OPENED, FIRST)) == {"acme": "5m", "acme/": "2m"}


def test_a_line_that_is_gone_goes_on_for_its_cases() -> None:
    book = Rulebook([], HOUSE, Kept(OLD))
    assert lengths(case_of(book, OPENED, FIRST)) == {"acme": "15m", "acme/": "10m"}
    assert [one.label.en for one in book.gone()] == ["Acme", "pile"]
    assert book.line("acme") == replace(OLD, divisions=())
    assert book.line("mars") is None


def test_a_line_nobody_remembers_leaves_the_house_rules() -> None:
    book = Rulebook([], HOUSE)
    case = case_of(book, OPENED, FIRST)
    assert lengths(case) == {}
    assert not case.rules.names("acme", "pile")


def test_withdrawing_keeps_everything_but_the_offer() -> None:
    book = Rulebook([OLD], HOUSE, Kept(OLD))
    before = book.digest
    book.withdraw("acme", "pile")
    assert book.lines["acme"].division("pile") is None
    assert lengths(case_of(book, OPENED, FIRST)) == {"acme": "15m", "acme/": "10m"}
    book.withdraw("acme")
    book.withdraw("acme")
    assert (book.lines, book.digest == before) == ({}, False)


def test_what_was_written_under_a_fields_old_name_is_its_value() -> None:
    site = Text(key="site", label=L("站点", "site"), renamed_from="station")
    book = Rulebook([replace(OLD, fields=(site,))], HOUSE)
    filled = ("filled", {"values": {"station": "north"}})
    assert case_of(book, OPENED, filled, FIRST).value("site") == "north"
    assert case_of(book, OPENED, FIRST, filled).value("site") == "north"
    anew = ("filled", {"values": {"site": "south"}})
    assert case_of(book, OPENED, FIRST, filled, anew).value("site") == "south"


def test_a_retired_choice_is_read_and_not_offered() -> None:
    choices = {"a": L("甲", "first"), "b": L("乙", "second")}
    one = Choice(key="x", label=L("项", "x"), choices=choices, retired_choices=("b",))
    assert one.format("b", "en") == "second"
    assert list(one.offered) == ["a"]
    assert one.parse("first") == "a"
    with pytest.raises(FieldProblemError):
        one.parse("b")


def test_a_retired_field_holds_nobody_up() -> None:
    old = Serial(key="s", label=L("号", "s"), required="dispatch", retired=True)
    book = Rulebook([replace(OLD, fields=(old,))], HOUSE)
    assert "s" not in missing_fields(book.rules("acme"), {}, "dispatch")
