"""What a message says: a rule's wording, filled with what is known of a case. Pure.

What cannot be filled in is a dash, never an error: a mail with a gap is better than none.
The words of the case come from customers and from outside, so they are cleaned, kept to one
line where one line is meant, and escaped for the place they go to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.domain.case import Case
from console.domain.cleantext import clean
from console.domain.customer import customer_of
from console.domain.facts import Fact
from console.domain.fields import DateTime, Field
from console.domain.fields import Person as PersonField
from console.domain.moments import DEFAULT_ZONE, local_time
from console.domain.notices import NoticeRow
from console.domain.people import Directory
from console.domain.rules import Notice, Wording
from console.domain.words import Label

NOTHING = "–"
"""What stands where nothing is known."""

SUBJECT_LIMIT, SHORT_LIMIT, FULL_LIMIT = 160, 600, 20_000
VALUE_LIMIT, LONG_VALUE_LIMIT = 200, 4_000

_PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_.]*)\}")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~@&!])")
_EMPTY: tuple[Any, ...] = (None, "", [], ())

Escape = Callable[[str], str]

HOUSE = Wording(
    Label("工单{case} {notice}", "Case {case}: {notice}"),
    Label(
        "【{line}】工单{case}：{notice}（{what}，{at}）。客户：{customer}。时限：{due}。",
        "[{line}] Case {case}: {notice} ({what}, {at}). Customer: {customer}. Due: {due}.",
    ),
    Label(
        "{notice}\n\n工单：{case}\n产品线：{line}\n类别：{category}\n事业部：{division}\n"
        "客户：{customer}\n事由：{reason}\n需求：{need}\n\n{at}  {what}\n时限：{due}\n"
        "首问责任人：{owner}\n处理人：{assignee}\n跟踪人：{tracker}\n",
        "{notice}\n\nCase: {case}\nProduct line: {line}\nCategory: {category}\n"
        "Division: {division}\nCustomer: {customer}\nReason: {reason}\nNeed: {need}\n\n"
        "{at}  {what}\nDue: {due}\nOwner: {owner}\nAssignee: {assignee}\nTracker: {tracker}\n",
    ),
)
"""What every notice says whose rule has no words of its own."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a wording is filled from: a case as it is at an instant (UTC seconds), in one
    language and zone.

    `about` is the fact that is told of, `notice` what the rule is called that tells it;
    `fields` and `values` are what the sender of a message has added; `hotline` is the number
    or name customers know.
    """

    case: Case
    directory: Directory
    at: int
    lang: str = "zh"
    zone: str = DEFAULT_ZONE
    about: Fact | None = None
    notice: Label | None = None
    hotline: str = ""
    fields: Mapping[str, Field] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """A message as it goes out: a mail's subject, the short text, the long one."""

    subject: str
    short: str
    full: str


def plain(text: str) -> str:
    """What a mail or an SMS shows as it is."""
    return text


def markdown(text: str) -> str:
    """Text that a chat shows as it is: nothing of it is bold, a link or a call to all."""
    return _MARKDOWN.sub(r"\\\1", text)


def fill(wording: Wording, occasion: Occasion, escape: Escape = plain) -> Written:
    """A wording with every `{…}` filled in."""
    long = wording.full or wording.short
    return Written(
        _one_line(wording.subject, occasion, escape, SUBJECT_LIMIT),
        _one_line(wording.short, occasion, escape, SHORT_LIMIT),
        _cut(_filled(long, occasion, escape, lines=True), FULL_LIMIT),
    )


def notice_of(row: NoticeRow, case: Case) -> Notice | None:
    """The rule a notice comes from, as the case's rules have it."""
    return next((one for one in case.rules.notices if one.key == row.notice), None)


def cause_of(notice: Notice | None, case: Case) -> Fact | None:
    """The fact a notice tells of: the last one of this cycle that raises it. `case` ends
    with the fact that raised the notice."""
    if notice is None:
        return None
    trigger = notice.trigger()
    facts = reversed(case.this_cycle())
    return next((fact for fact in facts if trigger.matches(fact)), None)


