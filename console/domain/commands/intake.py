"""Commands that open a case and record what the customer says (W-01)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from console.domain.case import Case
from console.domain.commands.command import Command, Situation
from console.domain.facts import Draft
from console.domain.fields import Choice, DateTime, Flag, Integer, LongText, Phone, Text
from console.domain.people import Person
from console.domain.refusal import RefusedError
from console.domain.rulebook import RuleSet
from console.domain.words import L, M, Named, choices

CHANNELS = {
    "phone": L("电话", "phone"),
    "mail": L("邮件", "mail"),
    "fax": L("传真", "fax"),
    "platform": L("平台", "platform"),
    "forum": L("论坛", "forum"),
    "walk_in": L("来访", "walk-in"),
    "on_site": L("现场", "on site"),
    "followup": L("回访", "follow-up"),
    "survey": L("调查", "survey"),
}


def open_case(situation: Situation) -> Iterable[Draft]:
    yield from opening(situation)


def opening(situation: Situation, owner: str = "") -> Iterable[Draft]:
    """A new case with what is known of it; its owner is whoever opens it, or `owner`."""
    args, call = situation.args, situation.about_call
    line = args.get("line", "")
    if line and line not in situation.world.rulebook.lines:
        known = choices(situation.world.rulebook.lines.values())
        raise RefusedError(
            "line",
            M("There is no product line “{line}”.", line=line),
            M("Choose one of {choices}.", choices=known),
        )
    number = situation.world.next_case()
    subject = f"case:{number}"
    values = dict(situation.values)
    caller = args.get("number") or (call.number if call else "")
    if caller and not values.get("contact_phone"):
        values["contact_phone"] = caller
    first = _first_contact(situation)
    body: dict[str, Any] = {
        "channel": args.get("channel") or "phone",
        "number": caller,
        "line": line,
        "known": bool(args.get("known")) or bool(caller and situation.world.knows(caller)),
    }
    version, _ = situation.world.rulebook.versions(line, "")
    if version > 1:
        body["line_version"] = version
    if call:
        body["call"] = call.key
    if owner and owner != situation.actor.key:
        body["owner"] = owner
    yield Draft(subject, "case_opened", body)
    yield Draft(subject, "submitted", {"channel": body["channel"]}, first)
    if values:
        yield Draft(subject, "filled", {"values": values})
    rules = situation.world.rulebook.rules(line)
    if not missing_fields(rules, {**values}, "intake"):
        yield Draft(subject, "recorded")
    if call:
        yield Draft(call.subject, "case_joined", {"case": number})
        if call.ended_at is not None and call.answers:
            yield Draft(subject, "call_ended", {"call": call.key}, call.ended_at)


def _first_contact(situation: Situation) -> int:
    """When the customer's need reached us: at the answer of the call, unless said otherwise."""
    given = situation.args.get("submitted")
    if given:
        return int(given)
    call = situation.about_call
    if call and call.answers:
        return call.answers[0][0]
    return situation.at


def record(situation: Situation) -> Iterable[Draft]:
    case = situation.case
    values = {k: v for k, v in situation.values.items() if case.attributes.get(k) != v}
    not_asked_again(situation, recorded_by=case.owner)
    if values:
        was = {k: case.attributes[k] for k in values if case.attributes.get(k) not in (None, "")}
        body: dict[str, Any] = {"values": values}
        if was:
            body["was"] = was
        if situation.args.get("because"):
            body["because"] = situation.args["because"]
        yield Draft(case.subject, "filled", body)
    yield from completed(case, case.rules, values)


def not_asked_again(situation: Situation, recorded_by: str = "") -> None:
    """Who takes a case over finds the answers in it and does not ask the customer again:
    after a transfer, overwriting what somebody else filled in needs a reason; overwriting
    what one person recorded, at any time (W-04, W-06)."""
    case = situation.case
    if situation.args.get("because"):
        return
    taken_over = case.happened("transfer_accepted") is not None
    for key, value in situation.values.items():
        before = case.value(key)
        filler = case.filled_by.get(key, situation.actor.key)
        answered = filler != situation.actor.key and before not in (None, "", [], value)
        if answered and (taken_over or filler == recorded_by):
            field = case.rules.fields[key]
            raise RefusedError(
                "W-06",
                M("{who} has filled in {field} already.", who=Named(filler), field=field.label),
                M("Use what is there; to overwrite it give a reason (record … because=…)."),
                "002 P3C1",
            )


def link(situation: Situation) -> Iterable[Draft]:
    """Two cases belong together: each says so."""
    case, other = situation.case, situation.world.case(situation.args["to"])
    if other.number == case.number or not other.version:
        raise RefusedError(
            "case",
            M("Case {number} cannot be linked to {other}.", number=case.number, other=other.number),
            M("Give the number of another case."),
        )
    if any(f.kind == "case_linked" and f.body["case"] == other.number for f in case.facts):
        return
    yield from linked(case.number, other.number)


