"""Divisions added to lines from outside, as if the line had always had them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from console.domain.rules import Line, Target
from console.domain.words import L

POLICY = ("via", "door", "assignee", "clause")
"""What a division has from its line unless it says otherwise."""

_PLAIN = Target("plain", L("无", "none"))


def joined(line: Line, divisions: Iterable[Target]) -> Line:
    """A line with further divisions. What they bring for the line itself (duties, slots,
    facts) becomes the line's. Raises ValueError when two duties have one key."""
    for division in divisions:
        own = inherited(division, line)
        about = (replace(one, division=one.division or own.key) for one in own.duties)
        line = replace(
            line,
            divisions=(*line.divisions, own),
            duties=(*line.duties, *about),
            slots={**line.slots, **own.slots},
            facts={**line.facts, **own.facts},
        )
    return line


def inherited(division: Target, line: Line) -> Target:
    """A division under the policy of its line: how the line's own divisions that are
    reached through a desk are reached, this one is reached too."""
    own = [one for one in line.divisions if one.via]
    if division.via or not own:
        return division
    policy: dict[str, Any] = {}
    for name in POLICY:
        values = {getattr(one, name) for one in own}
        if len(values) == 1 and getattr(division, name) == getattr(_PLAIN, name):
            policy[name] = values.pop()
    return replace(division, **policy)
