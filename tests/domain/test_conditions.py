"""Conditions: what holds, what is looked at, how it is explained."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.conditions import Condition, when
from console.speech import Speech

VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from(["", "a", "b", "c"])
)
ATTRIBUTES = st.dictionaries(st.sampled_from(["x", "y", "z"]), VALUES)


def simple() -> st.SearchStrategy[Condition]:
    names = st.sampled_from(["x", "y", "z"])
    return st.one_of(
        names.map(lambda name: when(name).is_set()),
        names.map(lambda name: when(name).equals("a")),
        names.map(lambda name: when(name).one_of("a", "b")),
        names.map(lambda name: when(name).at_least(1)),
    )


CONDITIONS = st.recursive(
    simple(),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: two[0] & two[1]),
        st.tuples(inner, inner).map(lambda two: two[0] | two[1]),
        inner.map(lambda one: ~one),
    ),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("condition", "attributes", "holds"),
    [
        (when("grid").is_set(), {"grid": "state"}, True),
        (when("grid").is_set(), {"grid": ""}, False),
        (when("grid").is_set(), {}, False),
        (when("ticked").is_set(), {"ticked": False}, False),
        (when("grid").is_empty(), {}, True),
        (when("grid").is_empty(), {"grid": "state"}, False),
        (when("grid").equals("state"), {"grid": "state"}, True),
        (when("grid").equals("state"), {"grid": "southern"}, False),
        (when("grid").one_of("state", "southern"), {"grid": "southern"}, True),
        (when("grid").one_of("state", "southern"), {"grid": "none"}, False),
        (when("needs").has("lecturer"), {"needs": ["rnd", "lecturer"]}, True),
        (when("needs").has("lecturer"), {"needs": ["rnd"]}, False),
        (when("needs").has("lecturer"), {"needs": []}, False),
        (when("qty").at_least(10), {"qty": 10}, True),
        (when("qty").at_least(10), {"qty": 9.9}, False),
        (when("qty").at_least(10), {"qty": "11"}, False),
        (when("qty").at_least(10), {}, False),
    ],
)
def test_what_holds(condition: Condition, attributes: dict[str, Any], holds: bool) -> None:
    assert condition.holds(attributes) is holds
    assert (~condition).holds(attributes) is not holds


@given(CONDITIONS, CONDITIONS, ATTRIBUTES)
def test_and_or_not(left: Condition, right: Condition, attributes: dict[str, Any]) -> None:
    one, two = left.holds(attributes), right.holds(attributes)
    assert (left & right).holds(attributes) == (one and two)
    assert (left | right).holds(attributes) == (one or two)
    assert (~left).holds(attributes) == (not one)
    assert (left & right).fields() == left.fields() | right.fields()


@given(CONDITIONS, ATTRIBUTES, ATTRIBUTES)
def test_only_the_named_attributes_count(
    condition: Condition, attributes: dict[str, Any], others: dict[str, Any]
) -> None:
    elsewhere = {k: v for k, v in others.items() if k not in condition.fields()}
    mine = {k: v for k, v in attributes.items() if k in condition.fields()}
    assert condition.holds(mine | elsewhere) == condition.holds(attributes)


@given(CONDITIONS)
def test_every_condition_can_be_explained(condition: Condition) -> None:
    text = Speech("en").say(condition.explain())
    assert all(name in text for name in condition.fields())
    assert "{" not in text


def test_the_explanation_reads_like_the_rule() -> None:
    condition = when("grid").equals("state") & when("qty").at_least(2) | when("late").is_empty()
    text = Speech("en").say(condition.explain())
    assert text == "grid is state and qty is at least 2 or not (late is set)"


def test_conditions_are_values() -> None:
    assert when("a").equals(1) & when("b").is_set() == when("a").equals(1) & when("b").is_set()
    assert len({when("a").equals(1), when("a").equals(1), when("a").equals(2)}) == 2
