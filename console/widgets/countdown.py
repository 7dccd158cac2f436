"""What a clock of the board says, and when it will next say something else.

Pure: instants are UTC seconds and the present is passed in. A clock is read in the unit
that matters and no finer, so that a board writes little and an idle one nothing:

    under 10 minutes   04:51     every second
    under an hour      23m       every minute
    under a day        4h45      every quarter of an hour, rounded down
    under 10 days      1d02h     every hour
    above              12d       every day

After the due instant the same text counts up behind a minus sign. "Within n" includes the
last second (rulebook D-12), so a clock is breached one second after it is due.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from console.domain.board import BoardClock

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
QUARTER = 15 * MINUTE
SECONDS_BELOW = 10 * MINUTE
HOURS_BELOW = 10 * DAY

NEVER = 1 << 62
"""The instant of a change that does not come."""

State = Literal["breached", "overdue", "amber", "ok", "now", "timely", "gate"]
"""How a clock stands: `breached` a hard limit past due, `overdue` a soft one."""


class Units(NamedTuple):
    """The words of a countdown in one language, and the cells its widest text needs."""

    day: str
    hour: str
    minute: str
    at_once: str
    width: int
    coarse_width: int


EN = Units("d", "h", "m", "now", 7, 4)
ZH = Units("天", "时", "分", "立即", 8, 5)


class Glyphs(NamedTuple):
    """One sign for each state, one cell each, so that no state needs colour."""

    breached: str = "!"
    overdue: str = "▼"
    amber: str = "▲"
    ok: str = " "
    now: str = "●"
    timely: str = "·"
    gate: str = "·"
    cursor: str = "▌"
    ringing: str = "▶"
    queued: str = "·"
    answered: str = "»"
    missed: str = "!"
    ellipsis: str = "…"
    grave: str = "◆"

    def of(self, state: str) -> str:
        """The sign of a clock's or a call's state; a blank for one that has none."""
        sign: str = getattr(self, state, " ")
        return sign


UNICODE = Glyphs()
ASCII = Glyphs("!", "v", "^", " ", "*", ".", ".", ">", ">", ".", "=", "!", "~", "#")
"""For terminals whose font or encoding has no others."""


def state_of(clock: BoardClock, now: int) -> State:
    """How `clock` stands at `now`. A clock without a number can only turn amber."""
    if clock.due is not None and now > clock.due:
        return "breached" if clock.level == "hard" else "overdue"
    if clock.level == "now":
        return "now"
    if clock.amber is not None and now >= clock.amber:
        return "amber"
    if clock.due is not None:
        return "ok"
    return "gate" if clock.level == "gate" else "timely"


def _step(seconds: int) -> int:
    """How many seconds one text holds, for a distance of `seconds` from the due instant."""
    if seconds < SECONDS_BELOW:
        return 1
    if seconds < HOUR:
        return MINUTE
    if seconds < DAY:
        return QUARTER
    return HOUR if seconds < HOURS_BELOW else DAY


def _length(seconds: int, units: Units) -> str:
    """A distance of `seconds` >= 0, rounded down to its step."""
    if seconds < SECONDS_BELOW:
        return f"{seconds // MINUTE:02}:{seconds % MINUTE:02}"
    if seconds < HOUR:
        return f"{seconds // MINUTE}{units.minute}"
    if seconds < DAY:
        minutes = seconds % HOUR // QUARTER * (QUARTER // MINUTE)
        return f"{seconds // HOUR}{units.hour}{minutes:02}"
    if seconds < HOURS_BELOW:
        return f"{seconds // DAY}{units.day}{seconds % DAY // HOUR:02}{units.hour}"
    return f"{seconds // DAY}{units.day}"


def text(due: int, now: int, units: Units = EN) -> str:
    """What is left until `due`, or, behind a minus sign, how long ago it was."""
    return _length(due - now, units) if now <= due else "-" + _length(now - due, units)


def since(start: int, now: int, units: Units = EN) -> str:
    """How long something has lasted: counts up from `start`."""
    return _length(max(0, now - start), units)


def next_since(start: int, now: int) -> int:
    """When the text of `since` changes next."""
    age = now - start
    if age < 0:
        return start + 1
    step = _step(age)
    return now + step - age % step


def _next_text(due: int, now: int) -> int:
    left = due - now
    return now + left % _step(left) + 1 if left >= 0 else next_since(due, now)


def _next_state(due: int | None, amber: int | None, now: int) -> int:
    turns = (amber, None if due is None else due + 1)
    return min((at for at in turns if at is not None and at > now), default=NEVER)


def next_change(due: int | None, amber: int | None, now: int) -> int:
    """When the text or the state of a clock changes next, always after `now`.

    NEVER for an obligation without a number that will not turn amber either.
    """
    turn = _next_state(due, amber, now)
    return turn if due is None else min(turn, _next_text(due, now))


def _coarse_step(seconds: int) -> int:
    if seconds < HOUR:
        return MINUTE
    return HOUR if seconds < DAY else DAY


def _coarse_length(seconds: int, units: Units) -> str:
    if seconds < HOUR:
        return f"{seconds // MINUTE}{units.minute}"
    if seconds < DAY:
        return f"{seconds // HOUR}{units.hour}"
    return f"{seconds // DAY}{units.day}"


def coarse(due: int, now: int, units: Units = EN) -> str:
    """The same in one unit, for the clocks of a case that are not the worst: 7m, 4h, -2d."""
    sign = "-" if now > due else ""
    return sign + _coarse_length(abs(due - now), units)


def next_coarse(due: int | None, amber: int | None, now: int) -> int:
    """When the coarse text or the state changes next."""
    turn = _next_state(due, amber, now)
    if due is None:
        return turn
    left = due - now
    step = _coarse_step(abs(left))
    return min(turn, now + (left % step + 1 if left >= 0 else step - -left % step))


def face(clock: BoardClock, now: int, units: Units = EN) -> str:
    """The countdown column of a clock.

    An obligation that is due at once says so; one that is only "timely" shows its age; a
    gate waits for something else than time and shows nothing. A provisional due, beyond
    the published calendar, is marked with a tilde.
    """
    if clock.due is not None:
        return ("~" if clock.provisional else "") + text(clock.due, now, units)
    if clock.level == "now":
        return units.at_once
    if clock.level == "gate":
        return ""
    return "+" + _coarse_length(max(0, now - clock.started), units)


def next_face(clock: BoardClock, now: int) -> int:
    """When the glyph or the countdown column of a clock changes next."""
    change = next_change(clock.due, clock.amber, now)
    if clock.due is not None or clock.level in {"now", "gate"}:
        return change
    age = max(0, now - clock.started)
    step = _coarse_step(age)
    return min(change, max(now, clock.started) + step - age % step)


def small_face(clock: BoardClock, now: int, units: Units = EN) -> str:
    """The coarse countdown of a further clock; empty when it has no number."""
    return "" if clock.due is None else coarse(clock.due, now, units)
