"""`console show permissions`, and what the command line shows to whom."""

from __future__ import annotations

import pytest

from console.domain.people import ROLE_LABELS
from console.domain.permissions import PERMISSIONS
from tests.installations import OPENING, CommandLine

NUMBER, MASKED = "0731 5550 2187", "0731****2187"


@pytest.fixture
def case(console: CommandLine) -> int:
    console.json("do", "ring", f"number={OPENING['contact_phone']}", "call=a", who="lin")
    words = [f"{key}={value}" for key, value in OPENING.items()]
    number: int = console.json("do", "open", "call=a", *words, who="lin")["case"]
    console.json("do", "miss_call", "call=a", who="lin")
    for key, role in (("audit", "auditor"), ("author", "plugin_author")):
        console.json("people", "add", key, f"name={key}", f"roles={role}", who="lin")
    return number


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("verify that the customer was contacted", "complaint officer, signer", "nobody")),
        ("zh", ("核实是否已联系客户", "投诉专员、签批人", "无人")),
    ],
)
def test_the_matrix_is_printed_in_both_languages(
    console: CommandLine, lang: str, words: tuple[str, ...]
) -> None:
    out = console("show", "permissions", lang=lang).out
    for word in words:
        assert word in out
    assert "000 III.3.3.8" in out


def test_one_role_and_one_line(console: CommandLine) -> None:
    out = console("show", "permissions", "--role", "support", "--line", "power").out
    assert out.startswith("support engineer\n")
    [verify] = [line for line in out.splitlines() if line.startswith("verify that")]
    assert "  no  " in verify
    assert "R&D demand sheet: draw up" in out
    assert "decided" not in out
    for words, rule in (
        (("--role", "gardener"), "role"),
        (("--line", "gardens"), "line"),
    ):
        assert console.refused("show", "permissions", *words)["rule"] == rule


def test_for_programs_both_languages_and_every_cell(console: CommandLine) -> None:
    answer = console.json("show", "permissions")
    assert [one["key"] for one in answer["permissions"]] == list(PERMISSIONS)
    found = {one["key"]: one for one in answer["permissions"]}
    assert found["verify"]["label"] == {
        "zh": "核实是否已联系客户",
        "en": "verify that the customer was contacted",
    }
    assert set(found["verify"]["may"]) == set(ROLE_LABELS)
    assert found["verify"]["may"]["duty"] == "yes"
    assert found["close_case"]["may"]["field"] == "named"
    assert "settle" in found["settle_complaint"]["commands"]
    [sheet] = [one for one in answer["lines"]["power"] if one["rule"] == "power.forms.rnd_demand"]
    assert (sheet["roles"], sheet["clause"]) == (["support"], "000 III.3.3.7-9")


def test_numbers_are_whole_for_an_operator_and_masked_for_an_auditor(
    console: CommandLine, case: int
) -> None:
    asked = (
        ("show", "case", str(case)),
        ("show", "calls"),
        ("show", "call", "a"),
        ("show", "customer", "2187"),
        ("find", "2187"),
    )
    for words in asked:
        assert NUMBER in console(*words, who="lin").out
        masked = console(*words, who="audit").out
        assert MASKED in masked
        assert NUMBER not in masked


@pytest.mark.parametrize(
    "words",
    [
        ("show", "case", "1001", "--json"),
        ("show", "calls", "--json"),
        ("show", "timers", "--json"),
        ("show", "timers"),
        ("find", "2187", "--json"),
        ("follow", "--since", "0", "--once"),
    ],
)
def test_nothing_a_program_is_told_holds_the_number(
    console: CommandLine, case: int, words: tuple[str, ...]
) -> None:
    whole = console(*words, who="lin").out
    masked = console(*words, who="audit").out
    assert "73155502187" in whole
    for spelling in ("73155502187", NUMBER):
        assert spelling not in masked
    assert MASKED in masked


def test_a_plugin_author_sees_no_live_data(console: CommandLine, case: int) -> None:
    for words in (
        ("show", "board"),
        ("show", "case", str(case)),
        ("show", "notices"),
        ("find", "2187"),
        ("why", str(case)),
        ("follow", "--once"),
    ):
        refusal = console.refused(*words, who="author")
        assert (refusal["rule"], refusal["clause"]) == ("see_customers", "rulebook 5.1")
        assert "console demo" in refusal["remedy"]
    assert console("show", "permissions", who="author").code == 0
    assert console("show", "people", who="author").code == 0


def test_nobody_acts_as_the_console(console: CommandLine, case: int) -> None:
    refusal = console.refused("do", "add_person", "person=x", "name=X", who="console")
    assert refusal["rule"] == "identity"
