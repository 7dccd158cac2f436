"""How long a limit is, as a rule writes it."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.lengths import in_words, parse_length


@pytest.mark.parametrize(
    ("written", "unit", "amount"),
    [
        ("30s", "sec", 30),
        ("15m", "sec", 900),
        ("48h", "sec", 172_800),
        ("30wm", "min", 30),
        ("4wh", "min", 240),
        ("3wd", "wd", 3),
        ("5cd", "cd", 5),
        ("day", "day", 0),
        ("week", "week", 0),
        ("month", "month", 0),
        ("now", "now", 0),
        ("timely", "timely", 0),
        ("promise", "promise", 0),
        (" 15m ", "sec", 900),
        ("slot:mon", "slot", 0),
        ("slot:mon,thu", "slot", 0),
    ],
)
def test_what_may_be_written(written: str, unit: str, amount: int) -> None:
    length = parse_length(written)
    assert (length.unit, length.amount, length.written) == (unit, amount, written.strip())
    assert length.counts_down is (unit != "timely")


def test_the_weekdays_of_a_slot() -> None:
    assert parse_length("slot:mon,thu").weekdays == (0, 3)
    assert parse_length("slot:sun").weekdays == (6,)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "15",
        "m",
        "15 m",
        "-5m",
        "1.5h",
        "15mm",
        "123456m",
        "soon",
        "Day",
        "15m\n1h",
        "slot:",
        "slot:mon,",
    ],
)
def test_what_may_not(written: str) -> None:
    with pytest.raises(ValueError, match="is not a length; write 15m"):
        parse_length(written)


@given(st.text(max_size=12))
def test_nothing_else_is_ever_raised(written: str) -> None:
    with contextlib.suppress(ValueError):
        assert parse_length(written).amount >= 0


@pytest.mark.parametrize(
    ("written", "chinese"),
    [
        ("15m", "15 分"),
        ("48h", "48 小时"),
        ("4wh", "4 个工作小时"),
        ("3wd", "3 个工作日"),
        ("1mo", "1 个月"),
        ("day", "当日"),
        ("now", "立即"),
        ("slot:mon,thu", "周一、周四"),
        ("soon", "soon"),
    ],
)
def test_a_limit_in_words(written: str, chinese: str) -> None:
    words = in_words(written)
    assert (words.zh, words.en) == (chinese, written)
