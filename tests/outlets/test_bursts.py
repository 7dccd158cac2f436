"""However much happens at once, nobody is flooded, and nothing is lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from console.desk import Desk, Who
from console.desk.delivery import Delivery
from console.desk.lately import LATELY
from console.desk.verification import verify
from console.domain.notices import NoticeRow
from console.installation import open_desk
from console.worker import Worker
from tests.installations import NOON, OPENING, HandSet
from tests.outlets.house import LIN, accident, deliver, mail_of, mails, outlets, states, with_mail
from tests.outlets.post_office import PostOffice

MINUTE, HOUR = 60, 3600
FIVE = {"luo", "tan", "yan", "shen", "tao"}


def opened(desk: Desk) -> int:
    """A case that an engineer has, with a quarter of an hour to go. -> its number."""
    call = desk.do("ring", {"number": OPENING["contact_phone"]}, LIN).call
    desk.do("answer", {"call": call}, LIN)
    number = desk.do("open", {"call": call, **OPENING}, LIN).case
    desk.do("end_call", {"call": call}, LIN)
    typed = {"case": number, "category": "technical", "division": "charging_pile"}
    desk.do("classify", typed, LIN)
    desk.do("assign", {"case": number}, LIN)
    return number


def work(desk: Desk) -> None:
    """One turn of a worker that sends."""
    worker = Worker(desk, Delivery(desk))
    worker.turn()
    worker.deliver(wait=True)
    worker.close()


def breached(desk: Desk, number: int) -> list[NoticeRow]:
    """The mails about limits that were broken."""
    rows = mails(desk, number)
    return [row for row in rows if any(one.notice == "breached" for one in row.grounds)]


def test_two_hundred_cases_broken_at_once_are_a_few_mails(
    desk: Desk, data: Path, now: HandSet
) -> None:
    with_mail(desk)
    numbers = [opened(desk) for _ in range(200)]
    with PostOffice() as office:
        outlets(data, office.table())
        now.at = NOON + HOUR
        work(desk)
        sent = Counter(mail.to for mail in office.mails)
        work(desk)
        assert len(office.mails) == sum(sent.values())
    rows = [row for number in numbers for row in breached(desk, number)]
    told = {row.person for row in rows}
    assert {"lin", "he", "yan"} <= told
    assert len(rows) == len(told) * 200
    assert {row.state for row in rows} == {"sent"}
    assert sent == Counter({mail_of(person): 2 for person in told})
    subject = office.to(mail_of("yan"))[0].message["Subject"]
    assert subject.startswith("100 notices, cases 1001, 1002, ")
    text = office.to(mail_of("yan"))[0].text
    assert "… and 50 more" in text
    assert sum(line.startswith("- ") for line in text.splitlines()) == 50
    assert verify(desk).problems == ()


def test_the_first_few_go_by_themselves_the_rest_together_when_the_time_is_over(
    desk: Desk, data: Path
) -> None:
    with_mail(desk)
    with PostOffice() as office:
        outlets(data, office.table())
        first = [accident(desk) for _ in range(5)]
        deliver(desk, NOON)
        assert Counter(mail.to for mail in office.mails) == {mail_of(one): 5 for one in FIVE}
        later = [accident(desk) for _ in range(3)]
        deliver(desk, NOON + 9 * MINUTE)
        assert len(office.mails) == 25
        assert {state for one in later for state in states(desk, one).values()} == {"waiting"}
        deliver(desk, NOON + 10 * MINUTE)
    assert Counter(mail.to for mail in office.mails) == {mail_of(one): 8 for one in FIVE}
    assert {state for one in (*first, *later) for state in states(desk, one).values()} == {"sent"}


def test_once_the_limit_is_reached_the_rest_is_one_mail(desk: Desk, data: Path) -> None:
    with_mail(desk)
    with PostOffice() as office:
        outlets(data, office.table())
        accident(desk)
        deliver(desk, NOON)
        more = [accident(desk) for _ in range(6)]
        deliver(desk, NOON + MINUTE)
        [_, gathered] = office.to(mail_of("luo"))
        deliver(desk, NOON + 2 * MINUTE)
        assert len(office.to(mail_of("luo"))) == 2
    assert gathered.message["Subject"] == f"6 notices, cases {', '.join(map(str, more))}"
    for number in more:
        assert str(number) in gathered.text
        [fact] = [
            fact
            for fact in desk.store.load(f"case:{number}")
            if fact.kind == "notice_sent" and fact.body["person"] == "luo"
        ]
        assert fact.at == NOON + MINUTE


def test_a_gathered_mail_that_fails_is_tried_again_as_it_was(desk: Desk, data: Path) -> None:
    with_mail(desk)
    with PostOffice() as office:
        outlets(data, office.table())
        numbers = [accident(desk) for _ in range(6)]
        office.faults.refused[mail_of("luo")] = "451 4.7.1 try later"
        deliver(desk, NOON)
        assert {states(desk, number)["luo"] for number in numbers} == {"waiting"}
        assert office.asked[mail_of("luo")] == 1
        office.faults.refused.clear()
        office.faults.lose_answer = 1
        deliver(desk, NOON + MINUTE)
        deliver(desk, NOON + 2 * MINUTE)
        deliver(desk, NOON + 4 * MINUTE)
    assert {states(desk, number)["luo"] for number in numbers} == {"sent"}
    first, second = office.to(mail_of("luo"))
    assert (first.key, first.text) == (second.key, second.text)


def test_who_has_no_address_gets_no_gathered_mail_either(desk: Desk, data: Path) -> None:
    with_mail(desk, skip=("yan",))
    with PostOffice() as office:
        outlets(data, office.table())
        numbers = [accident(desk) for _ in range(6)]
        deliver(desk, NOON)
    assert {states(desk, number)["yan"] for number in numbers} == {"dead"}
    assert {states(desk, number)["tao"] for number in numbers} == {"sent"}


def test_what_is_too_old_is_not_listed(desk: Desk, data: Path, now: HandSet) -> None:
    with_mail(desk)
    old = accident(desk)
    now.at = NOON + 2 * HOUR
    new = [accident(desk) for _ in range(6)]
    with PostOffice() as office:
        outlets(data, office.table(give_up="1h"))
        deliver(desk, now.at)
    assert set(states(desk, old).values()) == {"dead"}
    assert {state for one in new for state in states(desk, one).values()} == {"sent"}
    [mail] = office.to(mail_of("luo"))
    assert mail.message["Subject"].startswith("6 notices")


def test_what_the_store_remembers_of_bursts_is_checked(desk: Desk, data: Path) -> None:
    with_mail(desk)
    accident(desk)
    with PostOffice() as office:
        outlets(data, office.table())
        deliver(desk, NOON)
    assert "mail luo" in desk.store.meta(LATELY)
    desk.store._writer.execute("UPDATE meta SET value = 'x' WHERE key = ?", (LATELY,))
    assert [dict(problem.args)["key"] for problem in verify(desk).problems] == [LATELY]
    with PostOffice() as office:
        outlets(data, office.table())
        accident(desk)
        deliver(desk, NOON + MINUTE)
    assert len(office.mails) == 5


def test_limits_broken_together_are_one_mail_that_lists_them(
    desk: Desk, data: Path, now: HandSet
) -> None:
    with_mail(desk)
    opened(desk)
    with PostOffice() as office:
        outlets(data, office.table())
        now.at = NOON + 16 * MINUTE
        work(desk)
    [mail] = office.to(mail_of("lin"))
    for limit in ("T0-01", "T0-02"):
        assert limit in mail.text
    assert "Also:" in mail.text


def test_after_an_outage_nobody_is_warned_of_what_has_happened(
    desk: Desk, data: Path, now: HandSet
) -> None:
    numbers = [opened(desk) for _ in range(3)]
    now.at = NOON + HOUR
    work(desk)
    for number in numbers:
        warned = [row for row in desk.case(number).notices if row.warns]
        assert warned
        assert {(row.state, row.reason) for row in warned} == {("settled", "superseded")}
    assert verify(desk).problems == ()


def test_a_custodian_reads_whose_case_it_is_and_a_deputy_for_whom(
    desk: Desk, data: Path, now: HandSet
) -> None:
    with_mail(desk)
    number = opened(desk)
    desk.do("take_custody", {"case": number}, Who("zhou"))
    until = NOON + HOUR
    desk.do("away", {"until": until, "deputy": "shen"}, Who("yan"))
    with PostOffice() as office:
        outlets(data, office.table())
        now.at = NOON + 16 * MINUTE
        work(desk)
    [to_custodian] = office.to(mail_of("zhou"))
    assert "You have custody; 林晓 Lin stays the owner." in to_custodian.text
    [to_deputy] = office.to(mail_of("shen"))
    assert "In place of 严经理 Yan, who is away." in to_deputy.text
    assert office.to(mail_of("yan")) == []


@pytest.mark.parametrize("burst", [0, 2])
def test_how_many_is_a_burst_is_configured(desk: Desk, data: Path, burst: int) -> None:
    config = data / "console.toml"
    config.write_text(config.read_text("utf-8").replace("burst = 5", f"burst = {burst}"), "utf-8")
    again = open_desk(data, desk.now)
    with_mail(again)
    for _ in range(3):
        accident(again)
    with PostOffice() as office:
        outlets(data, office.table())
        deliver(again, NOON)
    again.store.close()
    assert len(office.to(mail_of("luo"))) == (3 if burst == 0 else 1)
