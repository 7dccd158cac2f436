"""Reports of a case: what they begin with, and what would be sent to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from console.desk.letters import words_of
from console.desk.papers import file_name
from console.domain.case import Case
from console.domain.commands.reporting import carried_by
from console.domain.decision import Decision
from console.domain.drawing_up import beginning
from console.domain.forms import Form
from console.domain.notices import RAISED, NoticeRow
from console.domain.outbox import Problem, address_of
from console.domain.refusal import Refusal, RefusedError
from console.domain.rules import Notice
from console.domain.wordings import Written

if TYPE_CHECKING:
    from console.desk.answers import Answers, Who
    from console.desk.desk import Desk

MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody a report goes to; `problem` says why it cannot get there."""

    slot: str
    person: str
    address: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """A message a report goes with: to whom, in which words, with which file."""

    notice: Notice
    to: tuple[Addressee, ...]
    written: Written
    attached: str


@dataclass(frozen=True, slots=True)
class Foretold:
    """What sending a report would bring about; `refusal` when it would be refused."""

    sendings: tuple[Sending, ...] = ()
    refusal: Refusal | None = None


def begun(desk: Answers, case: Case, form: Form, lang: str) -> dict[str, Any]:
    """The values a form begins with, in a reader's language."""
    return beginning(form, case, desk.directory, lang, desk.config.zone)


def foretell(
    desk: Desk, number: int, form: str, values: Mapping[str, Any], who: Who, lang: str
) -> Foretold:
    """What would be sent, word by word, in one language; nothing is written."""
    typed = {"case": number, "form": form, **values}
    try:
        decision = desk.foresee("send_report", typed, who)
    except RefusedError as refused:
        return Foretold(refusal=refused.refusal)
    case = decision.cases[f"case:{number}"]
    wanted = {one.key: one for one in carried_by(case.rules.forms[form], case)}
    raised = dict.fromkeys(
        fact.body["notice"]
        for fact in decision.facts
        if fact.kind == RAISED and fact.body["notice"] in wanted
    )
    return Foretold(
        tuple(_sending(desk, decision, case, wanted[key], form, lang) for key in raised)
    )


def _sending(
    desk: Desk, decision: Decision, case: Case, notice: Notice, form: str, lang: str
) -> Sending:
    first = decision.facts[0].seq
    rows = [row for row in case.notices if _tells(row, notice, first)]
    written = words_of(desk, case, notice, decision.facts[-1].at, lang)
    to = tuple(_addressee(desk, row) for row in rows if row.channel == MAIL)
    return Sending(notice, to, written, file_name(case, case.rules.forms[form], lang))


def _tells(row: NoticeRow, notice: Notice, first: int) -> bool:
    """Whether a row tells somebody a notice, raised by the fact `first` or later."""
    return any(
        ground.notice == notice.key and int(ground.key.partition(".")[0]) >= first
        for ground in row.grounds
    )


def _addressee(desk: Answers, row: NoticeRow) -> Addressee:
    found = address_of(row, desk.directory.get(row.person))
    if isinstance(found, Problem):
        return Addressee(row.slot, row.person, "", found.reason)
    return Addressee(row.slot, row.person, found)
