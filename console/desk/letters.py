"""From a row of the outbox to the letter that goes out.

A letter says what was so when its notice was raised, however late it is sent: the case is
folded up to that fact. So the same key always brings the same words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from console.desk.answers import Answers
from console.domain import case as cases
from console.domain import wordings
from console.domain.facts import Fact
from console.domain.notices import CUSTOMER
from console.domain.outbox import Posted, Problem, address_of, quiet_until
from console.domain.wordings import Occasion, Written
from console.outlets.letter import Letter, Outlet
from console.outlets.settings import MARKDOWN

OWN_LANGUAGE = "zh"
"""What notices are written in where neither the outlets nor the installation say."""


class Letters:
    """Writes letters for one desk. `lang` is what the outlets are configured to write in."""

    def __init__(self, desk: Answers) -> None:
        self._desk = desk
        self._house = ""
        self._made: dict[tuple[str, int, str], Written] = {}
        self.lang = ""

    def forget(self) -> None:
        """Make every text anew: somebody may have been renamed, or erased."""
        self._made.clear()

    def made(self, posted: Posted, outlet: Outlet, now: int) -> Letter | Problem:
        """The letter of a row, or why it cannot be sent."""
        row = posted.row
        address = self._address(posted, outlet)
        if isinstance(address, Problem):
            return address
        written = self._once(posted, outlet)
        number = posted.subject.partition(":")[2]
        house = self._name_of_house()
        about = {"case": number, "channel": row.channel, "notice": row.notice, "slot": row.slot}
        return Letter(
            key=f"{house}-{row.wire_key}",
            to=address,
            subject=written.subject,
            short=written.short,
            full=written.full,
            at=now,
            thread=f"{house}-case-{number}",
            facts=(*about.items(), ("person", row.person), ("when", row.when)),
        )

    def quiet_at(self, now: int) -> Callable[[str], bool]:
        """Who may be disturbed at an instant only by what must be known now."""
        directory, zone = self._desk.directory, self._desk.config.zone

        @cache
        def is_quiet(key: str) -> bool:
            person = directory.get(key)
            hours = person.quiet if person is not None else ""
            return bool(hours) and quiet_until(hours, now, zone) is not None

        return is_quiet

    def _address(self, posted: Posted, outlet: Outlet) -> str | Problem:
        """Where it goes; nowhere in particular by an outlet that knows the way itself."""
        row = posted.row
        if row.slot != CUSTOMER and not outlet.addressed:
            return ""
        address = address_of(row, self._desk.directory.get(row.person))
        return address or Problem("no_address", permanent=True)

    def _once(self, posted: Posted, outlet: Outlet) -> Written:
        """The text of a row: the same for everybody a notice goes to."""
        key = (posted.subject, posted.order[0], outlet.markup)
        if key not in self._made:
            self._made[key] = self._written(posted, self._facts(posted), outlet)
        return self._made[key]

    def _facts(self, posted: Posted) -> list[Fact]:
        """The facts up to the one that raised the row."""
        raised, _ = posted.order
        return [fact for fact in self._desk.store.load(posted.subject) if fact.seq <= raised]

    def _written(self, posted: Posted, facts: list[Fact], outlet: Outlet) -> Written:
        row, raised = posted.row, facts[-1]
        if row.slot == CUSTOMER:
            text = str(raised.body["text"])
            return Written(str(raised.body["subject"]), text, text)
        desk = self._desk
        number = int(posted.subject.partition(":")[2])
        case = cases.fold(number, facts, desk.rulebook, desk.reckoner)
        notice = wordings.notice_of(row, case)
        occasion = Occasion(
            case,
            desk.directory,
            raised.at,
            self.lang or desk.config.lang or OWN_LANGUAGE,
            desk.config.zone,
            wordings.cause_of(notice, case),
            notice.label if notice is not None else None,
            desk.config.known_as,
        )
        wording = notice.text if notice is not None and notice.text else wordings.HOUSE
        escape = wordings.markdown if outlet.markup == MARKDOWN else wordings.plain
        return wordings.fill(wording, occasion, escape)

    def _name_of_house(self) -> str:
        """What tells this installation's keys from another one's: how its journal begins."""
        if not self._house:
            [first] = self._desk.follow(0, 1)
            self._house = first.digest[:12]
        return self._house
