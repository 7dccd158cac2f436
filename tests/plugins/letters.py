"""What somebody would be written about a case, by notice or message."""

from __future__ import annotations

from typing import Any

from console.domain.wordings import Occasion, Written, cause_of, fill
from console.installation import open_desk
from tests.installations import CommandLine, HandSet


def notice(console: CommandLine, key: str, number: int = 1001, lang: str = "en") -> Written:
    """A notice of a case as it is delivered."""
    desk = open_desk(console.directory, HandSet())
    try:
        case = desk.case(number)
        rule = next(one for one in case.rules.notices if one.key == key)
        assert rule.text is not None
        about = cause_of(rule, case)
        assert about is not None
        told = Occasion(case, desk.directory, about.at, lang, about=about, notice=rule.label)
        return fill(rule.text, told)
    finally:
        desk.store.close()


def message(
    console: CommandLine, key: str, number: int = 1001, lang: str = "en", **typed: Any
) -> Written:
    """A message to the customer of a case, with what its sender fills in."""
    desk = open_desk(console.directory, HandSet())
    try:
        case = desk.case(number)
        rule = case.rules.messages[key]
        assert rule.if_ is None or rule.if_.holds(case.attributes)
        fields = {field.key: field for field in rule.fields}
        assert {key for key, field in fields.items() if field.required} <= typed.keys()
        asked = Occasion(
            case, desk.directory, 0, lang, hotline="400-5550-100", fields=fields, values=typed
        )
        return fill(rule.text, asked)
    finally:
        desk.store.close()
