"""A document before it is laid out: a title, blocks of rows, a line at the foot."""

from __future__ import annotations

from dataclasses import dataclass

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under a title. `widths` are the shares of the width each column takes; the
    `heads` stand above the columns, () for none."""

    title: str
    rows: tuple[Cells, ...]
    widths: tuple[float, ...] = (0.26, 0.74)
    heads: Cells = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One document. `foot` stands on every page before its number, which `page` words:
    `{n}` of `{of}`. `at` is the instant it speaks of (UTC seconds)."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    foot: str
    page: str
    at: int
