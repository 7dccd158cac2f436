"""What those who lead have to know of a day, and how it reads. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from console.domain.moments import DEFAULT_ZONE, local_time
from console.domain.notices import NOTICE_STATES
from console.domain.wordings import NOTHING, Written
from console.domain.words import Label

KEY = "digest"
"""The notice a digest is raised by."""

LABEL = Label("每日汇总", "digest of the day")

MOST_SHOWN = 30
"""How many lines of a section are written out; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit broken that day. `case` is 0 for one that runs on no case. `by` are the seconds
    it was broken by so far, `still` whether it goes on."""

    case: int
    customer: str
    limit: Label
    rule: str
    level: str
    due: int
    by: int
    still: bool
    person: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint that is open, since when (UTC seconds)."""

    case: int
    customer: str
    state: Label
    since: int
    person: str


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody whose call was missed and who waits to be called back."""

    number: str
    name: str
    since: int
    attempts: int
    person: str


@dataclass(frozen=True, slots=True)
class Unreached:
    """Somebody who has to know something and was not reached, or could not be written to."""

    subject: str
    notice: Label
    person: str
    slot: str
    state: str
    since: int


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that falls due: a limit of a case, or a duty (`case` 0)."""

    case: int
    customer: str
    what: Label
    due: int
    person: str


@dataclass(frozen=True, slots=True)
class Digest:
    """One day as it stood at an instant; `until` is up to when what is `coming` falls due:
    the end of the next working day. Instants are UTC seconds."""

    day: str
    at: int
    until: int
    breaches: tuple[Breach, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    callers: tuple[Caller, ...] = ()
    unreached: tuple[Unreached, ...] = ()
    coming: tuple[Coming, ...] = ()

    @property
    def counts(self) -> tuple[int, ...]:
        """How many of each, in the order of the sections."""
        sections = (self.breaches, self.complaints, self.callers, self.unreached, self.coming)
        return tuple(len(section) for section in sections)


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom it is written for: the language and zone, what people are called, and numbers and
    customers as this reader may see them."""

    lang: str
    zone: str = DEFAULT_ZONE
    name: Callable[[str], str] = str
    number: Callable[[str], str] = str
    text: Callable[[str], str] = str

    def say(self, label: Label, **values: object) -> str:
        return label.within(self.lang).format(**values)

    def moment(self, at: int) -> str:
        return local_time(at, self.zone).strftime("%m-%d %H:%M")

    def person(self, key: str) -> str:
        return self.name(key) or NOTHING

    def length(self, seconds: int) -> str:
        """Hours and minutes."""
        minutes = -(-seconds // 60)
        return f"{minutes // 60}:{minutes % 60:02}"


_TITLE = Label("{day} 汇总", "{day} in short")
_COUNTS = Label(
    "逾期{0}，未结投诉{1}，未回电{2}，未通知到{3}，将到期{4}",
    "{0} breaches, {1} open complaints, {2} missed callers, {3} not reached, {4} falling due",
)
_NOTHING = Label(
    "{day}：无逾期、无未结投诉、无未回电、无未通知到，明日无到期事项。",
    "{day}: no breach, no open complaint, no missed caller, nobody unreached, nothing falls due.",
)
_HEADINGS = (
    Label("逾期（{n}）", "Breaches ({n})"),
    Label("未结投诉（{n}）", "Open complaints ({n})"),
    Label("未回电（{n}）", "Missed callers ({n})"),
    Label("未通知到（{n}）", "Not reached ({n})"),
    Label("{until}前到期（{n}）", "Falling due by {until} ({n})"),
)
_CASE = Label("工单{case}", "case {case}")
_OVER = Label("超时{by}", "{by} late")
_STILL = Label("超时{by}，仍未完成", "{by} late and counting")
_DUE = Label("时限{due}", "due {due}")
_SINCE = Label("自{since}", "since {since}")
_TRIED = Label("已试{n}次", "{n} attempts")
_MORE = Label("……另有{n}项（console show digest）", "… and {n} more (console show digest)")


def text(digest: Digest, reader: Reader) -> Written:
    """The digest as a message; a short line when there is nothing to say."""
    title = reader.say(_TITLE, day=digest.day)
    if not any(digest.counts):
        nothing = reader.say(_NOTHING, day=digest.day)
        return Written(title, nothing, nothing)
    counts = _COUNTS.within(reader.lang).format(*digest.counts)
    full = "\n".join((title, counts, *lines(digest, reader)))
    return Written(f"{title} – {counts}", f"{title}: {counts}", full)


def lines(digest: Digest, reader: Reader) -> Iterator[str]:
    """Its sections, those that are not empty, each under its heading."""
    sections: Sequence[list[str]] = (
        [_breach(one, reader) for one in digest.breaches],
        [_complaint(one, reader) for one in digest.complaints],
        [_caller(one, reader) for one in digest.callers],
        [_unreached(one, reader) for one in digest.unreached],
        [_coming(one, reader) for one in digest.coming],
    )
    until = reader.moment(digest.until)
    for heading, items in zip(_HEADINGS, sections, strict=True):
        if items:
            yield ""
            yield reader.say(heading, n=len(items), until=until)
            yield from (f"- {item}" for item in items[:MOST_SHOWN])
            if len(items) > MOST_SHOWN:
                yield reader.say(_MORE, n=len(items) - MOST_SHOWN)


def _breach(one: Breach, reader: Reader) -> str:
    over = reader.say(_STILL if one.still else _OVER, by=reader.length(one.by))
    limit = f"{one.rule} {reader.say(one.limit)}".strip()
    due = reader.say(_DUE, due=reader.moment(one.due))
    return _joined(*_about(one.case, one.customer, reader), limit, due, over, _who(one, reader))


def _complaint(one: Complaint, reader: Reader) -> str:
    since = reader.say(_SINCE, since=reader.moment(one.since))
    about = _about(one.case, one.customer, reader)
    return _joined(*about, reader.say(one.state), since, _who(one, reader))


def _caller(one: Caller, reader: Reader) -> str:
    since = reader.say(_SINCE, since=reader.moment(one.since))
    tried = reader.say(_TRIED, n=one.attempts) if one.attempts else ""
    who = _who(one, reader) if one.person else ""
    return _joined(reader.number(one.number), one.name, since, tried, who)


def _unreached(one: Unreached, reader: Reader) -> str:
    kind, _, key = one.subject.partition(":")
    about = reader.say(_CASE, case=key) if kind == "case" else key
    who = reader.name(one.person) if one.person else one.slot
    state = NOTICE_STATES.get(one.state)
    since = reader.say(_SINCE, since=reader.moment(one.since))
    return _joined(about, reader.say(one.notice), who, reader.say(state) if state else "", since)


def _coming(one: Coming, reader: Reader) -> str:
    due = reader.moment(one.due)
    about = _about(one.case, one.customer, reader)
    return _joined(due, *about, reader.say(one.what), _who(one, reader))


def _about(case: int, customer: str, reader: Reader) -> Iterator[str]:
    if case:
        yield reader.say(_CASE, case=case)
    yield reader.text(customer)


def _who(one: Breach | Complaint | Caller | Coming, reader: Reader) -> str:
    return reader.person(one.person)


def _joined(*parts: str) -> str:
    return "  ".join(part for part in parts if part)


def ordered(coming: Iterable[Coming]) -> tuple[Coming, ...]:
    """What falls due, the earliest first."""
    return tuple(sorted(coming, key=lambda one: (one.due, one.case)))
