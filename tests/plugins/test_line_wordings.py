"""What the shipped lines write to people can be filled in, and says the same twice."""

from __future__ import annotations

import re

import pytest

from console.domain.people import CASE_ROLES
from console.domain.rules import Line, Message, Notice, Wording
from console.domain.wordings import KNOWN
from console.plugins.house import HOUSE
from console.plugins.lines import lines_of

WRITTEN = [
    (line, one, one.text)
    for name in ("emr", "robot", "iptel")
    for line in lines_of(name)
    for one in (*line.notices, *line.messages)
    if one.text is not None
]
PLACE = re.compile(r"\{(\w+)\}")


def places(text: Wording, lang: str) -> set[str]:
    labels = filter(None, (text.subject, text.short, text.full))
    return {one for label in labels for one in PLACE.findall(label.within(lang))}


@pytest.mark.parametrize(
    ("line", "rule", "text"), WRITTEN, ids=[f"{line.key}-{one.key}" for line, one, _ in WRITTEN]
)
def test_every_place_is_known_and_stands_in_both_languages(
    line: Line, rule: Notice | Message, text: Wording
) -> None:
    own = getattr(rule, "fields", ())
    fields = {field.key for field in (*HOUSE.fields, *line.fields, *own)}
    known = fields | KNOWN.keys() | line.slots.keys() | HOUSE.slots.keys() | set(CASE_ROLES)
    assert places(text, "zh") == places(text, "en") <= known


def test_what_a_sender_fills_in_is_said() -> None:
    for line, rule, text in WRITTEN:
        fields = {field.key for field in getattr(rule, "fields", ())}
        assert fields <= places(text, "zh"), (line.key, rule.key)
