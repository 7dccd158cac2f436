"""Commands about talking to the customer and reaching our own people (W-03, §5.3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from console.domain.case import Case
from console.domain.commands.command import Command, Situation
from console.domain.commands.dispatch import respect_the_door
from console.domain.facts import Draft, Fact
from console.domain.fields import Choice, DateTime, Flag, LongText, Text
from console.domain.permission import own_work
from console.domain.permissions import PERMISSIONS
from console.domain.refusal import RefusedError
from console.domain.words import L, M

CONTACT_CHANNELS = {
    "phone": L("电话", "phone"),
    "sms": L("短信", "SMS"),
    "mail": L("邮件", "mail"),
    "im": L("即时消息", "chat"),
    "on_site": L("现场", "on site"),
    "console": L("控制台", "console"),
}


def contact(situation: Situation) -> Iterable[Draft]:
    """Somebody spoke to the customer, or tried to. A failed attempt stops nothing (D-14)."""
    case = situation.case
    person = _contactor(situation)
    _respect_the_door(situation, person)
    when = situation.args.get("when") or situation.at
    _not_in_future(when, situation.at)
    body: dict[str, Any] = {
        "by": person,
        "role": case.role_of(person),
        "channel": situation.args.get("channel") or "phone",
    }
    if situation.args.get("text"):
        body["text"] = situation.args["text"]
    if situation.args.get("reached") is False:
        yield Draft(case.subject, "contact_missed", body, when)
        return
    if situation.args.get("apology"):
        body["apology"] = True
    yield Draft(case.subject, "customer_contacted", body, when)


def _respect_the_door(situation: Situation, key: str) -> None:
    person = situation.world.directory.get(key)
    if person is not None:
        respect_the_door(situation, person)


def _contactor(situation: Situation) -> str:
    typed = situation.args.get("by")
    if not typed:
        return situation.actor.key
    return situation.person(typed, L("联系人", "who contacted the customer")).key


def verify(situation: Situation) -> Iterable[Draft]:
    """The operator asked whether the customer was contacted (T0-02)."""
    case = situation.case
    if situation.args["answer"]:
        yield from _verified(situation)
        return
    if not case.assignee:
        raise RefusedError("T0-02", M("Nobody has this case yet."), M("Assign it first."))
    body = {"answer": False, "by": case.assignee}
    yield Draft(case.subject, "contact_verified", body)
    yield Draft(case.subject, "urged", {"who": case.assignee})


def _verified(situation: Situation) -> Iterable[Draft]:
    case = situation.case
    contacted = case.happened("customer_contacted")
    if contacted is not None and _is_another(situation, contacted):
        contacted = None
    if contacted is None:
        when = situation.args.get("when")
        if not situation.args.get("by") or not when:
            raise RefusedError(
                "T0-02",
                M("A yes needs who contacted the customer, and when."),
                M("Add by=PERSON and when=HH:MM."),
                "000 III.3.1.4b",
            )
        _not_in_future(when, situation.at)
        person = _contactor(situation)
        told = {"by": person, "role": case.role_of(person), "channel": "phone"}
        yield Draft(case.subject, "customer_contacted", told, when)
        by, at = person, when
    else:
        by, at = contacted.body["by"], contacted.at
    if by == situation.actor.key:
        raise own_work(PERMISSIONS["verify"])
    yield Draft(case.subject, "contact_verified", {"answer": True, "by": by, "contacted_at": at})


def _is_another(situation: Situation, contacted: Fact) -> bool:
    """Whether the operator speaks of another contact than the one on record."""
    by = situation.args.get("by")
    return bool(by and situation.args.get("when")) and _contactor(situation) != contacted.body["by"]


def _not_in_future(when: int, now: int) -> None:
    if when > now:
        raise RefusedError(
            "when", M("That moment has not come yet."), M("Give the time it happened.")
        )


def urge(situation: Situation) -> Iterable[Draft]:
    case = situation.case
    typed = situation.args.get("who")
    who = situation.person(typed, L("催办对象", "whom to urge")).key if typed else case.assignee
    if not who:
        raise RefusedError("urge", M("Nobody has this case yet."), M("Assign it first."))
    body = {"who": who}
    if situation.args.get("text"):
        body["text"] = situation.args["text"]
    yield Draft(case.subject, "urged", body)


def reach(situation: Situation) -> Iterable[Draft]:
    """One of our own people was reached, or was not, and may have asked to be rung `again`.
    Sent is not reached."""
    case = situation.case
    who = situation.args["who"]
    directory = situation.world.directory
    known = any(row.is_for(who) for row in case.notices)
    if not known and not directory.resolve(who, case.attributes):
        who = situation.person(who, L("通知对象", "whom")).key
    _respect_the_door(situation, directory.resolve(who, case.attributes) or who)
    channel = situation.args.get("channel") or ""
    roles, person = roles_of(case, who, channel)
    body: dict[str, Any] = {"channel": channel}
    if person is not None:
        body["person"] = person
    again = situation.args.get("again")
    if again is None and situation.args.get("reached") is not False:
        for role in roles:
            yield Draft(case.subject, "role_reached", {"role": role, **body})
        return
    if again is not None:
        body["again"] = _to_come(situation, again)
    yield Draft(case.subject, "role_missed", {"role": roles[0], **body})


def roles_of(case: Case, who: str, channel: str) -> tuple[list[str], str | None]:
    """The slots somebody is told in, as a slot or a person is named, and who that is: whoever
    fills two of them is told once. None where no notice waits for anybody."""
    meant = [row for row in case.notices if row.is_for(who)]
    by_channel = [row for row in meant if channel in ("", row.channel)] or meant
    row = next((one for one in by_channel if one.reached is None), None)
    row = row or next(iter(by_channel), None)
    if row is None:
        return [who], None
    slots = dict.fromkeys(ground.slot for ground in row.grounds)
    return sorted(slots, key=lambda slot: slot != who), row.person


def _to_come(situation: Situation, again: int) -> int:
    """When to ring somebody again who was not reached: a moment to come."""
    if situation.args.get("reached"):
        raise RefusedError(
            "again",
            M("Whoever was reached is not rung again."),
            M("Leave out again=…, or say reached=no."),
        )
    if again <= situation.at:
        raise RefusedError(
            "again", M("That moment is over."), M("Give a time to come: 11:20, +30m.")
        )
    return again


_CASE = Text(key="case", label=L("工单", "case"), required="intake")
_CHANNEL = Choice(key="channel", label=L("方式", "channel"), choices=CONTACT_CHANNELS, open=False)
_REACHED = Flag(key="reached", label=L("已联系上", "reached"))
_TEXT = LongText(key="text", label=L("内容", "text"))
_WHEN = DateTime(key="when", label=L("时间", "when"))

COMMANDS = (
    Command(
        "contact",
        L("已联系客户", "customer contacted"),
        "case",
        contact,
        (
            _CASE,
            Text(key="by", label=L("联系人", "by whom")),
            _WHEN,
            _CHANNEL,
            _REACHED,
            Flag(key="apology", label=L("已致歉", "apologised")),
            _TEXT,
        ),
        permission="work",
        clause="000 III.3.1.4a",
        words=("已联系",),
    ),
    Command(
        "verify",
        L("核实联系", "verify the contact"),
        "case",
        verify,
        (
            _CASE,
            Flag(key="answer", label=L("已联系？", "contacted?"), required="intake"),
            Text(key="by", label=L("联系人", "by whom")),
            _WHEN,
        ),
        permission="verify",
        clause="000 III.3.1.4b",
        words=("核实",),
    ),
    Command(
        "urge",
        L("催办", "urge"),
        "case",
        urge,
        (_CASE, Text(key="who", label=L("催办对象", "whom")), _TEXT),
        permission="work",
        words=("催办",),
    ),
    Command(
        "reach",
        L("通知到人", "somebody was told"),
        "case",
        reach,
        (
            _CASE,
            Text(key="who", label=L("通知对象", "whom"), required="intake"),
            _CHANNEL,
            _REACHED,
            DateTime(key="again", label=L("约定再拨", "ring again at")),
        ),
        permission="work",
        words=("通知到",),
    ),
)