def linked(number: int, other: int) -> Iterable[Draft]:
    yield Draft(f"case:{number}", "case_linked", {"case": other})
    yield Draft(f"case:{other}", "case_linked", {"case": number})


def join_call(situation: Situation) -> Iterable[Draft]:
    """A repeat call belongs to the case that is already open, not to a blank one."""
    case, call = situation.case, situation.call
    if call.key in case.calls:
        return
    yield Draft(case.subject, "call_joined", {"call": call.key})
    yield Draft(call.subject, "case_joined", {"case": case.number})
    if call.ended_at is not None and call.answers:
        yield Draft(case.subject, "call_ended", {"call": call.key}, call.ended_at)


def save_contact(situation: Situation) -> Iterable[Draft]:
    case = situation.case
    saved = not situation.args.get("withheld", False)
    yield Draft(case.subject, "contact_saved", {"saved": saved, "number": case.value("number")})


def note(situation: Situation) -> Iterable[Draft]:
    yield Draft(situation.case.subject, "noted", {"text": situation.args["text"]})


def advise_complaint(situation: Situation) -> Iterable[Draft]:
    case = situation.case
    yield Draft(case.subject, "advice_noted", {"text": situation.args["text"]})


def is_complaint(case: Case, _actor: Person) -> bool:
    return case.rules.settling(case.attributes) is not None


def completed(case: Case, rules: RuleSet, values: Mapping[str, Any]) -> Iterable[Draft]:
    """The fact that the record is complete, once it is."""
    missing = missing_fields(rules, {**case.attributes, **values}, "intake")
    if not missing and case.happened("recorded") is None:
        yield Draft(case.subject, "recorded")


def missing_fields(rules: RuleSet, attributes: Mapping[str, Any], phase: str) -> list[str]:
    """The fields that must have a value before the end of a phase and have none."""
    phases = {
        "intake": ("intake",),
        "dispatch": ("intake", "dispatch"),
        "close": ("intake", "dispatch", "close"),
    }
    missing = []
    for key, field in rules.fields.items():
        if field.required not in phases[phase] or field.retired:
            continue
        if field.required_if is not None and not field.required_if.holds(attributes):
            continue
        if field.show_when is not None and not field.show_when.holds(attributes):
            continue
        if attributes.get(key) in (None, "", []):
            missing.append(key)
    return missing


def labels_of(case: Case, keys: Iterable[str]) -> list[Any]:
    return [case.rules.fields[key].label for key in keys]


_CASE = Text(key="case", label=L("工单", "case"), required="intake")
_CALL = Text(key="call", label=L("来电", "call"))
_TEXT = LongText(key="text", label=L("内容", "text"), required="intake")

COMMANDS = (
    Command(
        "open",
        L("建单", "open a case"),
        "new",
        open_case,
        (
            _CALL,
            Phone(key="number", label=L("号码", "number")),
            Choice(key="channel", label=L("渠道", "channel"), choices=CHANNELS, open=False),
            Text(key="line", label=L("产品线", "product line")),
            DateTime(key="submitted", label=L("提出时间", "submitted at")),
            Flag(key="known", label=L("已知客户", "known caller")),
        ),
        permission="answer",
        open_fields=True,
        words=("new", "新建"),
    ),
    Command(
        "record",
        L("填写", "record"),
        "case",
        record,
        (_CASE, Text(key="because", label=L("修改理由", "reason for the change"))),
        permission="work",
        open_fields=True,
        words=("填写", "set"),
    ),
    Command(
        "join_call",
        L("并入工单", "join to a case"),
        "case",
        join_call,
        (_CASE, _CALL),
        permission="answer",
        words=("并入",),
    ),
    Command(
        "link",
        L("关联", "link"),
        "case",
        link,
        (_CASE, Integer(key="to", label=L("关联工单", "other case"), required="intake", least=1)),
        permission="work",
        words=("关联",),
    ),
    Command(
        "save_contact",
        L("保存联系人", "save the contact"),
        "case",
        save_contact,
        (_CASE, Flag(key="withheld", label=L("号码不公开", "number withheld"))),
        permission="answer",
        words=("存号",),
    ),
    Command(
        "note", L("备注", "note"), "case", note, (_CASE, _TEXT), permission="work", words=("备注",)
    ),
    Command(
        "advise_complaint",
        L("投诉处理建议", "advice on the complaint"),
        "case",
        advise_complaint,
        (_CASE, _TEXT),
        permission="advise_complaint",
        words=("建议",),
        suits=is_complaint,
    ),
)
