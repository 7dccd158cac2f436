"""How long a limit is, as written in a rule: `15m`, `48h`, `4wh`, `3wd`, `5cd`, `day`, `now`.

| written | meaning (rulebook §0.4) |
| --- | --- |
| `30s` `15m` `48h` | elapsed time, runs day and night (W24) |
| `4wh` `30wm` | working hours, working minutes |
| `3wd` | working days; the timer's convention says how they are counted |
| `5cd` | calendar days, rolled off a rest day (D-04) |
| `1mo` | until 24:00 of the same day of a later month, rolled off a rest day |
| `day` | until 24:00 of the same calendar day (D-05) |
| `week` | until Sunday 24:00 of the next ISO week that has a working day (D-08) |
| `month` | until 24:00 of the last day of the start's month |
| `slot:mon,thu` | until 24:00 of the next of these weekdays that is a working day |
| `now` | at once: a house target in minutes, never a breach of the document (D-06) |
| `timely` | without a number: ages, never counts down (D-07) |
| `promise` | the instant the fact itself carries as `due` |
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_UNITS = {
    "s": ("sec", 1),
    "m": ("sec", 60),
    "h": ("sec", 3600),
    "wm": ("min", 1),
    "wh": ("min", 60),
    "wd": ("wd", 1),
    "cd": ("cd", 1),
    "mo": ("mo", 1),
}
_WORDS = frozenset(("day", "week", "month", "now", "timely", "promise"))
_NUMBERED = re.compile(r"(\d{1,5})(s|m|h|wm|wh|wd|cd|mo)")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SLOT = re.compile(rf"slot:((?:{'|'.join(_DAYS)})(?:,(?:{'|'.join(_DAYS)}))*)")


@dataclass(frozen=True, slots=True)
class Length:
    """A parsed limit. `unit` is sec (elapsed), min (working minutes), wd, cd, mo (months),
    slot, or a word; `weekdays` (Monday 0) are those of a slot."""

    unit: str
    amount: int = 0
    written: str = ""
    weekdays: tuple[int, ...] = ()

    @property
    def counts_down(self) -> bool:
        """Whether there is an instant after which the limit is broken or late."""
        return self.unit != "timely"


class BadLengthError(ValueError):
    """A limit nobody can read; `written` is what stands in the rule."""

    def __init__(self, written: str) -> None:
        super().__init__(
            f"{written!r} is not a length; write 15m, 2h, 4wh, 3wd, 5cd, "
            "day, week, month, slot:mon,thu, now, timely or promise"
        )
        self.written = written


@lru_cache(maxsize=256)
def parse_length(written: str) -> Length:
    """Read a limit as a rule writes it. Raises BadLengthError with what may be written."""
    text = written.strip()
    if text in _WORDS:
        return Length(text, 0, text)
    slot = _SLOT.fullmatch(text)
    if slot:
        return Length("slot", 0, text, tuple(_DAYS.index(day) for day in slot[1].split(",")))
    found = _NUMBERED.fullmatch(text)
    if not found:
        raise BadLengthError(written)
    unit, factor = _UNITS[found[2]]
    return Length(unit, int(found[1]) * factor, text)
