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
    unchanged), `sets` the values it gives to fields of the case, `if_` the cases it
    belongs to.
    """

    key: str
    label: Label
    fields: tuple[Field, ...] = ()
    due_field: str = ""
    roles: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    state: Label | None = None
    sets: Mapping[str, Any] = default(default_factory=dict)
    if_: Condition | None = None
    clause: str = ""
