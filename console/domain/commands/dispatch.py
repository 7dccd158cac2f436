"""Commands that classify a case and give it to somebody (W-03)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from console.domain.case import Case
from console.domain.commands.command import Command, Situation
from console.domain.commands.intake import (
    completed,
    labels_of,
    missing_fields,
    not_asked_again,
)
from console.domain.facts import Draft
from console.domain.fields import DateTime, FieldProblemError, LongText, Text
from console.domain.lengths import parse_length
from console.domain.people import Person
from console.domain.permission import demand
from console.domain.permissions import PERMISSIONS, may
from console.domain.refusal import RefusedError
from console.domain.rulebook import RuleSet
from console.domain.rules import Category, Line
from console.domain.words import Duration, Instant, L, M, listed
from console.domain.words import choices as choices_among


def classify(situation: Situation) -> Iterable[Draft]:
    case = situation.case
    not_asked_again(situation)
    line = line_of(situation, situation.case.line)
    body: dict[str, Any] = {"line": line.key}
    wanted = situation.args.get("category") or case.category
    if not wanted:
        raise RefusedError("category", M("Which category?"), _choices(line.categories))
    category = line.category(wanted) or _named(line.categories, wanted)
    if category is None:
        message = M("{line} has no category “{typed}”.", line=line.label, typed=wanted)
        raise RefusedError("category", message, _choices(line.categories))
    _stays_complaint(situation, category)
    body["category"] = category.key
    if situation.args.get("because"):
        body["text"] = situation.args["because"]
    wanted = situation.args.get("division") or _kept_division(case, category)
    if wanted:
        division = line.division(wanted) or _named(line.divisions, wanted)
        if division is None:
            message = M("{line} has no division “{typed}”.", line=line.label, typed=wanted)
            raise RefusedError("division", message, _choices(line.divisions))
        body["division"] = division.key
        body["version"] = division.version
    elif case.division:
        body["division"] = ""
    if line.version > 1:
        body["line_version"] = line.version
    rules = case.rules_in(line.key, body.get("division", ""))
    values = {**_reread(case, rules), **situation.values}
    values = {k: v for k, v in values.items() if case.attributes.get(k) != v}
    if values:
        yield Draft(case.subject, "filled", {"values": values})
    yield from completed(case, rules, values)
    if any(case.attributes.get(key) != body[key] for key in body if key not in ("version", "text")):
        yield Draft(case.subject, "classified", body)


def _stays_complaint(situation: Situation, category: Category) -> None:
    """A complaint stays one unless those who settle it regrade it, with the reason (W-07)."""
    case = situation.case
    before = case.rules.category(case.category)
    if before is None or before.settled_by is None or category.settled_by is not None:
        return
    wanted = PERMISSIONS["regrade_complaint"]
    demand(replace(wanted, roles=before.settled_by), situation.actor)
    if not situation.args.get("because"):
        raise RefusedError(
            "W-07",
            M("A complaint is regraded with the reason only."),
            M("Add because=…."),
            wanted.clause,
        )


def _kept_division(case: Case, category: Category) -> str:
    """Where the case goes when nobody says: where it went, unless that was only the usual
    target of another category."""
    before = case.rules.category(case.category)
    if before is not None and before.key != category.key and case.division == before.route:
        return category.route
    if category.route and category.key != case.category:
        return category.route
    return case.division or category.route


def _reread(case: Case, rules: RuleSet) -> dict[str, Any]:
    """What was written before the line was known, as the line's own fields read it."""
    values = {}
    for key, field in rules.fields.items():
        raw = case.attributes.get(key)
        if isinstance(raw, str) and raw and case.rules.fields.get(key) is not field:
            try:
                values[key] = field.parse(raw)
            except FieldProblemError:
                continue
    return values


def line_of(situation: Situation, usual: str = "") -> Line:
    """The product line somebody named, the usual one, or the only one. Raises RefusedError."""
    lines = situation.world.rulebook.lines
    wanted = situation.args.get("line") or usual
    if not wanted and len(lines) == 1:
        return next(iter(lines.values()))
    line = lines.get(wanted) or _named(tuple(lines.values()), wanted)
    if line is None:
        message = (
            M("Which product line?")
            if not wanted
            else M("There is no product line “{line}”.", line=wanted)
        )
        raise RefusedError("line", message, _choices(tuple(lines.values())))
    return line


