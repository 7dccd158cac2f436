"""Whether our own people could be reached: attempts, answers, and how often nobody answered
within the hour (000 III.1.2.2, 001 P5 2.1.5)."""

from __future__ import annotations

from dataclasses import dataclass

from console.desk.answers import Answers
from console.domain.facts import Fact

TRIED, REACHED = "role_missed", "role_reached"
WITHIN = 3600
"""Seconds from the first failed attempt in which somebody has to be reached (T0-07)."""


@dataclass(slots=True)
class Reach:
    """One person in one stretch of time. `unreached` counts how often an hour passed after a
    first failed attempt before they were reached, `longest` the longest of those waits in
    seconds; `waiting` says whether somebody waits for them still."""

    person: str
    attempts: int = 0
    reached: int = 0
    unreached: int = 0
    longest: int = 0
    waiting: bool = False


def reachability(desk: Answers, start: int, end: int) -> list[Reach]:
    """Everybody somebody tried to reach in `[start, end)` (UTC seconds), the hardest to reach
    first."""
    found: dict[str, Reach] = {}
    since: dict[tuple[str, str], int] = {}
    for fact in desk.store.of_kinds((TRIED, REACHED), start, end):
        person = str(fact.body.get("person") or fact.body.get("role", ""))
        _count(found.setdefault(person, Reach(person)), fact, since)
    now = min(desk.now(), end)
    for (_, person), begun in since.items():
        found[person].waiting = True
        _waited(found[person], now - begun)
    return sorted(found.values(), key=lambda one: (-one.unreached, -one.attempts, one.person))


def _count(reach: Reach, fact: Fact, since: dict[tuple[str, str], int]) -> None:
    about = (fact.subject, reach.person)
    if fact.kind == TRIED:
        reach.attempts += 1
        since.setdefault(about, fact.at)
        return
    reach.reached += 1
    if about in since:
        _waited(reach, fact.at - since.pop(about))


def _waited(reach: Reach, seconds: int) -> None:
    reach.longest = max(reach.longest, seconds)
    reach.unreached += seconds > WITHIN
