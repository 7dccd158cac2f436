"""From a row of the outbox to the letter that goes out.

A letter says what was so when its notice was raised, however late it is sent: the case is
folded up to that fact. So the same key always brings the same words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from functools import cache

from console.desk.answers import Answers, Who
from console.desk.digests import digest_of, reader_of
from console.desk.papers import attachments
from console.domain import bulletin, digest, wordings
from console.domain import case as cases
from console.domain.case import Case
from console.domain.digest import Digest
from console.domain.facts import Fact
from console.domain.notices import CUSTOMER, Ground
from console.domain.outbox import Posted, Problem, address_of, quiet_until
from console.domain.rules import Notice
from console.domain.wordings import Occasion, Written
from console.outlets import settings
from console.outlets.letter import Attachment, Letter, Outlet
from console.outlets.settings import MARKDOWN

DIGEST = f"{bulletin.SUBJECT}:"

OWN_LANGUAGE = "zh"
"""What notices are written in where neither the outlets nor the installation say."""


class Letters:
    """Writes letters for one desk. `lang` is what the outlets are configured to write in."""

    def __init__(self, desk: Answers) -> None:
        self._desk = desk
        self._house = ""
        self._made: dict[tuple[object, ...], Written] = {}
        self._cases: dict[tuple[str, int], Case] = {}
        self._files: dict[tuple[object, ...], tuple[Attachment, ...]] = {}
        self._of_day: Digest | None = None
        self.lang = ""

    def forget(self) -> None:
        """Make every text anew: somebody may have been renamed, or erased."""
        self._made.clear()
        self._cases.clear()
        self._files.clear()
        self._of_day = None

    def made(self, posted: Posted, outlet: Outlet, now: int) -> Letter | Problem:
        """The letter of a row, or why it cannot be sent."""
        row = posted.row
        address = self._address(posted, outlet)
        if isinstance(address, Problem):
            return address
        written = self._once(posted, outlet)
        kind, _, number = posted.subject.partition(":")
        house = self._name_of_house()
        about = {"case": number, "channel": row.channel, "notice": row.notice, "slot": row.slot}
        return Letter(
            key=f"{house}-{row.wire_key}",
            to=address,
            subject=written.subject,
            short=written.short,
            full=written.full,
            at=now,
            thread=f"{house}-{kind}-{number}",
            attachments=self._attached(posted),
            facts=(*about.items(), ("person", row.person), ("when", row.when)),
        )

    def gathered(self, message: list[Posted], outlet: Outlet, now: int) -> Letter | Problem:
        """One letter that lists several rows of one person."""
        first = message[0]
        address = self._address(first, outlet)
        if isinstance(address, Problem):
            return address
        listed = [self._once(one, outlet) for one in message[: wordings.MOST_LISTED]]
        cases = dict.fromkeys(one.subject.partition(":")[2] for one in message)
        written = wordings.gathered(listed, list(cases), len(message), self._language)
        keys = ",".join(one.row.wire_key for one in message)
        about = {"case": "", "cases": ",".join(cases), "channel": first.row.channel}
        return Letter(
            key=f"{self._name_of_house()}-{hashlib.sha256(keys.encode()).hexdigest()[:16]}",
            to=address,
            subject=written.subject,
            short=written.short,
            full=written.full,
            at=now,
            attachments=tuple(file for one in message for file in self._attached(one)),
            facts=(*about.items(), ("person", first.row.person), ("when", first.row.when)),
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
        row = posted.row
        grounds = tuple(ground[1:] for ground in row.grounds)
        key: tuple[object, ...] = (posted.subject, posted.raised, outlet.markup, grounds)
        if posted.subject.startswith(DIGEST):
            key = (posted.subject, row.person)
        if key not in self._made:
            self._made[key] = self._written(posted, outlet)
        return self._made[key]

    def _case(self, posted: Posted) -> Case:
        """The case up to the last fact the row says something of."""
        desk, raised = self._desk, posted.raised
        key = (posted.subject, raised)
        if key not in self._cases:
            facts = (fact for fact in desk.store.load(posted.subject) if fact.seq <= raised)
            number = int(posted.subject.partition(":")[2])
            self._cases[key] = cases.fold(number, facts, desk.rulebook, desk.reckoner)
        return self._cases[key]

    def _written(self, posted: Posted, outlet: Outlet) -> Written:
        if posted.subject.startswith(DIGEST):
            return self._digest(posted)
        row, case = posted.row, self._case(posted)
        raised = case.facts[-1]
        if row.slot == CUSTOMER:
            text = str(raised.body["text"])
            return Written(str(raised.body["subject"]), text, text)
        escape = wordings.markdown if outlet.markup == MARKDOWN else wordings.plain
        parts = [self._part(ground, case, raised.at, escape) for ground in row.grounds]
        return wordings.together(parts, self._language)

    def _digest(self, posted: Posted) -> Written:
        """The digest of a day as it stood when it was raised, for the person of a row."""
        at, day = posted.row.due, date.fromisoformat(posted.subject.partition(":")[2])
        if self._of_day is None or self._of_day.at != at:
            self._of_day = digest_of(self._desk, day, at)
        viewer = self._desk.viewer(Who(posted.row.person))
        reader = reader_of(self._desk, viewer, self._language)
        return digest.text(self._of_day, reader)

    def _part(self, ground: Ground, case: Case, at: int, escape: wordings.Escape) -> wordings.Part:
        """What one ground of a row has to say, and in whose place it is said."""
        notice = wordings.notice_named(ground.notice, case)
        about = next((fact for fact in case.facts if fact.seq == ground.of), None)
        written = words_of(self._desk, case, notice, at, self._language, escape, about)
        meant = self._desk.directory.name(ground.meant) if ground.meant else ""
        own = notice is not None and notice.text is not None
        return wordings.Part(written, own, escape(meant), ground.why)

    def _attached(self, posted: Posted) -> tuple[Attachment, ...]:
        """The files that go with a mail: the same for everybody."""
        row = posted.row
        if row.channel != "mail" or row.slot == CUSTOMER or posted.subject.startswith(DIGEST):
            return ()
        notices = dict.fromkeys(ground.notice for ground in posted.row.grounds)
        key = (posted.subject, posted.raised, *notices)
        if key not in self._files:
            case, lang = self._case(posted), self._language
            at = case.facts[-1].at
            files = (attachments(self._desk, case, notice, at, lang) for notice in notices)
            self._files[key] = tuple(one for some in files for one in some)
        return self._files[key]

    @property
    def _language(self) -> str:
        return self.lang or self._desk.config.lang or OWN_LANGUAGE

    def _name_of_house(self) -> str:
        """What tells this installation's keys from another one's: how its journal begins."""
        if not self._house:
            [first] = self._desk.follow(0, 1)
            self._house = first.digest[:12]
        return self._house


def words_of(
    desk: Answers,
    case: Case,
    notice: Notice | None,
    at: int,
    lang: str,
    escape: wordings.Escape = wordings.plain,
    about: Fact | None = None,
) -> Written:
    """What a notice says of a case as it is at an instant (UTC seconds), `about` a fact of
    it: the latest that called for it."""
    occasion = Occasion(
        case,
        desk.directory,
        at,
        lang,
        desk.config.zone,
        about or wordings.cause_of(notice, case),
        notice.label if notice is not None else None,
        desk.config.known_as,
    )
    wording = notice.text if notice is not None and notice.text else wordings.HOUSE
    return wordings.fill(wording, occasion, escape)


def language(desk: Answers) -> str:
    """What notices are written in: as the outlets say, as the installation does, or Chinese."""
    return settings.language(desk.store.directory) or desk.config.lang or OWN_LANGUAGE
