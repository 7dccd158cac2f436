"""The command that sends a report: the form is complete, and what its notices wait for has
happened, all at once (W-09)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from console.domain.case import Case
from console.domain.commands.acts import act
from console.domain.commands.command import Command, Situation
from console.domain.commands.forms import begun, completed, drafted, form_of
from console.domain.facts import Draft
from console.domain.fields import Text
from console.domain.forms import Form, FormState
from console.domain.incident import incident_of
from console.domain.patterns import On
from console.domain.people import Person, named
from console.domain.refusal import RefusedError
from console.domain.rules import Notice
from console.domain.words import L, M, listed


def send_report(situation: Situation) -> Iterable[Draft]:
    """Write into a report what was typed, take every step of it, and bring about what the
    notices wait for that it goes with."""
    case, form = situation.case, form_of(situation)
    if not form.report:
        raise RefusedError(
            form.rule or form.key,
            M("{form} is not a report that is sent.", form=form.label),
            M("Fill it in: fill_form case={case} form={form}.", case=case.number, form=form.key),
            form.clause,
        )
    state = begun(situation, form)
    _check(situation, state)
    yield from drafted(situation, form)
    for step in form.steps:
        yield Draft(case.subject, "form_step_done", {"form": form.key, "step": step.key})
    yield from completed(state, situation)
    for trigger in dict.fromkeys(one.trigger() for one in carried_by(form, case)):
        if trigger.kind in case.rules.acts:
            yield from _recorded(situation, state, trigger)


def carried_by(form: Form, case: Case) -> list[Notice]:
    """The notices a form goes with."""
    return [notice for notice in case.rules.notices if notice.key in form.attach_to]


def _check(situation: Situation, state: FormState) -> None:
    """Raise RefusedError for a report that is not filled in, or that somebody else sends."""
    form, missing = state.form, state.missing()
    if missing:
        raise RefusedError(
            form.rule or form.key,
            M(
                "{form} is not filled in. Missing: {missing}",
                form=form.label,
                missing=listed([field.label for field in missing]),
            ),
            M("Add {field}=….", field=missing[0].key),
            form.clause,
        )
    for step in form.steps:
        if step.roles and not situation.actor.has(*step.roles):
            raise RefusedError(
                form.rule or form.key,
                M("Your role may not record: {step}.", step=step.label),
                M("Ask one of: {roles}.", roles=named(step.roles)),
                step.clause or form.clause,
            )


def _recorded(situation: Situation, state: FormState, trigger: On) -> Iterable[Draft]:
    """The act the notices wait for, with what the report says of it."""
    wanted = situation.case.rules.acts[trigger.kind]
    own = {field.key for field in wanted.fields}
    values = {key: value for key, value in state.values.items() if key in own}
    args = {**situation.args, "act": wanted.key}
    yield from act(replace(situation, args=args, values={**values, **dict(trigger.where)}))


def _has_reports(case: Case, _person: Person) -> bool:
    incident = incident_of(case)
    return incident is not None and bool(incident.reports)


COMMANDS = (
    Command(
        "send_report",
        L("发送报告", "send a report"),
        "case",
        send_report,
        (
            Text(key="case", label=L("工单", "case"), required="intake"),
            Text(key="form", label=L("表单", "form"), required="intake"),
        ),
        permission="work",
        open_fields=True,
        words=("发报告",),
        suits=_has_reports,
    ),
)
