"""Columns share the width of the board without gaps or overlaps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.widgets.columns import LEAST, layout

MET = LEAST | {"category": 9, "division": 13, "due": 15, "who": 12, "owner": 12, "marks": 8}
labels = st.fixed_dictionaries({name: st.integers(4, 30) for name in MET})


def names(width: int) -> set[str]:
    return {name for name, _ in layout(width, 9, MET).columns}


@given(st.integers(40, 300), labels)
def test_the_whole_width_is_used_and_no_more(width: int, met: dict[str, int]) -> None:
    gap, columns = layout(width, 9, met)
    assert 9 + sum(gap + cells for _, cells in columns) == width
    assert all(cells > 0 for _, cells in columns)


@pytest.mark.parametrize("width", [40, 60, 79, 110, 119, 180, 199, 300])
def test_number_and_customer_are_never_given_up(width: int) -> None:
    assert {"number", "customer"} <= names(width)


def test_more_room_shows_more() -> None:
    assert names(79) == {"number", "category", "customer", "due", "who", "marks"}
    assert names(119) == names(79) | {"division", "owner", "further"}
    assert names(199) == names(119) | {"state"}
