"""What a message says: every gap filled, nothing smuggled in, never an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.fields import DateTime
from console.domain.fields import Person as PersonField
from console.domain.rules import Line, Message, Notice, Target, Wording
from console.domain.wordings import (
    FULL_LIMIT,
    HOUSE,
    KNOWN,
    NOTHING,
    SHORT_LIMIT,
    SUBJECT_LIMIT,
    Occasion,
    cause_of,
    fill,
    markdown,
    notice_named,
    places,
    plain,
)
from console.domain.words import L
from console.plugins.house import HOUSE as HOUSE_LINE
from scripts.coverage import shipped_lines
from tests.domain.hotline import Hotline, at

NOON = at("12:00:00")
HOTLINE = Hotline()
CASE = HOTLINE.classified(NOON)


def occasion(**changes: object) -> Occasion:
    made = Occasion(CASE, HOTLINE.directory, NOON, hotline="400-555-0100")
    return replace(made, **changes)


def said(text: str, **changes: object) -> str:
    wording = Wording(L("标题", "subject"), L(text, text))
    return fill(wording, occasion(**changes)).short


def with_reason(value: str) -> Occasion:
    """The case with what somebody wrote into one of its fields."""
    hotline = Hotline()
    case = hotline.classified(NOON)
    case.attributes["province"] = value
    return Occasion(case, hotline.directory, NOON)


def test_fields_slots_people_and_what_every_message_knows() -> None:
    assert said("{case} {line} {category} {province} {dgm} {owner} {assignee} {hotline}") == (
        "1001 小公司 技术 湖南 代副总 林晓 何工 400-555-0100"
    )
    assert said("{case} {line} {category}", lang="en") == "1001 Small company technical"


def test_what_is_unknown_or_empty_is_a_dash() -> None:
    assert said("{nothing_like_it} {cause} {qty} {division} {what}") == " ".join([NOTHING] * 5)


def test_a_gap_that_looks_like_something_else_stays_as_it_is() -> None:
    assert said("{0} {} {case!r} {case:>9} { case } {{case}") == (
        "{0} {} {case!r} {case:>9} { case } {1001"
    )


def test_what_a_sender_adds_comes_first_and_is_formatted() -> None:
    fields = {
        "arrival": DateTime(key="arrival", label=L("到达", "arrival")),
        "who": PersonField(key="who", label=L("谁", "who")),
        "province": PersonField(key="province", label=L("省", "province")),
    }
    values = {"arrival": NOON, "who": "dgm"}
    text = said("{arrival} {who} {province}", fields=fields, values=values)
    assert text == f"2026-03-10 12:00 代副总 {NOTHING}"


def test_due_is_of_the_fact_told_of_else_the_next_limit() -> None:
    hotline = Hotline()
    case = hotline.classified(NOON)
    [next_due, *_] = sorted(c.due for c in case.running() if c.due is not None)
    assert said("{due}") == "2026-03-10 12:15" == _clock(next_due)
    facts = hotline.do("promise", "he", NOON + 60, case=1001, due=NOON + 600, text="x")
    promised = next(fact for fact in facts if fact.kind == "promised")
    assert said("{due} {at} {what}", about=promised) == "2026-03-10 12:10 2026-03-10 12:01 承诺"


def _clock(moment: int) -> str:
    return said("{x}", fields={"x": DateTime(key="x", label=L("x", "x"))}, values={"x": moment})


@given(st.text(max_size=300))
def test_no_word_of_a_customer_adds_a_line_or_a_control_character(text: str) -> None:
    written = fill(HOUSE_LIKE, with_reason(text))
    assert "\n" not in written.subject + written.short
    for part in (written.subject, written.short, written.full.replace("\n", "")):
        assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in part)


HOUSE_LIKE = Wording(
    L("工单{case} {province}", "{province}"),
    L("【{line}】{province}。", "{province}"),
    L("{line}\n{province}\n完", "{province}"),
)


def test_what_a_customer_wrote_is_not_filled_in_itself() -> None:
    assert fill(HOUSE_LIKE, with_reason("{owner} {{case}}")).short == "【小公司】{owner} {{case}}。"


def test_nothing_grows_without_bounds() -> None:
    wording = Wording(
        L("{province}" * 20, "x"), L("{province}" * 40, "x"), L("{province}\n" * 900, "x")
    )
    written = fill(wording, with_reason("长" * 5000), markdown)
    assert len(written.subject) <= SUBJECT_LIMIT
    assert len(written.short) <= SHORT_LIMIT
    assert len(written.full) <= FULL_LIMIT
    assert written.short.endswith("…")


@given(st.text(alphabet="ab\\`*_[]<>#|~@&!()", max_size=40))
def test_escaped_for_a_chat_it_reads_as_it_was_written(text: str) -> None:
    escaped = markdown(text)
    kept = iter(escaped)
    read = "".join(next(kept) if sign == "\\" else sign for sign in kept)
    assert read == text
    for sign in "`*_[]<>#|~@&!":
        assert escaped.count(f"\\{sign}") >= text.count(sign)


def test_only_the_words_of_the_case_are_escaped() -> None:
    wording = Wording(L("x", "x"), L("**工单** {province}", "x"))
    assert fill(wording, with_reason("*急*"), markdown).short == r"**工单** \*急\*"
    assert fill(wording, with_reason("*急*"), plain).short == "**工单** *急*"


def test_what_every_notice_says_says_what_happened_and_what_is_due() -> None:
    hotline = Hotline()
    hotline.classified(NOON)
    hotline.do("urge", "lin", NOON + 30, case=1001)
    case = hotline.case(1001)
    row = case.notices[-1]
    notice = notice_named(row.notice, case)
    assert notice is not None
    about = cause_of(notice, case)
    assert about is not None
    assert about.kind == "urged"
    told = Occasion(
        case, hotline.directory, NOON, "en", about=about, notice=notice.label, hotline=""
    )
    written = fill(HOUSE, told)
    assert written.subject == "Case 1001: urged"
    assert written.short == (
        "[Small company] Case 1001: urged (urged, 2026-03-10 12:00). "
        "Customer: +8673155502187. Due: 2026-03-10 12:15."
    )
    assert "Assignee: 何工\n" in written.full


def rules() -> Iterator[tuple[Line, Line | Target, Notice | Message]]:
    """Every notice and message of the lines that come with the console."""
    for line in (HOUSE_LINE, *shipped_lines()):
        for part in (line, *line.divisions):
            for rule in (*part.notices, *part.messages):
                yield line, part, rule


@pytest.mark.parametrize(
    ("line", "part", "rule"),
    [pytest.param(*one, id=f"{one[0].key}-{one[2].key}") for one in rules() if one[2].text],
)
def test_every_gap_in_a_wording_that_comes_with_the_console_can_be_filled(
    line: Line, part: Line | Target, rule: Notice | Message
) -> None:
    known = {field.key for owner in (HOUSE_LINE, line, part) for field in owner.fields}
    known |= {slot for owner in (HOUSE_LINE, line, part) for slot in owner.slots}
    known |= set(KNOWN)
    if isinstance(rule, Message):
        known |= {field.key for field in rule.fields}
    assert rule.text is not None
    assert set(places(rule.text)) <= known


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_what_every_message_knows_is_known_of_an_empty_case_too(name: str) -> None:
    empty = Hotline().case(1001)
    filled = fill(
        Wording(L("x", "x"), L(f"{{{name}}}", "x")), Occasion(empty, HOTLINE.directory, NOON)
    )
    assert filled.short
