"""One command as it was typed, and how it is written out in full."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from console.domain.refusal import Refusal

_BARE = re.compile(r"[^\s;；\"'“”「」]+")
_QUOTES = (('"', '"'), ("“", "”"), ("「", "」"))


class Placeholder(Enum):
    """Something a sentence refers to that is not there before another was carried out."""

    NEW = "new"


NEW: Final = Placeholder.NEW
"""Stands for the number of the case that an earlier sentence of the same line opens."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A command with its fields as typed.

    `typed["case"]` is `NEW` in what follows the opening of a case. `problem` is set when
    the sentence cannot be understood; it is not to be carried out then.
    """

    command: str
    typed: dict[str, Any] = field(default_factory=dict)
    problem: Refusal | None = None

    def about(self, case: int) -> Sentence:
        """The same sentence with the number of the case that has been opened meanwhile."""
        if self.typed.get("case") is not NEW:
            return self
        return Sentence(self.command, {**self.typed, "case": str(case)}, self.problem)


def written(command: str, typed: Mapping[str, Any]) -> str:
    """A sentence in full, every field by its key: parsed again it means the same."""
    words = [command]
    words += [f"{key}={_quoted(_text(value))}" for key, value in typed.items() if value is not NEW]
    return " ".join(words)


def _text(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _quoted(value: str) -> str:
    if _BARE.fullmatch(value):
        return value
    for left, right in _QUOTES:
        if left not in value and right not in value:
            return f"{left}{value}{right}"
    return '"' + value.replace('"', "'") + '"'
