"""`console why CASE notices`: who was told what, by which rule, how far, and what is next."""

from __future__ import annotations

import pytest

from console.desk import Desk
from console.worker import Worker
from tests.installations import NOON, CommandLine, HandSet
from tests.outlets.house import accident

MINUTE = 60


@pytest.fixture
def number(desk: Desk, now: HandSet) -> int:
    """An accident of which nobody could be told in sixteen minutes."""
    number = accident(desk)
    now.at = NOON + 16 * MINUTE
    worker = Worker(desk)
    worker.turn()
    worker.close()
    return number


def test_every_notice_is_told_from_its_cause_to_its_next_step(
    number: int, console: CommandLine
) -> None:
    told = console("why", str(number), "notices", at="2026-03-10 12:16:00").out
    blocks = told.split("\n" + told.splitlines()[0].partition(".")[0])
    assert len(blocks) > 1
    assert "because of “flagged” 2026-03-10 12:00:00 (fact" in told
    assert "by T0-24 “quality accident: phone four” (000 III.3.3.5)" in told
    assert "regional manager is 罗区域 Luo" in told
    assert "told again 2026-03-10 12:10:00" in told
    assert "not reached in 16 min: passed on to 林晓 Lin 2026-03-10 12:16:00" in told
    assert "no next step: it is with 林晓 Lin now" in told
    assert "罗区域 Luo was not reached; next in the chain: 林晓 Lin (shift lead)" in told
    assert "next: told again 2026-03-10 12:21:00" in told
    assert "next: to be sent, 2026-03-10 12:00:00" in told


def test_in_chinese_too(number: int, console: CommandLine) -> None:
    told = console("why", str(number), "notices", lang="zh", at="2026-03-10 12:16:00").out
    assert "because of" not in told
    assert "next" not in told
    assert "质量事故" in told


@pytest.mark.parametrize("wanted", ["incident_phones", "T0-24"])
def test_one_notice_by_its_key_or_its_rule(number: int, console: CommandLine, wanted: str) -> None:
    told = console.json("why", str(number), wanted)["why"]
    titles = [ledger[0] for ledger in told]
    assert any("phone four" in title and "罗区域" in title for title in titles)
    assert not any("mail five:" in title for title in titles)


def test_one_row_by_its_own_key(number: int, desk: Desk, console: CommandLine) -> None:
    row = desk.case(number).notices[-1]
    [ledger] = console.json("why", str(number), row.key)["why"]
    assert ledger[0].startswith(f"{row.key} ")


def test_a_clock_and_a_notice_of_one_number_are_both_told(
    number: int, console: CommandLine
) -> None:
    told = console("why", str(number), "T0-24").out
    assert "phone four" in told
    assert "due 2026-03-10 12:05:00" in told  # the clock of that rule


def test_what_there_is_not_is_refused(number: int, console: CommandLine) -> None:
    assert console.refused("why", str(number), "nonsense")["rule"] == "why"


def test_the_list_says_in_whose_place_and_how_often(number: int, console: CommandLine) -> None:
    shown = console("show", "notices", "--case", str(number)).out
    assert "passed on to 林晓 Lin 2026-03-10 12:16:00" in shown
    assert "told again 1 times, last 2026-03-10 12:10:00" in shown
    assert "for 罗区域 Luo: was not reached" in shown
    [line] = [one for one in shown.splitlines() if "(林晓 Lin)" in one and "phone" in one]
    assert "shift lead" in line
