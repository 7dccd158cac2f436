"""What a command is: a name, typed parameters, who may give it, and a pure decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from console.domain.bulletin import Bulletin
from console.domain.call import Call
from console.domain.callback import Callback
from console.domain.case import Case
from console.domain.facts import Draft, Fact
from console.domain.fields import Field
from console.domain.moments import DEFAULT_ZONE
from console.domain.people import Directory, Person
from console.domain.recipients import Recipients
from console.domain.refusal import RefusedError
from console.domain.rulebook import Rulebook
from console.domain.schedule import Schedule
from console.domain.seat_watch import SeatWatch
from console.domain.watch import Watch
from console.domain.words import Label, M


class World(Protocol):
    """What a decision may look up besides its own subject."""

    rulebook: Rulebook
    directory: Directory
    area_code: str
    hotline: str
    schedule: Schedule
    recipients: Recipients

    def facts(self, subject: str) -> list[Fact]:
        """The facts of a subject, in sequence."""

    def case(self, number: int) -> Case:
        """Raises RefusedError when there is no such case."""

    def call(self, key: str) -> Call:
        """Raises RefusedError when there is no such call."""

    def callback(self, number: str) -> Callback:
        """What a number is owed; an empty debt when it never called in vain."""

    def seat(self, name: str) -> SeatWatch:
        """Whether a seat is manned."""

    def watch(self, subject: str) -> Watch:
        """Any watched thing, by its subject."""

    def bulletin(self, day: str) -> Bulletin:
        """The digest of a day (ISO date); one nobody gets when none was made."""

    def knows(self, number: str) -> bool:
        """Whether a number (E.164) has called or been recorded before."""

    def held_by(self, person: str) -> Sequence[int]:
        """The open cases a person looks after: own ones nobody else has custody of, and
        those in their custody."""

    def owed(self) -> Sequence[str]:
        """The numbers of missed callers nobody has called back, the longest waiting first."""

    def notice_subject(self, key: str) -> str:
        """What the notice of a key is about, as a subject; "" when there is none."""

    def exchanges(self) -> Sequence[str]:
        """The telephone lines that could place a call now."""

    def next_case(self) -> int:
        """The number of the next case to be opened."""

    def new_call(self) -> str:
        """A key for a call entered by hand."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a decision may look at. Time and identity are passed in.

    `at` is the instant the command is about (UTC seconds), `args` its parsed parameters,
    `values` parsed values for fields of the case.
    """

    actor: Person
    seat: str
    at: int
    args: Mapping[str, Any]
    values: Mapping[str, Any]
    world: World
    about_case: Case | None = None
    about_call: Call | None = None
    zone: str = DEFAULT_ZONE

    @property
    def case(self) -> Case:
        """The case the command is about. Raises RefusedError when none was named."""
        if self.about_case is None:
            raise RefusedError("case", M("Which case?"), M("Add case=NUMBER."))
        return self.about_case

    @property
    def call(self) -> Call:
        """The call the command is about. Raises RefusedError when none was named."""
        if self.about_call is None:
            raise RefusedError("call", M("Which call?"), M("Add call=KEY."))
        return self.about_call

    def person(self, typed: str, wanted: Label) -> Person:
        """The person somebody named. Raises RefusedError for one nobody knows."""
        directory = self.world.directory
        found = directory.get(typed)
        if found is None and self.about_case is not None:
            found = directory.get(directory.resolve(typed, self.about_case.attributes))
        found = found or directory.find(typed)
        if found is None:
            raise RefusedError(
                "person",
                M("{what}: nobody is called “{typed}”.", what=wanted, typed=typed),
                M("Use a name from `console show people`, or add the person first."),
            )
        return found


Decide = Callable[[Situation], Iterable[Draft]]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do.

    `about` is what it acts on: case, call, new (it opens a case) or nothing. `permission` is
    the key of what it takes (see `console.domain.permissions`), `on_complaint` of what it
    takes instead where the case is a complaint. `open_fields` lets it carry values for the
    case's own fields. `words` are what the command bar understands besides the name. `suits`
    says whether it makes sense to offer it for a case to a person. With `clears` a field that
    is given empty empties what was there.
    """

    name: str
    label: Label
    about: str
    decide: Decide
    params: tuple[Field, ...] = ()
    permission: str = "work"
    open_fields: bool = False
    clause: str = ""
    words: tuple[str, ...] = ()
    suits: Callable[[Case, Person], bool] | None = None
    on_complaint: str = ""
    clears: bool = False

    def param(self, key: str) -> Field | None:
        return next((one for one in self.params if one.key == key), None)
