"""The hours a hotline is staffed, as written in a configuration: `mon-fri 08:30-18:00`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(
    r"(mon|tue|wed|thu|fri|sat|sun)(?:-(mon|tue|wed|thu|fri|sat|sun))?"
    r"\s+(\d{2}):(\d{2})-(\d{2}):(\d{2})"
)
_DAY_MINUTES = 24 * 60


class HoursError(ValueError):
    """Hours that cannot be read; the text is what was written."""


@dataclass(frozen=True, slots=True)
class Hours:
    """(weekday from 0, first minute, minute behind the last) of every span; none at all
    means that the hotline never closes."""

    spans: tuple[tuple[int, int, int], ...] = ()

    @classmethod
    def parse(cls, written: Iterable[str]) -> Hours:
        """Read `mon-fri 08:30-18:00`, `sat 09:00-12:00`. A span may not pass midnight.

        Raises HoursError with the first text that is none.
        """
        spans: list[tuple[int, int, int]] = []
        for text in written:
            found = _SPAN.fullmatch(text.strip().lower())
            if not found:
                raise HoursError(text)
            first, last = _DAYS.index(found[1]), _DAYS.index(found[2] or found[1])
            begin = int(found[3]) * 60 + int(found[4])
            end = int(found[5]) * 60 + int(found[6])
            if not begin < end <= _DAY_MINUTES or last < first:
                raise HoursError(text)
            spans += [(day, begin, end) for day in range(first, last + 1)]
        return cls(tuple(spans))

    def open_at(self, at: int, zone: str) -> bool:
        """Whether the hotline is staffed at `at` (UTC seconds) by the clocks of `zone`."""
        if not self.spans:
            return True
        local = datetime.fromtimestamp(at, ZoneInfo(zone))
        minute = local.hour * 60 + local.minute
        return any(
            day == local.weekday() and begin <= minute < end for day, begin, end in self.spans
        )
