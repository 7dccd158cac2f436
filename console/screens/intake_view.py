"""How the intake form looks: its inputs, marks, hints and head, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.widget import Widget

from console.desk.caller import Caller, KnownCase
from console.desk.intake_fields import PHASES, Entry
from console.desk.intake_form import IntakeForm
from console.desk.intake_talk import Upcoming, will_be_told
from console.domain.board import StripRow
from console.domain.fields import DateTime, Field
from console.domain.states import CALL_STATES
from console.domain.words import M
from console.screens.inputs import advice, input_of
from console.screens.words import SpokenLabels
from console.speech import Speech
from console.widgets.headline import Part
from console.widgets.offer import Offered

SIGNS = {"intake": "*", "dispatch": "+", "": " "}
"""What stands before a label while the field is still needed for a phase."""

HALF_A_DAY = 12 * 3600
WRONG = "!"
"""What stands before the label of a field that was refused."""


def make_input(entry: Entry, form: IntakeForm, speech: Speech, now: Callable[[], int]) -> Widget:
    """The input of a field, empty."""
    aside = _aside(entry.field, form, speech, now)
    return input_of(entry.field, entry.key, form.directory, speech, aside)


def _aside(
    one: Field, form: IntakeForm, speech: Speech, now: Callable[[], int]
) -> Callable[[str], str] | None:
    if not isinstance(one, DateTime):
        return None

    def understood(_typed: str) -> str:
        at = form.parsed(one.key)
        return f"→ {when(at, now(), speech)}" if isinstance(at, int) else ""

    return understood


def when(at: int, now: int, speech: Speech) -> str:
    """A moment to be spoken: the time of day, with the date where it could be mistaken."""
    soon = 0 <= at - now < HALF_A_DAY
    return speech.time_of_day(at)[:5] if soon else speech.moment(at, seconds=False)


def sign(form: IntakeForm, entry: Entry, wrong: set[str]) -> str:
    """The mark before a field's label."""
    return WRONG if entry.key in wrong else SIGNS[form.phase(entry)]


def hint(entry: Entry, speech: Speech) -> str:
    """What to know about the field one is in: one line."""
    one, say = entry.field, speech.say
    parts = advice(one, speech)
    if one.required:
        parts.append(say(PHASES[one.required]))
    if one.clause:
        parts.append(f"[{one.clause}]")
    return f"{say(one.label)}: " + " · ".join(parts) if parts else say(one.label)


# --- the head


def head(form: IntakeForm, state: str, since: int, speech: Speech) -> list[Part]:
    """Who is on the line: number, place, name, what they have had with us."""
    caller, say = form.caller, speech.say
    if not form.call:
        parts = [say(M("New case"))]
    else:
        number = say(M("number withheld")) if caller.withheld else caller.shown
        place = caller.place.get(speech.lang, "")
        parts = [number, place, _name(caller) or say(M("unknown caller")), *_past(caller, speech)]
        if state in CALL_STATES:
            parts.append(f"{say(CALL_STATES[state])} {speech.time_of_day(since)[:5]}")
    if form.sent.case:
        parts.insert(0, say(M("case {case} is open", case=form.sent.case)))
    return [Part(part) for part in parts if part]


def _name(caller: Caller) -> str:
    values = caller.values
    person = values.get("contact_name", "") + values.get("honorific", "")
    return " ".join(part for part in (values.get("employer", ""), person) if part) or caller.name


def _past(caller: Caller, speech: Speech) -> list[str]:
    if not caller.history:
        return [speech.say(M("first call"))]
    parts = [speech.say(M("history {n}", n=caller.history))]
    if caller.open:
        parts.append(speech.say(M("open {n}", n=len(caller.open))))
    return parts


def offered(cases: Iterable[KnownCase], labels: SpokenLabels, speech: Speech) -> list[Offered]:
    """The caller's open cases, one line each."""
    rows = []
    for one in cases:
        parts = (
            labels.category(one.category),
            labels.division(one.division),
            one.customer,
            labels.state(one.state),
            speech.moment(one.opened, seconds=False),
            speech.say(M("owner {who}", who=speech.name(one.owner))) if one.owner else "",
        )
        rows.append(Offered(one.case, f"{one.case}  " + "  ".join(part for part in parts if part)))
    return rows


def incoming(rows: list[StripRow], key: str, speech: Speech) -> str:
    """The line that tells of a call arriving meanwhile, "" when none waits."""
    if not rows:
        return ""
    row, say = rows[0], speech.say
    who = "  ".join(part for part in (row.number, row.place, row.caller) if part)
    more = f"  +{len(rows) - 1}" if len(rows) > 1 else ""
    since = speech.time_of_day(row.since)
    return say(
        M(
            "{key} parks this and answers:  {who}  {since}{more}",
            who=who or say(M("unknown caller")),
            since=since,
            more=more,
            key=key,
        )
    )


def follows(form: IntakeForm, clocks: list[Upcoming], speech: Speech, now: int) -> str:
    """The clocks that run once the call has ended, and who will be told."""
    say = speech.say
    parts = []
    for one in clocks:
        due = f" {when(one.due, now, speech)}" if one.due is not None else ""
        parts.append(f"{say(one.label)}{due}")
    lines = [say(M("clocks: {clocks}", clocks=" · ".join(parts)))] if parts else []
    told = [speech.name(person) for person in will_be_told(form)]
    if told:
        lines.append(say(M("will be told: {people}", people=", ".join(told))))
    return "\n".join(lines)
