"""What the operator says and what will follow from the form: the promise line, the clocks
that will run, who will be told. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from console.desk.intake_form import IntakeForm
from console.domain.clockwork import Reckoner
from console.domain.facts import Fact
from console.domain.patterns import matches_any
from console.domain.words import L, Label

SOMEBODY = L("专人", "a colleague")
"""Who keeps a promise before anybody is named."""


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A clock that runs once the call ends. `due` is UTC seconds, None without a number."""

    label: Label
    concern: str
    due: int | None


def upcoming(form: IntakeForm, reckoner: Reckoner, hung_up: int) -> list[Upcoming]:
    """The clocks the end of the call at `hung_up` (UTC seconds) starts, the first due
    first."""
    ended = Fact(0, hung_up, hung_up, "", "", "case:0", "call_ended", {"call": form.call})
    attributes = form.attributes
    found = []
    for owned in form.rules.started_by.get("call_ended", ()):
        timer = owned.timer
        if not matches_any(timer.starts(), ended):
            continue
        if timer.if_ is None or timer.if_.holds(attributes):
            due = reckoner.due(owned, ended, []).at
            found.append(Upcoming(timer.label, timer.concern, due))
    return sorted(found, key=lambda one: (one.due is None, one.due or 0))


def promised_for(form: IntakeForm, clocks: list[Upcoming]) -> int | None:
    """The instant the caller is told: the exact one that was typed, else when the first
    clock for contacting the customer ends."""
    exact = form.parsed("promise_due")
    if isinstance(exact, int):
        return exact
    dues = [one.due for one in clocks if one.concern == "contact" and one.due is not None]
    return min(dues, default=None)


def promise_line(form: IntakeForm, lang: str, who: str, time: str) -> str:
    """The sentence to say, "" when there is none. With an exact time the house's sentence,
    because a line's own may name its usual limit. `who` is "" when nobody is named."""
    script = form.rules.script
    if form.values.get("promise_due") and form.rulebook.house.script is not None:
        script = form.rulebook.house.script
    if script is None or not time:
        return ""
    said = script.promise.within(lang)
    return said.replace("{who}", who or SOMEBODY.within(lang)).replace("{time}", time)


def will_be_told(form: IntakeForm) -> list[str]:
    """The people the rules tell when the case is classified and assigned: their keys."""
    attributes = {**form.attributes, "assignee": form.assignee}
    people: list[str] = []
    kinds = ("classified", *(("assigned",) if form.assigns else ()))
    for kind in kinds if form.category else ():
        for notice in form.rules.told_by.get(kind, ()):
            if notice.if_ is None or notice.if_.holds(attributes):
                people += [form.directory.resolve(slot, attributes) for slot in notice.to]
    return list(dict.fromkeys(person for person in people if person))
