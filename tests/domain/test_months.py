"""Limits that end on the same day of a later month."""

from __future__ import annotations

import pytest

from console.domain.lengths import parse_length
from tests.domain.test_reckoning import due, start, timer


@pytest.mark.parametrize(
    ("within", "day", "until"),
    [
        ("1mo", "2026-06-10", "2026-07-11T00:00"),
        ("1mo", "2026-06-12", "2026-07-14T00:00"),  # on a Sunday: by the Monday's 24:00
        ("1mo", "2026-08-31", "2026-10-01T00:00"),  # September has thirty days
        ("2mo", "2026-08-31", "2026-11-03T00:00"),  # 31 October is a Saturday
        ("3mo", "2026-09-10", "2026-12-11T00:00"),
    ],
)
def test_the_same_day_some_months_later(within: str, day: str, until: str) -> None:
    assert due(timer(within), start(day, "10:00:00")) == until


def test_months_are_read() -> None:
    length = parse_length("12mo")
    assert (length.unit, length.amount, length.counts_down) == ("mo", 12, True)
