"""The digest of a day: what went wrong, what is open, who waits, what comes tomorrow."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from console.config import ConfigError, Digest
from console.desk import Desk, Who
from console.desk.delivery import Delivery
from console.desk.digests import Digests, digest_of, made_at, reader_of
from console.desk.verification import verify
from console.domain.digest import text
from console.domain.moments import parse_moment
from console.installation import open_desk
from console.worker import Worker
from tests.installations import NOON, OPENING, CommandLine, HandSet
from tests.outlets.house import mail_of, outlets, with_mail
from tests.outlets.post_office import PostOffice
from tests.outlets.test_bursts import opened

LIN = Who("lin", "seat 1")
TUESDAY = date(2026, 3, 10)
MINUTE, HOUR = 60, 3600
HALF_PAST_FIVE = parse_moment("2026-03-10 17:30:00", 0)


def configured(data: Path, now: HandSet, to: str = '["dgm", "shift_lead"]') -> Desk:
    """The desk of an installation whose digest goes to somebody."""
    config = data / "console.toml"
    config.write_text(config.read_text("utf-8").replace("to = []", f"to = {to}", 1), "utf-8")
    return open_desk(data, now)


@pytest.fixture
def today(data: Path, now: HandSet) -> Desk:
    """A Tuesday: a case whose limits were broken, a complaint, and a missed call."""
    desk = configured(data, now)
    with_mail(desk)
    opened(desk)
    call = desk.do("ring", {"number": "075555509528"}, LIN).call
    desk.do("miss_call", {"call": call}, LIN)
    complaint = desk.do("open", {**OPENING, "need": "道歉"}, LIN).case
    desk.do("classify", {"case": complaint, "category": "complaint", "division": "meter"}, LIN)
    now.at = HALF_PAST_FIVE - HOUR
    desk.do("record", {"case": complaint, "quality_accident": "yes"}, LIN)
    desk.do("promise", {"case": complaint, "due": HALF_PAST_FIVE + 16 * HOUR, "reason": "查"}, LIN)
    turn(desk)
    now.at = HALF_PAST_FIVE + 5
    return desk


def turn(desk: Desk) -> None:
    """What happened by itself is written down."""
    worker = Worker(desk)
    worker.turn()
    worker.close()


def test_everything_those_who_lead_have_to_know(today: Desk) -> None:
    digest = digest_of(today, TUESDAY, HALF_PAST_FIVE)
    broken = {(one.case, one.rule, one.person): one.by for one in digest.breaches}
    assert broken[1001, "T0-01", "he"] == HALF_PAST_FIVE - NOON - 15 * MINUTE
    assert (0, "T0-03", "") in broken
    assert [(one.case, one.customer) for one in digest.complaints] == [(1002, "长沙公交场站 彭工")]
    assert [(one.number, one.attempts) for one in digest.callers] == [("+8675555509528", 0)]
    assert {("case:1002", "dgm"), ("case:1002", "regional_manager")} <= {
        (one.subject, one.slot) for one in digest.unreached
    }
    promised = (1002, HALF_PAST_FIVE + 16 * HOUR, "lin")
    assert promised in [(one.case, one.due, one.person) for one in digest.coming]
    assert all(HALF_PAST_FIVE < one.due <= digest.until for one in digest.coming)
    assert digest.until == parse_moment("2026-03-12 00:00:00", 0)


def test_it_is_told_as_it_was_however_late(today: Desk, now: HandSet) -> None:
    before = digest_of(today, TUESDAY, HALF_PAST_FIVE)
    now.at = HALF_PAST_FIVE + HOUR
    today.do("contact", {"case": 1001, "by": "he", "apology": "yes"}, LIN)
    debt = before.callers[0].number
    today.do("return_call", {"number": debt, "apology": "yes"}, LIN)
    turn(today)
    assert digest_of(today, TUESDAY, HALF_PAST_FIVE) == before
    after = digest_of(today, TUESDAY, now.at)
    assert after.callers == ()
    assert not [one for one in after.breaches if one.rule == "T0-01" and one.still]


def test_it_goes_out_once_a_day_by_mail(today: Desk, data: Path, now: HandSet) -> None:
    with PostOffice() as office:
        outlets(data, office.table())
        for _ in range(3):
            worker = Worker(today, Delivery(today))
            worker.turn()
            worker.deliver(wait=True)
            worker.close()
            now.at += MINUTE
    for person in ("tao", "lin"):
        [mail] = [one for one in office.to(mail_of(person)) if "in short" in one.text]
        assert mail.message["Subject"].startswith("2026-03-10 in short – ")
        assert "Open complaints (1)" in mail.text
        assert "0755 5550 9528" in mail.text or "+8675555509528" in mail.text
    assert [fact.kind for fact in today.store.load("digest:2026-03-10")] == [
        "notice_raised",
        "notice_sent",
        "notice_sent",
    ]
    assert verify(today).problems == ()


@pytest.mark.parametrize(
    ("moment", "made"),
    [
        ("2026-03-10 17:29:59", False),
        ("2026-03-10 17:30:00", True),
        ("2026-03-10 23:59:59", True),
        ("2026-03-14 17:30:00", False),  # a Saturday
        ("2026-04-06 17:30:00", False),  # a Monday off
        ("2026-05-09 17:30:00", True),  # a Saturday that is worked
    ],
)
def test_on_working_days_from_its_time_on(
    data: Path, now: HandSet, moment: str, made: bool
) -> None:
    desk = configured(data, now)
    now.at = parse_moment(moment, 0)
    digests = Digests(desk)
    facts = digests.note(now.at)
    assert bool(facts) is made
    assert digests.next_at > now.at
    if made:
        assert Digests(desk).note(now.at) == []
        [fact] = facts
        assert [row["person"] for row in fact.body["rows"]] == ["tao", "lin"]
    desk.store.close()


def test_who_fills_two_slots_gets_one_and_a_deputy_the_holders(data: Path, now: HandSet) -> None:
    slots = data / "slots.toml"
    text = slots.read_text("utf-8").replace('"dgm" = "tao"', '"dgm" = ["tao", "lin"]')
    slots.write_text(text, "utf-8")
    desk = configured(data, now)
    desk.do("away", {"until": HALF_PAST_FIVE + HOUR}, Who("tao"))
    now.at = HALF_PAST_FIVE
    [fact] = Digests(desk).note(now.at)
    assert fact.body["rows"] == [
        {"slot": "dgm", "person": "lin", "channel": "mail", "meant": "tao", "why": "away"}
    ]
    desk.store.close()


def test_without_anybody_to_get_it_none_is_made(desk: Desk, now: HandSet) -> None:
    now.at = HALF_PAST_FIVE
    assert Digests(desk).note(now.at) == []
    turn(desk)
    assert desk.store.load("digest:2026-03-10") == []


def test_nothing_to_say_is_one_line(data: Path, now: HandSet) -> None:
    desk = configured(data, now)
    now.at = HALF_PAST_FIVE
    digest = digest_of(desk, TUESDAY, now.at)
    quiet = [one for one in digest.coming if one.case]
    assert quiet == []
    empty = type(digest)(digest.day, digest.at, digest.until)
    for lang in ("zh", "en"):
        written = text(empty, reader_of(desk, desk.viewer(), lang))
        assert written.full == written.short
        assert "\n" not in written.full
    desk.store.close()


def test_as_typed(today: Desk, console: CommandLine) -> None:
    shown = console("show", "digest", who="lin", at="2026-03-10 17:40").out
    assert shown.startswith("2026-03-10 in short\n")
    assert "case 1001" in shown
    data = console.json("show", "digest", "--day", "2026-03-10", who="lin", at="2026-03-10 18:00")
    assert data["at"] == HALF_PAST_FIVE
    assert {one["case"] for one in data["complaints"]} == {1002}
    assert console("show", "digest", "--day", "yesterday", who="lin").code == 1
    masked = console("show", "digest", who="su", at="2026-03-10 17:40").out
    assert "5550" not in masked


def test_before_its_time_it_stands_as_it_is_and_once_raised_as_it_was(today: Desk) -> None:
    assert made_at(today, TUESDAY, NOON) == NOON
    assert made_at(today, TUESDAY, HALF_PAST_FIVE + HOUR) == HALF_PAST_FIVE
    Digests(today).note(HALF_PAST_FIVE + 90)
    assert made_at(today, TUESDAY, HALF_PAST_FIVE + HOUR) == HALF_PAST_FIVE + 90


def test_a_digest_that_cannot_be_delivered_is_shown_and_can_be_laid_aside(
    today: Desk, data: Path, console: CommandLine
) -> None:
    today.do("change_person", {"person": "tao", "mail": ""}, Who("console"))
    with PostOffice() as office:
        outlets(data, office.table())
        assert console("worker", "--once", at="2026-03-10 17:31").code == 0
    [dead] = [
        row for row in console.json("show", "notices", "--dead") if row["case"] == "2026-03-10"
    ]
    assert dead["notice"]["reason"] == "no_address"
    assert "digest of the day" in console("show", "notices", "--dead").out
    key = dead["notice"]["key"]
    answer = console("do", "settle_notice", f"notice={key}", "text=told", who="lin")
    assert answer.code == 0, answer
    assert all(row["case"] != "2026-03-10" for row in console.json("show", "notices", "--dead"))
    assert console("verify").code == 0


@pytest.mark.parametrize(
    "table",
    ['at = "half past"\n', 'to = "dgm"\n', "to = [1]\n", "when = 1\n"],
)
def test_a_mistake_in_the_configuration_is_named(data: Path, now: HandSet, table: str) -> None:
    config = data / "console.toml"
    before = config.read_text("utf-8").partition("[digest]")[0]
    config.write_text(f"{before}[digest]\n{table}", "utf-8")
    with pytest.raises(ConfigError) as error:
        open_desk(data, now)
    assert "console.toml" in str(error.value)


def test_its_defaults() -> None:
    assert Digest() == Digest("17:30", ())