def _named(choices: tuple[Any, ...], typed: str) -> Any:
    """The choice somebody typed by its label or the beginning of its key."""
    folded = typed.casefold()
    exact = [c for c in choices if folded in (c.label.zh.casefold(), c.label.en.casefold())]
    begun = [c for c in choices if folded and c.key.startswith(folded)]
    hits = exact or begun
    return hits[0] if len(hits) == 1 else None


def _choices(choices: tuple[Any, ...]) -> Any:
    if not choices:
        return M("No product line is enabled; enable one with `console plugin enable`.")
    return M("Choose one of {choices}.", choices=choices_among(choices))


def assign(situation: Situation) -> Iterable[Draft]:
    case = situation.case
    if not case.category:
        raise RefusedError(
            "classify", M("This case is not classified yet."), M("Classify it first.")
        )
    missing = missing_fields(case.rules, {**case.attributes, **situation.values}, "dispatch")
    if missing:
        raise RefusedError(
            "dispatch",
            M(
                "not ready to dispatch. Missing: {missing}",
                missing=listed(labels_of(case, missing)),
            ),
            M("Fill these fields in first."),
            "000 III.3.1.3",
        )
    not_asked_again(situation)
    if situation.values:
        yield Draft(case.subject, "filled", {"values": dict(situation.values)})
    yield from completed(case, case.rules, situation.values)
    assignee = _assignee(situation)
    respect_the_door(situation, assignee)
    body = {"assignee": assignee.key}
    tracker = _tracker(situation)
    if tracker:
        body["tracker"] = tracker
    if situation.args.get("text"):
        body["text"] = situation.args["text"]
    yield Draft(case.subject, "assigned", body)


def _assignee(situation: Situation) -> Person:
    typed = situation.args.get("to")
    if typed:
        return _present(situation.person(typed, L("派给", "assign to")))
    target = situation.case.rules.division
    if target is not None and target.assignee:
        key = situation.world.directory.resolve(target.assignee, situation.case.attributes)
        person = situation.world.directory.get(key)
        if person:
            return person
    raise RefusedError("assign", M("To whom?"), M("Add to=PERSON."))


def _present(person: Person) -> Person:
    if not person.active:
        raise RefusedError(
            "assign",
            M("{name} no longer works here.", name=person.name),
            M("Assign it to somebody else."),
        )
    if not may("work", person) and not person.has("division_contact"):
        raise RefusedError(
            "assign",
            M("{name} works on no cases.", name=person.name),
            M("Assign it to somebody else."),
            PERMISSIONS["work"].clause,
        )
    return person


def respect_the_door(situation: Situation, assignee: Person) -> None:
    """A division reached only through its desk hears from nobody else: it gets no work and
    no call. Raises RefusedError."""
    target = situation.case.rules.division
    if target is None or not target.via or situation.actor.has(*target.door):
        return
    if assignee.has("division_contact"):
        door = situation.case.rules.line.slots.get(target.via, target.via)
        raise RefusedError(
            target.key,
            M("Only the {door} may pass work to {division}.", door=door, division=target.label),
            M("Assign it to the {door} instead.", door=door),
            target.clause,
        )


def _tracker(situation: Situation) -> str:
    case, directory = situation.case, situation.world.directory
    typed = situation.args.get("tracker")
    if typed:
        return situation.person(typed, L("跟踪人", "tracker")).key
    category = case.rules.category(case.category)
    if case.value("tracker") or category is None or not category.needs_tracker:
        return ""
    found = directory.resolve(category.tracker, case.attributes)
    if not found:
        raise RefusedError(
            "tracker",
            M("A {category} case needs somebody who tracks it.", category=category.label),
            M("Add tracker=PERSON, or fill the slot {slot}.", slot=category.tracker),
            category.clause,
        )
    return found


