"""A message of the house itself that is about no single case: the digest of a day."""

from __future__ import annotations

from console.domain import telling
from console.domain.facts import Fact
from console.domain.notices import NoticeRow

SUBJECT = "digest"


class Bulletin:
    """The fold of a day's digest: who gets it, and how far that has come. `day` is an ISO
    date."""

    __slots__ = ("day", "facts", "notices", "version")

    is_open = True
    """There is nothing to close: what waits to be sent is sent."""

    def __init__(self, day: str) -> None:
        self.day = day
        self.facts: list[Fact] = []
        self.notices: list[NoticeRow] = []
        self.version = 0

    @property
    def subject(self) -> str:
        return f"{SUBJECT}:{self.day}"

    @property
    def number(self) -> str:
        """What it goes by where a case goes by its number."""
        return self.day

    def apply(self, fact: Fact) -> None:
        """Fold one more fact."""
        self.facts.append(fact)
        self.version = fact.seq
        telling.follow(self.notices, fact)


def fold(day: str, facts: list[Fact]) -> Bulletin:
    """The bulletin its facts make."""
    bulletin = Bulletin(day)
    for fact in facts:
        bulletin.apply(fact)
    return bulletin
