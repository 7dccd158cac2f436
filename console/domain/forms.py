"""Forms: records with fields and, where needed, steps and signatures in an order.

A form is drafted, then goes through its steps one after another. A step is an act
(delivered, meeting held) or a signature; a signature step may ask for any one or for all
of several slots. After the last step the form is complete, and what waited for it may
happen (R&D demand sheet, confirmation forms: only data).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import Any

from console.domain.facts import Fact
from console.domain.fields import Field
from console.domain.words import Label


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a form. Without slots it is an act anybody working on the case may
    record; with slots, a signature by all of them, or by one (`any_of`)."""

    key: str
    label: Label
    slots: tuple[str, ...] = ()
    any_of: bool = False
    roles: tuple[str, ...] = ()
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a product line. `filled_by` are the roles that may draft it; `due_field`
    names the date field whose end of day becomes the due instant of `form_completed`;
    `requires` are form keys that must be complete before this one may be drafted; `fills`
    those of its fields whose value the field of the case of the same key gets, `sets` the
    values that fields of the case get once it is complete. A form that is complete stays so
    when the case is reopened, unless it is drawn up anew `per_cycle`; one that goes
    on `after_close` may be filled in of a closed case, too.

    A `report` is sent: whoever sends it takes its steps in one go, and brings about what the
    notices wait for that it goes with. `attach_to` are those notices (any form's; a mail then
    carries it as a PDF). `begins_with` says which fields of the case its own begin with,
    where the key is not the same; see `console.domain.drawing_up`."""

    key: str
    label: Label
    fields: tuple[Field, ...] = ()
    steps: tuple[Step, ...] = ()
    filled_by: tuple[str, ...] = ()
    due_field: str = ""
    requires: tuple[str, ...] = ()
    per_cycle: bool = False
    fills: tuple[str, ...] = ()
    sets: Mapping[str, Any] = default(default_factory=dict)
    after_close: bool = False
    report: bool = False
    attach_to: tuple[str, ...] = ()
    begins_with: Mapping[str, tuple[str, ...]] = default(default_factory=dict)
    rule: str = ""
    clause: str = ""

    def step(self, key: str) -> Step | None:
        return next((step for step in self.steps if step.key == key), None)


@dataclass(slots=True)
class FormState:
    """One form of a case as far as it has come. `signed` is (step, slot) → (person, at)."""

    form: Form
    values: dict[str, Any] = default(default_factory=dict)
    done: dict[str, Fact] = default(default_factory=dict)
    signed: dict[tuple[str, str], tuple[str, int]] = default(default_factory=dict)
    completed: Fact | None = None

    @property
    def stands(self) -> str:
        """How far it has come: complete, the key of the step it waits for, or drafted."""
        if self.completed is not None:
            return "complete"
        step = self.next_step()
        return "drafted" if step is None else step.key

    def next_step(self) -> Step | None:
        """The step that has to come now; None when all are done."""
        return next((step for step in self.form.steps if step.key not in self.done), None)

    def signatures(self, step: Step) -> tuple[int, int]:
        """Signatures given and needed in a step, e.g. (1, 2)."""
        given = sum((step.key, slot) in self.signed for slot in step.slots)
        return given, 1 if step.any_of else len(step.slots)

    def unsigned(self, step: Step) -> tuple[str, ...]:
        """The slots that have not signed a step yet."""
        return tuple(slot for slot in step.slots if (step.key, slot) not in self.signed)

    def missing(self) -> list[Field]:
        """The fields that must be filled before the first step."""
        return [
            field
            for field in self.form.fields
            if field.required and self.values.get(field.key) in (None, "", [])
        ]


def begin_cycle(forms: dict[str, FormState]) -> None:
    """The case was reopened: what belonged to the cycle before has to be done again."""
    for key in [key for key, state in forms.items() if state.form.per_cycle]:
        del forms[key]


def follow(forms: dict[str, FormState], known: Mapping[str, Form], fact: Fact) -> None:
    """Fold one fact into the forms of a case."""
    key = str(fact.body.get("form", ""))
    if fact.kind == "form_drafted":
        form = known.get(key) or Form(key, Label(key, key))
        state = forms.setdefault(key, FormState(form))
        if state.completed is not None:
            forms[key] = state = FormState(form)
        state.values.update(fact.body.get("values", {}))
        return
    found = forms.get(key)
    if found is None:
        return
    if fact.kind == "form_signed":
        place = (fact.body["step"], fact.body["slot"])
        found.signed[place] = (fact.actor, fact.at)
    elif fact.kind == "form_step_done":
        found.done[fact.body["step"]] = fact
    elif fact.kind == "form_completed":
        found.completed = fact
    elif fact.kind == "form_withdrawn":
        del forms[key]
