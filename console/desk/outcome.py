"""What the desk answers to a command."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.facts import Fact
from console.domain.notices import NoticeRow
from console.domain.refusal import Refusal
from console.domain.words import Label, Message


@dataclass(frozen=True, slots=True)
class Outcome:
    """A command that was carried out. `case` and `call` are what it was about (0, "" none);
    `version` is the case's version after it."""

    facts: tuple[Fact, ...]
    case: int = 0
    call: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class DueLine:
    """A clock before and after a command: UTC seconds, None = no due instant.

    `change` is started, unchanged, moved, stopped or dropped.
    """

    key: str
    label: Label
    rule: str
    clause: str
    before: int | None
    after: int | None
    change: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a command would do; nothing was written. `refusal` is set when it would be
    refused."""

    facts: tuple[Fact, ...] = ()
    dues: tuple[DueLine, ...] = ()
    notices: tuple[NoticeRow, ...] = ()
    state: Message | Label | str = ""
    refusal: Refusal | None = None
