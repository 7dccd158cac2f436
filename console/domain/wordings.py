"""What a message says: a rule's wording, filled with what is known of a case. Pure.

What cannot be filled in is a dash, never an error: a mail with a gap is better than none.
The words of the case come from customers and from outside, so they are cleaned, kept to one
line where one line is meant, and escaped for the place they go to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from console.domain.case import Case
from console.domain.cleantext import clean
from console.domain.customer import customer_of
from console.domain.facts import Fact
from console.domain.fields import DateTime, Field
from console.domain.fields import Person as PersonField
from console.domain.moments import DEFAULT_ZONE, local_time
from console.domain.people import Directory
from console.domain.recipients import REASONS
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


def notice_named(key: str, case: Case) -> Notice | None:
    """The rule a notice comes from, as the case's rules have it."""
    return next((one for one in case.rules.notices if one.key == key), None)


class Part(NamedTuple):
    """What one rule has to say in a message: in words of its `own`, or those of the house.
    `meant` is the name of whoever it is said in place of, `why` why."""

    written: Written
    own: bool = False
    meant: str = ""
    why: str = ""


def together(parts: Sequence[Part], lang: str) -> Written:
    """Everything one message has to say: the first in words of its own in full, the others in
    short; and in whose place somebody is told."""
    lead = next((part for part in parts if part.own), parts[0])
    others = [part.written.short for part in parts if part is not lead]
    others = [text for text in dict.fromkeys(others) if text != lead.written.short]
    notes = [_in_place(part, lang) for part in parts if part.meant]
    more = f" (+{len(others)})" if others else ""
    listed = [_ALSO.within(lang), *(f"- {text}" for text in others)] if others else []
    blocks = ["\n".join(dict.fromkeys(notes)), lead.written.full, "\n".join(listed)]
    return Written(
        _cut(lead.written.subject, SUBJECT_LIMIT - len(more)) + more,
        _cut(" ".join((*dict.fromkeys(notes), lead.written.short, *others)), SHORT_LIMIT),
        _cut("\n\n".join(block for block in blocks if block), FULL_LIMIT),
    )


def gathered(listed: Sequence[Written], cases: Sequence[str], count: int, lang: str) -> Written:
    """Many messages in one: `listed` are the first of `count`, about these cases."""
    numbers = ", ".join(cases)
    subject = _filled_in(_GATHERED, lang, n=count, cases=numbers)
    lines = [f"- {_cut(one.short, LISTED_LIMIT)}" for one in listed]
    left = count - len(listed)
    if left:
        lines.append(_filled_in(_LEFT, lang, n=left))
    short = " ".join((subject, *(one.subject for one in listed)))
    return Written(
        _cut(subject, SUBJECT_LIMIT),
        _cut(short, SHORT_LIMIT),
        _cut("\n".join((subject, "", *lines)), FULL_LIMIT),
    )


LISTED_LIMIT = 240
MOST_LISTED = 50
"""How many messages one that gathers them says in words; the others it counts."""

_ALSO = Label("另有：", "Also:")
_GATHERED = Label("{n}条通知，工单{cases}", "{n} notices, cases {cases}")
_LEFT = Label(
    "……另有{n}条，见控制台（console show notices）",
    "… and {n} more, see the console (console show notices)",
)
_IN_PLACE = Label("您代{name}收到此通知：{why}。", "In place of {name}, who {why}.")
_CUSTODY = Label("首问责任人{name}不当班，由您代管。", "You have custody; {name} stays the owner.")


def _in_place(part: Part, lang: str) -> str:
    if part.why == "custody":
        return _filled_in(_CUSTODY, lang, name=part.meant)
    why = REASONS[part.why].within(lang) if part.why in REASONS else part.why
    return _filled_in(_IN_PLACE, lang, name=part.meant, why=why)


def _filled_in(label: Label, lang: str, **values: object) -> str:
    return label.within(lang).format(**values)


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
    """What happened; of a limit, which one."""
    about, lang = occasion.about, occasion.lang
    if about is None:
        return ""
    what = occasion.case.rulebook.fact_label(about.kind).within(lang)
    timers = {owned.timer.key: owned.timer for owned in occasion.case.rules.timers}
    limit = timers.get(about.body.get("timer", ""))
    if limit is None:
        return what
    named = f"{limit.rule} {limit.label.within(lang)}".strip()
    return f"{what}：{named}" if lang == "zh" else f"{what}: {named}"


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
