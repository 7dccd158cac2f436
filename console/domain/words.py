"""Sentences and labels in two languages, kept apart from the language they are read in.

The domain never knows who reads: it returns a `Message` (an English template with
arguments, translated by the catalogue) or a `Label` (both languages given by a rule's
author), and the front door renders it with `Speech`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Label:
    """A short text a rule's author gives in Chinese and English.

    Raises ValueError when one of the two is missing: every operator reads one of them.
    """

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh.strip() or not self.en.strip():
            raise ValueError(f"a label needs both languages: zh={self.zh!r}, en={self.en!r}")

    def within(self, lang: str) -> str:
        """The text in `lang` ("zh" or "en")."""
        return self.zh if lang.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment to be shown to a person: UTC seconds."""

    at: int


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time to be shown to a person: seconds."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Named:
    """A person, shown by display name; `key` is the account or slot key."""

    key: str


@dataclass(frozen=True, slots=True)
class Message:
    """An English sentence template and what fills it.

    `text` is the key of the translation catalogue. Arguments may be strings, numbers,
    `Label`, `Instant`, `Duration`, `Named`, or further messages.
    """

    text: str
    args: Mapping[str, Any] = field(default_factory=dict)


def M(text: str, /, **args: Any) -> Message:
    """Mark `text` for translation and bind its arguments (the extractor looks for `M(`)."""
    return Message(text, args)


L = Label


class Choosable(Protocol):
    """What somebody may name by its key or its label."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> Label: ...


def choices(among: Iterable[Choosable]) -> Message | str:
    """What there is to choose from: each by its label, with the key a command takes."""
    named = [M("{label} ({key})", label=one.label, key=one.key) for one in among]
    return listed(named) if named else "–"


def listed(parts: Sequence[Label | Message]) -> Message:
    """Several things in one sentence; at least one."""
    text = M("{one}", one=parts[0])
    for part in parts[1:]:
        text = M("{one}, {other}", one=text, other=part)
    return text
