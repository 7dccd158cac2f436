"""Facts: what happened, who did it, when. Appended once, never changed.

A fact belongs to a *subject*, the thing it is about, written `kind:key`: `case:1042`,
`call:hq-17.3`, `person:lin`. A `Draft` is a fact not yet journaled: the domain returns
drafts, the store gives them sequence, recorded instant and hash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact about to be journaled.

    `at` is the instant it happened in UTC seconds; None means the instant of the command.
    """

    subject: str
    kind: str
    body: Body = field(default_factory=dict)
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A journaled fact.

    `at` is when it happened, `recorded` when it was written down (both UTC seconds; late
    entry makes them differ). `digest` is the SHA-256 chain over everything before it.
    """

    seq: int
    at: int
    recorded: int
    actor: str
    seat: str
    subject: str
    kind: str
    body: Body
    previous: str = ""
    digest: str = ""
