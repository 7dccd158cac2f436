"""What a form begins with: everything the case knows already is written in, so that whoever
draws it up only looks it over. Pure.

A field begins with the field of the case of its key, or with those `Form.begins_with` names,
else with what every report may say: who knew first, since when, who was telephoned when.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from console.domain.case import Case
from console.domain.customer import customer_of
from console.domain.fields import Choice, DateTime, Field, FieldProblemError, LongText, Person, Text
from console.domain.forms import Form
from console.domain.incident import incident_of
from console.domain.moments import DEFAULT_ZONE, local_time
from console.domain.people import Directory

_EMPTY: tuple[Any, ...] = (None, "", [], ())


def beginning(
    form: Form, case: Case, directory: Directory, lang: str, zone: str = DEFAULT_ZONE
) -> dict[str, Any]:
    """The values a form begins with: what has been written into it already, else what is
    known. In words it is put in `lang`."""
    state = case.forms.get(form.key)
    written = state.values if state is not None else {}
    found: dict[str, Any] = {}
    for field in form.fields:
        value = written.get(field.key)
        if value in _EMPTY:
            names = form.begins_with.get(field.key, (field.key,))
            value = _known(field, names, case, _Words(directory, lang, zone))
        if value not in _EMPTY:
            found[field.key] = value
    return found


class _Words:
    """How values are written for one reader."""

    def __init__(self, directory: Directory, lang: str, zone: str) -> None:
        self._directory, self._lang, self._zone = directory, lang, zone

    def of(self, value: Any, field: Field | None) -> str:
        if isinstance(field, DateTime) or (field is None and isinstance(value, int)):
            return local_time(int(value), self._zone).strftime("%Y-%m-%d %H:%M")
        if isinstance(field, Person) or field is None:
            return self._directory.name(str(value))
        return field.format(value, self._lang)


def _known(field: Field, names: tuple[str, ...], case: Case, words: _Words) -> Any:
    sources = [(case.rules.fields.get(name), _value(name, case)) for name in names]
    sources = [(known, value) for known, value in sources if value not in _EMPTY]
    if not sources:
        return None
    if isinstance(field, (Text, LongText)):
        return _fitting(field, " ".join(words.of(value, known) for known, value in sources))
    [(_, value), *_] = sources
    return _fitting(field, value)


def _value(name: str, case: Case) -> Any:
    value = case.value(name) if name in case.rules.fields else None
    if value in _EMPTY and name in KNOWN:
        return KNOWN[name](case)
    return value


def _fitting(field: Field, value: Any) -> Any:
    """The value, if the field takes it."""
    if isinstance(field, Choice) and not field.asked:
        return None
    try:
        return field.parse(value)
    except FieldProblemError:
        return None


def _first_knower(case: Case) -> str:
    incident = incident_of(case)
    return incident.first_knower if incident is not None else ""


def _known_at(case: Case) -> int | None:
    incident = incident_of(case)
    return incident.first.at if incident is not None and incident.first is not None else None


def _phoned_at(case: Case) -> int | None:
    """When the last of those was reached who had to be told in person."""
    incident = incident_of(case)
    told = [ring.told for ring in incident.rings] if incident is not None else []
    return max((row.reached for row in told if row and row.reached is not None), default=None)


KNOWN: Mapping[str, Callable[[Case], Any]] = {
    "customer": customer_of,
    "first_knower": _first_knower,
    "known_at": _known_at,
    "phoned_at": _phoned_at,
}
"""What every form may begin with besides fields of the case."""
