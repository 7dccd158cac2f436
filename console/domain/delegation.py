"""Acting for whoever holds a post, from one moment until another (000 II.3(2)8).

The entries of a post are the facts of the subject `slot:KEY`. The newest is the one that
counts: a new entry ends the one before, and one that ends at once ends acting altogether.
"""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.facts import Fact

SUBJECT = "slot"
ENTERED = "delegated"


def subject_of(slot: str) -> str:
    return f"{SUBJECT}:{slot}"


def deputy(facts: Iterable[Fact], at: int) -> str:
    """Who acts for the holder of a post at an instant (UTC seconds); "" when nobody does."""
    entries = [fact.body for fact in facts if fact.kind == ENTERED]
    if not entries or not entries[-1]["since"] <= at < entries[-1]["until"]:
        return ""
    return str(entries[-1]["to"])
