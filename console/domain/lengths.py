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

from console.domain.words import Label

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
_WORDS = {
    "day": "当日",
    "week": "下周内",
    "month": "当月",
    "now": "立即",
    "timely": "及时",
    "promise": "承诺时间",
}
_CHINESE_UNITS = {
    "s": "秒",
    "m": "分",
    "h": "小时",
    "wm": "工作分",
    "wh": "个工作小时",
    "wd": "个工作日",
    "cd": "个自然日",
    "mo": "个月",
}
_NUMBERED = re.compile(r"(\d{1,5})(s|m|h|wm|wh|wd|cd|mo)")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE_DAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
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
    text = str(written).strip()  # a plugin may give a bare number
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


def in_words(written: str) -> Label:
    """A limit for a reader: as it is written, in Chinese in words. What is no limit stays."""
    slot, number = _SLOT.fullmatch(written), _NUMBERED.fullmatch(written)
    if number:
        chinese = f"{number[1]} {_CHINESE_UNITS[number[2]]}"
    elif slot:
        chinese = "、".join(_CHINESE_DAYS[_DAYS.index(day)] for day in slot[1].split(","))
    else:
        chinese = _WORDS.get(written, written)
    return Label(chinese, written)
