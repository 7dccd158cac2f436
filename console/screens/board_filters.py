"""The tabs of the board: which open cases each shows. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from console.domain.board import BoardRow
from console.domain.words import L, Label


@dataclass(frozen=True, slots=True)
class Filter:
    """One tab. `shows` decides by the row and the person who looks."""

    key: str
    label: Label
    shows: Callable[[BoardRow, str], bool]


def _running(row: BoardRow, concern: str) -> bool:
    return any(clock.concern == concern for clock in row.clocks)


def _mine(row: BoardRow) -> tuple[str, ...]:
    """Whose case it is to look after: its owner's, whoever holds it off shift, and whoever is
    to answer an offer."""
    return (row.owner, row.custodian, row.offered)


FILTERS = (
    Filter("own", L("我首问", "mine"), lambda row, me: me in _mine(row)),
    Filter("to_contact", L("待联系", "to contact"), lambda row, _: _running(row, "contact")),
    Filter("to_verify", L("待核实", "to verify"), lambda row, _: _running(row, "verify")),
    Filter(
        "to_confirm", L("待回访", "to confirm"), lambda row, _: row.state in ("solved", "advised")
    ),
    Filter("all", L("全部", "all"), lambda _row, _me: True),
)
