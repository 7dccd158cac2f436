"""A hotline whose rules tell people at once, in which time passes by itself."""

from __future__ import annotations

from collections.abc import Iterable

from console.domain import escalation
from console.domain.case import Case
from console.domain.decision import Stamp, settle
from console.domain.facts import Draft, Fact
from console.domain.notices import NoticeRow
from console.domain.patterns import on
from console.domain.people import SYSTEM, Directory, Person
from console.domain.recipients import Patience, Recipients
from console.domain.rules import Category, Line, Notice, Timer
from console.domain.words import L
from console.plugins.house import HOUSE
from tests.domain.hotline import LINE, MINUTE, PEOPLE, Hotline

PATIENCE = Patience(15 * MINUTE, 5 * MINUTE)
SLOTS = {
    "dgm": "dai",
    "support_engineer": "tan",
    "field_engineer": "he",
    "shift_lead": "boss",
    "head": "mei",
    "officer": "wen",
}
DEPUTIES = {"dgm": ("wen", "mei")}


def ladder_line(
    notices: Iterable[Notice] = (), timers: Iterable[Timer] = (), posts: bool = True
) -> Line:
    """A line with these rules besides the house's; `posts`: it fills the house's posts."""
    return Line(
        "ladder",
        L("梯", "Ladder"),
        categories=(
            Category("technical", L("技术", "technical")),
            Category("complaint", L("投诉", "complaint")),
        ),
        notices=tuple(notices),
        timers=tuple(timers),
        facts=LINE.facts,
        slots={key: L(key, key) for key in SLOTS},
        posts={"supervisor": "head", "complaint_officer": "officer"} if posts else {},
    )


def timer(key: str, within: str, level: str = "hard", who: str = "assignee") -> Timer:
    return Timer(
        key,
        L(key, key),
        start="call_ended",
        stop=on("customer_contacted"),
        within=within,
        rule=f"X-{key}",
        level=level,
        who=who,
    )


def at_once(key: str, kind: str, *to: str, via: tuple[str, ...] = ("phone",)) -> Notice:
    """A notice that has to be known now."""
    return Notice(key, L(key, key), on=kind, to=to, via=via, when="now", rule=f"N-{key}")


class Ladder(Hotline):
    """The hotline with the house's own rules, deputies and patience. `off` are the people the
    roster has others for."""

    def __init__(self, *lines: Line, deputies: dict[str, tuple[str, ...]] | None = None) -> None:
        super().__init__(*lines, house=HOUSE, slots=SLOTS)
        self.directory = Directory(PEOPLE, SLOTS, DEPUTIES if deputies is None else deputies)
        self.off: set[str] = set()
        self.patience = PATIENCE

    @property
    def recipients(self) -> Recipients:
        return Recipients(self.directory, self.patience, lambda person, _at: person in self.off)

    def change(self, person: Person) -> None:
        self.directory.add(person)

    def started(self, moment: int, category: str = "technical", to: str = "he") -> Case:
        """A case of a call that has ended, classified and given to somebody."""
        need = {"contact_name": "彭", "employer": "公交", "contact_phone": "073155502187"}
        more = {"reason": "停机", "product": "桩"}
        case = self.open(moment, **need, **more)
        typed = {"case": case.number, "line": "ladder", "category": category}
        self.do("classify", "lin", moment, **typed)
        self.do("assign", "lin", moment, case=case.number, to=to)
        return self.case(case.number)

    def pass_time(self, number: int, until: int) -> list[Fact]:
        """What happens to a case by itself up to an instant, each moment for itself."""
        found: list[Fact] = []
        for _ in range(1000):
            case = self.case(number)
            moment = case.next_moment()
            if moment is None or moment > until:
                return found
            stamp = Stamp(SYSTEM, "", moment, until, len(self.written) + 1)
            drafts = [*_of_clocks(case, moment)]
            drafts += escalation.steps(case, moment, until, self.recipients)
            assert drafts, "a moment at which nothing happens comes again for ever"
            decision = settle(drafts, self, stamp)
            self.written += decision.facts
            self._seen.clear()
            found += decision.facts
        raise AssertionError("time does not pass")

    def rows(self, number: int = 1001) -> dict[tuple[str, str], list[NoticeRow]]:
        """The rows of a case by person and channel."""
        found: dict[tuple[str, str], list[NoticeRow]] = {}
        for row in self.case(number).notices:
            found.setdefault((row.person, row.channel), []).append(row)
        return found


def _of_clocks(case: Case, moment: int) -> Iterable[Draft]:
    for clock in case.clocks:
        if clock.next_moment() != moment:
            continue
        breach = clock.breach_at()
        kind = "timer_breached" if breach is not None and moment >= breach else "timer_warned"
        body = {"timer": clock.key, "number": clock.number, "level": clock.timer.level}
        yield Draft(case.subject, kind, body | {"due": clock.due}, moment)
