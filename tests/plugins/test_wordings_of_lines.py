"""What shipped lines write to people: every gap can be filled, and both languages say the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from console.domain.rules import Line, Wording
from console.domain.wordings import KNOWN, places
from console.plugins.house import HOUSE
from console.plugins.lines import lines_of, shipped


def wordings() -> Iterator[tuple[str, Wording, set[str]]]:
    """Every wording, with what it may be filled with."""
    for line in (HOUSE, *(line for name in shipped() for line in lines_of(name))):
        known = known_to(line)
        for notice in line.notices:
            if notice.text is not None:
                yield f"{line.key}.{notice.key}", notice.text, known
        for message in line.messages:
            own = known | {field.key for field in message.fields}
            yield f"{line.key}.{message.key}", message.text, own


def known_to(line: Line) -> set[str]:
    fields = {field.key for field in (*HOUSE.fields, *line.fields)}
    fields |= {field.key for division in line.divisions for field in division.fields}
    return fields | set(line.slots) | set(HOUSE.slots) | set(KNOWN)


ALL = list(wordings())


@pytest.mark.parametrize(("where", "wording", "known"), ALL, ids=[where for where, _, _ in ALL])
def test_a_wording_can_be_filled(where: str, wording: Wording, known: set[str]) -> None:
    assert set(places(wording)) <= known


@pytest.mark.parametrize(("where", "wording", "known"), ALL, ids=[where for where, _, _ in ALL])
def test_a_short_text_is_short(where: str, wording: Wording, known: set[str]) -> None:
    assert len(wording.subject.zh) <= 40
    assert len(wording.short.zh) <= 200
    assert len(wording.short.en) <= 400


def test_there_is_something_to_check() -> None:
    assert {"visit_confirmation", "promise_confirmation", "delay_notice", "questionnaire"} <= {
        message.key for message in HOUSE.messages
    }