def track(situation: Situation) -> Iterable[Draft]:
    person = situation.person(situation.args["tracker"], L("跟踪人", "tracker"))
    yield Draft(situation.case.subject, "tracked", {"tracker": person.key})


def acknowledge(situation: Situation) -> Iterable[Draft]:
    yield Draft(situation.case.subject, "acknowledged")


def start_work(situation: Situation) -> Iterable[Draft]:
    yield Draft(situation.case.subject, "work_started")


def promise(situation: Situation) -> Iterable[Draft]:
    due = situation.args["due"]
    if due <= situation.at:
        raise RefusedError(
            "promise",
            M("A promise lies in the future."),
            M("Give the exact time the customer was told, later than now."),
            "002 P3C1 hotline",
        )
    case = situation.case
    _within_cap(situation, due)
    kind = "promise_renewed" if _open_promise(case) else "promised"
    body = {"due": due, "text": situation.args.get("text", ""), "by": situation.actor.key}
    if situation.args.get("reason"):
        body["reason"] = situation.args["reason"]
    yield Draft(case.subject, kind, body)


def _within_cap(situation: Situation, due: int) -> None:
    """A promise beyond the usual length is allowed, with a reason (C-24)."""
    case = situation.case
    promises = [owned.timer for owned in case.rules.timers if owned.timer.concern == "promise"]
    cap = next((parse_length(timer.cap).amount for timer in promises if timer.cap), 0)
    ended = case.happened("call_ended")
    base = ended.at if ended is not None else situation.at
    if not cap or due <= base + cap or situation.args.get("reason"):
        return
    raise RefusedError(
        promises[0].rule or "promise",
        M(
            "A promise is generally kept within {cap}, by {latest}.",
            cap=Duration(cap),
            latest=Instant(base + cap),
        ),
        M("Give an earlier time, or a reason (reason=…) for the longer one."),
        promises[0].clause,
    )


def _open_promise(case: Case) -> bool:
    return any(
        c.timer.length.unit == "promise" and c.timer.concern == "promise" for c in case.running()
    )


_CASE = Text(key="case", label=L("工单", "case"), required="intake")

COMMANDS = (
    Command(
        "classify",
        L("分类", "classify"),
        "case",
        classify,
        (
            _CASE,
            Text(key="category", label=L("类别", "category")),
            Text(key="division", label=L("事业部/去向", "division")),
            Text(key="line", label=L("产品线", "product line")),
            Text(key="because", label=L("改级理由", "reason for regrading")),
        ),
        permission="classify",
        open_fields=True,
        words=("分类", ">"),
    ),
    Command(
        "assign",
        L("派单", "assign"),
        "case",
        assign,
        (
            _CASE,
            Text(key="to", label=L("派给", "assign to")),
            Text(key="tracker", label=L("跟踪人", "tracker")),
            Text(key="text", label=L("说明", "text")),
        ),
        permission="dispatch",
        open_fields=True,
        words=("派单", "dispatch"),
    ),
    Command(
        "track",
        L("指定跟踪人", "name the tracker"),
        "case",
        track,
        (_CASE, Text(key="tracker", label=L("跟踪人", "tracker"), required="intake")),
        permission="name_tracker",
        words=("跟踪",),
    ),
    Command(
        "acknowledge",
        L("接单确认", "acknowledge"),
        "case",
        acknowledge,
        (_CASE,),
        permission="acknowledge",
        words=("接单",),
    ),
    Command(
        "start_work",
        L("开始处理", "start work"),
        "case",
        start_work,
        (_CASE,),
        permission="work",
        words=("开始",),
    ),
    Command(
        "promise",
        L("承诺", "promise"),
        "case",
        promise,
        (
            _CASE,
            DateTime(key="due", label=L("承诺时间", "promised for"), required="intake"),
            LongText(key="text", label=L("原话", "as spoken")),
            Text(key="reason", label=L("超时理由", "reason for the longer time")),
        ),
        permission="promise",
        clause="002 P3C1 hotline",
        words=("承诺",),
    ),
)
