"""A customer's data is erased on request: nothing of it is left anywhere, and everything else
is as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from console.desk import Desk, Who, erasing, tracing
from console.desk.verification import verify
from console.domain.call_events import CallEvent
from console.domain.erasure import MARK
from console.domain.refusal import RefusedError
from console.screens.fact_text import FactText
from console.speech import Speech
from console.store.drafts import Drafts, Kept
from tests.desk.customers import (
    CONSOLE,
    E164,
    LIN,
    NUMBER,
    PEOPLE,
    SPELLED,
    everything,
    told,
)
from tests.installations import OPENING, CommandLine, HandSet


@pytest.fixture
def step(desk: Desk, now: HandSet) -> Any:
    def step(command: str, who: Who = LIN, /, **typed: Any) -> Any:
        now.at += 30
        return desk.do(command, typed, who)

    return step


def says(desk: Desk) -> list[str]:
    return [Speech("en").say(problem) for problem in verify(desk).problems]


def shape(desk: Desk, number: int) -> dict[str, Any]:
    """What a case came to, without anybody's words."""
    case = desk.case(number)
    return {
        "state": case.state,
        "facts": [(f.seq, f.at, f.kind, f.actor) for f in case.facts if f.kind != "erased"],
        "clocks": [
            (c.key, c.number, c.began, c.due, c.ended, [d.due for d in c.dues], c.breached_by(0))
            for c in case.clocks
        ],
        "notices": [(n.notice, n.person, n.channel, n.state) for n in case.notices],
        "owner": case.owner,
        "assignee": case.assignee,
        "category": case.category,
        "product": case.value("product"),
        "province": case.value("province"),
    }


@pytest.fixture
def admin(desk: Desk) -> Who:
    desk.do("change_person", {"person": "zhou", "roles": "admin"}, CONSOLE)
    return Who("zhou", "s2")


def refusal(error: pytest.ExceptionInfo[RefusedError]) -> str:
    return Speech("en").say(error.value.refusal.message)


def test_nothing_of_the_customer_is_left_in_any_file(
    desk: Desk, data: Path, step: Any, admin: Who
) -> None:
    told(step)
    drafts = Drafts(data)
    drafts.keep(Kept("lin", "intake:x9", "s1", 1, {"contact_phone": "139-5550-1953"}))
    drafts.keep(Kept("lin", "case:1001", "s1", 1, {"text": "许小禾"}))
    drafts.keep(Kept("lin", "case:1002", "s1", 1, {"text": "somebody else"}))
    drafts.close()
    before = everything(data)
    assert [one for one in (*PEOPLE, *SPELLED) if one not in before] == []
    done = desk.erase(NUMBER, "asked for in writing on 10 March", admin)
    after = everything(data)
    assert [one for one in (*PEOPLE, *SPELLED) if one in after] == []
    assert (done.cases, done.calls, done.drafts) == ((1001,), ("x1",), 2)
    assert "somebody else" in after
    assert says(desk) == []


def test_what_is_no_personal_data_is_as_it_was(desk: Desk, step: Any, admin: Who) -> None:
    told(step)
    before = shape(desk, 1001)
    assert before["state"] == "closed"
    assert len(before["clocks"]) > 2
    assert (before["product"], before["province"]) == ("pile", "湖南")
    desk.erase(NUMBER, "asked", admin)
    assert shape(desk, 1001) == before


def test_it_stays_on_record_who_erased_what_and_why(desk: Desk, step: Any, admin: Who) -> None:
    told(step)
    done = desk.erase(NUMBER, "asked in writing", admin)
    erased = [fact for fact in desk.follow(0, 10_000) if fact.kind == "erased"]
    assert {fact.subject for fact in erased} == {"case:1001", "call:x1"}
    assert {(fact.actor, fact.seat, fact.body["reason"]) for fact in erased} == {
        ("zhou", "s2", "asked in writing")
    }
    changed = {int(seq) for fact in erased for seq in fact.body["facts"]}
    assert len(changed) == done.facts
    rows = desk.store.connection.execute("SELECT seq, length(salt) FROM journal").fetchall()
    assert {seq for seq, length in rows if not length} == changed


def test_a_preview_says_the_same_and_writes_nothing(desk: Desk, step: Any, admin: Who) -> None:
    told(step)
    before = list(desk.store.connection.iterdump())
    found = desk.would_erase(NUMBER, admin)
    assert list(desk.store.connection.iterdump()) == before
    assert desk.erase(NUMBER, "asked", admin) == found
    assert found.facts > 5


