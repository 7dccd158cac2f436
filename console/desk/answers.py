"""The questions the desk answers: board, strip, case, why, find, follow, people."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from console.config import Config
from console.desk import ledger, line_status, strip
from console.desk.line_status import LineStatus
from console.desk.recipients import recipients_of
from console.desk.rosters import RosterFile
from console.desk.viewer import Viewer
from console.desk.world import StoreWorld
from console.domain.board import BoardRow, StripRow
from console.domain.call import Call
from console.domain.callback import Callback
from console.domain.case import Case
from console.domain.cleantext import clean
from console.domain.clockwork import Reckoner
from console.domain.commands import COMMANDS, Command
from console.domain.facts import Fact
from console.domain.people import SYSTEM, Directory, Person
from console.domain.permissions import demand
from console.domain.refusal import RefusedError
from console.domain.rulebook import Rulebook
from console.domain.schedule import Schedule
from console.domain.words import M, Message
from console.store.calendar_shelf import CalendarShelf
from console.store.lease import Lease
from console.store.reading import Reading
from console.store.rows import OwedRow
from console.store.store import LOCK, Store

if TYPE_CHECKING:
    from console.desk.duties import DutyRow
    from console.desk.handover import HandoverItem
    from console.desk.offers import Handing, Offer
    from console.domain.roster import Roster
    from console.plugins.guard import Guards
    from console.plugins.views import Section
    from console.store.presence import Presence

IN_FORCE = "calendars_in_force"
"""What the store remembers of the calendars last announced: version and digest by id."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who acts, from which seat."""

    person: str
    seat: str = ""


