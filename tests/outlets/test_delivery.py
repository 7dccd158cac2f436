"""From a notice that waits to one that was sent, or that was given up."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.desk import Desk, Who
from console.desk.delivery import Delivery
from console.desk.refolding import PROJECTED
from console.desk.verification import verify
from console.domain.words import M
from console.installation import open_desk
from console.store.errors import StoreError
from console.store.store import Store
from tests.installations import NOON, HandSet
from tests.outlets.house import (
    LIN,
    accident,
    deliver,
    kinds,
    mail_of,
    mails,
    outbox,
    outlets,
    states,
    with_mail,
)
from tests.outlets.post_office import PostOffice
from tests.outlets.receiver import Receiver

FIVE = {"luo", "tan", "yan", "shen", "tao"}
MINUTE, HOUR = 60, 3600


def test_each_of_the_five_gets_one_mail_under_a_key_of_its_own(desk: Desk, data: Path) -> None:
    with_mail(desk)
    number = accident(desk)
    with PostOffice() as office:
        outlets(data, office.table())
        facts = deliver(desk, NOON + 5)
        assert deliver(desk, NOON + 6) == []
    assert {mail.to for mail in office.mails} == {mail_of(one) for one in FIVE}
    assert len({mail.key for mail in office.mails}) == len(office.mails) == 5
    assert len({mail.message["References"] for mail in office.mails}) == 1
    assert set(kinds(facts)) == {"notice_sent"}
    assert {(fact.actor, fact.at) for fact in facts} == {("console", NOON + 5)}
    told = {fact.body["person"]: dict(fact.body) for fact in facts}
    key = next(row.key for row in mails(desk, number) if row.person == "tao")
    body = {"key": key, "role": "dgm", "person": "tao", "channel": "mail", "outlet": "mail"}
    assert told["tao"] == body
    assert states(desk, number) == dict.fromkeys(FIVE, "sent")
    assert outbox(desk) == []
    assert verify(desk).problems == ()


def test_without_outlets_nothing_is_sent_and_nothing_written(desk: Desk, data: Path) -> None:
    with_mail(desk)
    number = accident(desk)
    last = desk.last_seq()
    assert deliver(desk, NOON + 2 * 24 * HOUR) == []
    assert desk.last_seq() == last
    assert set(states(desk, number).values()) == {"waiting"}


def test_a_call_is_for_a_person_to_make(desk: Desk, data: Path) -> None:
    with_mail(desk)
    number = accident(desk)
    with PostOffice() as office:
        outlets(data, office.table())
        deliver(desk, NOON)
    calls = outbox(desk, "phone")
    assert [one.row.state for one in calls] == ["due"] * 4
    assert {one.row.tries_at for one in calls} == {None}
    desk.do("reach", {"case": number, "who": "dgm", "channel": "phone"}, LIN)
    assert len(outbox(desk, "phone")) == 3


def test_one_without_an_address_is_dead_at_once_and_the_board_says_so(
    desk: Desk, data: Path
) -> None:
    with_mail(desk, skip=("yan",))
    number = accident(desk)
    with PostOffice() as office:
        outlets(data, office.table())
        deliver(desk, NOON)
    assert states(desk, number) == dict.fromkeys(FIVE, "sent") | {"yan": "dead"}
    [dead] = outbox(desk)
    assert (dead.row.reason, dead.row.person) == ("no_address", "yan")
    assert "undelivered" in desk.board()[0].marks
    assert verify(desk).problems == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"active": "no"}, "gone"), ({"mail": "yan @example.org"}, "bad_address")],
)
def test_what_can_never_arrive_is_not_tried(
    desk: Desk, data: Path, change: dict[str, str], reason: str
) -> None:
    with_mail(desk)
    number = accident(desk)
    desk.do("change_person", {"person": "yan", **change}, Who("console"))
    with PostOffice() as office:
        outlets(data, office.table())
        deliver(desk, NOON)
    assert states(desk, number)["yan"] == "dead"
    assert outbox(desk)[0].row.reason == reason
    assert len(office.mails) == 4


def test_refused_for_good_is_dead_refused_for_now_is_tried_again(desk: Desk, data: Path) -> None:
    with_mail(desk)
    number = accident(desk)
    with PostOffice() as office:
        outlets(data, office.table(first_wait="2m", longest_wait="5m"))
        refused = office.faults.refused
        refused[mail_of("yan")] = "550 5.1.1 no such user"
        refused[mail_of("luo")] = "452 4.2.2 mailbox full"
        facts = deliver(desk, NOON)
        assert states(desk, number) == dict.fromkeys(FIVE, "sent") | {
            "yan": "dead",
            "luo": "waiting",
        }
        [failed] = [fact.body for fact in facts if fact.kind == "notice_failed"]
        assert (failed["reason"], failed["attempt"]) == ("later", 1)
        assert failed["detail"] == "452 4.2.2 mailbox full"
        assert failed["again_at"] == NOON + 2 * MINUTE
        assert deliver(desk, NOON + 2 * MINUTE - 1) == []
        waits = []
        for _ in range(3):
            [row] = [one.row for one in outbox(desk) if one.row.person == "luo"]
            assert row.next_at is not None
            waits.append((row.next_at - NOON) // MINUTE)
            deliver(desk, row.next_at)
        assert waits == [2, 2 + 4, 2 + 4 + 5]
        refused.clear()
        deliver(desk, NOON + HOUR)
    assert states(desk, number)["luo"] == "sent"
    assert [mail.to for mail in office.mails].count(mail_of("luo")) == 1


def test_after_so_many_attempts_it_is_given_up(desk: Desk, data: Path) -> None:
    with_mail(desk)
    number = accident(desk)
    with PostOffice() as office:
        outlets(data, office.table(attempts=3))
        office.faults.refused[mail_of("luo")] = "451 4.7.1 try later"
        found: list[str] = []
        for minute in (0, 1, 3, 10, 20):
            found += kinds(deliver(desk, NOON + minute * MINUTE))
    assert [kind for kind in found if kind != "notice_sent"] == [
        "notice_failed",
        "notice_failed",
        "notice_dead",
    ]
    assert states(desk, number)["luo"] == "dead"
    assert office.asked[mail_of("luo")] == 3


def test_what_has_waited_too_long_is_not_sent(desk: Desk, data: Path) -> None:
    with_mail(desk)
    number = accident(desk)
    with PostOffice() as office:
        outlets(data, office.table(give_up="2h"))
        facts = deliver(desk, NOON + 2 * HOUR + 1)
    assert set(kinds(facts)) == {"notice_dead"}
    assert {fact.body["reason"] for fact in facts} == {"too_old"}
    assert office.mails == []
    assert set(states(desk, number).values()) == {"dead"}


def test_somebody_may_have_it_sent_anew_under_another_key(desk: Desk, data: Path) -> None:
    with_mail(desk, skip=("yan",))
    number = accident(desk)
    with PostOffice() as office:
        outlets(data, office.table())
        deliver(desk, NOON)
        [dead] = outbox(desk)
        desk.do("change_person", {"person": "yan", "mail": mail_of("yan")}, Who("console"))
        desk.do("resend", {"notice": dead.row.key}, LIN)
        deliver(desk, NOON + 1)
    assert states(desk, number)["yan"] == "sent"
    [mail] = office.to(mail_of("yan"))
    assert f"-{dead.row.key}.1@" in mail.key
    assert "undelivered" not in desk.board()[0].marks
    assert verify(desk).problems == ()


def test_a_later_one_waits_for_an_earlier_one_to_the_same_person(desk: Desk, data: Path) -> None:
    with_mail(desk)
    first, second = accident(desk), accident(desk)
    with PostOffice() as office:
        outlets(data, office.table())
        office.faults.refused[mail_of("luo")] = "451 4.7.1 try later"
        deliver(desk, NOON)
        assert states(desk, second) == dict.fromkeys(FIVE, "sent") | {"luo": "waiting"}
        assert office.asked[mail_of("luo")] == 1
        office.faults.refused.clear()
        deliver(desk, NOON + MINUTE)
        about = [mail.message["References"] for mail in office.to(mail_of("luo"))]
    assert [f"case-{first}@" in about[0], f"case-{second}@" in about[1]] == [True, True]


def test_a_dead_one_holds_nobody_up(desk: Desk, data: Path) -> None:
    with_mail(desk)
    first = accident(desk)
    with PostOffice() as office:
        outlets(data, office.table())
        office.faults.refused[mail_of("luo")] = "550 no"
        deliver(desk, NOON)
        office.faults.refused.clear()
        second = accident(desk)
        deliver(desk, NOON + 1)
    assert (states(desk, first)["luo"], states(desk, second)["luo"]) == ("dead", "sent")


def test_quiet_hours_hold_back_all_but_what_must_be_known_now(
    desk: Desk, data: Path, now: HandSet
) -> None:
    with_mail(desk)
    desk.do("change_person", {"person": "luo", "quiet": "11:00-13:30"}, Who("console"))
    number = accident(desk)
    with PostOffice() as office:
        outlets(data, office.table())
        deliver(desk, NOON)
        assert states(desk, number)["luo"] == "waiting"
        assert len(office.mails) == 4
        now.at = NOON + HOUR
        assert deliver(desk, now.at) == []
        deliver(desk, NOON + 90 * MINUTE)
    assert states(desk, number)["luo"] == "sent"


def test_whoever_was_reached_meanwhile_gets_no_mail(desk: Desk, data: Path) -> None:
    with_mail(desk)
    number = accident(desk)
    desk.do("reach", {"case": number, "who": "regional_manager"}, LIN)
    with PostOffice() as office:
        outlets(data, office.table())
        deliver(desk, NOON)
    assert states(desk, number)["luo"] == "reached"
    assert office.to(mail_of("luo")) == []


def test_an_outlet_that_is_down_is_left_in_peace_and_costs_nobody_an_attempt(
    desk: Desk, data: Path
) -> None:
    with_mail(desk)
    for _ in range(3):
        accident(desk)
    with PostOffice() as office:
        table = office.table(at_once=1)
    outlets(data, table)
    delivery = Delivery(desk)
    facts = delivery.step(NOON, wait=True)
    tried = sum(one.row.failed for one in outbox(desk))
    assert set(kinds(facts)) == {"notice_failed"}
    assert 0 < tried < 5
    assert delivery.step(NOON + 30, wait=True) == []
    assert sum(one.row.failed for one in outbox(desk)) == tried
    delivery.close()


def test_a_hanging_outlet_holds_up_no_other(desk: Desk, data: Path) -> None:
    with_mail(desk)
    number = accident(desk)
    with PostOffice() as office, Receiver() as receiver:
        receiver.slow = 0.8
        hook = f'[im]\nkind = "webhook"\nurl = "{receiver.url}/{{address}}"\n'
        desk.do("change_person", {"person": "tan", "im": "tan-555"}, Who("console"))
        outlets(data, hook, office.table())
        delivery = Delivery(desk)
        facts = delivery.step(NOON)
        while {"waiting"} & set(states(desk, number).values()):
            facts += delivery.step(NOON)
        assert [fact.body["channel"] for fact in facts if fact.kind == "notice_sent"] == [
            "mail"
        ] * 5
        delivery.step(NOON, wait=True)
        delivery.close()
    assert [request.path for request in receiver.requests] == ["/tan-555"]


def test_what_cannot_be_written_down_is_not_sent(
    desk: Desk, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_mail(desk)
    accident(desk)
    with PostOffice() as office:
        outlets(data, office.table())

        def full(_store: Store) -> None:
            raise StoreError(M("The disk is full; nothing was written."), M("Free some."))

        delivery = Delivery(desk)
        with monkeypatch.context() as patch:
            patch.setattr(Store, "writing", full)
            with pytest.raises(StoreError):
                delivery.step(NOON, wait=True)
        assert office.mails == []
        delivery.step(NOON, wait=True)
        delivery.close()
    assert len(office.mails) == 5


def test_an_outcome_that_could_not_be_written_is_written_later_and_nothing_sent_again(
    desk: Desk, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_mail(desk)
    number = accident(desk)
    with PostOffice() as office:
        outlets(data, office.table())
        delivery = Delivery(desk)
        delivery.step(NOON)

        def full(*_: object) -> None:
            raise OSError("disk full")

        with monkeypatch.context() as patch:
            patch.setattr("console.desk.delivery.write", full)
            with pytest.raises(StoreError):
                delivery.step(NOON, wait=True)
        delivery.step(NOON, wait=True)
        delivery.close()
    assert set(states(desk, number).values()) == {"sent"}
    assert len(office.mails) == 5


def test_one_process_at_a_time_sends(desk: Desk, data: Path) -> None:
    with_mail(desk)
    accident(desk)
    with PostOffice() as office:
        outlets(data, office.table())
        first, second = Delivery(desk), Delivery(desk)
        assert first.step(NOON - 1) == []
        assert second.step(NOON, wait=True) == []
        assert office.mails == []
        first.close()
        assert kinds(second.step(NOON, wait=True)) == ["notice_sent"] * 5
        second.close()


def test_a_change_of_the_file_is_taken_up_and_a_mistake_in_it_stops_nothing(
    desk: Desk, data: Path
) -> None:
    with_mail(desk)
    delivery = Delivery(desk)
    with PostOffice() as office:
        first = accident(desk)
        assert delivery.step(NOON, wait=True) == []
        outlets(data, office.table())
        delivery.step(NOON, wait=True)
        assert set(states(desk, first).values()) == {"sent"}
        outlets(data, office.table(), "[mail]\n")
        second = accident(desk)
        delivery.step(NOON + 1, wait=True)
        assert delivery.problem is not None
        assert set(states(desk, second).values()) == {"sent"}
    delivery.close()


def test_what_is_under_way_by_an_outlet_that_is_replaced_is_not_sent_by_the_next_too(
    desk: Desk, data: Path
) -> None:
    with_mail(desk)
    number = accident(desk)
    with PostOffice() as office:
        office.faults.slow = 0.3
        outlets(data, office.table())
        delivery = Delivery(desk)
        delivery.step(NOON)
        outlets(data, office.table(attempts=5))
        delivery.step(NOON, wait=True)
        delivery.close()
    assert set(states(desk, number).values()) == {"sent"}
    assert len(office.mails) == 5


def test_what_is_under_way_when_it_stops_is_written_down(desk: Desk, data: Path) -> None:
    with_mail(desk)
    number = accident(desk)
    with PostOffice() as office:
        outlets(data, office.table(at_once=2))
        delivery = Delivery(desk)
        delivery.step(NOON)
        delivery.close()
    sent = [person for person, state in states(desk, number).items() if state == "sent"]
    assert sorted(mail.to for mail in office.mails) == sorted(map(mail_of, sent))
    assert sent


def test_the_same_key_brings_the_same_words_however_late(desk: Desk, data: Path) -> None:
    with_mail(desk)
    number = accident(desk)
    with PostOffice() as office:
        outlets(data, office.table())
        office.faults.lose_answer = 1
        deliver(desk, NOON)
        desk.do("record", {"case": number, "reason": "another reason", "employer": "X"}, LIN)
        deliver(desk, NOON + MINUTE)
    twice = [mail for mail in office.mails if len(office.to(mail.to)) == 2]
    assert len(twice) == 2
    first, second = twice
    assert (first.key, first.text) == (second.key, second.text)
    assert first.message["Subject"] == second.message["Subject"]


def test_verify_names_what_was_changed_behind_its_back(desk: Desk, data: Path) -> None:
    accident(desk)
    first, second, *_ = (one.row.key for one in outbox(desk))
    execute = desk.store._writer.execute
    execute("UPDATE outbox SET person = 'tan' WHERE key = ?", (first,))
    execute("DELETE FROM outbox WHERE key = ?", (second,))
    execute(
        "INSERT INTO outbox SELECT '9.9', subject, person, channel, state, next_at, row "
        "FROM outbox WHERE key = ?",
        (first,),
    )
    said = [dict(problem.args) for problem in verify(desk).problems]
    assert said == [{"table": "outbox", "key": key} for key in (first, second, "9.9")]


def test_a_store_without_an_outbox_gets_one_from_its_journal(desk: Desk, data: Path) -> None:
    accident(desk)
    before = desk.store.outbox()
    desk.store._writer.execute("DELETE FROM outbox")
    desk.store._writer.execute("DELETE FROM meta WHERE key = ?", (PROJECTED,))
    desk.store.close()
    again = open_desk(data)
    assert again.store.outbox() == before
    assert len(before) > 5
    again.store.close()
