"""The input that fits a field, and how to use it, in the reader's language. Every form of the
seat is made of these."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.widget import Widget

from console.domain.fields import NO, YES, Choice, DateTime, Field, Flag
from console.domain.people import ROLE_LABELS, Directory
from console.domain.words import L, M
from console.speech import Speech
from console.widgets.choice_inputs import ChoiceInput, ChoicesInput, Option, PersonInput
from console.widgets.field_inputs import FlagInput, LineInput, LongInput

HOW = {
    "choice": L("按数字或首字选择，←→ 切换", "a digit or the first letters, ←→"),
    "choices": L("按数字增减，逗号分隔", "digits add and remove, commas between"),
    "flag": L("空格勾选", "Space ticks"),
    "long": L("回车换行，Tab 下一项", "Enter: new line, Tab: next"),
    "moment": L("例 09:45、+30m、明天 09:00", "e.g. 09:45, +30m, tomorrow 09:00"),
    "person": L("输入姓名的一部分", "part of a name"),
}

Aside = Callable[[str], str]
"""From what is typed to what stands behind it."""


def input_of(
    field: Field, key: str, directory: Directory, speech: Speech, aside: Aside | None = None
) -> Widget:
    """The input of a field, empty."""
    if field.widget == "long":
        return LongInput(key)
    if isinstance(field, Flag):
        return FlagInput(key, yes_no(speech))
    if isinstance(field, Choice):
        kind = ChoicesInput if field.widget == "choices" else ChoiceInput
        return kind(key, options_of(field, speech))
    if field.widget == "person":
        return PersonInput(key, people(directory, speech))
    return LineInput(key, aside)


def respeak(widget: Widget | None, field: Field, directory: Directory, speech: Speech) -> None:
    """The words of an input in another language; its value stays."""
    if isinstance(widget, FlagInput):
        widget.speak(yes_no(speech))
    elif isinstance(widget, PersonInput):
        widget.offer(people(directory, speech))
    elif isinstance(widget, ChoiceInput) and isinstance(field, Choice):
        widget.offer(options_of(field, speech))


def advice(field: Field, speech: Speech) -> list[str]:
    """What helps to fill a field in: what it is for, an example, which keys it takes."""
    say = speech.say
    parts = [say(field.help)] if field.help else []
    if field.example and not isinstance(field, DateTime):
        parts.append(say(M("e.g. {example}", example=field.example)))
    if field.widget in HOW and not (field.help and field.widget in ("moment", "flag", "person")):
        parts.append(say(HOW[field.widget]))
    return parts


def options_of(one: Choice, speech: Speech) -> list[Option]:
    """The values of a choice, typed in either language."""
    return [
        Option(key, speech.say(label), (label.zh, label.en)) for key, label in one.offered.items()
    ]


def people(directory: Directory, speech: Speech) -> list[Option]:
    """Everybody work can go to."""
    return [
        Option(person.key, person.name, tuple(_roles(person.roles, speech)))
        for person in directory
        if person.active
    ]


def _roles(roles: Iterable[str], speech: Speech) -> list[str]:
    return [speech.say(ROLE_LABELS[role]) for role in sorted(roles) if role in ROLE_LABELS]


def yes_no(speech: Speech) -> tuple[str, str]:
    return (speech.say(YES), speech.say(NO))
