"""What the board and the call strip show: one flat, immutable row per open case or call.

Rows carry instants, never countdowns: the screen computes what is left at paint time, so
a row changes only when a fact changes it.
"""

from __future__ import annotations

from typing import NamedTuple

GRAVE = "grave"
"""The mark of a case of the highest severity: it looks and sounds like nothing else."""


class BoardClock(NamedTuple):
    """One running obligation of a case.

    `due` and `amber` are UTC seconds, None when the obligation has no number (NOW, TIMELY,
    GATE). `concern` says what kind of obligation it is (contact, verify, …). `level` is
    hard, soft, now, timely or gate. `started` is when it began.
    """

    key: str
    level: str
    started: int
    amber: int | None
    due: int | None
    provisional: bool = False
    concern: str = ""


class BoardRow(NamedTuple):
    """One open case as the board needs it. Keys, not labels: the reader's language decides.

    `offered` is whom the case is being offered to, to work on it or to own it.
    """

    case: int
    version: int
    state: str
    line: str
    category: str
    division: str
    customer: str
    owner: str
    assignee: str
    tracker: str
    custodian: str
    offered: str
    marks: tuple[str, ...]
    clocks: tuple[BoardClock, ...]


class StripRow(NamedTuple):
    """One live or missed call as the strip needs it.

    `state` is ringing, queued, answered, missed; `since` the instant that state began.
    `open_case` is the caller's newest open case (0 = none) and `owner` its first responder.
    From `stale_at` on a claim nobody acted on goes amber (0 = there is none). `heard` is what
    the call is to the seat that looks: it rings there, is shown without a bell, or is meant
    for another until `overflow_at` (see `console.domain.ringing`).
    """

    call: str
    number: str
    place: str
    caller: str
    state: str
    since: int
    history: int
    open_cases: int
    open_case: int
    owner: str
    claimed_by: str
    stations: tuple[str, ...]
    stale_at: int = 0
    heard: str = "waits"
    overflow_at: int = 0
