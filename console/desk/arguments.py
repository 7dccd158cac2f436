"""From what was typed to what a command takes. A problem names the field and the remedy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from console.domain.commands import Command
from console.domain.fields import DateTime, Field, FieldProblemError, Flag
from console.domain.moments import parse_moment
from console.domain.refusal import RefusedError
from console.domain.rulebook import RuleSet
from console.domain.words import M


def parse(
    command: Command, typed: Mapping[str, Any], rules: RuleSet, now: int, zone: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The command's parameters and the values for fields of the case.

    Raises RefusedError naming the first field that cannot be used and what may be written.
    """
    args: dict[str, Any] = {}
    values: dict[str, Any] = {}
    fields = _fields(command, typed, rules)
    for key, value in typed.items():
        param = command.param(key)
        if param is not None:
            empties = command.clears and value == "" and not isinstance(param, Flag)
            if value not in (None, "") or empties:
                args[key] = _one(param, value, now, zone)
            continue
        field = fields.get(key)
        if field is None:
            raise _unknown(command, key, fields)
        values[key] = _one(field, value, now, zone)
    for param in command.params:
        if param.required and param.key not in args:
            raise RefusedError(
                command.name,
                M("{command} needs {field}.", command=command.label, field=param.label),
                M("Add {field}=….", field=param.key),
                command.clause,
            )
    return args, values


def _one(field: Field, value: Any, now: int, zone: str) -> Any:
    if isinstance(field, DateTime) and isinstance(value, str):
        try:
            value = parse_moment(value, now, zone)
        except ValueError:
            message = M("{label} cannot be “{typed}”.", label=field.label, typed=value)
            raise RefusedError(
                field.key, message, M("Write 09:45, 2026-03-10 09:45 or +30m.")
            ) from None
    try:
        return field.parse(value)
    except FieldProblemError as problem:
        remedy = field.help or M("Correct this field; the others are kept.")
        raise RefusedError(field.key, problem.message, remedy, field.clause) from None


def _fields(command: Command, typed: Mapping[str, Any], rules: RuleSet) -> Mapping[str, Field]:
    """The fields a command may carry: those of the form it names, or of the case."""
    if not command.open_fields:
        return {}
    if command.param("act") is not None:
        act = rules.acts.get(str(typed.get("act", "")))
        return {field.key: field for field in act.fields} if act else {}
    if command.param("message") is not None:
        message = rules.messages.get(str(typed.get("message", "")))
        return {field.key: field for field in message.fields} if message else {}
    if command.param("form") is not None:
        form = rules.forms.get(str(typed.get("form", "")))
        return {field.key: field for field in form.fields} if form else {}
    return rules.fields


def _unknown(command: Command, key: str, fields: Mapping[str, Field]) -> RefusedError:
    known = [param.key for param in command.params] + list(fields)
    return RefusedError(
        command.name,
        M("{command} has no field “{field}”.", command=command.label, field=key),
        M("Known fields: {known}.", known=", ".join(known)),
    )
