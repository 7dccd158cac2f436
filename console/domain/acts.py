"""Acts: steps of a line's own work that somebody records (a visit begun, a card received).

An act's key is the kind of the fact it leaves; timers start and stop on it, gates guard it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import Any

from console.domain.conditions import Condition
from console.domain.fields import Field
from console.domain.words import Label


@dataclass(frozen=True, slots=True)
class Act:
    """One recordable step of a line.

    `fields` are what is written down with it (a field `due` of type DateTime makes it a
    promise; `due_field` names a date whose end of day is the due instant), `roles` who may
    record it (() = everybody who works on cases), `not_by` what somebody on the case may
    not be to it (`owner`, `assignee`), `state` the state of the case it leads to (None =
    unchanged), `sets` the values it gives to fields of the case, `fills` those of its own
    fields whose value the field of the same key gets, `if_` the cases it belongs to.
    `newest` names a number that never goes back: the version of a running document, whose
    older copies nobody writes into. One that goes on `after_close` (an order is bound into
    the month's pack) may be recorded of a closed case, and leads to no state.
    """

    key: str
    label: Label
    fields: tuple[Field, ...] = ()
    due_field: str = ""
    roles: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    state: Label | None = None
    sets: Mapping[str, Any] = default(default_factory=dict)
    fills: tuple[str, ...] = ()
    newest: str = ""
    if_: Condition | None = None
    after_close: bool = False
    clause: str = ""

    def __post_init__(self) -> None:
        if self.after_close and self.state is not None:
            raise ValueError(f"act {self.key}: a closed case stays closed; it takes no state")
