"""The rules in force, compiled so that one fact touches only the rules it can affect."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

from console.domain.acts import Act
from console.domain.fact_labels import FACT_LABELS
from console.domain.fields import Choice, Field, Flag
from console.domain.forms import Form
from console.domain.patterns import AllOf, On
from console.domain.rules import (
    Category,
    Forbid,
    Gate,
    Line,
    Message,
    Notice,
    Script,
    Target,
    Timer,
)
from console.domain.states import STATES
from console.domain.words import Label

UNCLASSIFIED = ""

ATTRIBUTE_LABELS = {
    "category": Label("类别", "category"),
    "division": Label("事业部", "division"),
    "line": Label("产品线", "product line"),
    "state": Label("状态", "state"),
    "channel": Label("渠道", "channel"),
    "cycle": Label("轮次", "cycle"),
    "known": Label("已知客户", "known caller"),
}
"""What the built-in attributes rules look at are called."""

Versions = tuple[int, int]
"""The versions of a line and of a division a case is judged by; 0 = the one in force."""

IN_FORCE: Versions = (0, 0)


class Archive(Protocol):
    """What lines and divisions said in earlier versions, and what those said that are gone."""

    def line(self, key: str, version: int) -> Line | None:
        """A line without its divisions; `version` 0 is the last one."""

    def division(self, line: str, key: str, version: int) -> Target | None:
        """A division of a line; `version` 0 is the last one."""

    def keys(self) -> Iterable[tuple[str, str]]:
        """(line, division) of everything that ever was in force; division "" = the line."""


@dataclass(frozen=True, slots=True)
class OwnedTimer:
    """A timer together with the line it belongs to; the pair is its identity on a case.
    `ageing` is how long it may age before it warns, when it has no number (D-07)."""

    line: str
    timer: Timer
    calendar: str
    key: tuple[str, str]
    starts: tuple[On, ...]
    start_kinds: frozenset[str]
    stop_kinds: frozenset[str]
    ageing: OwnedTimer | None = None


def own(line: str, timer: Timer, calendar: str) -> OwnedTimer:
    """Bind a timer to its line; what every fact asks for is computed once, here."""
    starts = timer.starts()
    start_kinds = frozenset(pattern.kind for pattern in starts)
    stop_kinds = frozenset(pattern.kind for pattern in timer.stops())
    ageing = None
    if timer.level == "timely" and timer.amber:
        ageing = own(line, replace(timer, level="soft", within=timer.amber, amber=""), calendar)
    key = (line, timer.key)
    return OwnedTimer(line, timer, calendar, key, starts, start_kinds, stop_kinds, ageing)


class RuleSet:
    """What applies to one case: its line's rules with those of its division and the house."""

    def __init__(self, line: Line, house: Line, division: Target | None = None) -> None:
        self.line = line
        self.division = division
        self._house = house
        parts: list[Line | Target] = [house, line]
        if division is not None:
            parts.append(division)
        self.timers = tuple(
            own(owner, timer, self._calendar(timer))
            for owner, timer in _timers(house, line, division)
        )
        self.notices = _notices(house, parts[1:])
        self.messages: dict[str, Message] = {m.key: m for part in parts for m in part.messages}
        self.gates: tuple[Gate, ...] = tuple(g for part in parts for g in part.gates)
        self.forbids: tuple[Forbid, ...] = (*house.forbids, *line.forbids)
        self.acts: dict[str, Act] = {act.key: act for part in parts for act in part.acts}
        self.forms: dict[str, Form] = {form.key: form for part in parts for form in part.forms}
        self.fields: dict[str, Field] = {}
        for part in parts:
            self.fields.update({field.key: field for field in part.fields})
        renamed = (field for field in self.fields.values() if field.renamed_from)
        self.renamed = {field.renamed_from: field.key for field in renamed}
        self._compile()

    def _calendar(self, timer: Timer) -> str:
        own_hours = "" if self.division is None else self.division.calendar
        return timer.calendar or own_hours or self.line.calendar

    def _compile(self) -> None:
        self.derived: dict[str, Choice | Flag] = {
            key: field
            for key, field in self.fields.items()
            if isinstance(field, (Choice, Flag)) and field.derived
        }
        self.started_by: dict[str, list[OwnedTimer]] = {}
        self.stopped_by: dict[str, list[OwnedTimer]] = {}
        self.changed_by: dict[str, list[OwnedTimer]] = {}
        for owned in self.timers:
            for pattern in owned.timer.starts():
                self.started_by.setdefault(pattern.kind, []).append(owned)
            for pattern in owned.timer.stops():
                mine = self.stopped_by.setdefault(pattern.kind, [])
                if owned not in mine:
                    mine.append(owned)
            for name in _looked_at(owned.timer):
                self.changed_by.setdefault(name, []).append(owned)
        self.told_by: dict[str, list[Notice]] = {}
        for notice in sorted(self.notices, key=lambda one: one.unless_told):
            self.told_by.setdefault(notice.trigger().kind, []).append(notice)
        self.guarded_by: dict[str, list[Gate]] = {}
        for gate in self.gates:
            self.guarded_by.setdefault(gate.guarded().kind, []).append(gate)

    @cached_property
    def timer_keys(self) -> frozenset[tuple[str, str]]:
        return frozenset(owned.key for owned in self.timers)

    def category(self, key: str) -> Category | None:
        return self.line.category(key)

    def settling(self, attributes: Mapping[str, Any]) -> Category | None:
        """The category whose roles alone may answer and close a case: its own, or one that
        also holds for it. None when its owner may."""
        mine = self.category(str(attributes.get("category", "")))
        if mine is not None and mine.settled_by is not None:
            return mine
        others = (one for one in self.line.categories if one.settled_by is not None)
        return next((o for o in others if o.also_if and o.also_if.holds(attributes)), None)

    def wording(self, field: str, value: Any) -> Label | str:
        """What a field (value None) or one of its values is called on this line."""
        known = self.fields.get(field)
        if value is None:
            return known.label if known else ATTRIBUTE_LABELS.get(field, field)
        named = {"category": self.category, "division": self.line.division}.get(field)
        found = named(str(value)) if named else None
        if found is not None:
            return found.label
        if field == "state":
            return self.state_label(str(value))
        choices: Mapping[str, Label] = getattr(known, "choices", {})
        return choices.get(str(value), str(value))

    def state_label(self, state: str) -> Label:
        """What a state is called: one of every case, or one an act of the line leads to."""
        act = self.acts.get(state)
        if act is not None and act.state is not None:
            return act.state
        return STATES.get(state) or Label(state, state)

    def names(self, line: str, division: str) -> bool:
        """Whether these are the rules of this line and division, and not what applies for
        want of them. What somebody mistyped is not worth keeping."""
        target = "" if self.division is None else self.division.key
        stands_in = self.line.label is self._house.label and line != UNCLASSIFIED
        return self.line.key == line and target == division and not stands_in

    @property
    def script(self) -> Script | None:
        return self.line.script or self._house.script


