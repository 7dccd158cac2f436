"""Sending an intake form: a chain of desk commands, each remembered once it succeeded.

With the number of the case it remembers, a chain broken by a refusal goes on where it
broke and never opens a second case. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from console.desk.intake_fields import WITHHELD
from console.domain.commands import COMMANDS
from console.domain.facts import Fact
from console.domain.refusal import Refusal

if TYPE_CHECKING:
    from console.desk.intake_form import IntakeForm

_ABOUT = {
    "assign": "assignee",
    "to": "assignee",
    "person": "assignee",
    "classify": "category",
    "promise": "promise_due",
    "due": "promise_due",
    "save_contact": "save_contact",
}
"""Which field a refusal is about when its rule is not itself a field's key."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command of the chain: its arguments, and values for fields of the case."""

    command: str
    args: Mapping[str, Any]
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def typed(self) -> dict[str, Any]:
        """What the desk is given."""
        return {**self.args, **self.values}


@dataclass(slots=True)
class Sent:
    """What the chain has achieved. `trying` is the journal's last sequence number when
    opening was begun, -1 before: a seat killed right then finds its case again by it."""

    case: int = 0
    trying: int = -1
    values: dict[str, Any] = field(default_factory=dict)
    complete: bool = False
    contact: str = ""
    classified: list[str] = field(default_factory=list)
    assigned: list[str] = field(default_factory=list)
    promised: str = ""


def sent_of(kept: Mapping[str, Any]) -> Sent:
    """What a draft remembers of its sending."""
    known = {one.name for one in fields(Sent)}
    return Sent(**{key: value for key, value in kept.items() if key in known})


def nothing(value: Any) -> bool:
    """Whether a field is empty: no text, no choice, not ticked. Zero is a number."""
    return value is None or value is False or value in ("", [])


def next_step(form: IntakeForm, spoken: str = "") -> Step | None:
    """The next command of the chain, None when all is sent. `spoken` is the promise in the
    words the caller was told."""
    if not form.sent.case:
        return _opening(form)
    for make in (_contact, _record, _classify, _assign):
        step = make(form)
        if step is not None:
            return step
    return _promise(form, spoken)


def accepted(form: IntakeForm, step: Step, case: int) -> None:
    """The desk carried a step out; `case` is the case it was about."""
    sent = form.sent
    sent.case = case
    sent.values.update(step.values)
    if step.command in ("open", "record"):
        sent.complete = not form.missing("intake")
    elif step.command == "save_contact":
        sent.contact = str(form.parsed("save_contact"))
    elif step.command == "classify":
        sent.classified = _classification(form)
    elif step.command == "assign":
        sent.assigned = _assignment(form)
    else:
        sent.promised = _promised(form)


def offender(form: IntakeForm, step: Step, refusal: Refusal) -> str:
    """The field a refusal is about, "" when it is about none."""
    shown = [entry.key for entry in form.entries if form.shows(entry)]
    missing = form.missing("dispatch")
    if step.command == "assign" and missing:
        return missing[0].key
    target = form.rules.division
    about_target = step.command == "assign" and target is not None and refusal.rule == target.key
    wanted = "assignee" if about_target else _ABOUT.get(refusal.rule, refusal.rule)
    return wanted if wanted in shown else ""


def opened_meanwhile(facts: Iterable[Fact], person: str, call: str) -> int:
    """The case somebody opened in `facts` for a call ("" = for none), 0 when there is none:
    how a form whose seat died while opening finds its case."""
    for fact in facts:
        mine = fact.kind == "case_opened" and fact.actor == person
        if mine and fact.body.get("call", "") == call:
            return int(fact.subject.partition(":")[2])
    return 0


# --- the commands, in the order they are sent


def _opening(form: IntakeForm) -> Step:
    args: dict[str, Any] = {"known": form.caller.known}
    if form.line:
        args["line"] = form.line
    if form.call:
        args["call"] = form.call
    else:
        args["channel"] = form.parsed("channel") or "phone"
        args["number"] = form.parsed("contact_phone") or ""
        submitted = form.entry("submitted")
        if submitted is not None and form.shows(submitted):
            args["submitted"] = _value(form, "submitted")
    return Step("open", args, _changed(form, "open", form.line, ""))


def _contact(form: IntakeForm) -> Step | None:
    entry = form.entry("save_contact")
    chosen = form.parsed("save_contact")
    if entry is None or not form.shows(entry) or not chosen or chosen == form.sent.contact:
        return None
    withheld = chosen == WITHHELD
    return Step("save_contact", {"case": form.sent.case, "withheld": withheld})


def _record(form: IntakeForm) -> Step | None:
    sent = form.sent
    division = sent.classified[2] if sent.classified else ""
    values = _changed(form, "record", form.line, division)
    if not values and (sent.complete or form.missing("intake")):
        return None
    return Step("record", {"case": sent.case}, values)


def _classify(form: IntakeForm) -> Step | None:
    if not form.values.get("category") or form.sent.classified == _classification(form):
        return None
    args = {"case": form.sent.case, "line": form.line, "category": _value(form, "category")}
    if form.values.get("division"):
        args["division"] = _value(form, "division")
    return Step("classify", args, _changed(form, "classify", form.line, form.division))


def _assign(form: IntakeForm) -> Step | None:
    named = form.values.get("assignee")
    if not form.values.get("category") or not (named or form.assignee):
        return None
    if form.sent.assigned == _assignment(form):
        return None
    args: dict[str, Any] = {"case": form.sent.case}
    if named:
        args["to"] = _value(form, "assignee")
    if form.values.get("tracker"):
        args["tracker"] = _value(form, "tracker")
    return Step("assign", args, _changed(form, "assign", form.line, form.division))


def _promise(form: IntakeForm, spoken: str) -> Step | None:
    promised = _promised(form)
    if not promised or promised == form.sent.promised:
        return None
    case = form.sent.case
    if form.values.get("promise_due"):
        args = {"case": case, "due": _value(form, "promise_due"), "text": spoken}
        return Step("promise", args)
    return Step("note", {"case": case, "text": spoken}) if spoken else None


def _classification(form: IntakeForm) -> list[str]:
    return [form.line, str(_value(form, "category")), form.division]


def _assignment(form: IntakeForm) -> list[str]:
    return [form.assignee, str(_value(form, "tracker") or "")]


def _promised(form: IntakeForm) -> str:
    due = form.values.get("promise_due")
    if due:
        return f"due {_value(form, 'promise_due')}"
    return "spoken" if form.values.get("promise_spoken") is True else ""


def _value(form: IntakeForm, key: str) -> Any:
    """What a field holds; as typed when it cannot be read, so that the desk says why."""
    parsed = form.parsed(key)
    return form.values.get(key) if parsed is None else parsed


def _changed(form: IntakeForm, command: str, line: str, division: str) -> dict[str, Any]:
    """The values a command can carry that the case does not have yet."""
    taken = COMMANDS[command]
    known = form.rulebook.rules(line, division).fields
    values = {}
    for entry in form.entries:
        key = entry.key
        if entry.own or key not in known or taken.param(key) is not None or not form.shows(entry):
            continue
        value = _value(form, key)
        before = form.sent.values.get(key)
        if value != before and not (nothing(value) and nothing(before)):
            values[key] = value
    return values