def test_the_customer_is_not_found_any_more_and_the_case_is(
    desk: Desk, step: Any, admin: Who
) -> None:
    told(step)
    assert [row["number"] for row in desk.find("许小禾")[0]] == [1001]
    desk.erase(NUMBER, "asked", admin)
    for words in ("许小禾", NUMBER, "1953", "南昌公交场站"):
        assert desk.find(words) == ([], [])
    assert [row["customer"] for row in desk.find("1001")[0]] == [MARK]
    assert desk.store.case_counts(E164) == (0, 0, 0, "")
    step("ring", number=NUMBER, call="x2")
    [row] = desk.strip()
    assert (row.caller, row.history) == ("", 0)


def test_a_withheld_number_is_found_in_what_was_sent(
    desk: Desk, data: Path, step: Any, admin: Who
) -> None:
    body = {"number": NUMBER, "e164": E164, "name": "许小禾", "withheld": True}
    desk.report(CallEvent("w1", "call_rang", 1, body))
    desk.report(CallEvent("w1", "call_ended", 2, {}))
    assert desk.calls()[0].number == ""
    assert desk.erase(NUMBER, "asked", admin).calls == ("w1",)
    assert "许小禾" not in everything(data)
    assert NUMBER not in everything(data)
    assert says(desk) == []


def test_a_debt_is_kept_under_the_number_and_goes_with_it(
    desk: Desk, data: Path, step: Any, admin: Who
) -> None:
    step("ring", number=NUMBER, call="m1", name="许小禾")
    step("miss_call", call="m1")
    back = step("return_call", number=E164, reached="yes", apology="yes").facts[0].subject
    step("end_call", call=back.partition(":")[2])
    clocks = desk.callback(E164).clocks
    assert "m1" in desk.erase(NUMBER, "asked", admin).calls
    assert E164 not in everything(data)
    [subject] = {f.subject for f in desk.follow(0, 9_999) if f.subject.startswith("callback:")}
    left = desk.callback(subject.partition(":")[2])
    assert (left.open, left.name, left.label) == (False, "", MARK)
    assert [(c.key, c.due, c.ended) for c in left.clocks] == [
        (c.key, c.due, c.ended) for c in clocks
    ]
    assert says(desk) == []


def test_where_others_mention_the_number_only_the_number_goes(
    desk: Desk, data: Path, step: Any, admin: Who
) -> None:
    told(step)
    other = told(step, "13955508888", "y1")
    step("note", case=other, text="auch erreichbar unter +86 139-5550-1953, nach acht")
    opened = step("open", **{**OPENING, "contact_phone": "13955507777"}).case
    step("note", case=opened, text=f"ruft {NUMBER} an")
    done = desk.erase(NUMBER, "asked", admin)
    assert done.mentions == (f"case:{other}",)
    assert done.left == (opened,)
    noted = [fact.body["text"] for fact in desk.case(other).facts if fact.kind == "noted"]
    assert noted == ["门卫老许 13955508888", "auch erreichbar unter [erased], nach acht"]
    assert desk.case(other).value("contact_name") == "许小禾"
    assert [f.body["text"] for f in desk.case(opened).facts if f.kind == "noted"] == [
        f"ruft {NUMBER} an"
    ]
    assert says(desk) == []


def test_somebody_on_our_side_keeps_their_number(desk: Desk, step: Any, admin: Who) -> None:
    told(step)
    desk.do("change_person", {"person": "he", "phone": NUMBER}, CONSOLE)
    desk.erase(NUMBER, "asked", admin)
    person = desk.directory.get("he")
    assert person is not None
    assert person.phone == E164


def test_a_case_opened_again_can_be_erased_again(
    desk: Desk, data: Path, step: Any, admin: Who
) -> None:
    case = told(step)
    desk.erase(NUMBER, "asked", admin)
    assert desk.case(case).value("contact_phone") == MARK
    step("reopen", case=case, reason="repeat_call")
    again = {"contact_name": "许小禾", "contact_phone": NUMBER, "because": "called again"}
    step("record", case=case, **again)
    with pytest.raises(RefusedError):
        desk.erase(NUMBER, "asked again", admin)
    step("resolve", Who("he"), case=case, text="again")
    step("confirm", case=case, who="许工", satisfied="yes")
    step("close", case=case, reason="done")
    assert desk.erase(NUMBER, "asked again", admin).cases == (case,)
    assert [one for one in (*PEOPLE, *SPELLED) if one in everything(data)] == []
    assert says(desk) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_left_can_be_read(
    desk: Desk, step: Any, admin: Who, console: CommandLine, lang: str
) -> None:
    case = told(step)
    desk.erase(NUMBER, "asked in writing", admin)
    shown = console("show", "case", str(case), who="lin", lang=lang)
    assert shown.code == 0
    assert MARK in shown.out
    assert console("show", "call", "x1", who="lin", lang=lang).code == 0
    assert console("show", "calls", who="lin", lang=lang).code == 0
    assert console("why", str(case), who="lin", lang=lang).code == 0
    reader = FactText(desk.case(case), Speech(lang))
    lines = [reader.of(fact) for fact in desk.case(case).facts]
    assert "asked in writing" in lines[-1]
    assert len(lines[-1]) < 40


