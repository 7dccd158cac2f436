"""What a decision may look up, read from the store of one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from console.domain import bulletin as bulletins
from console.domain import call as calls
from console.domain import case as cases
from console.domain import watch as watches
from console.domain.bulletin import Bulletin
from console.domain.call import Call
from console.domain.callback import Callback
from console.domain.case import Case
from console.domain.cleantext import clean
from console.domain.clockwork import Reckoner
from console.domain.facts import Fact
from console.domain.fields import TEXT_LIMIT
from console.domain.outbox import Holder
from console.domain.people import Directory
from console.domain.recipients import Recipients
from console.domain.refusal import RefusedError
from console.domain.rulebook import Rulebook
from console.domain.schedule import Schedule
from console.domain.seat_watch import SeatWatch
from console.domain.watch import Watch
from console.domain.words import M
from console.store.reading import Reading

_KINDS: dict[str, type[Callback] | type[SeatWatch]] = {
    Callback.KIND: Callback,
    SeatWatch.KIND: SeatWatch,
}


def watch_of(subject: str, rulebook: Rulebook, reckoner: Reckoner) -> Watch:
    """A watched thing nothing has happened to yet."""
    kind, _, key = subject.partition(":")
    return _KINDS[kind](key, rulebook, reckoner)


class StoreWorld:
    """Cases and calls by key, each folded once. See `console.domain.commands.World`."""

    def __init__(
        self,
        store: Reading,
        rulebook: Rulebook,
        reckoner: Reckoner,
        directory: Directory,
        schedule: Schedule,
        as_of: int | None = None,
        area_code: str = "",
    ) -> None:
        self.store = store
        self.rulebook = rulebook
        self.reckoner = reckoner
        self.directory = directory
        self.schedule = schedule
        self._as_of = as_of
        self.area_code = area_code
        self.exchanges: Callable[[], Sequence[str]] = tuple
        self.hotline = ""
        self.recipients = Recipients(directory)
        self._cases: dict[int, Case] = {}
        self._calls: dict[str, Call] = {}
        self._watches: dict[str, Watch] = {}
        self._bulletins: dict[str, Bulletin] = {}

    def case(self, number: int) -> Case:
        found = self._cases.get(number)
        if found is None:
            facts = self.facts(f"case:{number}")
            if not facts and number != self.store.next_case():
                raise RefusedError(
                    "case",
                    M("There is no case {number}.", number=number),
                    M("Look it up with `console find`."),
                )
            found = cases.fold(number, facts, self.rulebook, self.reckoner)
            self._cases[number] = found
        return found

    def call(self, key: str) -> Call:
        found = self._calls.get(key)
        if found is None:
            found = self._calls[key] = calls.fold(key, self.facts(f"call:{key}"))
        return found

    def callback(self, number: str) -> Callback:
        found = self.watch(f"{Callback.KIND}:{number}")
        assert isinstance(found, Callback)
        return found

    def seat(self, name: str) -> SeatWatch:
        found = self.watch(f"{SeatWatch.KIND}:{name}")
        assert isinstance(found, SeatWatch)
        return found

    def watch(self, subject: str) -> Watch:
        found = self._watches.get(subject)
        if found is None:
            empty = watch_of(subject, self.rulebook, self.reckoner)
            found = self._watches[subject] = watches.fold(empty, self.facts(subject))
        return found

    def bulletin(self, day: str) -> Bulletin:
        found = self._bulletins.get(day)
        if found is None:
            facts = self.facts(f"{bulletins.SUBJECT}:{day}")
            found = self._bulletins[day] = bulletins.fold(day, facts)
        return found

    def holder(self, subject: str) -> Holder:
        """What the notices of a subject belong to."""
        kind, _, key = subject.partition(":")
        return self.bulletin(key) if kind == bulletins.SUBJECT else self.case(int(key))

    def known_call(self, key: str) -> Call:
        """A call that exists. Raises RefusedError."""
        call = self.call(clean(key, TEXT_LIMIT))
        if not call.version:
            raise RefusedError(
                "call",
                M("There is no call “{key}”.", key=key),
                M("See `console show calls` for the calls there are."),
            )
        return call

    def held_by(self, person: str) -> list[int]:
        return self.store.cases_held_by(person)

    def owed(self) -> list[str]:
        return [debt.number for debt in self.store.owed()]

    def notice_subject(self, key: str) -> str:
        return self.store.notice_subject(key)

    def knows(self, number: str) -> bool:
        return self.store.case_counts(number)[0] > 0

    def next_case(self) -> int:
        return self.store.next_case()

    def new_call(self) -> str:
        return f"c{self.store.last_seq() + 1}"

    def facts(self, subject: str) -> list[Fact]:
        """The facts of a subject, as far as this world knows of them."""
        facts = self.store.load(subject)
        if self._as_of is None:
            return facts
        return [fact for fact in facts if fact.at <= self._as_of]
