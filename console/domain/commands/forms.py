"""Commands on forms: fill in, sign, take the next step, withdraw (W-11, W-12)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from console.domain.case import Case
from console.domain.commands.acts import given
from console.domain.commands.command import Command, Situation
from console.domain.delegation import deputy, subject_of
from console.domain.facts import Draft
from console.domain.fields import Text
from console.domain.forms import Form, FormState, Step
from console.domain.moments import parse_moment
from console.domain.people import named
from console.domain.refusal import RefusedError
from console.domain.words import L, M, choices, listed


def fill_form(situation: Situation) -> Iterable[Draft]:
    form = form_of(situation)
    probe = begun(situation, form)
    yield from drafted(situation, form)
    if not form.steps and not probe.missing():
        yield from completed(probe, situation)


def begun(situation: Situation, form: Form) -> FormState:
    """The form as it will stand with what is being written into it. Raises RefusedError when
    it may not be drawn up."""
    case = situation.case
    if form.filled_by and not situation.actor.has(*form.filled_by):
        raise RefusedError(
            form.rule or form.key,
            M("Your role may not draw up: {form}.", form=form.label),
            M("Ask one of: {roles}.", roles=named(form.filled_by)),
            form.clause,
        )
    for other in form.requires:
        state = case.forms.get(other)
        if state is None or state.completed is None:
            label = case.rules.forms[other].label
            raise RefusedError(
                form.rule or form.key,
                M(
                    "{form} comes after {other}, which is not complete.",
                    form=form.label,
                    other=label,
                ),
                M("Complete {other} first.", other=label),
                form.clause,
            )
    state = case.forms.get(form.key)
    if state is not None and state.done and state.completed is None:
        raise RefusedError(
            form.rule or form.key,
            M("{form} is already under way and cannot be rewritten.", form=form.label),
            M("Withdraw it first (withdraw_form), then draw it up anew."),
            form.clause,
        )
    kept = state.values if state is not None and state.completed is None else {}
    return FormState(form, {**kept, **situation.values})


def drafted(situation: Situation, form: Form) -> Iterable[Draft]:
    """What is written into a form, and with it into fields of the case."""
    case, values = situation.case, dict(situation.values)
    yield from given(case, {key: values[key] for key in form.fills if key in values})
    yield Draft(case.subject, "form_drafted", {"form": form.key, "values": values})


def sign_form(situation: Situation) -> Iterable[Draft]:
    case, state = situation.case, _state(situation)
    step = _next_step(state)
    if not step.slots:
        raise RefusedError(
            state.form.rule or state.form.key,
            M("{form} now waits for: {step}.", form=state.form.label, step=step.label),
            M("Record that step first (step_form)."),
            step.clause or state.form.clause,
        )
    must_be_filled(state)
    slot = _slot_of(situation, state, step)
    body = {"form": state.form.key, "step": step.key, "slot": slot}
    holder = situation.world.directory.resolve(slot, case.attributes)
    if holder != situation.actor.key:
        body["for"] = holder
    yield Draft(case.subject, "form_signed", body)
    left = [other for other in state.unsigned(step) if other != slot]
    if step.any_of or not left:
        yield from _step_done(state, step, situation)


def step_form(situation: Situation) -> Iterable[Draft]:
    state = _state(situation)
    step = _next_step(state)
    wanted = situation.args.get("step") or step.key
    if step.slots:
        given, needed = state.signatures(step)
        raise RefusedError(
            state.form.rule or state.form.key,
            M(
                "not yet: {form} waits for signatures {given}/{needed} of “{step}”: {slots}",
                form=state.form.label,
                given=given,
                needed=needed,
                step=step.label,
                slots=_slots(situation, state.unsigned(step)),
            ),
            M("Have it signed first (sign_form)."),
            step.clause or state.form.clause,
        )
    if wanted != step.key:
        raise RefusedError(
            state.form.rule or state.form.key,
            M("{form} now waits for: {step}.", form=state.form.label, step=step.label),
            M("Take the steps in their order."),
            state.form.clause,
        )
    if step.roles and not situation.actor.has(*step.roles):
        raise RefusedError(
            state.form.rule or state.form.key,
            M("Your role may not record: {step}.", step=step.label),
            M("Ask one of: {roles}.", roles=named(step.roles)),
            step.clause or state.form.clause,
        )
    must_be_filled(state)
    yield from _step_done(state, step, situation)


def withdraw_form(situation: Situation) -> Iterable[Draft]:
    state = _state(situation)
    body = {"form": state.form.key, "reason": situation.args["reason"]}
    yield Draft(situation.case.subject, "form_withdrawn", body)


def form_of(situation: Situation) -> Form:
    return form_named(situation.case, situation.args["form"])


def form_named(case: Case, key: str) -> Form:
    """A form of the line of a case. Raises RefusedError where there is none."""
    known = case.rules.forms
    form = known.get(key)
    if form is None:
        raise RefusedError(
            "form",
            M("There is no form “{form}” here.", form=key),
            M("Forms of this line: {known}.", known=choices(known.values())),
        )
    return form


def _state(situation: Situation) -> FormState:
    return state_named(situation.case, situation.args["form"])


def state_named(case: Case, key: str) -> FormState:
    """A form of a case as far as it has come. Raises RefusedError for one nobody has begun."""
    form = form_named(case, key)
    state = case.forms.get(form.key)
    if state is None:
        raise RefusedError(
            form.rule or form.key,
            M("{form} has not been drawn up yet.", form=form.label),
            M("Fill it in first (fill_form)."),
            form.clause,
        )
    return state


def _next_step(state: FormState) -> Step:
    step = state.next_step()
    if step is None:
        raise RefusedError(state.form.key, M("{form} is complete.", form=state.form.label))
    return step


def must_be_filled(state: FormState) -> None:
    missing = state.missing()
    if missing:
        raise RefusedError(
            state.form.rule or state.form.key,
            M(
                "{form} is not filled in. Missing: {missing}",
                form=state.form.label,
                missing=listed([field.label for field in missing]),
            ),
            M("Fill these fields in first (fill_form)."),
            state.form.clause,
        )


def _slot_of(situation: Situation, state: FormState, step: Step) -> str:
    """The slot of this step the actor fills, or whose holder they act for. Nobody else
    signs for somebody."""
    directory, attributes = situation.world.directory, situation.case.attributes
    actor, unsigned = situation.actor.key, state.unsigned(step)
    for slot in unsigned:
        if directory.resolve(slot, attributes) == actor:
            return slot
    for slot in unsigned:
        if deputy(situation.world.facts(subject_of(slot)), situation.at) == actor:
            return slot
    raise RefusedError(
        state.form.rule or state.form.key,
        M("You are not one of those who sign “{step}” now.", step=step.label),
        M("It waits for: {slots}.", slots=_slots(situation, state.unsigned(step))),
        step.clause or state.form.clause,
    )


def _slots(situation: Situation, slots: tuple[str, ...]) -> str:
    directory, attributes = situation.world.directory, situation.case.attributes
    named = ((slot, directory.resolve(slot, attributes)) for slot in slots)
    return ", ".join(f"{slot} ({directory.name(who)})" if who else slot for slot, who in named)


def _step_done(state: FormState, step: Step, situation: Situation) -> Iterable[Draft]:
    body = {"form": state.form.key, "step": step.key}
    yield Draft(situation.case.subject, "form_step_done", body)
    if step is state.form.steps[-1]:
        yield from completed(state, situation)


def completed(state: FormState, situation: Situation) -> Iterable[Draft]:
    yield from given(situation.case, state.form.sets)
    body: dict[str, Any] = {"form": state.form.key}
    if state.form.due_field and state.values.get(state.form.due_field):
        day = str(state.values[state.form.due_field])
        body["due"] = parse_moment(f"{day} 24:00", situation.at, situation.zone)
    yield Draft(situation.case.subject, "form_completed", body)


_CASE = Text(key="case", label=L("工单", "case"), required="intake")
_FORM = Text(key="form", label=L("表单", "form"), required="intake")

COMMANDS = (
    Command(
        "fill_form",
        L("填表", "fill in a form"),
        "case",
        fill_form,
        (_CASE, _FORM),
        permission="work",
        open_fields=True,
        words=("填表",),
    ),
    Command(
        "sign_form",
        L("签字", "sign a form"),
        "case",
        sign_form,
        (_CASE, _FORM),
        permission="sign_form",
        words=("签字",),
    ),
    Command(
        "step_form",
        L("表单下一步", "take a form's next step"),
        "case",
        step_form,
        (_CASE, _FORM, Text(key="step", label=L("步骤", "step"))),
        permission="work",
        words=("下一步",),
    ),
    Command(
        "withdraw_form",
        L("撤回表单", "withdraw a form"),
        "case",
        withdraw_form,
        (_CASE, _FORM, Text(key="reason", label=L("理由", "reason"), required="intake")),
        permission="work",
        words=("撤回",),
    ),
)
