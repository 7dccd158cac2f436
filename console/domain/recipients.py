"""Whom a slot means at an instant: its holder, or who stands in for them, and why. Pure.

What goes to the owner reaches whoever has custody, and the owner stays accountable (D-19).
Whoever is not here is stood in for by the deputy they named, then by those of their slot.
Who is told next when somebody cannot be reached is laid down at the same time; it ends with
the shift lead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from console.domain.people import CASE_ROLES, Directory
from console.domain.words import Label

LAST = "shift_lead"
"""The slot whose holder is told when nobody else could be reached."""

REASONS: dict[str, Label] = {
    "custody": Label("代管中", "has custody"),
    "acting": Label("受权代理该职位", "acts for the holder of the post"),
    "left": Label("已离职", "has left"),
    "away": Label("不在岗", "is away"),
    "off": Label("不当班", "is off by the roster"),
    "unreached": Label("未联系上", "was not reached"),
}
"""Why somebody else is told than whom a slot means."""


class Step(NamedTuple):
    """Somebody to be told next, and in which slot."""

    slot: str
    person: str


@dataclass(frozen=True, slots=True)
class Patience:
    """How long somebody who has to know something now is waited for. In seconds: `after`,
    until the next one is told; `every`, until they are told again. 0 = never."""

    after: int = 15 * 60
    every: int = 5 * 60


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told. `meant` is whom the slot means where that is somebody else, and `why`
    (see `REASONS`); `then` is who is told next, one after the other."""

    slot: str
    person: str
    meant: str = ""
    why: str = ""
    then: tuple[Step, ...] = ()


def _never(_person: str, _at: int) -> bool:
    return False


def _nobody(_slot: str, _at: int) -> str:
    return ""


class Recipients:
    """Finds them. `off_roster` says of whom the roster has others in their place at an
    instant, `acting` who has been entered to act for the holder of a post ("" = nobody)."""

    __slots__ = ("_acting", "_off_roster", "directory", "patience")

    def __init__(
        self,
        directory: Directory,
        patience: Patience | None = None,
        off_roster: Callable[[str, int], bool] = _never,
        acting: Callable[[str, int], str] = _nobody,
    ) -> None:
        self.directory = directory
        self.patience = patience or Patience()
        self._off_roster = off_roster
        self._acting = acting

    def of(self, slot: str, attributes: Mapping[str, Any], at: int) -> Recipient:
        """Who is told at an instant (UTC seconds) what a rule tells a slot; `person` is ""
        when nobody fills it."""
        holder = self.directory.resolve(slot, attributes)
        named = Recipient(slot, holder)
        if slot in CASE_ROLES:
            custodian = str(attributes.get("custodian") or holder)
            if slot == "owner" and custodian != holder:
                named = Recipient(slot, custodian, holder, "custody")
        else:
            acting = self._acting(slot, at)
            if acting not in ("", holder):
                named = Recipient(slot, acting, holder, "acting")
        return self._stood_in_for(named, attributes, at)

    def absence(self, person: str, at: int) -> str:
        """Why somebody is not here at an instant: left, away, off; "" when they are."""
        known = self.directory.get(person)
        if known is None or not known.active:
            return "left"
        if known.away(at) is not None:
            return "away"
        return "off" if self._off_roster(person, at) else ""

    def next_of(self, steps: Iterable[Step], at: int) -> tuple[Step, ...]:
        """Those of a chain that are left to be told from somebody on who is here: without
        anybody, from its end on."""
        chain = tuple(steps)
        for place, step in enumerate(chain):
            if not self.absence(step.person, at):
                return chain[place:]
        return chain[-1:]

    def _stood_in_for(self, named: Recipient, attributes: Mapping[str, Any], at: int) -> Recipient:
        slot, person = named.slot, named.person
        deputies = tuple(self._deputies(slot, person, attributes, at))
        last = tuple(self._last(attributes))
        why = self.absence(person, at) if person and deputies else ""
        here = [n for n, one in enumerate(deputies) if not self.absence(one.person, at)]
        if not why or not here:
            return replace(named, then=_each_once((*deputies, *last), person))
        stand_in = deputies[here[0]].person
        then = _each_once((*deputies[here[0] + 1 :], *last), person, stand_in)
        return Recipient(slot, stand_in, person, why, then)

    def _deputies(
        self, slot: str, person: str, attributes: Mapping[str, Any], at: int
    ) -> Iterator[Step]:
        """Who stands in for somebody: whom they named, then those of their slot."""
        known = self.directory.get(person)
        absence = known.away(at) if known is not None else None
        named = [absence.deputy] if absence is not None and absence.deputy else []
        entry = "" if slot in CASE_ROLES else self.directory.entry(slot, attributes)
        for key in dict.fromkeys((*named, *self.directory.deputies.get(entry, ()))):
            if key != person and self._is_here_for_good(key):
                yield Step(slot, key)

    def _last(self, attributes: Mapping[str, Any]) -> Iterator[Step]:
        entry = self.directory.entry(LAST, attributes)
        holders = (self.directory.slots.get(entry, ""), *self.directory.deputies.get(entry, ()))
        return (Step(LAST, key) for key in holders if self._is_here_for_good(key))

    def _is_here_for_good(self, key: str) -> bool:
        person = self.directory.get(key)
        return person is not None and person.active


def _each_once(steps: Iterable[Step], *without: str) -> tuple[Step, ...]:
    """Every person of a chain where they come first, but for some."""
    found: dict[str, Step] = {}
    for step in steps:
        if step.person not in without:
            found.setdefault(step.person, step)
    return tuple(found.values())
