"""Slots, roles, channels, targets, commands and calendars that rules name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from console.plugins.kinds import Places
from console.plugins.known import RESPONSIBLE
from console.plugins.source import Spot
from console.plugins.survey import Survey, hint, listed


def check(survey: Survey) -> None:
    _slots(survey)
    _roles(survey)
    _commands(survey)
    _calendars(survey)
    channels = survey.known.channels
    for spot, notice, _ in survey.each("notices"):
        for channel in notice.via:
            if channel not in channels:
                placed = spot.at("via", channel)
                survey.note(Places.CHANNEL, placed, channel=channel, known=listed(channels))
    _targets(survey)


def _targets(survey: Survey) -> None:
    targets = [target.key for target in survey.line.divisions]
    named = [(spot.at("route"), rule.route) for spot, rule, _ in survey.each("categories")]
    named += [(spot.at("division"), rule.division) for spot, rule, _ in survey.each("duties")]
    for spot, target in named:
        if target and target not in targets:
            survey.note(Places.TARGET, spot, target=target, known=listed(targets))


def _named_slots(survey: Survey) -> Iterator[tuple[Spot, str, Iterable[str]]]:
    for spot, timer, _ in survey.each("timers"):
        if timer.who not in RESPONSIBLE:
            yield spot, "who", (timer.who,)
    for spot, duty, _ in survey.each("duties"):
        yield spot, "who", (duty.who,)
        yield spot, "to", duty.to
    for spot, table, _ in survey.each("tables"):
        yield spot, "who", (table.who,)
    for spot, notice, _ in survey.each("notices"):
        yield spot, "to", notice.to
    for spot, step, _ in survey.steps():
        yield spot, "slots", step.slots
    for spot, category, _ in survey.each("categories"):
        if category.needs_tracker:
            yield spot, "tracker", (category.tracker,)
    for slot, deputies in survey.line.deputies.items():
        yield survey.parts[0].spot, "deputies", (slot, *deputies)
    for spot, target, _ in survey.each("divisions"):
        yield spot, "via", (target.via,)
        yield spot, "assignee", (target.assignee,)


def _slots(survey: Survey) -> None:
    for spot, argument, slots in _named_slots(survey):
        for slot in slots:
            if not slot or slot in survey.slots:
                continue
            kind = Places.PERSON if _like_a_person(slot) else Places.SLOT
            known, near = listed(survey.slots), hint(slot, survey.slots)
            survey.note(kind, spot.at(argument, slot), slot=slot, known=known, hint=near)


def _like_a_person(slot: str) -> bool:
    """A letter that is no small Latin one, or a space: nobody writes a slot so."""
    return any(char.isspace() or (char.isalpha() and not "a" <= char <= "z") for char in slot)


def _roles(survey: Survey) -> None:
    named: list[tuple[Spot, Iterable[str]]] = []
    for collection, argument in (
        ("categories", "settled_by"),
        ("divisions", "door"),
        ("forbids", "except_roles"),
        ("forms", "filled_by"),
        ("acts", "roles"),
    ):
        named += [
            (spot.at(argument), getattr(rule, argument) or ())
            for spot, rule, _ in survey.each(collection)
        ]
    named += [(spot.at("roles"), step.roles) for spot, step, _ in survey.steps()]
    known = survey.known.roles
    for spot, roles in named:
        for role in roles:
            if role not in known:
                placed = Spot(spot.path, spot.argument, role, spot.nth)
                survey.note(Places.ROLE, placed, role=role, known=listed(known))


def _commands(survey: Survey) -> None:
    for spot, forbid, _ in survey.each("forbids"):
        command = survey.known.commands.get(forbid.command)
        if command is None:
            survey.note(Places.COMMAND, spot.at("command", forbid.command), command=forbid.command)
            continue
        for parameter in forbid.argument:
            if command.param(parameter) is None:
                survey.note(
                    Places.PARAMETER,
                    spot.at("argument", parameter),
                    command=forbid.command,
                    parameter=parameter,
                    known=listed(param.key for param in command.params),
                )


def _calendars(survey: Survey) -> None:
    known = survey.known.calendars
    if known is None:
        return
    named = [(survey.parts[0].spot, survey.line.calendar)]
    named += [
        (spot, rule.calendar) for spot, rule, _ in survey.each("divisions", "timers", "duties")
    ]
    for spot, calendar in named:
        if calendar and calendar not in known:
            placed = spot.at("calendar")
            survey.note(Places.CALENDAR, placed, calendar=calendar, known=listed(known))
