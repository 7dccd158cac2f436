"""A case as lines: what a reader sees, at any width, in both languages, without a terminal."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from console.desk import Desk
from console.domain.clockwork import Reckoner
from console.screens.case_view import TWO_COLUMNS, CaseView, clock_order, title
from console.speech import Speech
from console.widgets.lines import Line, Span, beside, cells, flowing, wrapped
from tests.installations import HandSet
from tests.screens.hotline import ADVICE, Hotline


@pytest.fixture
def hotline(desk: Desk, now: HandSet) -> Hotline:
    return Hotline(desk, now)


def view(hotline: Hotline, number: int, lang: str = "en", **more: object) -> CaseView:
    speech = Speech(lang, hotline.desk.config.zone, hotline.desk.directory.name)
    return CaseView(hotline.desk.case(number), speech, **more)  # type: ignore[arg-type]


def text(lines: list[Line]) -> str:
    return "\n".join(line.text for line in lines)


def test_the_way_to_the_division_is_named_with_who_sits_there(hotline: Hotline) -> None:
    case = hotline.desk.case(hotline.contacted_late())
    speech = Speech("en", hotline.desk.config.zone, hotline.desk.directory.name)
    parts = title(case, speech)
    assert parts[0] == f"{case.number} contacted"
    assert parts[1:4] == ["Power electronics", "technical service need", "Charging pile"]
    assert parts[4] == "via technical support: 谭工 Tan"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_four_people_are_always_shown(hotline: Hotline, lang: str) -> None:
    people = view(hotline, hotline.complaint(), lang).people(200)
    assert len(people) == 1
    roles = {
        "en": ["owner 林晓 Lin", "assignee nobody", "tracker nobody", "custodian nobody"],
        "zh": ["首问 林晓 Lin", "处理人 无", "跟踪人 无", "代管人 无"],
    }
    assert [part.strip() for part in people[0].text.split("   ")] == roles[lang]


def test_the_customer_is_shown_under_the_labels_of_the_line(hotline: Hotline) -> None:
    number = hotline.contacted_late()
    english = text(view(hotline, number).customer(78))
    assert "employer 长沙公交场站" in english
    assert "contact phone 0731 5550 2187" in english
    assert "product charging pile" in english
    assert "产品 充电桩" in text(view(hotline, number, "zh").customer(78))


def test_running_clocks_come_worst_first_and_the_ended_below(hotline: Hotline) -> None:
    case = hotline.desk.case(hotline.contacted_late())
    order = clock_order(case)
    running = [clock.running for clock in order]
    assert running == sorted(running, reverse=True)
    assert set(map(id, order)) == set(map(id, case.clocks))
    ended = [clock.ended or 0 for clock in order if not clock.running]
    assert ended == sorted(ended, reverse=True)


def test_clocks_say_how_they_stand_and_how_they_ended(hotline: Hotline) -> None:
    number = hotline.contacted_late()
    lines = [line.text for line in view(hotline, number).clocks(100, hotline.now())]
    verify = next(line for line in lines if "T0-02" in line)
    contact = next(line for line in lines if "T0-01" in line)
    assert verify.startswith("!")
    assert "-01:00" in verify
    assert "breached" in verify
    assert contact.startswith("!")
    assert "met late" in contact
    assert "12:18" in contact
    assert "due 12:17" in contact
    promise = next(line for line in lines if "W-05" in line)
    assert "met in time" in promise
    assert not promise.startswith("!")


def test_a_countdown_is_worked_out_anew_for_every_moment(hotline: Hotline) -> None:
    number = hotline.contacted_late()
    one, soon = view(hotline, number), hotline.now() + 7
    before, after = (text(one.lines(100, at)) for at in (hotline.now(), soon))
    assert "-01:00" in before
    assert "-01:07" in after
    assert one.wake(hotline.now()) == hotline.now() + 1


def test_a_due_instant_a_clock_once_had_stays_visible(hotline: Hotline) -> None:
    number = hotline.complaint()
    hotline.do("promise", case=number, due="12:10")
    hotline.do("promise", case=number, due="12:40")
    assert "12:10" in text(view(hotline, number).clocks(100, hotline.now()))


def test_a_shut_gate_names_what_is_missing_and_the_clause(hotline: Hotline) -> None:
    gates = text(view(hotline, hotline.complaint()).gates(120))
    assert "confirmed by the customer before closing: confirmed by customer" in gates
    assert "001 P2 2.5" in gates


def test_a_notice_tells_due_sent_and_reached_apart(hotline: Hotline) -> None:
    number = hotline.complaint()
    hotline.pass_time(240)
    hotline.do("reach", me="zhou", case=number, who="dgm")
    lines = [line.text for line in view(hotline, number).notices(160, hotline.now())]
    told = next(line for line in lines if "deputy general manager" in line)
    assert "陶副总 Tao" in told
    assert "due 12:00 · sent 12:00 · reached 12:04 by 周宁 Zhou" in told
    waiting = next(line for line in lines if "technical support engineer" in line)
    assert "not reached" in waiting


def test_what_happened_is_told_latest_first_with_who_and_what(hotline: Hotline) -> None:
    facts = text(view(hotline, hotline.contacted_late()).facts(160))
    assert f"12:18:00 何工 He  customer contacted  phone · {ADVICE}" in facts
    assert "assigned  assignee 何工 He · tracker 谭工 Tan" in facts
    assert "promised  by 03-10 12:25 · 12:25前联系您" in facts
    assert (
        facts.index("customer contacted") < facts.index("assigned  ") < facts.index("case opened")
    )
    assert facts.count("2026-03-10\n") == 1


def test_what_others_wrote_since_is_set_off(hotline: Hotline) -> None:
    number = hotline.complaint()
    seen = hotline.desk.case(number).version
    hotline.do("note", me="zhou", case=number, text="二次来电")
    hotline.do("note", case=number, text="自己写的")
    facts = view(hotline, number, seen=seen, me="lin").facts(120)
    marked = [line.text for line in facts if line.text.startswith("»")]
    assert len(marked) == 1
    assert "二次来电" in marked[0]


def test_late_entry_says_when_it_was_written_down(hotline: Hotline) -> None:
    number = hotline.complaint()
    hotline.pass_time(3600)
    hotline.do("contact", case=number, when="12:05", channel="phone")
    contacted = text(view(hotline, number).facts(160))
    assert "12:05:00" in contacted
    assert "entered 03-10 13:00" in contacted


def test_a_fact_of_an_unknown_kind_is_shown_as_it_is(hotline: Hotline) -> None:
    from console.domain.case import Case
    from console.domain.facts import Fact

    reckoner: Reckoner = hotline.desk.reckoner
    case = Case(1, hotline.desk.rulebook, reckoner)
    case.apply(Fact(1, 0, 0, "lin", "", "case:1", "meter_swapped", {"old": "A7", "text": "新表"}))
    facts = text(CaseView(case, Speech("en")).facts(100))
    assert "meter_swapped" in facts
    assert "old=A7 · 新表" in facts


def test_offers_show_their_keys(hotline: Hotline) -> None:
    offered = (("note", "B"), ("reopen", ""))
    lines = view(hotline, hotline.complaint(), offered=offered).offers(80)
    assert lines[1].text == "B note   reopen"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 58, 78, TWO_COLUMNS - 1, TWO_COLUMNS, 198])
def test_no_line_is_wider_than_the_page(hotline: Hotline, lang: str, width: int) -> None:
    number = hotline.contacted_late()
    hotline.do("note", case=number, text="很长的备注，" * 60 + "x" * 300)
    lines = view(hotline, number, lang, offered=(("note", "B"),) * 20).lines(width, hotline.now())
    assert max(cell_len(line.text) for line in lines) <= width


def test_a_wide_page_has_what_happened_beside_the_rest(hotline: Hotline) -> None:
    number = hotline.contacted_late()
    narrow = view(hotline, number).lines(TWO_COLUMNS - 1, hotline.now())
    wide = view(hotline, number).lines(TWO_COLUMNS, hotline.now())
    assert len(wide) < len(narrow)
    assert "Told" in wide[0].text
    assert "owner" in wide[0].text


def test_hostile_text_cannot_move_the_cursor(hotline: Hotline) -> None:
    lines = wrapped((Span("  前\x1b[31m红\u202e后\x07 "),), 40)
    assert [line.text for line in lines] == ["  前红后 "]


def test_the_view_needs_no_terminal_toolkit() -> None:
    code = "import sys, console.screens.case_view; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- laying out


@given(st.text(alphabet="ab 中文。", max_size=120), st.integers(6, 40), st.integers(0, 8))
def test_wrapping_loses_nothing_but_spaces(words: str, width: int, indent: int) -> None:
    lines = wrapped((Span(words),), width, indent)
    assert all(cell_len(line.text) <= width for line in lines)
    joined = "".join(line.text for line in lines)
    assert joined.replace(" ", "") == words.replace(" ", "")


def test_words_stay_whole_and_looks_stay_with_them() -> None:
    lines = wrapped((Span("call ", "dim"), Span("the customer back")), 12, 2)
    assert [line.text for line in lines] == ["call the ", "  customer ", "  back"]
    assert lines[0].spans == (Span("call ", "dim"), Span("the "))


def test_only_the_first_line_can_be_chosen() -> None:
    assert [line.key for line in wrapped((Span("aa bb cc"),), 4, 0, "k")] == ["k", "", ""]


@given(st.lists(st.text(alphabet="a中", min_size=1, max_size=12), max_size=12))
def test_items_flow_in_order_and_stay_whole_where_they_fit(words: list[str]) -> None:
    lines = flowing([(Span(word),) for word in words], 30)
    assert [part for line in lines for part in line.text.split("   ")] == words
    assert all(cells(line.spans) <= 30 for line in lines)


def test_two_columns_keep_the_key_of_the_left() -> None:
    lines = beside([Line((Span("左"),), "k")], [Line((Span("r"),)), Line((Span("s"),))], 4)
    assert [line.text for line in lines] == ["左     r", "       s"]
    assert [line.key for line in lines] == ["k", ""]
