"""How the widgets ask for words: keys in, the reader's language out.

The widgets know no rule, no catalogue and no person. Whoever builds them passes one
`RowLabels`; for another language, another one.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol


class RowLabels(Protocol):
    """The words for the keys a row carries. An unknown key answers with itself."""

    def line(self, key: str) -> str:
        """A product line."""
        ...

    def category(self, key: str) -> str:
        """technical, complaint or quote."""
        ...

    def division(self, key: str) -> str:
        """A division of a product line."""
        ...

    def clock(self, key: str) -> str:
        """What an obligation asks for: "call the customer"."""
        ...

    def state(self, key: str) -> str:
        """The state of a case or a call."""
        ...

    def person(self, key: str) -> str:
        """An account's or slot's display name."""
        ...

    def mark(self, key: str) -> str:
        """A mark on a case: urged, reopened, safety."""
        ...


class StripWords(NamedTuple):
    """The few words of the call strip; `{n}` and `{who}` are filled in."""

    history: str = "history {n}"
    open_cases: str = "open {n}"
    owner: str = "owner {who}"
    claimed: str = "taken by {who}"
    unknown: str = "unknown caller"
    more: str = "+{n} more"
