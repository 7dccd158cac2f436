"""A form of a case as a paper: what it says, what case it is about, who signed it, and, of a
report, who was told when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from console.domain.case import ROLES, Case
from console.domain.customer import customer_of
from console.domain.facts import Fact
from console.domain.fields import DateTime, Field, Person, Phone
from console.domain.forms import FormState, Step
from console.domain.incident import Incident, Ring, incident_of
from console.domain.moments import DEFAULT_ZONE, local_time
from console.domain.people import CASE_ROLE_LABELS, Directory
from console.domain.words import L, Label
from console.reports.paper import Block, Cells, Paper

NOTHING = "–"
_EMPTY: tuple[Any, ...] = (None, "", [], ())
_TOLD, _SIGNED = (0.3, 0.22, 0.26, 0.22), (0.3, 0.22, 0.22, 0.26)

CONTENT = L("内容", "Content")
CASE = L("工单", "Case")
CUSTOMER = L("客户", "customer")
OPENED = L("建单时间", "opened")
STANDS = L("状态", "state")
DRAWN_UP = L("填写", "drawn up by")
FIRST = L("第一知情人", "first to know")
KNOWN = L("知情时间", "known since")
TOLD = L("电话告知", "Told by telephone")
SIGNED = L("签字与流转", "Signatures and steps")
COMPLETE = L("已完成", "complete")
DRAFTED = L("草稿", "drafted")
WAITS = L("待：", "waits for:")
NOT_YET = L("未告知", "not reached")
ANY_OF = L("（任一）", " (any one)")
TOLD_HEADS = (L("角色", "role"), L("姓名", "name"), L("告知时间", "reached"), L("告知人", "by"))
STEP_HEADS = (L("步骤", "step"), L("角色", "role"), L("签字人", "signed by"), L("时间", "time"))
PAGE = L("第 {n} 页，共 {of} 页", "page {n} of {of}")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who a paper is for: names, language and zone, and how they may see numbers."""

    directory: Directory
    lang: str = "zh"
    zone: str = DEFAULT_ZONE
    number: Callable[[str], str] = str

    def say(self, label: Label) -> str:
        return label.within(self.lang)

    def time(self, at: int | None) -> str:
        if at is None:
            return NOTHING
        return local_time(at, self.zone).strftime("%Y-%m-%d %H:%M:%S")

    def value(self, field: Field, value: Any) -> str:
        """The value of a field in words."""
        if value in _EMPTY:
            return NOTHING
        if isinstance(field, DateTime):
            return local_time(int(value), self.zone).strftime("%Y-%m-%d %H:%M")
        if isinstance(field, Person):
            return self.directory.name(str(value))
        text = field.format(value, self.lang)
        return self.number(text) if isinstance(field, Phone) else text


def paper_of(state: FormState, case: Case, reader: Reader, at: int) -> Paper:
    """The form of a case as it stands at `at` (UTC seconds)."""
    form, say = state.form, reader.say
    line = case.rules.line.label
    about = f"{say(CASE)} {case.number} · {say(line)}"
    blocks = [Block(say(CONTENT), tuple(_content(state, reader)))]
    incident = incident_of(case) if form.report else None
    if incident is not None and incident.rings:
        blocks.append(_told(incident, case, reader))
    blocks.append(Block(say(CASE), tuple(_case(state, case, incident, reader))))
    if form.steps:
        rows = tuple(row for step in form.steps for row in _step(state, step, case, reader))
        blocks.append(Block(say(SIGNED), rows, _SIGNED, tuple(map(say, STEP_HEADS))))
    return Paper(
        title=say(form.label),
        subtitle=" · ".join(part for part in (form.rule, about) if part),
        blocks=tuple(blocks),
        foot=f"{say(form.label)} · {about} · {reader.time(at)}",
        page=say(PAGE),
        at=at,
    )


def _content(state: FormState, reader: Reader) -> Iterator[Cells]:
    for field in state.form.fields:
        yield reader.say(field.label), reader.value(field, state.values.get(field.key))


def _case(
    state: FormState, case: Case, incident: Incident | None, reader: Reader
) -> Iterator[Cells]:
    say, name = reader.say, reader.directory.name
    division = case.rules.division
    yield say(CASE), f"{case.number} {say(division.label)}" if division else str(case.number)
    yield say(CUSTOMER), customer_of(case) or NOTHING
    yield say(OPENED), reader.time(case.opened_at)
    if incident is not None and incident.first is not None:
        yield say(FIRST), name(incident.first_knower) or NOTHING
        yield say(KNOWN), reader.time(incident.first.at)
    for role in ROLES:
        yield say(CASE_ROLE_LABELS[role]), name(str(case.attributes[role])) or NOTHING
    drafted = _drafted(state, case)
    if drafted is not None:
        yield say(DRAWN_UP), f"{name(drafted.actor)}  {reader.time(drafted.at)}"
    yield say(STANDS), _stands(state, reader)


def _drafted(state: FormState, case: Case) -> Fact | None:
    facts = (fact for fact in reversed(case.facts) if fact.kind == "form_drafted")
    return next((fact for fact in facts if fact.body.get("form") == state.form.key), None)


def _stands(state: FormState, reader: Reader) -> str:
    """How far it has come: complete since when, or what it waits for."""
    if state.completed is not None:
        return f"{reader.say(COMPLETE)}  {reader.time(state.completed.at)}"
    waits = state.next_step()
    if waits is None:
        return reader.say(DRAFTED)
    given, needed = state.signatures(waits)
    count = f" {given}/{needed}" if needed else ""
    return f"{reader.say(WAITS)} {reader.say(waits.label)}{count}"


def _told(incident: Incident, case: Case, reader: Reader) -> Block:
    rows = tuple(_ring(ring, case, reader) for ring in incident.rings)
    return Block(reader.say(TOLD), rows, _TOLD, tuple(map(reader.say, TOLD_HEADS)))


def _ring(ring: Ring, case: Case, reader: Reader) -> Cells:
    role, name = _slot(ring.slot, case, reader), reader.directory.name
    told = ring.told
    if told is None:
        tried = ", ".join(reader.time(one.at)[11:] for one in ring.attempts)
        return role, name(ring.person) or NOTHING, reader.say(NOT_YET), tried or NOTHING
    return role, name(ring.person) or NOTHING, reader.time(told.reached), name(told.reached_by)


def _slot(slot: str, case: Case, reader: Reader) -> str:
    """What a slot or one of the people of the case is called."""
    lines = (case.rules.line, *case.rulebook.lines.values(), case.rulebook.house)
    labels = (CASE_ROLE_LABELS.get(slot), *(line.slots.get(slot) for line in lines))
    label = next((label for label in labels if label is not None), None)
    return reader.say(label) if label is not None else slot


def _step(state: FormState, step: Step, case: Case, reader: Reader) -> Iterator[Cells]:
    """A row for each signature of a step, blank where it is not given; one for an act."""
    title = reader.say(step.label)
    if not step.slots:
        fact = state.done.get(step.key)
        by = reader.directory.name(fact.actor) if fact is not None else NOTHING
        yield title, NOTHING, by, reader.time(fact.at if fact is not None else None)
        return
    if step.any_of:
        title += reader.say(ANY_OF)
    for slot in step.slots:
        who, at = state.signed.get((step.key, slot), ("", None))
        yield (
            title,
            _slot(slot, case, reader),
            reader.directory.name(who) or NOTHING,
            reader.time(at),
        )
