"""A clock simulator without a console: one case of a plugin, its facts given by hand.

Used by authors' tests and by `console plugin clocks`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from console.domain.calendar import Calendar
from console.domain.calendars import CalendarBook
from console.domain.case import Case
from console.domain.clock import Clock
from console.domain.facts import Fact
from console.domain.moments import local_time, parse_moment
from console.domain.reckoning import Reckoning
from console.domain.rulebook import Rulebook
from console.domain.rules import Line
from console.plugins.contribution import Contribution
from console.plugins.dropin import load
from console.plugins.house import HOUSE
from console.plugins.joined import joined
from console.plugins.lines import all_lines

CALENDARS = Path(__file__).parent.parent / "data" / "calendars"
ACTOR = "lin"


class ClockRow(NamedTuple):
    """One clock as it stands: local times without seconds, "" for none."""

    key: str
    state: str
    started: str
    due: str
    stopped: str


class Simulation:
    """One case. `at` moves the clock, `do` adds a fact; the first `at` opens the case and
    classifies it."""

    def __init__(
        self,
        line: Line,
        division: str = "",
        category: str = "",
        calendar: Callable[[str], Calendar] | None = None,
        day_count: str = "civil",
    ) -> None:
        book = Rulebook([line], HOUSE)
        reckoner = Reckoning(calendar or shipped_calendar, day_count)
        self.case = Case(1001, book, reckoner)
        self.now = 0
        self._place = {"line": line.key, "category": category, "division": division}

    def at(self, moment: str) -> Simulation:
        """Move to a moment: `2026-02-13 16:40`, `17:00` of the same day, `+30m`. Time does
        not run backwards: raises ValueError."""
        then = parse_moment(moment, self.now)
        if then < self.now:
            raise ValueError(f"{moment} is before {shown(self.now)}")
        self.now = then
        if not self.case.facts:
            self.do("case_opened", line=self._place["line"])
            self.do("classified", **self._place)
        return self

    def do(self, kind: str, **body: Any) -> Simulation:
        """A fact of this kind happens now. `due` may be written as a moment."""
        if isinstance(body.get("due"), str):
            body["due"] = parse_moment(body["due"], self.now)
        number = len(self.case.facts) + 1
        subject = self.case.subject
        self.case.apply(Fact(number, self.now, self.now, ACTOR, "", subject, kind, body))
        return self

    def fill(self, **values: Any) -> Simulation:
        """Values are written into fields of the case, as each field reads them."""
        fields = self.case.rules.fields
        return self.do("filled", values={key: fields[key].parse(v) for key, v in values.items()})

    def clocks(self) -> list[ClockRow]:
        """Every clock there ever was, as it stands now."""
        return [self._row(clock) for clock in self.case.clocks]

    def due(self, timer: str) -> str:
        """When the latest clock of a timer is due, `2026-02-13 16:50`; "" for no instant.
        Raises KeyError when it has none."""
        return self._latest(timer).due

    def state(self, timer: str) -> str:
        """How the latest clock of a timer stands: running, amber, met, breached …"""
        return self._latest(timer).state

    def _latest(self, timer: str) -> ClockRow:
        mine = [clock for clock in self.case.clocks if clock.key == timer]
        if not mine:
            known = ", ".join(sorted({clock.key for clock in self.case.clocks})) or "none"
            raise KeyError(f"no clock of {timer} has started; there are: {known}")
        return self._row(mine[-1])

    def _row(self, clock: Clock) -> ClockRow:
        instants = (clock.began, clock.due, clock.ended)
        return ClockRow(clock.key, clock.state(self.now), *map(shown, instants))


def simulate(plugin: Path | Line, division: str = "", category: str = "") -> Simulation:
    """A case of a plugin: of the line it brings, or of the division it adds to a line.
    Raises UnfitError for a file that cannot be loaded, LookupError when it does not bring
    such a division."""
    if isinstance(plugin, Line):
        return Simulation(plugin, division, category)
    line, divisions = line_of(load(plugin), division)
    return Simulation(line, division or next(iter(divisions), ""), category)


def line_of(brings: Contribution, division: str = "") -> tuple[Line, list[str]]:
    """The line of a plugin's cases, with its own divisions, and the divisions it adds."""
    for key, added in brings.divisions.items():
        known = [*brings.lines, *all_lines()]
        line = next((one for one in known if one.key == key), None)
        keys = [one.key for one in added]
        if line is not None and (not division or division in keys):
            return joined(line, added), keys
    for line in brings.lines:
        if not division or line.division(division):
            return line, []
    raise LookupError(f"the plugin has no division {division!r} of a line there is")


def shown(at: int | None) -> str:
    """An instant as people write it, in the zone of the calendars."""
    return "" if at is None else local_time(at).strftime("%Y-%m-%d %H:%M")


def shipped_calendar(key: str) -> Calendar:
    """A calendar that comes with the console."""
    return shipped_calendars()[key]


@cache
def shipped_calendars() -> CalendarBook:
    """The calendars that come with the console."""
    documents: Iterable[Any] = (
        json.loads(path.read_text("utf-8")) for path in sorted(CALENDARS.glob("*.json"))
    )
    return CalendarBook.parse(documents)
