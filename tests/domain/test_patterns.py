"""Event patterns: which facts they mean."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.facts import Fact
from console.domain.patterns import (
    AllOf,
    On,
    all_of,
    alternatives,
    as_on,
    matches_any,
    on,
)


def fact(kind: str, **body: Any) -> Fact:
    return Fact(1, 0, 0, "lin", "", "case:1", kind, body)


@pytest.mark.parametrize(
    ("pattern", "what", "matches"),
    [
        (on("solved"), fact("solved"), True),
        (on("solved"), fact("confirmed"), False),
        (on("contacted", role="owner"), fact("contacted", role="owner"), True),
        (on("contacted", role="owner"), fact("contacted", role="assignee"), False),
        (on("contacted", role="owner"), fact("contacted"), False),
        (on("contacted", **{"role!": "owner"}), fact("contacted", role="assignee"), True),
        (on("contacted", **{"role!": "owner"}), fact("contacted", role="owner"), False),
        (on("contacted", **{"role!": "owner"}), fact("contacted"), True),
        (on("contacted", via=("phone", "mail")), fact("contacted", via="mail"), True),
        (on("contacted", via=("phone", "mail")), fact("contacted", via="fax"), False),
        (on("contacted", **{"via!": ("phone", "mail")}), fact("contacted", via="fax"), True),
        (on("contacted", **{"via!": ("phone", "mail")}), fact("contacted", via="mail"), False),
        (on("contacted", role="a", via="mail"), fact("contacted", role="a", via="mail"), True),
        (on("contacted", role="a", via="mail"), fact("contacted", role="a", via="fax"), False),
        (on("verified", answer=True), fact("verified", answer=False), False),
    ],
)
def test_matching(pattern: On, what: Fact, matches: bool) -> None:
    assert pattern.matches(what) is matches


def test_a_bare_kind_is_a_pattern() -> None:
    assert as_on("solved") == on("solved")
    assert as_on(on("solved", by="lin")) == on("solved", by="lin")


def test_what_a_start_or_stop_consists_of() -> None:
    phone, mail = on("contacted", via="phone"), on("contacted", via="mail")
    assert alternatives(None) == ()
    assert alternatives("solved") == (on("solved"),)
    assert alternatives(phone) == (phone,)
    assert alternatives((phone, mail)) == (phone, mail)
    assert alternatives(all_of(phone, mail)) == (phone, mail)
    assert all_of("solved", phone) == AllOf((on("solved"), phone))


def test_any_of_several() -> None:
    patterns = (on("solved"), on("contacted", via="phone"))
    assert matches_any(patterns, fact("contacted", via="phone"))
    assert not matches_any(patterns, fact("contacted", via="mail"))
    assert not matches_any((), fact("solved"))
