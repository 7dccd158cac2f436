"""Forms of a case as files: to be printed, or to go with a mail."""

from __future__ import annotations

from collections.abc import Callable

from console.desk.answers import Answers
from console.domain.case import Case
from console.domain.forms import Form, FormState
from console.outlets.letter import Attachment

MIME = "application/pdf"


def form_pdf(
    desk: Answers,
    case: Case,
    state: FormState,
    at: int,
    lang: str,
    number: Callable[[str], str] = str,
) -> bytes:
    """A form of a case as PDF, as it stands at an instant (UTC seconds); `number` is how its
    reader may see a telephone number. The same form at the same instant gives the same
    bytes."""
    from console.reports.form_paper import Reader, paper_of  # noqa: PLC0415 - seldom made
    from console.reports.pdf import pdf  # noqa: PLC0415 - half a second

    reader = Reader(desk.directory, lang, desk.config.zone, number)
    return pdf(paper_of(state, case, reader, at))


def attachments(
    desk: Answers, case: Case, notice: str, at: int, lang: str
) -> tuple[Attachment, ...]:
    """The forms of a case that go with a notice."""
    return tuple(
        Attachment(file_name(case, state.form, lang), MIME, form_pdf(desk, case, state, at, lang))
        for state in case.forms.values()
        if notice in state.form.attach_to
    )


def file_name(case: Case, form: Form, lang: str) -> str:
    """What a form is called as a file: its label and the number of the case."""
    label = "".join(char if char.isalnum() else "-" for char in form.label.within(lang))
    return f"{label}-{case.number}.pdf"