def _timers(house: Line, line: Line, division: Target | None) -> Iterator[tuple[str, Timer]]:
    """The timers that apply, each with what it belongs to. A line's timer replaces the
    house's of the same key; a division's runs beside the line's (S-15)."""
    replaced = {timer.key for timer in line.timers}
    for timer in house.timers:
        if timer.key not in replaced:
            yield house.key, timer
    for timer in line.timers:
        yield line.key, timer
    if division is not None:
        for timer in division.timers:
            yield f"{line.key}/", timer


def _notices(house: Line, parts: list[Line | Target]) -> tuple[Notice, ...]:
    """The notices that apply. A line's notice replaces the house's of the same key."""
    own = tuple(notice for part in parts for notice in part.notices)
    replaced = {notice.key for notice in own}
    return (*(one for one in house.notices if one.key not in replaced), *own)


class Rulebook:
    """All product lines in force. An object per process, never a module global."""

    def __init__(self, lines: Iterable[Line], house: Line, archive: Archive | None = None) -> None:
        self.lines = {line.key: line for line in lines}
        self.house = house
        self.archive = archive
        self._sets: dict[tuple[str, str, int, int], RuleSet] = {}

    def rules(self, line: str, division: str = "", versions: Versions = IN_FORCE) -> RuleSet:
        """The rules of a case, in the versions it was classified under (S-15). What is not
        in force any more is taken from the archive. Before its line is known, or when
        nobody remembers the line, the strictest timers of all lines (rulebook §8)."""
        key = (line, division, *versions)
        found = self._sets.get(key)
        if found is None:
            found = self._compose(line, division, versions)
            if found.names(line, division):
                self._sets[key] = found
        return found

    def _compose(self, line: str, division: str, versions: Versions) -> RuleSet:
        known = self._line(line, versions[0])
        if known is None:
            return self._strictest(line)
        target = self._division(known, division, versions[1])
        if target is None and division:
            return self.rules(line, "", versions)
        return RuleSet(known, self.house, target)

    def _line(self, key: str, version: int) -> Line | None:
        present = self.lines.get(key)
        if present is not None and version in (0, present.version):
            return present
        kept = self.archive.line(key, version) if self.archive is not None and key else None
        if kept is None:
            return present
        return kept if present is None else replace(kept, divisions=present.divisions)

    def _division(self, line: Line, key: str, version: int) -> Target | None:
        present = line.division(key)
        if present is not None and version in (0, present.version):
            return present
        kept = self.archive.division(line.key, key, version) if self.archive and key else None
        return kept or present

    def line(self, key: str) -> Line | None:
        """A line in force, or as it last was."""
        return self._line(key, 0)

    def division(self, line: Line, key: str) -> Target | None:
        """A division of a line in force, or as it last was."""
        return self._division(line, key, 0)

    def versions(self, line: str, division: str) -> Versions:
        """The versions in force of a line and a division; 0 for one that is none."""
        known = self.lines.get(line)
        target = known.division(division) if known is not None else None
        return (known.version if known else 0, target.version if target else 0)

    def put(self, line: Line) -> None:
        """Put a line in force in place of the one of its key."""
        self.lines[line.key] = line
        self._forget()

    def withdraw(self, line: str, division: str = "") -> None:
        """Take a line, or one of its divisions, out of force. Its cases go on as they are."""
        present = self.lines.get(line)
        if present is None:
            return
        if division:
            left = tuple(one for one in present.divisions if one.key != division)
            self.lines[line] = replace(present, divisions=left)
        else:
            del self.lines[line]
        self._forget()

    def _forget(self) -> None:
        self._sets.clear()
        self.__dict__.pop("digest", None)
        self.__dict__.pop("_act_labels", None)

    def gone(self) -> Iterator[Line | Target]:
        """The lines and divisions that once were in force and are not now, as they last
        were: cases may still be theirs."""
        for line, division in self.archive.keys() if self.archive is not None else ():
            present = self.lines.get(line)
            if division:
                absent = present is None or present.division(division) is None
                found = self._archived_division(line, division) if absent else None
            else:
                found = self._line(line, 0) if present is None else None
            if found is not None:
                yield found

    def _archived_division(self, line: str, division: str) -> Line | Target | None:
        return None if self.archive is None else self.archive.division(line, division, 0)

    def _strictest(self, line: str) -> RuleSet:
        merged = RuleSet(Line(line, self.house.label), self.house)
        if line != UNCLASSIFIED:
            return merged
        chosen: dict[str, OwnedTimer] = {}
        for one in self.lines.values():
            for timer in one.timers:
                if not timer.unclassified:
                    continue
                rival = chosen.get(timer.concern)
                if rival is None or _strictness(timer) < _strictness(rival.timer):
                    chosen[timer.concern] = own(one.key, timer, timer.calendar or one.calendar)
        merged.timers = (*merged.timers, *chosen.values())
        for one in self.lines.values():
            own_fields = {field.key: field for field in one.fields}
            alone = len(self.lines) == 1
            if not alone:  # what a line asks for is asked once the line is known
                own_fields = {k: replace(f, required="") for k, f in own_fields.items()}
            merged.fields = merged.fields | own_fields if alone else own_fields | merged.fields
        merged._compile()
        merged.derived = {}  # what says itself waits until the line is known
        return merged

    @cached_property
    def _act_labels(self) -> dict[str, Label]:
        lines = (self.house, *self.lines.values())
        parts: list[Line | Target] = [*self.gone(), *lines]
        for line in lines:
            parts += line.divisions
        own = {kind: label for part in parts for kind, label in part.facts.items()}
        return own | {act.key: act.label for part in parts for act in part.acts}

    def fact_label(self, kind: str) -> Label:
        """What a kind of fact is called: one of every line, or one a line adds."""
        return FACT_LABELS.get(kind) or self._act_labels.get(kind) or Label(kind, kind)

    @cached_property
    def digest(self) -> str:
        """Changes when any rule changes; projections made under another digest are redone."""
        text = repr([self.house, *(self.lines[key] for key in sorted(self.lines))])
        return hashlib.sha256(text.encode()).hexdigest()


def _looked_at(timer: Timer) -> frozenset[str]:
    """The attributes whose change can start, drop, pause or resume a timer."""
    conditions = (timer.if_, timer.pause_while)
    return frozenset().union(*(one.fields() for one in conditions if one is not None))


def _strictness(timer: Timer) -> tuple[int, int]:
    """Elapsed limits first, the shortest first; then days; then what has no number."""
    ranks = {"sec": 0, "min": 1, "day": 2, "wd": 3, "cd": 4}
    length = timer.length
    return (ranks.get(length.unit, 9), length.amount)


def acts_of(timer: Timer) -> int:
    """How many acts meet the timer: 1, or the number of acts that must all be reached."""
    return len(timer.stop.acts) if isinstance(timer.stop, AllOf) else 1
