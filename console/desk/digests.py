"""The digest of a day: what went wrong, what is open, who waits, what comes tomorrow.

It is made from the facts as they stood at an instant, so that it can be made again, for
whoever reads it and however late it is sent; nothing of it is stored but that it was raised.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from console.desk.answers import Answers
from console.desk.viewer import Viewer
from console.desk.writing import write
from console.domain import bulletin, escalation
from console.domain.callback import SUBJECT as CALLBACK
from console.domain.callback import Callback
from console.domain.case import Case
from console.domain.customer import customer_of
from console.domain.decision import Stamp, settle
from console.domain.digest import (
    KEY,
    Breach,
    Caller,
    Coming,
    Complaint,
    Digest,
    Reader,
    Unreached,
    ordered,
)
from console.domain.facts import Draft, Fact
from console.domain.notices import RAISED, NoticeRow
from console.domain.people import SYSTEM
from console.domain.periods import clock_face
from console.domain.recipients import Recipients
from console.domain.watch import Watch
from console.domain.wordings import notice_named
from console.domain.words import Label
from console.domain.workdays import Workdays
from console.domain.zone import DAY, zone_named

NEVER = 1 << 62
COMPLAINT = "complaint"
CLOSED_DEBT = ("callback_made", "callback_dropped")


class Digests:
    """Raises the digest of every working day, once. `next_at` is when to look again (UTC
    seconds)."""

    def __init__(self, desk: Answers) -> None:
        self._desk = desk
        self.next_at = 0 if desk.config.digest.to else NEVER

    def note(self, until: int) -> list[Fact]:
        """Raise today's, if its time has come by `until`. -> the facts. A day that is over is
        not made good: the next digest says what is still so."""
        if until < self.next_at:
            return []
        place = zone_named(self._desk.config.zone)
        today = place.day(until)
        hour, minute = clock_face(self._desk.config.digest.at)
        moments = (place.instant(today + n, hour * 3600 + minute * 60) for n in (0, 1))
        moment, tomorrow = moments
        self.next_at = tomorrow if until >= moment else moment
        day = date.fromordinal(today)
        if until < moment or not workdays(self._desk).is_working(day):
            return []
        return self._raise(day.isoformat(), until)

    def _raise(self, day: str, at: int) -> list[Fact]:
        desk = self._desk
        subject = f"{bulletin.SUBJECT}:{day}"
        with desk.store.writing() as tx:
            if tx.load(subject):
                return []
            world = desk.world(tx)
            rows = list(_rows(desk.config.digest.to, world.recipients, at))
            body = {"notice": KEY, "when": "timely", "rows": rows}
            stamp = Stamp(SYSTEM, "", at, desk.now(), tx.last_seq() + 1)
            decision = settle([Draft(subject, RAISED, body, at)], world, stamp)
            write(tx, decision)
        return decision.facts


def _rows(slots: Iterable[str], recipients: Recipients, at: int) -> Iterator[dict[str, str]]:
    """One mail for each person, whatever the number of their slots."""
    named: set[str] = set()
    for slot in slots:
        one = recipients.of(slot, {}, at)
        if one.person not in named or not one.person:
            named.add(one.person)
            why = {"meant": one.meant, "why": one.why} if one.why else {}
            yield {"slot": slot, "person": one.person, "channel": "mail"} | why


def workdays(desk: Answers) -> Workdays:
    return Workdays(desk.calendars.calendar(desk.rulebook.house.calendar))


def made_at(desk: Answers, day: date, now: int) -> int:
    """The instant the digest of a day is about: when it was raised; else its time of day, or
    now as long as that has not come."""
    raised = desk.store.load(f"{bulletin.SUBJECT}:{day.isoformat()}")
    if raised:
        return raised[0].at
    hour, minute = clock_face(desk.config.digest.at)
    moment = zone_named(desk.config.zone).instant(day.toordinal(), hour * 3600 + minute * 60)
    return min(moment, now)


def digest_of(desk: Answers, day: date, at: int) -> Digest:
    """A day as it stood at an instant of it (UTC seconds)."""
    place = zone_named(desk.config.zone)
    begin = place.instant(day.toordinal())
    following = workdays(desk).from_day(day + timedelta(days=1)) or day + timedelta(days=1)
    until = place.instant(following.toordinal(), DAY)
    cases = list(_open_cases(desk, at))
    due = [*(one for case in cases for one in _due(case, at, until)), *_duties(desk, at, until)]
    return Digest(
        day.isoformat(),
        at,
        until,
        tuple(_breaches(desk, begin, at)),
        tuple(_complaint(case) for case in cases if case.category == COMPLAINT),
        tuple(_callers(desk, at)),
        tuple(one for case in cases for one in _unreached(case)),
        ordered(due),
    )


def reader_of(desk: Answers, viewer: Viewer, lang: str) -> Reader:
    """How the digest is written for somebody."""
    name = desk.directory.name
    return Reader(lang, desk.config.zone, name, viewer.number, viewer.text)


def _open_cases(desk: Answers, at: int) -> Iterator[Case]:
    """Every case that was open at an instant, as it was then."""
    world = desk.world(desk.store, at)
    for number in desk.store.cases_open_at(at):
        case = world.case(number)
        if case.facts and case.is_open:
            yield case


def _breaches(desk: Answers, begin: int, at: int) -> Iterator[Breach]:
    """The limits broken since `begin`, in that order."""
    world = desk.world(desk.store, at)
    for fact in desk.store.of_kinds(("timer_breached",), begin, at + 1):
        kind, _, key = fact.subject.partition(":")
        on_case = kind == "case"
        holder = world.case(int(key)) if on_case else world.watch(fact.subject)
        yield from _broken(holder, fact, at)


def _broken(holder: Case | Watch, fact: Fact, at: int) -> Iterator[Breach]:
    """The limit a fact tells of, unless it has been given more time since."""
    case, customer, person = _whose(holder)
    for clock in holder.clocks:
        if (clock.key, clock.noted) != (fact.body["timer"], fact.at) or clock.due is None:
            continue
        by, timer = clock.breached_by(at), clock.timer
        if by and clock.number == fact.body.get("number", 1):
            yield Breach(
                case,
                customer,
                timer.label,
                timer.rule,
                timer.level,
                clock.due,
                by,
                clock.running,
                person,
            )


def _whose(holder: Case | Watch) -> tuple[int, str, str]:
    """The number of a case, what it or a watched thing is called, and who is in charge."""
    if isinstance(holder, Case):
        return holder.number, customer_of(holder), _in_charge(holder)
    return 0, _label(holder), ""


def _label(watch: Watch) -> str:
    """What a watched thing is called: the caller owed a call back, the seat left."""
    return (watch.name or watch.number) if isinstance(watch, Callback) else watch.key


def _in_charge(case: Case) -> str:
    """Who works on a case, else who answers for it."""
    return case.assignee or str(case.value("custodian") or case.owner)


def _complaint(case: Case) -> Complaint:
    state = case.rules.state_label(case.state)
    return Complaint(case.number, customer_of(case), state, case.opened_at, _in_charge(case))


def _callers(desk: Answers, at: int) -> Iterator[Caller]:
    """Who waited for a call back: who still does, and who was called since."""
    closed = desk.store.of_kinds(CLOSED_DEBT, at + 1, NEVER)
    since = (fact.subject for fact in closed if fact.subject.startswith(f"{CALLBACK}:"))
    owed = (f"{CALLBACK}:{debt.number}" for debt in desk.owed())
    debts = [desk.callback(one.partition(":")[2], at) for one in dict.fromkeys((*owed, *since))]
    for debt in sorted(debts, key=lambda one: one.since):
        if debt.open:
            yield Caller(debt.number, debt.name, debt.since, debt.attempts, debt.taken_by)


def _unreached(case: Case) -> Iterator[Unreached]:
    """Who has to know something of a case now and was not reached, each once, and who could
    not be written to."""
    found: dict[tuple[str, str, str], Unreached] = {}
    for row in case.notices:
        waits = row.when == "now" and not escalation.over(row, case) and row.delegated is None
        if waits or row.state == "dead":
            key = (row.notice, row.slot, row.person)
            found.setdefault(key, _missed(case, row))
    yield from found.values()


def _missed(case: Case, row: NoticeRow) -> Unreached:
    notice = notice_named(row.notice, case)
    label = notice.label if notice is not None else Label(row.notice, row.notice)
    return Unreached(case.subject, label, row.person, row.slot, row.state, row.due)


def _due(case: Case, at: int, until: int) -> Iterator[Coming]:
    for clock in case.running():
        if clock.due is not None and at < clock.due <= until:
            label, who = clock.timer.label, _in_charge(case)
            yield Coming(case.number, customer_of(case), label, clock.due, who)


def _duties(desk: Answers, at: int, until: int) -> Iterator[Coming]:
    place = zone_named(desk.config.zone)
    first, last = (date.fromordinal(place.day(moment)) for moment in (at, until - 1))
    for row in desk.duties(first, last, at, at):
        if row.due is not None and at < row.due <= until and row.done_at is None:
            yield Coming(0, "", row.label, row.due, row.person)
