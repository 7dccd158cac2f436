"""What is left of a fact when a person's data is erased from it. Pure.

A fact keeps what it means to the fold: which clock, which form, who of our own people, when,
and every answer that is a choice, a tick, a number or a date. What could name or describe
the customer goes: numbers, names, addresses, everything anybody wrote in their own words,
and whatever a field that is marked sensitive holds. A word nobody here knows goes too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from console.domain import fields as kinds
from console.domain.case import Case
from console.domain.facts import Body, Fact
from console.domain.fields import OTHER, Choice, Field, MultiChoice
from console.domain.patterns import alternatives
from console.domain.rulebook import Rulebook, RuleSet

ERASED = "erased"
"""The kind of the fact that says what was erased: who, why, and what was left instead."""

MARK = "[erased]"
"""What stands where something was."""

_KEPT = frozenset(
    (
        "act",
        "acting",
        "assignee",
        "by",
        "call",
        "calendar",
        "category",
        "cause",
        "channel",
        "custodian",
        "did",
        "direction",
        "division",
        "exchange",
        "flag",
        "form",
        "from",
        "level",
        "line",
        "notice",
        "owner",
        "person",
        "place",
        "plugin",
        "queue",
        "role",
        "rule",
        "slot",
        "state",
        "station",
        "step",
        "timer",
        "to",
        "tracker",
        "version",
        "when",
    )
)
"""Words of our own: keys of rules, of our people, of telephone lines."""

_KEPT_IN = {
    "call_missed": frozenset(("reason",)),
    "call_not_reached": frozenset(("reason",)),
    "call_withdrawn": frozenset(("reason",)),
    "callback_tried": frozenset(("reason",)),
    "custody_taken": frozenset(("was",)),
    "message_sent": frozenset(("key", "message", "outlet", "via")),
    "message_written": frozenset(("message", "via")),
    "notice_dead": frozenset(("key", "reason")),
    "notice_delegated": frozenset(("key", "then")),
    "notice_delivered": frozenset(("key",)),
    "notice_failed": frozenset(("key", "reason")),
    "notice_raised": frozenset(("limit", "meant", "then", "why")),
    "notice_repeated": frozenset(("keys",)),
    "notice_resent": frozenset(("key",)),
    "notice_sent": frozenset(("key", "outlet")),
    "notice_settled": frozenset(("key",)),
    "reopened": frozenset(("reason",)),
    "urged": frozenset(("who",)),
}
"""Words that are our own in some kinds of fact only."""

_EMPTIED = frozenset(("number", "e164", "name", "path"))
"""What is empty afterwards, as if it had never been sent: others look things up by it."""

_OWN_WORDS = (kinds.Place, kinds.Serial, kinds.Date, kinds.Person)
_VALUES = ("values", "was")


class Eraser:
    """Takes personal data out of the facts of one subject, given in their sequence. What
    tells two facts apart (which of two questions was answered) keeps telling them apart."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._seen: dict[str, int] = {}
        self._anywhere = {
            field.key: field for line in rulebook.lines.values() for field in line.fields
        }

    def left_of(self, fact: Fact, rules: RuleSet) -> Body:
        """The body of a fact without personal data, judged by the rules it came under."""
        kept = _KEPT | _KEPT_IN.get(fact.kind, frozenset())
        named, paired = _literals(rules), {owned.timer.pair for owned in rules.timers}
        fields = self._fields_of(fact, rules)
        body: dict[str, Any] = {}
        for key, value in fact.body.items():
            if key in _VALUES and isinstance(value, Mapping):
                body[key] = {name: _of_field(one, fields.get(name)) for name, one in value.items()}
            elif isinstance(value, str) and value in named:
                body[key] = value
            elif not _has_values(fact) and key in fields:
                body[key] = _of_field(value, fields[key])
            else:
                body[key] = _of_word(key, value, kept)
            if key in paired and body[key] == MARK:
                body[key] = f"{MARK} {self._seen.setdefault(str(value), len(self._seen) + 1)}"
        return body

    def _fields_of(self, fact: Fact, rules: RuleSet) -> Mapping[str, Field]:
        """The fields the values of a fact belong to: of its act, its form, or its case. A
        case that came under other rules later keeps what it was asked under the earlier."""
        if fact.kind in rules.acts:
            return {field.key: field for field in rules.acts[fact.kind].fields}
        if not _has_values(fact):
            return {}
        form = rules.forms.get(str(fact.body.get("form", "")))
        if form is not None:
            return {field.key: field for field in form.fields}
        return {**self._anywhere, **rules.fields}