class Answers:
    """The reading half of the desk; see `console.desk.Desk`."""

    def __init__(
        self,
        store: Store,
        rulebook: Rulebook,
        reckoner: Reckoner,
        config: Config,
        now: Callable[[], int],
        calendars: CalendarShelf | None = None,
    ) -> None:
        self.store = store
        self.rulebook = rulebook
        self.reckoner = reckoner
        self.config = config
        self.now = now
        self.calendars = calendars or CalendarShelf()
        self.schedule = Schedule(rulebook.lines.values(), self.calendars.calendar, config.duties)
        self._calendars_seen: str | None = None
        self._directory: tuple[int, Directory] | None = None
        self._seen: dict[tuple[str, int], int] = {}
        self._rosters = RosterFile(store.directory)
        self.problems: dict[str, str] = {}
        self.guards: Guards | None = None

    # --- who and what

    @property
    def directory(self) -> Directory:
        """Everybody, as of the last change to a person."""
        return self.directory_of(self.store)

    def directory_of(self, reading: Reading) -> Directory:
        """Everybody, as one transaction sees them."""
        version = reading.people_version()
        if self._directory is None or self._directory[0] != version:
            people, config = reading.people(), self.config
            self._directory = (version, Directory(people, config.slots, config.deputies))
        return self._directory[1]

    def actor(self, who: Who, reading: Reading | None = None) -> Person:
        """The acting person. Raises RefusedError for somebody unknown or gone."""
        if who.person == SYSTEM.key:
            return SYSTEM
        directory = self.directory_of(reading or self.store)
        person = directory.get(who.person) or directory.find(who.person)
        if person is None or not person.active:
            raise RefusedError(
                "identity",
                M("Nobody here is called “{who}”.", who=who.person),
                M("Sign on as one of: {people}.", people=", ".join(p.key for p in self.people())),
            )
        return person

    def demand(self, permission: str, who: Who) -> Person:
        """The acting person, who may do something (see `console.domain.permissions`).
        Raises RefusedError for somebody who may not."""
        actor = self.actor(who)
        demand(permission, actor)
        return actor

    def viewer(self, who: Who | None = None) -> Viewer:
        """What of customers is shown to somebody; while nobody is signed on, what everybody
        may see. Whether they may see any of it is for `demand` to say."""
        key = who.person if who is not None else ""
        person = SYSTEM if key == SYSTEM.key else self.directory.get(key)
        return Viewer(person, self.rulebook)

    def people(self) -> list[Person]:
        return self.store.people()

    def command(self, name: str) -> Command:
        """A command by its name. Raises RefusedError naming those there are."""
        command = COMMANDS.get(name)
        if command is None:
            raise RefusedError(
                "command",
                M("There is no command “{name}”.", name=name),
                M("`console do --list` shows all of them."),
            )
        return command

    def world(self, reading: Reading, as_of: int | None = None) -> StoreWorld:
        directory = self.directory_of(reading)
        self._heed_calendars(reading)
        world = StoreWorld(
            reading,
            self.rulebook,
            self.reckoner,
            directory,
            self.schedule,
            as_of,
            self.config.area_code,
        )
        world.recipients = recipients_of(self, world)
        world.exchanges = self.exchanges
        world.hotline = self.config.known_as
        return world

    def _heed_calendars(self, reading: Reading) -> None:
        """Read the calendars anew when another process has put others in force."""
        told = reading.meta(IN_FORCE)
        if told != self._calendars_seen and self._calendars_seen is not None:
            self.calendars.refresh()
        self._calendars_seen = told

    def warnings(self, rows: Iterable[BoardRow] | None = None) -> list[Message]:
        """What everybody has to be told as long as it lasts: years without a calendar that
        an open clock reaches (D-22), calendars left out, slots that name nobody. `rows` saves
        reading the board."""
        from console.desk.warnings import warnings  # noqa: PLC0415 - seldom anything to say

        return warnings(self, self.board() if rows is None else rows)

    def roster_warnings(self, at: int) -> list[Message]:
        """Days off nobody is named for, as warned of at an instant (UTC seconds), and what is
        wrong with the roster."""
        from console.desk.warnings import unmanned  # noqa: PLC0415 - seldom asked alone

        return list(unmanned(self, at))

    def duties(
        self,
        first: date,
        last: date,
        now: int | None = None,
        as_of: int | None = None,
        duty: str = "",
    ) -> list[DutyRow]:
        """What recurs without a case in `[first, last]`, the earliest due first; with what
        it is about when one duty is named."""
        from console.desk.duties import rows_of  # noqa: PLC0415 - no seat starts with them

        return rows_of(self, first, last, self.now() if now is None else now, as_of, duty)

    @property
    def keeps_roster(self) -> bool:
        return self._rosters.exists

    @property
    def roster(self) -> Roster:
        """Who sits where, when; read anew when the file has changed."""
        return self._rosters.read(self.directory)

    def present(self) -> list[Presence]:
        """Everybody at a seat now, this process's own seat included."""
        from console.store.presence import present  # noqa: PLC0415 - seldom asked

        return present(self.store.directory)

    def owned(self) -> dict[str, int]:
        """How many open cases each person owns."""
        return self.store.cases_owned()

    def handover(self, person: str) -> list[HandoverItem]:
        """What somebody looks after and would hand over now."""
        from console.desk.handover import items_of  # noqa: PLC0415 - at the end of a shift

        return items_of(self, person)

    def reliever(self, person: str) -> str:
        """Who follows somebody by the roster; "" when it does not say."""
        from console.desk.handover import reliever  # noqa: PLC0415

        return reliever(self, person)

    def offers(self, person: str) -> list[Offer]:
        """What somebody is to answer: custody, ownership, transfers, missed callers."""
        from console.desk.offers import offers_to  # noqa: PLC0415

        return offers_to(self, person)

    def handings(self, person: str) -> list[Handing]:
        """The shifts handed to somebody of late, the latest first."""
        from console.desk.offers import handings_to  # noqa: PLC0415

        return handings_to(self, person)

    # --- cases

    def case(self, number: int, as_of: int | None = None) -> Case:
        """A case folded from its facts, as they stood at `as_of` when given."""
        if not self.store.case_exists(number):
            raise RefusedError(
                "case",
                M("There is no case {number}.", number=number),
                M("Look it up with `console find`."),
            )
        return self.world(self.store, as_of).case(number)

    def sections(self, case: Case) -> list[Section]:
        """What the plugin of a case adds for whoever reads it."""
        if not self.guards:
            return []
        from console.desk.asking import sections  # noqa: PLC0415 - few plugins have code

        return sections(self, case)

    def callback(self, number: str, as_of: int | None = None) -> Callback:
        """What a number is owed, as it stood at `as_of` when given."""
        return self.world(self.store, as_of).callback(number)

    def why(self, number: int, timer: str = "", as_of: int | None = None) -> list[ledger.Ledger]:
        """How each clock of a case came to show what it shows, line by line."""
        now = self.now() if as_of is None else as_of
        return ledger.why(self.case(number, as_of), timer, now)

    def board(self) -> list[BoardRow]:
        """Every open case, unsorted."""
        return self.store.board()

    def board_row(self, number: int) -> BoardRow | None:
        return self.store.board_row(number)

    # --- calls

    def strip(self, lang: str = "zh", who: Who | None = None) -> list[StripRow]:
        """What the call strip shows, oldest first: of everything, or as `who` hears it."""
        return strip.rows_of(self, lang, who)

    def owed(self) -> list[OwedRow]:
        """Callers who wait for a call back, the longest waiting first."""
        return self.store.owed()

    def call(self, key: str) -> Call:
        """A call with its facts. Raises RefusedError when there is none."""
        return self.world(self.store).known_call(key)

    def calls(self, limit: int = 100) -> list[Call]:
        """The latest calls, newest first."""
        return self.store.recent_calls(limit)

    def live_calls(self) -> list[Call]:
        """Calls going on or about to be placed, in and out, oldest first."""
        return self.store.live_calls()

    # --- telephone lines

    def lines(self) -> list[LineStatus]:
        """The telephone lines, as the process that runs them says they are."""
        running = self.lease(line_status.LEASE).taken()
        return line_status.read_status(self.store.directory, running=running)

    def exchanges(self) -> tuple[str, ...]:
        """The telephone lines that could place a call now."""
        return tuple(line.name for line in self.lines() if line.state == "up")

    # --- searching and following

    def find(self, text: str, limit: int = 50) -> tuple[list[dict[str, object]], list[Call]]:
        """Cases and calls by case number, end of a phone number, or customer name."""
        from console.domain.numbers import match_keys, understand  # noqa: PLC0415 - costs 20-40 ms

        wanted = clean(text, 100)
        if not wanted:
            return [], []
        cases = self.store.cases_like(wanted, limit)
        calls = self.store.calls_like(wanted, limit)
        for key in match_keys(understand(wanted)):
            if key != wanted and not cases and not calls:
                cases, calls = self.store.cases_like(key, limit), self.store.calls_like(key, limit)
        return cases, calls

    def lease(self, name: str) -> Lease:
        """A lease on something only one process may do at a time."""
        return Lease(self.store.directory, name)

    def next_moment(self) -> int | None:
        """When something happens by itself next (UTC seconds)."""
        return self.store.next_moment()

    @property
    def bell(self) -> Path:
        """The file that changes after every write; not before the first."""
        return self.store.directory / LOCK

    def pulse(self) -> int:
        """A number that changes when another connection has committed; cheap to ask."""
        return self.store.data_version()

    def last_seq(self) -> int:
        """The sequence number of the last fact."""
        return self.store.last_seq()

    def changes(self, since: int) -> tuple[int, set[str]]:
        """The last sequence number and the subjects with facts after `since`."""
        return self.store.changed_since(since)

    def follow(self, since: int, limit: int = 1000) -> list[Fact]:
        """The journal's tail after a sequence number."""
        return self.store.follow(since, limit)
