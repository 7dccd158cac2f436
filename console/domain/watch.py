"""Something other than a case that clocks run on: a caller owed a call back, an empty seat."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, TypeVar

from console.domain.clock import Clock
from console.domain.clockwork import Clockwork, Reckoner
from console.domain.facts import Fact
from console.domain.rulebook import Rulebook


class Watch(ABC):
    """The fold of one watched thing. `open` while something is owed; each time it begins
    anew is a cycle of clocks of its own. Subclasses say what their facts mean."""

    KIND = ""

    __slots__ = ("clockwork", "facts", "key", "open", "since", "version")

    def __init__(self, key: str, rulebook: Rulebook, reckoner: Reckoner) -> None:
        self.key = key
        self.clockwork = Clockwork(rulebook.rules(""), reckoner)
        self.open = False
        self.since = 0
        self.version = 0
        self.facts: list[Fact] = []

    @property
    def subject(self) -> str:
        return f"{self.KIND}:{self.key}"

    @property
    def clocks(self) -> list[Clock]:
        return self.clockwork.clocks

    def running(self) -> list[Clock]:
        return self.clockwork.running()

    def next_moment(self) -> int | None:
        """When something must be journaled though nobody presses a key (UTC seconds)."""
        return self.clockwork.next_moment()

    def apply(self, fact: Fact) -> None:
        """Fold one more fact."""
        self.facts.append(fact)
        self.version = fact.seq
        self.take(fact)
        self.clockwork.follow(fact, {}, ())

    @abstractmethod
    def take(self, fact: Fact) -> None:
        """What a fact means to this thing."""

    @abstractmethod
    def shown(self) -> list[Any]:
        """What lists show of it, as JSON values."""

    def begin(self, fact: Fact) -> None:
        """Something is owed from now on."""
        self.open = True
        self.since = fact.at
        self.clockwork.cycle += 1


W = TypeVar("W", bound=Watch)


def fold(watch: W, facts: Iterable[Fact]) -> W:
    """The watched thing its facts make."""
    for fact in facts:
        watch.apply(fact)
    return watch
