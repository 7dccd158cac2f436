"""The intake form as a value: order, what is missing, the chain that sends it, drafts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.desk import intake_talk as talk
from console.desk.caller import Caller, split_place
from console.desk.intake_chain import accepted, next_step, offender, opened_meanwhile
from console.desk.intake_form import IntakeForm
from console.domain.facts import Fact
from console.domain.people import Directory, Person
from console.domain.reckoning import Reckoning
from console.domain.refusal import Refusal
from console.domain.rulebook import Rulebook
from console.plugins import Category, Choice, Flag, Integer, L, Line, Target, Text, Timer, when
from console.plugins.house import HOUSE

NOW = 1_790_000_000
BATCH = when("batch").is_set()
ACME = Line(
    "acme",
    L("甲公司", "Acme"),
    categories=(
        Category("technical", L("技术", "technical"), needs_tracker=True),
        Category("quote", L("询价", "quote"), route="sales"),
    ),
    divisions=(
        Target(
            "piles",
            L("充电桩", "piles"),
            assignee="field",
            fields=(Text(key="socket", label=L("枪号", "socket"), required="dispatch"),),
        ),
        Target("sales", L("销售", "sales"), assignee="seller"),
    ),
    fields=(
        Choice(key="product", label=L("产品", "product"), choices={"pile": L("桩", "pile")}),
        Flag(key="batch", label=L("批量", "batch")),
        Integer(key="quantity", label=L("数量", "quantity"), required="intake", show_when=BATCH),
        Text(key="province", label=L("省份", "province"), required="dispatch"),
        Text(key="stamp", label=L("盖章", "stamp"), required="close"),
    ),
    timers=(
        Timer(
            "contact",
            L("联系", "contact"),
            "call_ended",
            "customer_contacted",
            "15m",
            concern="contact",
        ),
        Timer(
            "batch",
            L("批量上报", "report"),
            "call_ended",
            "assigned",
            "5m",
            if_=when("batch").is_set(),
        ),
    ),
)
OTHER = Line("other", L("乙公司", "Other"), fields=(Text(key="ward", label=L("科室", "ward")),))
PEOPLE = Directory(
    [
        Person("tan", "谭工"),
        Person("he", "何工"),
        Person("mei", "梅营销"),
        Person("gone", "旧人", active=False),
    ],
    {"support_engineer": "tan", "field": "he", "seller": "mei"},
)
ANSWERS = {
    "contact_name": "彭",
    "employer": "长沙公交场站",
    "contact_phone": "073155502187",
    "save_contact": "saved",
    "reason": "停机",
    "product": "pile",
    "need": "恢复",
}


def form_of(*lines: Line, call: str = "c1", caller: Caller | None = None) -> IntakeForm:
    return IntakeForm(Rulebook(lines or (ACME,), HOUSE), PEOPLE, call, caller)


def fill(form: IntakeForm, **typed: Any) -> IntakeForm:
    for key, one in typed.items():
        form.put(key, one, NOW)
    return form


def keys(form: IntakeForm) -> list[str]:
    return [entry.key for entry in form.entries if form.shows(entry)]


def send(form: IntakeForm, spoken: str = "", stop_at: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Accept every step of the chain up to a command that is refused."""
    sent: list[tuple[str, dict[str, Any]]] = []
    for _ in range(12):
        step = next_step(form, spoken)
        if step is None or step.command == stop_at:
            return sent
        sent.append((step.command, step.typed))
        accepted(form, step, 1042)
    pytest.fail(f"the chain never ends: {sent}")


def test_fields_stand_in_the_order_of_a_conversation() -> None:
    shown = keys(form_of())
    wanted = [
        "contact_name",
        "honorific",
        "employer",
        "contact_phone",
        "save_contact",
        "reason",
        "product",
        "need",
        "batch",
        "province",
        "category",
        "division",
        "assignee",
        "promise_spoken",
        "promise_due",
    ]
    assert [key for key in shown if key in wanted] == wanted


def test_the_only_line_is_chosen_and_of_several_one_is_asked_for() -> None:
    assert form_of().line == "acme"
    form = form_of(ACME, OTHER)
    assert form.line == ""
    assert "line" in keys(form)
    assert "category" not in keys(form), "before the line is known there are no categories"
    fill(form, line="acme")
    assert "category" in keys(form)
    fill(form, line="other")
    assert "ward" in keys(form)
    assert "batch" not in keys(form)


