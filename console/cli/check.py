"""One thing `console doctor` looked at."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.words import Label, Message


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what, how it is, and when it is not well what to do."""

    what: Label
    good: bool
    says: Message
    remedy: Message | None = None
