"""One message on its way out, and what may become of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from console.domain.outbox import Problem


class Attachment(NamedTuple):
    """A file that goes with a message: its name, its MIME type, what is in it."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to one address.

    `key` is the same at every attempt, so that a receiver can tell a repetition; `thread` is
    what messages that belong together have in common; `at` is when it is sent (UTC seconds).
    A mail shows `full`, everything else `short`. `facts` are for programs: what it is about.
    """

    key: str
    to: str
    subject: str
    short: str
    full: str
    at: int
    thread: str = ""
    attachments: tuple[Attachment, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


class NotSentError(Exception):
    """An attempt in vain; `problem` says why. Nothing in it is secret."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


class Outlet(Protocol):
    """A way out. `addressed`: it needs to be told to whom; `where` says what it leads to,
    without secrets; `markup` is what its text is written in, text or markdown."""

    addressed: bool
    where: str
    markup: str

    def send(self, letter: Letter) -> str:
        """Hand a letter over. -> which of the outlet's ways took it. Raises NotSentError."""
