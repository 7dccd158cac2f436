"""Moments as people type them, to UTC seconds and back, in a named time zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_LATER = re.compile(r"\+(\d{1,4})(m|h|d|分|时|天)")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}(?![^ T]).*")
_STEP = {"m": 60, "h": 3600, "d": 86400, "分": 60, "时": 3600, "天": 86400}
DEFAULT_ZONE = "Asia/Shanghai"


@lru_cache(maxsize=16)
def zone_of(name: str) -> ZoneInfo:
    """The named zone. Raises ZoneInfoNotFoundError (a KeyError) for an unknown name."""
    return ZoneInfo(name)


def parse_moment(typed: str, now: int, zone: str = DEFAULT_ZONE) -> int:
    """The instant in UTC seconds that somebody typed.

    Understood: `09:45` and `09:45:30` (today), `24:00`, `明天 09:00`, `tomorrow 09:00`, `+30m`,
    `2026-03-10`, `2026-03-10 09:45[:30]`, `2026-03-10T09:45:30+08:00`, whole UTC seconds.
    Raises ValueError with what may be typed.
    """
    text = typed.strip()
    if re.fullmatch(r"\d{9,11}", text):
        return int(text)
    later = _LATER.fullmatch(text)
    if later:
        return now + int(later[1]) * _STEP[later[2]]
    local = datetime.fromtimestamp(now, zone_of(zone))
    day = local.date()
    word, _, rest = text.partition(" ")
    if word in ("明天", "tomorrow") and rest:
        day, text = day + timedelta(days=1), rest
    clock = _CLOCK.fullmatch(text)
    if clock:
        return _on_day(datetime(day.year, day.month, day.day), clock, zone)
    return _written_out(typed.strip(), zone)


def _on_day(day: datetime, clock: re.Match[str], zone: str) -> int:
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        raise ValueError(f"{clock[0]} is not a time of day")
    naive = day + timedelta(days=hour // 24, hours=hour % 24, minutes=minute, seconds=second)
    return int(naive.replace(tzinfo=zone_of(zone)).timestamp())


def _written_out(text: str, zone: str) -> int:
    import arrow  # noqa: PLC0415 - the seat never parses a full date at start

    match = re.fullmatch(r"(\d{4}-\d{2}-\d{2})[ T](24:00(?::00)?)", text)
    if match:
        text, spill = match[1], 86400
    else:
        spill = 0
    offset = re.search(r"(Z|[+-]\d{2}:?\d{2})$", text[10:])
    try:
        # A bare number is no year: “2030” was meant as half past eight in the evening.
        if not _DATED.fullmatch(text):
            raise ValueError(text)
        got = arrow.get(text) if offset else arrow.get(text, tzinfo=zone)
        if not 1970 <= got.year < 9999:
            raise ValueError(text)
    except (ValueError, TypeError, arrow.parser.ParserError):
        raise ValueError(
            f"“{text}” is not a moment; write 09:45, 2026-03-10 09:45 or +30m"
        ) from None
    return int(got.timestamp()) + spill


def local_time(at: int, zone: str = DEFAULT_ZONE) -> datetime:
    """The wall clock of an instant."""
    return datetime.fromtimestamp(at, zone_of(zone))


def iso(at: int, zone: str = DEFAULT_ZONE) -> str:
    """ISO 8601 with offset, for machines."""
    return local_time(at, zone).isoformat()


def iso_utc(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
