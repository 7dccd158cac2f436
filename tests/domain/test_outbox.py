"""What waits, what may go now, and what is written down of an attempt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.facts import Fact
from console.domain.notices import CUSTOMER, NoticeRow
from console.domain.outbox import (
    MOST_GATHERED,
    Burst,
    Posted,
    Problem,
    Retry,
    address_of,
    by_key,
    failed,
    is_mail,
    is_pending,
    is_too_old,
    messages,
    quiet_until,
    ready,
    sent,
    touched,
)
from console.domain.people import Person
from console.domain.telling import follow
from tests.domain.hotline import HOUR, Hotline, at

NOON = at("12:00:00")
DAY = 24 * HOUR
TAN = Person("tan", "谭工", mail="tan@example.org", phone="+8613955501953", im="tan.im")


def row(key: str = "7.0", channel: str = "mail", person: str = "tan", **known: object) -> NoticeRow:
    made = NoticeRow("breached", "owner", person, channel, "timely", NOON, key=key)
    made.queued = made.next_at = NOON
    for name, value in known.items():
        setattr(made, name, value)
    return made


def posted(*rows: NoticeRow) -> list[Posted]:
    return [Posted("case:1001", one) for one in rows]


def keys(lanes: dict[tuple[str, str], list[Posted]]) -> list[str]:
    return [one.row.key for rows in lanes.values() for one in rows]


def fact(kind: str, moment: int = NOON, **body: object) -> Fact:
    return Fact(90, moment, moment, "console", "", "case:1001", kind, body)


def nobody(_person: str) -> bool:
    return False


def test_in_the_order_they_were_raised_each_person_and_channel_by_itself() -> None:
    rows = posted(row("10.0"), row("9.1"), row("9.0"), row("8.0", "sms"), row("11.0", person="he"))
    lanes = ready(rows, NOON, nobody)
    assert {lane: [one.row.key for one in found] for lane, found in lanes.items()} == {
        ("sms", "tan"): ["8.0"],
        ("mail", "tan"): ["9.0", "9.1", "10.0"],
        ("mail", "he"): ["11.0"],
    }


def test_what_waits_for_another_attempt_holds_back_what_came_after_it() -> None:
    rows = posted(row("7.0", next_at=NOON + 60), row("8.0"), row("8.1", "sms"))
    assert keys(ready(rows, NOON, nobody)) == ["8.1"]
    assert sorted(keys(ready(rows, NOON + 60, nobody))) == ["7.0", "8.0", "8.1"]


@pytest.mark.parametrize("end", ["dead", "settled", "reached", "sent"])
def test_what_is_over_holds_back_nothing(end: str) -> None:
    rows = posted(row("7.0", next_at=NOON + 60, **{end: NOON}), row("8.0"))
    assert keys(ready(rows, NOON, nobody)) == ["8.0"]


def test_quiet_hours_hold_back_nothing_that_must_be_known_now() -> None:
    rows = posted(row("7.0"), row("8.0", when="now"), row("9.0"))
    assert keys(ready(rows, NOON, lambda person: person == "tan")) == ["8.0"]


def test_a_customer_has_no_quiet_hours_here_and_a_lane_of_their_own() -> None:
    one = row("7.0", "sms", "", slot=CUSTOMER, to="+8613955501953")
    other = row("8.0", "sms", "", slot=CUSTOMER, to="+8613955501954")
    lanes = ready(posted(one, other), NOON, lambda _: True)
    assert set(lanes) == {("sms", one.to), ("sms", other.to)}


@pytest.mark.parametrize(
    ("hours", "clock", "end"),
    [
        ("22:00-07:00", "23:00:00", "07:00"),
        ("22:00-07:00", "06:59:59", "07:00"),
        ("22:00-07:00", "07:00:00", None),
        ("22:00-07:00", "21:59:59", None),
        ("22:00-07:00", "22:00:00", "07:00"),
        ("12:00 – 13:30, 22:00-07:00", "12:30:00", "13:30"),
        ("00:00-24:00", "12:00:00", "24:00"),
        ("", "12:00:00", None),
        ("at night", "23:00:00", None),
    ],
)
def test_quiet_hours(hours: str, clock: str, end: str | None) -> None:
    moment = at(clock)
    until = quiet_until(hours, moment, "Asia/Shanghai")
    if end is None:
        assert until is None
    else:
        assert until is not None
        assert 0 < until - moment <= DAY
        assert until in (at(f"{end}:00"), at(f"{end}:00", "2026-03-11"))


@pytest.mark.parametrize(
    ("channel", "address"),
    [("mail", "tan@example.org"), ("sms", "13955501953"), ("im", "tan.im")],
)
def test_where_a_row_goes_follows_from_its_channel(channel: str, address: str) -> None:
    assert address_of(row(channel=channel), TAN) == address


@pytest.mark.parametrize(
    ("found", "person", "reason"),
    [
        (row(person=""), None, "nobody"),
        (row(), None, "gone"),
        (row(), Person("tan", "谭工", mail="tan@example.org", active=False), "gone"),
        (row(), Person("tan", "谭工"), "no_address"),
        (row(), Person("tan", "谭工", mail="tan@a\nb"), "bad_address"),
        (row(channel="sms"), Person("tan", "谭工", phone="八千"), "bad_address"),
        (row(channel="sms"), Person("tan", "谭工"), "no_address"),
    ],
)
def test_where_nothing_can_go_it_is_not_tried(
    found: NoticeRow, person: Person | None, reason: str
) -> None:
    problem = address_of(found, person)
    assert isinstance(problem, Problem)
    assert (problem.reason, problem.permanent) == (reason, True)


def test_an_sms_to_a_customer_is_digits_only() -> None:
    customer = row(channel="sms", person="", slot=CUSTOMER, to="+8613955501953")
    assert address_of(customer, None) == "13955501953"
    abroad = row(channel="sms", person="", slot=CUSTOMER, to="+4915550101953")
    assert address_of(abroad, None) == "004915550101953"


@pytest.mark.parametrize(
    "address", ["a@b", "a.b+c@example.org", "o'neil@mail.example.org", "x@[bad", "", "a@b@c"]
)
def test_a_mail_address(address: str) -> None:
    assert is_mail(address) is (address in ("a@b", "a.b+c@example.org", "o'neil@mail.example.org"))


@given(st.text(max_size=40))
def test_no_mail_address_breaks_out_of_a_header(text: str) -> None:
    if is_mail(text):
        assert not set(text) & set(' \r\n\t<>,;:"()[]\\\0')
        assert text.count("@") == 1


def test_patience_doubles_up_to_its_limit_and_ends() -> None:
    retry = Retry(attempts=6, first_wait=60, longest_wait=300)
    assert [retry.wait(n) for n in range(1, 6)] == [60, 120, 240, 300, 300]
    found = [row(failed=n) for n in range(6)]
    kinds = [failed(p, Problem("later"), retry, NOON).kind for p in posted(*found)]
    assert kinds == ["notice_failed"] * 5 + ["notice_dead"]


def test_an_outlet_that_is_down_ends_no_messages_patience() -> None:
    [one] = posted(row(failed=40))
    down = Problem("unreachable", outlet=True)
    assert failed(one, down, Retry(attempts=3), NOON).kind == "notice_failed"
    assert failed(one, down, Retry(attempts=3), NOON + DAY).kind == "notice_dead"


def test_an_attempt_in_vain_says_when_the_next_is() -> None:
    [one] = posted(row(failed=1))
    draft = failed(one, Problem("later", "452 full"), Retry(first_wait=60), NOON)
    assert (draft.kind, draft.at) == ("notice_failed", NOON)
    assert draft.body == {
        "key": "7.0",
        "notice": "breached",
        "reason": "later",
        "detail": "452 full",
        "attempt": 2,
        "again_at": NOON + 120,
    }


def test_a_receiver_may_ask_for_more_time_but_not_for_ever() -> None:
    [one] = posted(row())
    retry = Retry(first_wait=60, longest_wait=600)
    assert failed(one, Problem("later", wait=300), retry, NOON).body["again_at"] == NOON + 300
    assert failed(one, Problem("later", wait=9999), retry, NOON).body["again_at"] == NOON + 600
    assert failed(one, Problem("later", wait=1), retry, NOON).body["again_at"] == NOON + 60


def test_what_would_be_too_old_by_then_is_given_up() -> None:
    [one] = posted(row())
    retry = Retry(first_wait=60, give_up=3600)
    assert failed(one, Problem("later"), retry, NOON + 3540).kind == "notice_failed"
    assert failed(one, Problem("later"), retry, NOON + 3541).kind == "notice_dead"
    assert not is_too_old(one.row, retry, NOON + 3600)
    assert is_too_old(one.row, retry, NOON + 3601)


def test_what_is_written_down_of_a_message_says_which() -> None:
    [one] = posted(row(channel="sms", person="", slot=CUSTOMER, to="+8613955501953"))
    draft = sent(one, "sms#2", NOON)
    assert draft.kind == "message_sent"
    assert draft.body == {"message": "breached", "via": "sms", "key": "7.0", "outlet": "sms#2"}


def test_a_row_follows_its_own_facts_and_no_others() -> None:
    rows = [row("7.0"), row("7.1")]
    follow(rows, fact("notice_failed", key="7.1", reason="later", attempt=1, again_at=NOON + 60))
    follow(rows, fact("notice_sent", key="7.0", role="owner", channel="mail"))
    assert [(one.state, one.tries_at) for one in rows] == [("sent", None), ("waiting", NOON + 60)]
    follow(rows, fact("notice_delivered", key="7.0"))
    follow(rows, fact("notice_dead", key="7.1", reason="refused", detail="550", attempt=2))
    assert [(one.state, one.reason) for one in rows] == [("delivered", ""), ("dead", "refused")]
    follow(rows, fact("role_reached", role="owner", channel="mail"))
    assert [one.state for one in rows] == ["reached", "reached"]


def test_sent_anew_it_begins_anew_under_another_key() -> None:
    rows = [row("7.0", failed=5, dead=NOON, reason="refused")]
    follow(rows, fact("notice_resent", NOON + 9, key="7.0"))
    [one] = rows
    assert (one.state, one.failed, one.reason, one.queued) == ("waiting", 0, "", NOON + 9)
    assert (one.key, one.wire_key, one.tries_at) == ("7.0", "7.0.1", NOON + 9)


def test_only_what_was_touched_is_laid_down_again() -> None:
    hotline = Hotline()
    hotline.classified(NOON)
    raised = hotline.do("urge", "lin", NOON + 30, case=1001)
    case = hotline.case(1001)
    seq = raised[-1].seq
    assert [one.key for one in touched(case, raised)] == [f"{seq}.0", f"{seq}.1"]
    reached = hotline.do("reach", "lin", NOON + 40, case=1001, who="he", channel="phone")
    keys_of = {one.key for one in touched(hotline.case(1001), reached)}
    assert f"{seq}.1" in keys_of
    assert {one.person for one in touched(hotline.case(1001), reached)} == {"he"}
    assert touched(case, hotline.do("note", "lin", NOON + 50, case=1001, text="x")) == []


def test_a_call_to_make_for_a_closed_case_is_nobodys_task_any_more() -> None:
    hotline = Hotline()
    hotline.classified(NOON)
    hotline.do("urge", "lin", NOON + 30, case=1001)
    case = hotline.case(1001)
    [due] = [one for one in case.notices if one.state == "due"]
    assert is_pending(due, case)
    case.attributes["state"] = "closed"
    assert not is_pending(due, case)
    assert is_pending(row(), case)


def test_a_row_is_found_by_its_key() -> None:
    hotline = Hotline()
    case = hotline.classified(NOON)
    found = by_key(case, case.notices[0].key)
    assert found is not None
    assert (found.subject, found.row) == ("case:1001", case.notices[0])
    assert by_key(case, "1.0") is None


BURST = Burst(3, 600)


def sizes(found: list[list[Posted]]) -> list[int]:
    return [len(message) for message in found]


def many(count: int, **known: object) -> list[Posted]:
    return posted(*(row(f"{seq}.0", **known) for seq in range(10, 10 + count)))


@pytest.mark.parametrize(
    ("count", "lately", "sent"),
    [
        (3, 0, [1, 1, 1]),
        (4, 0, [4]),
        (2, 1, [1, 1]),
        (3, 1, [3]),
        (1, 3, []),
        (9, 4, []),
        (MOST_GATHERED + 1, 0, [MOST_GATHERED, 1]),
        (MOST_GATHERED + 1, 2, [MOST_GATHERED]),
    ],
)
def test_what_would_be_one_too_many_is_put_together(
    count: int, lately: int, sent: list[int]
) -> None:
    assert sizes(messages(many(count), lately, BURST)) == sent


def test_what_must_be_known_now_goes_by_itself_whatever_else_waits() -> None:
    rows = [*many(9), *posted(row("30.0", when="now"), row("5.0", when="now"))]
    found = messages(rows, 0, BURST)
    assert [message[0].row.key for message in found] == ["5.0", "10.0", "30.0"]
    assert sizes(found) == [1, 9, 1]
    assert sizes(messages(rows, 3, BURST)) == [1, 1]


def test_what_customers_are_written_is_never_put_together() -> None:
    rows = many(9, slot=CUSTOMER, person="", to="a@b")
    assert sizes(messages(rows, 3, BURST)) == [1] * 9


def test_the_digest_of_a_day_is_not_hidden_in_another() -> None:
    digest = Posted("digest:2026-03-10", row("30.0"))
    assert sizes(messages([*many(9), digest], 0, BURST)) == [9, 1]


def test_nothing_is_put_together_where_that_is_switched_off() -> None:
    assert sizes(messages(many(9), 99, Burst(0))) == [1] * 9


@given(st.lists(st.booleans(), max_size=30), st.integers(0, 9), st.integers(1, 6))
def test_a_burst_is_bounded_and_nothing_of_it_is_lost(
    urgent: list[bool], lately: int, most: int
) -> None:
    rows = posted(
        *(row(f"{seq}.0", when="now" if now else "timely") for seq, now in enumerate(urgent))
    )
    found = messages(rows, lately, Burst(most))
    gathered = [message for message in found if message[0].row.when != "now"]
    assert len(gathered) <= max(0, most - lately)
    listed = [one.row.key for message in found for one in message]
    assert len(listed) == len(set(listed))
    if lately < most:
        assert sorted(listed) == sorted(one.row.key for one in rows)
