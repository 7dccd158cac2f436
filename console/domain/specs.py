"""Rules as text and back: what a line or division said is kept as long as cases know it.

A spec is JSON: a rule is an object whose "@" names its kind; several are a list, pairs an
object under "@pairs". What is empty is left out. Reading ignores what this version does not
know of a rule, so that an older console can still show what a newer one wrote.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import ModuleType
from typing import Any

from console.domain import (
    acts,
    conditions,
    duty,
    forms,
    patterns,
    recurrence,
    rules,
    tables,
    words,
)
from console.domain import fields as fields_module
from console.domain.words import Label

_MODULES = (
    words,
    conditions,
    patterns,
    fields_module,
    forms,
    acts,
    recurrence,
    duty,
    tables,
    rules,
)
_KIND, _PAIRS = "@", "@pairs"


class SpecError(ValueError):
    """A text that is no spec, or one of rules this version does not know."""


def written(rule: Any) -> str:
    """A rule as one line of JSON. Raises SpecError for what is no rule."""
    return json.dumps(_data(rule), ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Any:
    """The rule a text was written from. Raises SpecError."""
    try:
        return _value(json.loads(text))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise SpecError(str(error)) from None


def digest(text: str) -> str:
    """What tells two specs apart."""
    return hashlib.sha256(text.encode()).hexdigest()


def binding(rule: Any) -> str:
    """What of a rule binds cases: everything but the words it is called by."""
    return json.dumps(_data(rule, words=False), ensure_ascii=False, sort_keys=True)


def _data(value: Any, words: bool = True) -> Any:
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, Label) and not words:
        return None
    if isinstance(value, (tuple, list)):
        return [_data(one, words) for one in value]
    if isinstance(value, Mapping):
        return {_PAIRS: {str(key): _data(one, words) for key, one in value.items()}}
    name = type(value).__name__
    if not is_dataclass(value) or name not in _kinds():
        raise SpecError(f"{name} (a kind of its own)")
    given = ((one, getattr(value, one.name)) for one in fields(value))
    return {_KIND: name} | {one.name: _data(v, words) for one, v in given if not _left_out(one, v)}


def _left_out(field: Field[Any], value: Any) -> bool:
    """Whether a value goes without saying: an empty one that is the default."""
    if value not in ("", (), None, False) and value != {}:
        return False
    if field.default is not MISSING:
        return bool(value == field.default and type(value) is type(field.default))
    return field.default_factory is not MISSING


def _value(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(_value(one) for one in data)
    if not isinstance(data, dict):
        return data
    if _PAIRS in data:
        return {key: _value(one) for key, one in data[_PAIRS].items()}
    kind = _kinds().get(data.get(_KIND, ""))
    if kind is None:
        raise SpecError(f"unknown kind of rule: {data.get(_KIND)!r}")
    known = {one.name for one in fields(kind) if one.init}
    return kind(**{key: _value(one) for key, one in data.items() if key in known})


@cache
def _kinds() -> dict[str, Any]:
    """Everything a rule can be made of, by name."""
    return {name: kind for module in _MODULES for name, kind in _parts(module)}


def _parts(module: ModuleType) -> list[tuple[str, Any]]:
    return [
        (name, one)
        for name, one in vars(module).items()
        if isinstance(one, type) and is_dataclass(one) and one.__name__ == name
    ]
