"""What product lines say about who may do what, beyond what holds for all of them.

It stands in their rules: who settles complaints, who passes work to a division, who records
an act, draws up a form or takes a step of it, who acts for whom, and what is forbidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from console.domain.forms import Form
from console.domain.people import CASE_ROLE_LABELS, ROLE_LABELS
from console.domain.permission import WORK
from console.domain.rules import Line, Target
from console.domain.words import Label, M, Message, listed


@dataclass(frozen=True, slots=True)
class Delta:
    """One thing a line lets only some do. `rule` is where it stands, such as
    `acme.forms.sheet`; `roles` or the holders of `slots` may, the people of the case
    in `not_of` may not. Of what is forbidden `roles` are the exceptions."""

    rule: str
    label: Label | Message
    roles: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    not_of: tuple[str, ...] = ()
    clause: str = ""


def deltas(line: Line) -> Iterator[Delta]:
    """What a line says, in the order its rules stand."""
    yield from _categories(line)
    for part, where in _parts(line):
        if isinstance(part, Target) and part.via:
            label = M("{what}: pass work on", what=part.label)
            yield Delta(where, label, part.door, (part.via,), clause=part.clause)
        for act in part.acts:
            if act.roles or act.not_by:
                rule = f"{where}.acts.{act.key}"
                yield Delta(rule, act.label, act.roles, not_of=act.not_by, clause=act.clause)
        for form in part.forms:
            yield from _form(form, f"{where}.forms.{form.key}")
    for slot, deputies in line.deputies.items():
        label = M("act for: {slot}", slot=line.slots.get(slot, slot))
        yield Delta(f"{line.key}.deputies.{slot}", label, slots=deputies, clause="000 II.3(2)8")
    for forbid in line.forbids:
        rule = f"{line.key}.forbids.{forbid.command}"
        label = M("{reason} Exceptions:", reason=forbid.reason)
        yield Delta(rule, label, forbid.except_roles, clause=forbid.clause)


def who(line: Line, delta: Delta) -> Label | Message:
    """Who may, in words."""
    names = [ROLE_LABELS.get(role, Label(role, role)) for role in delta.roles]
    names += [line.slots.get(slot, Label(slot, slot)) for slot in delta.slots]
    said = listed(names) if names else WORK
    if not delta.not_of:
        return said
    others = listed([CASE_ROLE_LABELS[one] for one in delta.not_of])
    return M("{who}; not of the case: {others}", who=said, others=others)


def _parts(line: Line) -> Iterator[tuple[Line | Target, str]]:
    yield line, line.key
    for division in line.divisions:
        yield division, f"{line.key}.divisions.{division.key}"


def _categories(line: Line) -> Iterator[Delta]:
    for category in line.categories:
        if category.settled_by is not None:
            label = M("{what}: settle, answer, close", what=category.label)
            rule = f"{line.key}.categories.{category.key}"
            yield Delta(rule, label, category.settled_by, clause=category.clause)


def _form(form: Form, where: str) -> Iterator[Delta]:
    if form.filled_by:
        label = M("{form}: draw up", form=form.label)
        yield Delta(where, label, form.filled_by, clause=form.clause)
    for step in form.steps:
        if step.roles or step.slots:
            label = M("{form}: {step}", form=form.label, step=step.label)
            clause = step.clause or form.clause
            yield Delta(f"{where}.steps.{step.key}", label, step.roles, step.slots, clause=clause)