def test_a_case_without_a_call_asks_how_it_came() -> None:
    form = form_of(call="")
    assert "channel" in keys(form)
    assert "submitted" not in keys(form)
    fill(form, channel="mail")
    assert "submitted" in keys(form)
    assert "save_contact" not in keys(form), "a mail has no number to keep"


def test_what_is_only_needed_before_closing_is_no_question_for_the_caller() -> None:
    assert "stamp" not in keys(form_of())


def test_show_when_is_judged_by_what_is_typed() -> None:
    form = form_of()
    assert "quantity" not in keys(form)
    fill(form, batch=True)
    assert "quantity" in keys(form)
    assert "quantity" in [entry.key for entry in form.missing("intake")]
    fill(form, quantity="0")
    assert "quantity" not in [entry.key for entry in form.missing("intake")], "zero is a number"
    fill(form, quantity="many")
    assert form.problem("quantity") is not None
    assert "quantity" in [entry.key for entry in form.missing("intake")]


def test_a_division_brings_its_own_fields_and_its_usual_person() -> None:
    form = fill(form_of(), category="technical")
    assert form.default("assignee") == ""
    fill(form, division="piles")
    assert "socket" in keys(form)
    assert form.default("assignee") == "he"
    assert form.default("tracker") == "tan"
    assert "tracker" in keys(form)


def test_a_category_with_a_route_dispatches_without_a_division() -> None:
    form = fill(form_of(), category="quote")
    assert form.division == "sales"
    assert form.assignee == "mei"
    assert "tracker" not in keys(form)


def test_missing_grows_when_the_form_dispatches() -> None:
    form = fill(form_of(), **ANSWERS)
    assert form.missing() == []
    fill(form, category="technical", division="piles")
    assert {entry.key for entry in form.missing()} == {"province", "socket"}


def test_a_known_caller_is_prefilled_and_asked_no_number() -> None:
    caller = Caller("+8673155502187", "0731 5550 2187", history=2, values={"employer": "场站"})
    form = form_of(caller=caller)
    assert form.values["employer"] == "场站"
    assert form.values["contact_phone"] == "0731 5550 2187"
    assert "save_contact" not in keys(form)
    assert not form.typed_in, "what nobody typed is no draft"


def test_a_withheld_number_is_no_contact_phone() -> None:
    form = form_of(caller=Caller(withheld=True, shown="anonymous"))
    assert "contact_phone" not in form.values
    assert form.parsed("save_contact") == "withheld"


# --- the chain


def test_the_chain_opens_saves_classifies_assigns_and_promises_in_this_order() -> None:
    form = fill(form_of(), **ANSWERS, province="湖南省", socket="3")
    fill(form, category="technical", division="piles", socket="3", assignee="谭工")
    fill(form, promise_due="+30m")
    sent = send(form, "谭工将在12:30前联系您。")
    commands = [command for command, _ in sent]
    assert commands == ["open", "save_contact", "classify", "assign", "promise"]
    typed = dict(sent)
    assert typed["open"]["call"] == "c1"
    assert typed["open"]["line"] == "acme"
    assert "socket" not in typed["open"], "the case has no division yet"
    assert typed["classify"]["socket"] == "3"
    assert typed["assign"] == {"case": 1042, "to": "tan"}
    assert typed["promise"] == {"case": 1042, "due": NOW + 1800, "text": "谭工将在12:30前联系您。"}
    assert next_step(form) is None


def test_a_promise_without_an_exact_time_is_noted_as_it_was_spoken() -> None:
    form = fill(form_of(), **ANSWERS, promise_spoken=True)
    assert send(form, "请稍候")[-1] == ("note", {"case": 1042, "text": "请稍候"})


def test_a_refused_classification_never_opens_a_second_case() -> None:
    form = fill(form_of(), **ANSWERS, category="technical")
    assert [command for command, _ in send(form, stop_at="classify")] == ["open", "save_contact"]
    fill(form, need="更急")
    sent = send(form)
    assert [command for command, _ in sent] == ["record", "classify"]
    assert sent[0][1] == {"case": 1042, "need": "更急"}


def test_a_draft_carries_the_chain_over_a_dead_process() -> None:
    form = fill(form_of(), **ANSWERS, category="technical", division="sales", province="湖南")
    send(form, stop_at="assign")
    again = form_of()
    again.restore(json.loads(json.dumps(form.draft())), NOW)
    assert [command for command, _ in send(again)] == ["assign"]


