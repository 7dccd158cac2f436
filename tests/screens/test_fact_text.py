"""Facts in the reader's words."""

from __future__ import annotations

import pytest

from console.desk import Desk, Who
from console.screens import detail
from console.screens.fact_text import FactText
from console.speech import Speech
from console.worker import Worker
from tests.installations import HandSet
from tests.screens.hotline import Hotline


@pytest.fixture
def breached(desk: Desk, now: HandSet) -> int:
    """A case whose first limits have been warned of and broken."""
    hotline = Hotline(desk, now)
    case = hotline.contacted_late()
    hotline.pass_time(600)
    Worker(desk).turn()
    return case


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "verify the contact · due 03-10 12:17"),
        ("zh", "核实是否已联系 · 到期 03-10 12:17"),
    ],
)
def test_a_limit_is_named_with_the_time_it_fell_due(
    desk: Desk, breached: int, lang: str, expected: str
) -> None:
    case = desk.case(breached)
    told = FactText(case, Speech(lang, desk.config.zone, desk.directory.name))
    limits = [told.of(fact) for fact in case.facts if fact.kind.startswith("timer_")]
    assert expected in limits
    assert not any("=" in text for text in limits), "no field of the journal is left raw"


def test_who_was_told_more_than_once_is_named_once(desk: Desk, breached: int) -> None:
    case = desk.case(breached)
    rows = [row for row in case.notices if row.person == "lin"]
    assert len(rows) > 1
    speech = Speech("en", desk.config.zone, desk.directory.name)
    assert detail.summary(case, speech, desk.now()).count("林晓 Lin") == 1


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("en", ["Southern Grid", "quality accident"]), ("zh", ["南网", "质量事故"])],
)
def test_a_flag_is_named_and_so_is_a_choice_that_is_one(
    desk: Desk, breached: int, lang: str, expected: list[str]
) -> None:
    typed = {"case": breached, "grid": "southern", "quality_accident": "yes"}
    desk.do("record", typed, Who("lin"))
    case = desk.case(breached)
    told = FactText(case, Speech(lang, desk.config.zone, desk.directory.name))
    assert [told.of(fact) for fact in case.facts if fact.kind == "flag_set"] == expected