def places(wording: Wording) -> Iterator[str]:
    """What a wording wants to be filled with, in both languages."""
    for label in (wording.subject, wording.short, wording.full):
        if label is not None:
            yield from _PLACE.findall(label.zh)
            yield from _PLACE.findall(label.en)


def _one_line(label: Label, occasion: Occasion, escape: Escape, limit: int) -> str:
    return _cut(" ".join(_filled(label, occasion, escape, lines=False).split()), limit)


def _filled(label: Label, occasion: Occasion, escape: Escape, *, lines: bool) -> str:
    limit = LONG_VALUE_LIMIT if lines else VALUE_LIMIT

    def value(found: re.Match[str]) -> str:
        text = clean(_value(found[1], occasion), limit, multiline=lines)
        return escape(text) if text else NOTHING

    return _PLACE.sub(value, label.within(occasion.lang))


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip("\\ ") + "…"


def _value(name: str, occasion: Occasion) -> str:
    """The text of one place: what the sender added, a field, what every message knows, or
    whoever fills a slot."""
    case = occasion.case
    if name in occasion.fields:
        return _formatted(occasion.fields[name], occasion.values.get(name), occasion)
    if name in case.rules.fields:
        return _formatted(case.rules.fields[name], case.value(name), occasion)
    known = KNOWN.get(name)
    if known is not None:
        return known(occasion)
    return occasion.directory.name(occasion.directory.resolve(name, case.attributes))


def _formatted(known: Field, value: Any, occasion: Occasion) -> str:
    if value in _EMPTY:
        return ""
    if isinstance(known, DateTime):
        return _moment(value, occasion.zone)
    if isinstance(known, PersonField):
        directory = occasion.directory
        return directory.name(directory.resolve(str(value), occasion.case.attributes) or str(value))
    return known.format(value, occasion.lang)


def _moment(at: Any, zone: str) -> str:
    return local_time(int(at), zone).strftime("%Y-%m-%d %H:%M")


def _line(occasion: Occasion) -> str:
    return occasion.case.rules.line.label.within(occasion.lang)


def _category(occasion: Occasion) -> str:
    found = occasion.case.rules.category(occasion.case.category)
    return found.label.within(occasion.lang) if found else ""


def _division(occasion: Occasion) -> str:
    found = occasion.case.rules.division
    return found.label.within(occasion.lang) if found else ""


def _due(occasion: Occasion) -> str:
    """What the fact told of names as due, else the next limit that still runs."""
    due = occasion.about.body.get("due") if occasion.about is not None else None
    if not isinstance(due, int):
        dues = [clock.due for clock in occasion.case.running() if clock.due is not None]
        due = min(dues, default=None)
    return "" if due is None else _moment(due, occasion.zone)


def _at(occasion: Occasion) -> str:
    about = occasion.about
    return _moment(occasion.at if about is None else about.at, occasion.zone)


def _what(occasion: Occasion) -> str:
    if occasion.about is None:
        return ""
    return occasion.case.rulebook.fact_label(occasion.about.kind).within(occasion.lang)


def _person(role: str) -> Callable[[Occasion], str]:
    def name(occasion: Occasion) -> str:
        return occasion.directory.name(str(occasion.case.attributes.get(role, "")))

    return name


KNOWN: Mapping[str, Callable[[Occasion], str]] = {
    "case": lambda occasion: str(occasion.case.number),
    "line": _line,
    "category": _category,
    "division": _division,
    "customer": lambda occasion: customer_of(occasion.case),
    "owner": _person("owner"),
    "assignee": _person("assignee"),
    "tracker": _person("tracker"),
    "due": _due,
    "at": _at,
    "what": _what,
    "notice": lambda o: "" if o.notice is None else o.notice.within(o.lang),
    "hotline": lambda occasion: occasion.hotline,
}
"""What every message may name besides fields and slots."""