def test_a_changed_mind_after_half_a_chain_is_sent() -> None:
    form = fill(form_of(), **ANSWERS, category="technical", division="piles", socket="3")
    send(form, stop_at="assign")
    fill(form, category="quote", division="")
    assert [command for command, _ in send(form)] == ["classify", "assign"]


def test_what_is_hidden_is_not_sent() -> None:
    form = fill(form_of(), **ANSWERS, batch=True, quantity="7")
    fill(form, batch=False)
    assert "quantity" not in dict(send(form))["open"]


def test_a_case_opened_just_before_the_seat_died_is_found_again() -> None:
    def opened(case: int, actor: str, call: str) -> Fact:
        return Fact(1, NOW, NOW, actor, "", f"case:{case}", "case_opened", {"call": call})

    facts = [opened(7, "zhou", "c1"), opened(8, "lin", "c2"), opened(9, "lin", "c1")]
    assert opened_meanwhile(facts, "lin", "c1") == 9
    assert opened_meanwhile(facts, "lin", "c3") == 0


@pytest.mark.parametrize(
    ("command", "rule", "field"),
    [
        ("classify", "category", "category"),
        ("classify", "division", "division"),
        ("assign", "person", "assignee"),
        ("assign", "piles", "assignee"),
        ("promise", "due", "promise_due"),
        ("open", "contact_phone", "contact_phone"),
        ("open", "T0-99", ""),
    ],
)
def test_a_refusal_points_at_its_field(command: str, rule: str, field: str) -> None:
    form = fill(form_of(), **ANSWERS, province="湖南", category="technical", division="piles")
    fill(form, socket="3")
    step = next_step(form)
    assert step is not None
    about = type(step)(command, {})
    assert offender(form, about, Refusal(rule, "no")) == field


def test_a_refused_dispatch_points_at_what_is_missing() -> None:
    form = fill(form_of(), **ANSWERS, category="technical", division="piles", socket="3")
    step = next_step(form)
    assert step is not None
    assert offender(form, type(step)("assign", {}), Refusal("dispatch", "no")) == "province"


# --- drafts and talk

TYPED = st.dictionaries(
    st.sampled_from([*ANSWERS, "batch", "quantity", "category", "division", "line", "unknown"]),
    st.one_of(st.text(max_size=8), st.booleans(), st.sampled_from(["technical", "piles", "pile"])),
)


@given(TYPED)
def test_a_draft_restores_what_was_typed_whatever_it_was(typed: dict[str, Any]) -> None:
    form = fill(form_of(ACME, OTHER), **typed)
    again = form_of(ACME, OTHER)
    again.restore(json.loads(json.dumps(form.draft())), NOW)
    assert again.values == form.values
    assert keys(again) == keys(form)
    assert [entry.key for entry in again.missing()] == [entry.key for entry in form.missing()]


def test_the_promise_names_who_and_when() -> None:
    form = fill(form_of(), category="technical", division="piles")
    clocks = talk.upcoming(form, Reckoning(_no_calendar), NOW)
    assert ("contact", NOW + 900) in [(one.concern, one.due) for one in clocks]
    assert talk.promised_for(form, clocks) == NOW + 900
    assert talk.promise_line(form, "zh", "何工", "09:45") == "何工将在09:45前联系您。"
    assert talk.promise_line(form, "en", "", "09:45") == "a colleague will contact you by 09:45."
    fill(form, promise_due="+5m")
    assert talk.promised_for(form, clocks) == NOW + 300


def test_a_flag_that_starts_a_clock_shows_it() -> None:
    form = fill(form_of(), batch=True)
    dues = [one.due for one in talk.upcoming(form, Reckoning(_no_calendar), NOW)]
    assert dues == [NOW + 300, NOW + 300, NOW + 900]


@pytest.mark.parametrize(
    ("place", "parts"),
    [
        ("广东省深圳市", ("广东省", "深圳市")),
        ("内蒙古自治区包头市", ("内蒙古自治区", "包头市")),
        ("北京市", ("北京市", "北京市")),
        ("香港", ("香港", "")),
        ("", ("", "")),
    ],
)
def test_a_place_is_split_into_province_and_city(place: str, parts: tuple[str, str]) -> None:
    assert split_place(place) == parts


def _no_calendar(identity: str) -> Any:
    pytest.fail(f"no calendar is needed, least of all {identity}")
