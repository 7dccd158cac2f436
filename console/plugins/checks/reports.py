"""Reports: the notices they go with, and what brings those about."""

from __future__ import annotations

from console.domain.drawing_up import KNOWN
from console.domain.fields import Field
from console.domain.forms import Form
from console.domain.patterns import On
from console.domain.rules import Notice
from console.plugins.kinds import Events, Looks
from console.plugins.source import Spot
from console.plugins.survey import Survey, hint, listed

MAIL = "mail"


def check(survey: Survey) -> None:
    notices = {notice.key: notice for _, notice, _ in survey.each("notices")}
    for spot, form, visible in survey.each("forms"):
        for key in form.attach_to:
            notice = notices.get(key)
            if notice is None:
                known, near = listed(notices), hint(key, notices)
                placed = spot.at("attach_to", key)
                survey.note(Events.UNKNOWN_NOTICE, placed, notice=key, hint=near, known=known)
            else:
                _attached(survey, spot.at("attach_to", key), form, notice)
        for step in form.steps if form.report else ():
            if step.slots:
                survey.note(Events.SIGNED_REPORT, spot.at("steps", step.key), step=step.key)
        _beginning(survey, spot, form, visible)


def _attached(survey: Survey, spot: Spot, form: Form, notice: Notice) -> None:
    """A form goes with mails only; sending a report raises the notice it goes with."""
    if MAIL not in notice.via:
        survey.note(Events.NOT_MAILED, spot, notice=notice.key)
    trigger = notice.trigger()
    if form.report and not (_of_form(form, trigger) or _of_act(survey, trigger)):
        survey.note(Events.NOT_SENT, spot, notice=notice.key, fact=trigger.kind)


def _of_form(form: Form, trigger: On) -> bool:
    """Whether it is the form itself that raises the notice."""
    return trigger.kind.startswith("form_") and dict(trigger.where).get("form") == form.key


def _of_act(survey: Survey, trigger: On) -> bool:
    """Whether an act of the line does, with values that say themselves."""
    plain = all(not key.endswith("!") and isinstance(v, str | bool) for key, v in trigger.where)
    return trigger.kind in survey.acts and plain


def _beginning(survey: Survey, spot: Spot, form: Form, visible: dict[str, Field]) -> None:
    """What a form begins with: a field of its own from fields of the case."""
    own = {field.key for field in form.fields}
    for key, names in form.begins_with.items():
        if key not in own:
            placed = spot.at("begins_with", key)
            survey.note(Looks.ATTRIBUTE, placed, field=key, hint=hint(key, own))
        for name in names:
            if name not in visible and name not in KNOWN:
                placed = spot.at("begins_with", name)
                survey.note(Looks.ATTRIBUTE, placed, field=name, hint=hint(name, visible))
