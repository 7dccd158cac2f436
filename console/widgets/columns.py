"""Which columns a board of a given width has, and how wide each of them is.

Pure: a layout depends on the width of the widget and on the widest label of each kind,
so that Chinese and English boards both stay aligned and neither wastes room.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

# Terminals of 120 and 200 columns, less borders and scroll bar.
WIDE = 110
WIDEST = 180

LEAST = {"number": 4, "category": 4, "division": 4, "due": 6, "who": 6, "owner": 6, "state": 4}
"""Cells a column of labels has even when its labels are shorter."""

_NARROW = {"number": 9, "category": 9, "due": 16, "who": 12, "marks": 9}
_MIDDLE = {
    "number": 9,
    "category": 9,
    "division": 12,
    "due": 18,
    "who": 12,
    "further": 0,
    "owner": 12,
    "marks": 9,
}
_ROOMY = {
    "number": 9,
    "category": 12,
    "division": 20,
    "due": 28,
    "who": 18,
    "further": 0,
    "owner": 18,
    "state": 14,
    "marks": 20,
}

_READ_IN_ORDER = (
    "number",
    "category",
    "division",
    "customer",
    "due",
    "who",
    "further",
    "owner",
    "state",
    "marks",
)
_GIVEN_UP_IN_ORDER = ("state", "marks", "owner", "division", "who", "category", "due")

_CUSTOMER_LEAST = 12
_CUSTOMER_MOST = 36
_CUSTOMER_AMPLE = 22
_FURTHER_LEAST = 12


class Layout(NamedTuple):
    """Columns after the countdown, from left to right, as (name, cells)."""

    gap: int
    columns: tuple[tuple[str, int], ...]


def layout(width: int, lead: int, met: Mapping[str, int]) -> Layout:
    """The columns of a board `width` cells wide whose countdown takes the first `lead`.

    `met` is the widest label of each column in cells. What the labels leave goes to the
    customer and, on a wide board, to the further clocks. When it is not enough, whole
    columns are given up; none is squeezed until nobody can read it.
    """
    gap = 2 if width >= WIDEST else 1
    most = _NARROW if width < WIDE else _MIDDLE if width < WIDEST else _ROOMY
    cells = {name: min(met.get(name, 0), most[name]) for name in most if met.get(name)}

    def room() -> int:
        return width - lead - sum(cells.values()) - gap * (len(cells) + 1)

    for name in _GIVEN_UP_IN_ORDER:
        if room() >= _CUSTOMER_LEAST:
            break
        cells.pop(name, None)
    cells["customer"] = max(0, room())
    _widen(cells, met)
    if "further" in most:
        spare = room() + cells["customer"]
        customer = max(_CUSTOMER_LEAST, min(_CUSTOMER_MOST, spare * 2 // 5))
        if spare - customer >= _FURTHER_LEAST:
            cells.update(customer=customer, further=spare - customer)
    return Layout(gap, tuple((name, cells[name]) for name in _READ_IN_ORDER if cells.get(name)))


def _widen(cells: dict[str, int], met: Mapping[str, int]) -> None:
    """Give what the customer does not need to the columns whose labels were cut."""
    for name in ("category", "who", "due", "marks", "owner", "division"):
        if name in cells:
            more = min(met[name] - cells[name], cells["customer"] - _CUSTOMER_AMPLE)
            cells[name] += max(0, more)
            cells["customer"] -= max(0, more)