def left_of_case(case: Case, facts: Iterable[Fact]) -> list[Body]:
    """What is left of the facts of a case. `case` is empty and folded on the way: a value is
    judged by the rules the case was under when it was given."""
    eraser = Eraser(case.rulebook)
    bodies = []
    for fact in facts:
        case.apply(fact)
        bodies.append(eraser.left_of(fact, case.rules))
    return bodies


def left_of_others(facts: Iterable[Fact], rulebook: Rulebook) -> list[Body]:
    """What is left of the facts of a call, a debt or an imported row."""
    eraser, rules = Eraser(rulebook), rulebook.rules("")
    return [eraser.left_of(fact, rules) for fact in facts]


def _has_values(fact: Fact) -> bool:
    return any(key in fact.body for key in _VALUES)


@lru_cache(maxsize=64)
def _literals(rules: RuleSet) -> frozenset[str]:
    """The words rules look for in facts: they are the rules' own, whoever wrote them."""
    patterns = [pattern for owned in rules.timers for pattern in owned.starts]
    patterns += [pattern for owned in rules.timers for pattern in owned.timer.stops()]
    patterns += [notice.trigger() for told in rules.told_by.values() for notice in told]
    for gate in rules.gates:
        awaited = [one for pattern in gate.happened for one in alternatives(pattern)]
        patterns += [gate.guarded(), *awaited]
    values = [value for pattern in patterns for _, value in pattern.where]
    flat = [one for value in values for one in (value if isinstance(value, tuple) else (value,))]
    return frozenset(one for one in flat if isinstance(one, str))


def is_erased(facts: Sequence[Fact]) -> bool:
    """Whether nothing personal has been written down since everything was erased."""
    return bool(facts) and facts[-1].kind == ERASED and bool(facts[-1].body.get("all"))


def without(value: Any, number: re.Pattern[str]) -> Any:
    """A value in which a telephone number is nowhere spelled out any more."""
    if isinstance(value, str):
        return number.sub(MARK, value)
    if isinstance(value, Mapping):
        return {key: without(one, number) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [without(one, number) for one in value]
    return value


def spelled(number: str) -> re.Pattern[str]:
    """A telephone number (E.164 or digits) in every way people write it: with and without
    the country, the leading zero, and anything that parts groups of digits."""
    digits = re.sub(r"\D", "", number)
    national = digits.removeprefix("86") if number.startswith("+86") else digits
    gap = r"[\s().\-/]*"
    country = rf"(?:(?:\+|00)\d{{0,3}}{gap})?(?:86[\s\-]*)?\(?0?"
    return re.compile(rf"(?<!\d){country}{gap.join(national)}(?!\d)")


def is_sensitive(case: Case) -> bool:
    """Whether a case holds what not everybody may look at unnoticed."""
    attributes = case.attributes
    return case.rules.line.sensitive or any(
        field.sensitive and attributes.get(key) not in (None, "", [], False)
        for key, field in case.rules.fields.items()
    )


def _of_word(key: str, value: Any, kept: frozenset[str]) -> Any:
    if key in kept:
        return value
    if isinstance(value, str):
        return "" if key in _EMPTIED or not value else MARK
    if isinstance(value, Mapping):
        return {name: _of_word(name, one, kept) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_of_word(key, one, kept) for one in value]
    return value


def _of_field(value: Any, field: Field | None) -> Any:
    """What is left of a field's value: what only a person could have put so goes."""
    if field is not None and field.sensitive:
        return _nothing_like(value)
    if isinstance(field, MultiChoice) and isinstance(value, (list, tuple)):
        return [_chosen(one, field) for one in value]
    if isinstance(field, Choice):
        return _chosen(value, field)
    if isinstance(field, _OWN_WORDS):
        return value
    return _nothing_like(value) if isinstance(value, (str, list, tuple, Mapping)) else value


def _chosen(value: Any, field: Choice) -> Any:
    if not isinstance(value, str) or not value or value in field.choices:
        return value
    return OTHER + MARK


def _nothing_like(value: Any) -> Any:
    """Something of the same sort that says nothing; what was empty stays empty."""
    if isinstance(value, str):
        return MARK if value else ""
    if isinstance(value, (list, tuple)):
        return [MARK] if value else []
    return type(value)() if isinstance(value, (bool, int, float)) else None