# --- what is refused


def test_while_a_case_is_open_nothing_is_erased(desk: Desk, step: Any, admin: Who) -> None:
    told(step)
    step("reopen", case=1001, reason="repeat_call")
    before = desk.last_seq()
    with pytest.raises(RefusedError) as error:
        desk.erase(NUMBER, "asked", admin)
    assert refusal(error) == "Case 1001 is still open; nothing of it is erased."
    assert desk.last_seq() == before
    assert desk.find("许小禾")[0]


def test_a_case_reopened_in_the_last_moment_stops_everything(
    desk: Desk, step: Any, admin: Who
) -> None:
    told(step)
    found = tracing.traces_of(desk, NUMBER)
    step("reopen", case=1001, reason="repeat_call")
    before = list(desk.store.connection.iterdump())
    with pytest.raises(RefusedError, match="erase"):
        erasing.carry_out(desk, found, "asked", admin)
    assert list(desk.store.connection.iterdump()) == before


def test_a_call_that_goes_on_and_a_debt_stop_it_too(desk: Desk, step: Any, admin: Who) -> None:
    step("ring", number=NUMBER, call="m1")
    with pytest.raises(RefusedError) as error:
        desk.erase(NUMBER, "asked", admin)
    assert refusal(error) == f"A call of {E164} is going on."
    step("miss_call", call="m1")
    with pytest.raises(RefusedError) as error:
        desk.erase(NUMBER, "asked", admin)
    assert refusal(error) == f"{E164} is still owed a call back."


def test_operators_may_not(desk: Desk, step: Any) -> None:
    told(step)
    he = Who("he")
    for act in (lambda: desk.erase(NUMBER, "x", he), lambda: desk.would_erase(NUMBER, he)):
        with pytest.raises(RefusedError) as error:
            act()
        assert error.value.refusal.rule == "erase"


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_no_erasing_without_a_reason(desk: Desk, step: Any, admin: Who, reason: str) -> None:
    told(step)
    with pytest.raises(RefusedError, match="erase"):
        desk.erase(NUMBER, reason, admin)
    assert says(desk) == []


@pytest.mark.parametrize("number", ["13955500000", "110", "", "nobody", "%", "[erased]"])
def test_a_number_nobody_knows(desk: Desk, step: Any, admin: Who, number: str) -> None:
    told(step)
    desk.erase(NUMBER, "asked", admin)
    with pytest.raises(RefusedError) as error:
        desk.erase(number, "asked", admin)
    assert refusal(error).startswith("Nothing is known of")


# --- by command line


def test_by_command_line_it_is_shown_first(
    desk: Desk, step: Any, admin: Who, console: CommandLine
) -> None:
    told(step)
    shown = console("erase", NUMBER, who="zhou")
    assert shown.code == 0
    assert "Cases: 1001\n" in shown.out
    assert "Nothing was written." in shown.out
    assert desk.find("许小禾")[0]
    assert console.refused("erase", NUMBER, "--yes", who="zhou")["rule"] == "erase"
    done = console("erase", NUMBER, "--yes", "--reason", "asked", who="zhou")
    assert done.code == 0
    assert "Facts erased: " in done.out
    assert desk.find("许小禾")[0] == []
    assert console("verify").code == 0


def test_copies_and_recordings_left_to_be_deleted_are_named(
    desk: Desk, data: Path, step: Any, admin: Who, console: CommandLine
) -> None:
    told(step)
    desk.report(CallEvent("x1", "call_recording", 9, {"path": "2026/x1.wav"}))
    (data / "console-v2-20260101T000000Z.db").write_bytes(b"")
    out = console("erase", NUMBER, "--yes", "--reason", "asked", who="zhou").out
    assert "Recording, to be deleted by hand: 2026/x1.wav" in out
    assert "console-v2-20260101T000000Z.db: delete that copy" in out
    assert "x1.wav" not in everything(data)
