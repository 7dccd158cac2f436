"""Gates: what must have happened before a fact may happen (GATE, rulebook §0.4)."""

from __future__ import annotations

from console.domain.case import Case
from console.domain.fact_labels import FACT_LABELS
from console.domain.facts import Draft, Fact
from console.domain.patterns import On, alternatives
from console.domain.refusal import RefusedError
from console.domain.rules import Gate
from console.domain.words import Label, M, Message, listed


def check(case: Case, draft: Draft, at: int) -> None:
    """Raise RefusedError naming everything that is missing before `draft` may happen."""
    gates = case.rules.guarded_by.get(draft.kind)
    if not gates:
        return
    probe = Fact(0, at, at, "", "", draft.subject, draft.kind, draft.body)
    for gate in gates:
        if not gate.guarded().matches(probe) or not _applies(gate, case):
            continue
        missing = what_is_missing(gate, case)
        if missing:
            raise RefusedError(
                gate.rule or gate.key,
                M("not yet: {gate}. Missing: {missing}", gate=gate.label, missing=listed(missing)),
                gate.remedy or M("Record what is missing first, then try again."),
                gate.clause,
            )


def what_is_missing(gate: Gate, case: Case) -> list[Label | Message]:
    """The fields and facts a gate still waits for."""
    missing: list[Label | Message] = []
    for key in gate.filled:
        value = case.value(key)
        if value is False or value in (None, "", []):
            field = case.rules.fields.get(key)
            missing.append(field.label if field else M("field {key}", key=key))
    for pattern in gate.happened:
        either = alternatives(pattern)
        if not any(_has_happened(case, wanted) for wanted in either):
            missing.append(_named(case, either[0]))
    return missing


def _has_happened(case: Case, wanted: On) -> bool:
    """Whether a fact has happened in this cycle. A form is complete as long as it stands."""
    if wanted.kind == "form_completed":
        completed = [state.completed for state in case.forms.values()]
        return any(fact is not None and wanted.matches(fact) for fact in completed)
    undoing = _TAKEN_BACK.get(wanted.kind)
    for fact in reversed(case.this_cycle()):
        if fact.kind == undoing:
            return False
        if wanted.matches(fact):
            return True
    return False


_TAKEN_BACK = {"confirmed": "confirmation_refused", "solved": "confirmation_refused"}
"""What undoes a fact a gate waits for."""


def _named(case: Case, wanted: On) -> Label | Message:
    """What a gate waits for, in words: a fact about a form is named after the form."""
    label = case.rulebook.fact_label(wanted.kind)
    form = case.rules.forms.get(str(dict(wanted.where).get("form", "")))
    return label if form is None else M("{form} ({fact})", form=form.label, fact=label)


def open_gates(case: Case) -> list[tuple[Gate, list[Label | Message]]]:
    """The gates still shut that this case has come near to, with what they wait for: those
    of every case, and those whose own work has begun."""
    shut = []
    for gate in case.rules.gates:
        if _applies(gate, case) and _is_near(gate, case):
            missing = what_is_missing(gate, case)
            if missing:
                shut.append((gate, missing))
    return shut


def _is_near(gate: Gate, case: Case) -> bool:
    guarded = gate.guarded()
    if guarded.kind in FACT_LABELS and not guarded.where:
        return True
    kinds = {one.kind for pattern in gate.happened for one in alternatives(pattern)}
    return any(fact.kind in kinds for fact in case.this_cycle())


def _applies(gate: Gate, case: Case) -> bool:
    if gate.if_ is not None and not gate.if_.holds(case.attributes):
        return False
    return gate.unless is None or not gate.unless.holds(case.attributes)
