"""What the checker reports: where in a product line's file something is wrong, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from console.domain.words import Label, Message

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in one place. An error keeps the line out; a warning does not.

    `path` is the rule, like `acme.timers.contact`, or the file's name; `line` counts
    from 1 in `file`.
    """

    number: str
    severity: str
    path: str
    file: str
    line: int
    cause: Message
    remedy: Message

    def sentence(self) -> str:
        """The finding in one English sentence, for a log and a banner."""
        return f"{self.file}:{self.line}: {self.number} {self.path}: {_english(self.cause)}"


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of finding: its cause and remedy as templates."""

    number: str
    severity: str
    cause: Message
    remedy: Message

    def found(self, path: str, file: str, line: int, /, **args: Any) -> Finding:
        """A finding of this sort. `args` fill both templates."""
        cause, remedy = Message(self.cause.text, args), Message(self.remedy.text, args)
        return Finding(self.number, self.severity, path, file, line, cause, remedy)


def error(number: str, cause: Message, remedy: Message) -> Kind:
    """A sort of finding that keeps a plugin out."""
    return Kind(number, ERROR, cause, remedy)


def warning(number: str, cause: Message, remedy: Message) -> Kind:
    """A sort of finding that is advice."""
    return Kind(number, WARNING, cause, remedy)


def _english(words: Any) -> str:
    if isinstance(words, Message):
        return words.text.format(**{key: _english(one) for key, one in words.args.items()})
    return words.en if isinstance(words, Label) else str(words)
