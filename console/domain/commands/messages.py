"""Writing to the customer: what a line has words for, after a preview, never by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from console.domain.case import Case
from console.domain.cleantext import clean
from console.domain.commands.command import Command, Situation
from console.domain.facts import Draft
from console.domain.fields import TEXT_LIMIT, Choice, Flag, LongText, Text
from console.domain.notices import WRITTEN
from console.domain.numbers import understand
from console.domain.outbox import is_mail
from console.domain.people import Person
from console.domain.refusal import RefusedError
from console.domain.rules import Message
from console.domain.words import L, M, choices

if TYPE_CHECKING:
    from console.domain.wordings import Written

CONSENT = "consent_recorded"
LANGUAGES = {"zh": L("中文", "Chinese"), "en": L("英文", "English")}
_MAIL_FIELDS = ("contact_mail", "mail", "email")
_REACHABLE = frozenset(("mobile", "foreign"))
"""Numbers that take an SMS."""


def message(situation: Situation) -> Iterable[Draft]:
    """Write to the customer. The text is made here, so what was previewed is what is sent."""
    case = situation.case
    wanted = _wanted(situation)
    _check_case(wanted, case)
    missing = [f for f in wanted.fields if f.required and f.key not in situation.values]
    if missing:
        raise RefusedError(
            wanted.key,
            M("{command} needs {field}.", command=wanted.label, field=missing[0].label),
            M("Add {field}=….", field=missing[0].key),
            wanted.clause,
        )
    via = _channel(wanted, situation.args.get("via", ""))
    address = _address(situation, via, situation.args.get("to", ""))
    written = _written(situation, wanted)
    text = written.full if via == "mail" else written.short
    body = {
        "message": wanted.key,
        "via": via,
        "address": address,
        "subject": written.subject,
        "text": text,
    }
    yield Draft(case.subject, WRITTEN, body)


def consent(situation: Situation) -> Iterable[Draft]:
    """The customer agreed to be written to, or did not."""
    body: dict[str, Any] = {"answer": situation.args["answer"]}
    if situation.args.get("text"):
        body["text"] = situation.args["text"]
    yield Draft(situation.case.subject, CONSENT, body)


def available(case: Case) -> Mapping[str, Message]:
    """The messages that belong to a case as it is."""
    messages = case.rules.messages.items()
    return {k: m for k, m in messages if m.if_ is None or m.if_.holds(case.attributes)}


def has_consented(case: Case) -> bool:
    """Whether the customer's last word on being written to was yes. A reopening changes
    nothing about it."""
    said = next((fact for fact in reversed(case.facts) if fact.kind == CONSENT), None)
    return said is not None and said.body["answer"] is True


def _wanted(situation: Situation) -> Message:
    known = situation.case.rules.messages
    found = known.get(situation.args["message"])
    if found is None:
        raise RefusedError(
            "message",
            M("This line has no message “{message}”.", message=situation.args["message"]),
            M("Its messages are: {known}.", known=choices(known.values())),
        )
    return found


def _check_case(wanted: Message, case: Case) -> None:
    if wanted.if_ is not None and not wanted.if_.holds(case.attributes):
        raise RefusedError(
            wanted.rule or wanted.key,
            M(
                "{act} belongs to cases where {condition}.",
                act=wanted.label,
                condition=wanted.if_.explain(case.rules.wording),
            ),
            M("Check the category and the fields of this case."),
            wanted.clause,
        )
    if wanted.consent and not has_consented(case):
        raise RefusedError(
            wanted.rule or "consent",
            M("The customer has not agreed to be written to."),
            M("Ask the customer, then record the answer: consent case={case} answer=yes.",
              case=case.number),
            wanted.clause,
        )  # fmt: skip


def _channel(wanted: Message, typed: str) -> str:
    if not typed:
        return wanted.via[0]
    if typed not in wanted.via:
        raise RefusedError(
            "via",
            M("“{message}” is not sent by “{channel}”.", message=wanted.label, channel=typed),
            M("It is sent by: {known}.", known=", ".join(wanted.via)),
            wanted.clause,
        )
    return typed


def _address(situation: Situation, via: str, typed: str) -> str:
    """Where it goes: what was typed, or what the case knows of the customer."""
    attributes = situation.case.attributes
    if via == "mail":
        known = next((attributes[key] for key in _MAIL_FIELDS if attributes.get(key)), "")
        return _mail_address(situation, typed or str(known))
    number = typed or str(attributes.get("contact_phone") or attributes["number"] or "")
    if via == "sms":
        return _number(situation, number)
    return clean(number, TEXT_LIMIT)


def _mail_address(situation: Situation, typed: str) -> str:
    address = typed.strip()
    if not is_mail(address):
        raise RefusedError(
            "to",
            M("“{typed}” is no mail address.", typed=clean(address, 80) or "–"),
            M("Add to=NAME@HOST."),
        )
    people = situation.world.directory
    _not_one_of_us(next((p for p in people if p.mail.casefold() == address.casefold()), None))
    return address


def _number(situation: Situation, typed: str) -> str:
    number = understand(typed, area_code=situation.world.area_code)
    if number.e164 is None or number.kind not in _REACHABLE:
        raise RefusedError(
            "to",
            M("“{typed}” is no number that takes an SMS.", typed=clean(typed, 40) or "–"),
            M("Add to=NUMBER: the customer's mobile."),
        )
    people = situation.world.directory
    _not_one_of_us(next((p for p in people if _same(p.phone, number.e164)), None))
    return number.e164


def _same(phone: str, e164: str) -> bool:
    return bool(phone) and (understand(phone).e164 or phone) == e164


def _not_one_of_us(person: Person | None) -> None:
    if person is not None:
        raise RefusedError(
            "to",
            M("That is the address of {who}, not of a customer.", who=person.name),
            M("Messages go to customers; our own people are told by notices."),
        )


def _written(situation: Situation, wanted: Message) -> Written:
    from console.domain.wordings import Occasion, fill  # noqa: PLC0415 - no seat starts with it

    occasion = Occasion(
        situation.case,
        situation.world.directory,
        situation.at,
        situation.args.get("lang") or "zh",
        situation.zone,
        hotline=situation.world.hotline,
        fields={field.key: field for field in wanted.fields},
        values=situation.values,
    )
    return fill(wanted.text, occasion)


def _has_messages(case: Case, _person: Person) -> bool:
    return bool(available(case))


_CASE = Text(key="case", label=L("工单", "case"), required="intake")

COMMANDS = (
    Command(
        "message",
        L("给客户发消息", "write to the customer"),
        "case",
        message,
        (
            _CASE,
            Text(key="message", label=L("消息", "message"), required="intake"),
            Text(key="via", label=L("方式", "channel")),
            Text(key="to", label=L("发往", "to")),
            Choice(key="lang", label=L("语言", "language"), choices=LANGUAGES, open=False),
        ),
        permission="work",
        open_fields=True,
        words=("发消息",),
        suits=_has_messages,
    ),
    Command(
        "consent",
        L("客户是否同意接收消息", "may the customer be written to"),
        "case",
        consent,
        (
            _CASE,
            Flag(key="answer", label=L("同意？", "agreed?"), required="intake"),
            LongText(key="text", label=L("内容", "text")),
        ),
        permission="work",
        words=("同意接收",),
        suits=_has_messages,
    ),
)
