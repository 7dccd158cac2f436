"""Deputies, custody, the roster and the worker: who is told in an installation, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console import config
from console.config import ConfigError, Escalation
from console.desk import Desk, Who
from console.desk.verification import verify
from console.domain.notices import NoticeRow
from console.domain.recipients import Patience
from console.installation import open_desk
from console.speech import Speech
from console.worker import Worker
from tests.installations import NOON, CommandLine, HandSet
from tests.outlets.house import accident

MINUTE, HOUR = 60, 3600
SAY = Speech("en").say


def with_deputies(data: Path, **slots: str) -> None:
    """Change entries of `slots.toml`."""
    path = data / "slots.toml"
    lines = path.read_text("utf-8").splitlines()
    kept = [line for line in lines if line.partition(" ")[0].strip('"') not in slots]
    path.write_text("\n".join([*kept, *(f'"{k}" = {v}' for k, v in slots.items())]), "utf-8")


@pytest.fixture
def house(data: Path, now: HandSet) -> Iterator[Desk]:
    """An installation in which two stand in for the deputy general manager."""
    with_deputies(data, dgm='["tao", "wen", "shen"]')
    desk = open_desk(data, now)
    yield desk
    desk.store.close()


def pass_time(desk: Desk, now: HandSet, minutes: int) -> None:
    """Let so many minutes go by, a worker looking every minute."""
    for _ in range(minutes):
        now.at += MINUTE
        worker = Worker(desk)
        worker.turn()
        worker.close()


def phoned(desk: Desk, number: int) -> dict[str, NoticeRow]:
    rows = desk.case(number).notices
    return {row.person: row for row in rows if row.channel == "phone"}


def test_the_first_of_a_slot_holds_it_the_others_stand_in(house: Desk) -> None:
    assert house.config.slots["dgm"] == "tao"
    assert house.config.deputies == {"dgm": ("wen", "shen")}
    assert house.directory.resolve("dgm", {}) == "tao"


@pytest.mark.parametrize("entry", ["[]", "7", '["tao", 7]', "{}"])
def test_a_slot_is_one_person_or_several(data: Path, entry: str) -> None:
    with_deputies(data, dgm=entry)
    with pytest.raises(ConfigError) as error:
        config.load(data)
    assert "[slots]" in str(error.value)


def test_whom_nobody_knows_is_named_by_warnings_and_doctor(
    data: Path, console: CommandLine, now: HandSet
) -> None:
    with_deputies(data, dgm='["tao", "wenn"]', gm='"goa"')
    desk = open_desk(data, now)
    told = [SAY(one) for one in desk.warnings()]
    assert told == [
        "slots.toml: “gm” names goa, whom nobody knows.",
        "slots.toml: “dgm” names wenn, whom nobody knows.",
    ]
    desk.store.close()
    answer = console("doctor")
    assert answer.code == 1
    assert all(one in answer.out for one in told)
    assert "console people add" in answer.out


def test_the_doctor_of_a_house_where_everybody_is_known(console: CommandLine) -> None:
    assert "Everybody the slots name is known." in console("doctor").out


def test_nobody_reaches_the_manager_so_the_deputies_are_told_and_then_the_lead(
    house: Desk, now: HandSet
) -> None:
    number = accident(house)
    pass_time(house, now, 14)
    assert set(phoned(house, number)) == {"luo", "hou", "yan", "tao"}
    pass_time(house, now, 1)
    rows = phoned(house, number)
    assert (rows["wen"].meant, rows["wen"].due) == ("tao", NOON + 15 * MINUTE)
    pass_time(house, now, 15)
    assert phoned(house, number)["shen"].meant == "wen"
    lead = phoned(house, number)["lin"]
    assert {ground.meant for ground in lead.grounds} == {"luo", "hou", "yan"}
    assert {ground.slot for ground in lead.grounds} == {"shift_lead"}
    pass_time(house, now, 60)  # the shift lead has been told of it: nobody is left after shen
    assert phoned(house, number)["shen"].delegated is None
    facts = [f for f in house.store.load(f"case:{number}") if f.kind == "notice_delegated"]
    assert [
        (fact.body["from"], fact.body["to"]) for fact in facts if fact.body["slot"] == "dgm"
    ] == [
        ("tao", "wen"),
        ("wen", "shen"),
    ]
    assert verify(house).problems == ()


def test_whoever_is_reached_ends_it(house: Desk, now: HandSet) -> None:
    number = accident(house)
    for who in ("regional_manager", "office_director", "technical_support_manager", "dgm"):
        typed = {"case": number, "who": who, "channel": "phone"}
        house.do("reach", typed, Who("lin"))
    before = house.last_seq()
    pass_time(house, now, 5)
    told = house.follow(before)
    assert not [fact for fact in told if fact.kind in ("notice_repeated", "notice_delegated")]


@pytest.mark.parametrize(
    ("typed", "person", "meant", "why"),
    [
        ({"until": NOON + HOUR}, "wen", "tao", "away"),
        ({"until": NOON + HOUR, "deputy": "gao"}, "gao", "tao", "away"),
        ({"until": NOON + 1}, "tao", "", ""),
    ],
)
def test_the_manager_is_away(
    house: Desk, now: HandSet, typed: dict[str, object], person: str, meant: str, why: str
) -> None:
    house.do("away", typed, Who("tao"))
    now.at = NOON + 2
    row = phoned(house, accident(house))[person]
    assert (row.slot, row.meant, row.why) == ("dgm", meant, why)


def test_the_manager_is_back(house: Desk, now: HandSet) -> None:
    house.do("away", {"until": NOON + HOUR}, Who("tao"))
    now.at = NOON + MINUTE
    house.do("back", {}, Who("tao"))
    assert "tao" in phoned(house, accident(house))
    assert verify(house).problems == ()


def test_the_manager_has_left(house: Desk) -> None:
    house.do("change_person", {"person": "tao", "active": "no"}, Who("console"))
    assert phoned(house, accident(house))["wen"].why == "left"


def test_the_manager_is_off_by_the_roster(house: Desk, data: Path) -> None:
    turns = ("2026-03-10,08:30,18:00,duty-1,shen,", "2026-03-11,08:30,18:00,duty-1,tao,")
    roster = "\n".join(("date,from,to,seat,person,phone", *turns)) + "\n"
    (data / "roster.csv").write_text(roster, "utf-8")
    row = phoned(house, accident(house))["wen"]
    assert (row.meant, row.why) == ("tao", "off")


def test_who_acts_for_a_post_is_told_in_its_place(house: Desk, now: HandSet) -> None:
    typed = {"slot": "gm", "to": "tao", "until": "+2d", "reason": "leave"}
    house.do("delegate", typed, Who("gao"))
    world = house.world(house.store)
    found = world.recipients.of("gm", {"line": "power"}, now.at)
    assert (found.person, found.meant, found.why) == ("tao", "gao", "acting")


def test_the_owner_stays_accountable_while_another_has_custody(
    house: Desk, now: HandSet, console: CommandLine
) -> None:
    number = accident(house)
    house.do("assign", {"case": number}, Who("lin"))
    house.do("take_custody", {"case": number}, Who("zhou"))
    house.do("offer_transfer", {"case": number, "to": "tan", "summary": "过温"}, Who("he"))
    house.do("refuse_transfer", {"case": number, "reason": "不熟"}, Who("tan"))
    [row] = [one for one in house.case(number).notices if one.notice == "refused"]
    assert (row.slot, row.person, row.meant, row.why) == ("owner", "zhou", "lin", "custody")
    told = console("why", str(number), "refused").out
    assert "owner is 林晓 Lin and stays accountable; 周宁 Zhou has custody (D-19)" in told


def test_how_patient_an_installation_is(data: Path, now: HandSet) -> None:
    path = data / "console.toml"
    text = path.read_text("utf-8")
    text = text.replace("delegate_after = 15", "delegate_after = 3")
    path.write_text(text.replace("repeat_every = 5", "repeat_every = 0"), "utf-8")
    desk = open_desk(data, now)
    number = accident(desk)
    pass_time(desk, now, 3)
    assert "lin" in phoned(desk, number)
    kinds = {fact.kind for fact in desk.store.load(f"case:{number}")}
    assert "notice_repeated" not in kinds
    desk.store.close()


def test_the_defaults() -> None:
    assert Escalation().patience == Patience(15 * MINUTE, 5 * MINUTE)
    assert (Escalation().burst, Escalation().burst_within) == (5, 10)


@pytest.mark.parametrize("line", ["delegate_after = -1", "burst = true", "patience = 3"])
def test_a_mistake_is_named(data: Path, line: str) -> None:
    path = data / "console.toml"
    path.write_text(path.read_text("utf-8").replace("burst = 5", line), "utf-8")
    with pytest.raises(ConfigError):
        config.load(data)
