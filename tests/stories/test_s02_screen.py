"""S-02, steps 3 to 5, at the seat: everything Zhou does is done by the keys of one screen, and
every clock is read from it, to the second."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.pilot import Pilot

from console.app import SeatApp
from console.desk import Desk
from console.desk.verification import verify
from console.screens.incident import IncidentScreen
from console.screens.report import ReportForm
from console.widgets.page import Page
from tests.incidents import FIVE, Saturday
from tests.installations import HandSet
from tests.screens.hotline import LARGE, seat, settled


@pytest.fixture
def saturday(desk: Desk, now: HandSet) -> Iterator[Saturday]:
    lease = desk.lease("worker")
    assert lease.take()
    saturday = Saturday(desk, now)
    saturday.recognised()
    yield saturday
    lease.release()


class Play:
    """Zhou at the screen of the incident, minute by minute."""

    def __init__(self, saturday: Saturday, app: SeatApp, pilot: Pilot[int]) -> None:
        self.saturday, self.app, self.pilot = saturday, app, pilot

    async def at(self, time: str, *keys: str) -> None:
        """It is this time; then Zhou presses these keys."""
        self.saturday.at(time)
        if isinstance(self.app.screen, IncidentScreen):
            self.app.screen.show()
        await self.pilot.press(*keys)
        await settled(self.app, self.pilot)

    def choose(self, person: str) -> None:
        self.app.screen.query_one("#incident_page", Page).choose(f"ring:phone:{person}")

    @property
    def next(self) -> str:
        return self.app.screen.query_one("#incident_page", Page).key

    def line(self, part: str) -> str:
        page = self.app.screen.query_one("#incident_page", Page)
        found = next(line for line in page.text.splitlines() if part in line)
        return " ".join(found.split())

    def clock(self, rule: str) -> tuple[str, int | None]:
        """(state, due) of the latest clock of a rule, as the fold has it."""
        [*_, clock] = [c for c in self.saturday.case.clocks if c.timer.rule == rule]
        return clock.state(self.saturday.now.at), clock.due


async def step_4(play: Play) -> None:
    await play.at("10:46:30", "i")
    await play.at("10:47:00", "r")
    play.choose("yan")
    await play.at("10:48:00", "r")
    play.choose("luo")
    await play.at("10:49:00", "n")
    play.choose("hou")
    await play.at("10:51:00", "r")
    await play.at("10:55:00", "n")


async def test_step_3_what_the_screen_shows_two_and_a_half_minutes_after_the_tick(
    saturday: Saturday,
) -> None:
    async with seat(saturday.desk, person="zhou", size=LARGE) as (app, pilot):
        play = Play(saturday, app, pilot)
        await play.at("10:46:30", "i")
        assert "first to know 周宁 Zhou known since 10:44:00" in play.line("first to know")
        assert play.line("T0-23") == "▲ +02:30 tell the DGM at once at once target 10:49:00 T0-23"
        phones = "▲ +02:30 phone four at once at once 0/4 target 10:49:00 T0-24"
        assert play.line("T0-24") == phones
        assert play.line("T0-25") == "57:30 mail five within 1 h running due 11:44:00 T0-25"
        assert play.line("F0-22").endswith("57:30 due 11:44:00 not written")
        assert play.next == "ring:phone:tao", "the DGM first"
        for rule in ("T0-01", "T0-02"):
            assert play.clock(rule) == ("running", saturday.moment("11:01:00"))


async def test_step_4_three_of_four_and_one_who_does_not_answer(saturday: Saturday) -> None:
    async with seat(saturday.desk, person="zhou", size=LARGE) as (app, pilot):
        play = Play(saturday, app, pilot)
        await play.at("10:46:30", "i")
        await play.at("10:47:00", "r")
        assert play.line("T0-23") == "✓ tell the DGM at once met in time 10:47:00 T0-23"
        assert play.next == "ring:phone:luo"
        play.choose("yan")
        await play.at("10:48:00", "r")
        assert play.line("By telephone").startswith("By telephone 2/4")
        assert play.next == "ring:phone:luo"
        await play.at("10:49:00", "n")
        told = "· regional manager 罗区域 Luo 139 5555 0000 no answer 10:49:00"
        assert play.line("罗区域") == f"{told} staff out of contact 1:00:00 (11:49:00 T0-07)"
        assert play.next == "ring:phone:hou"
        await play.at("10:51:00", "r")
        assert play.next == "ring:phone:luo", "nobody else is left"
        await play.at("10:55:00", "n")
        assert "no answer 10:49:00, 10:55:00" in play.line("罗区域")
        alarm = play.line("T0-07")
        assert alarm == "staff out of contact 54:00 (11:49:00 T0-07)", "from the first attempt"
        phones = "▼ +11:00 phone four at once past the target 3/4 target 10:49:00 T0-24"
        assert play.line("T0-24") == phones
        assert play.clock("T0-24") == ("behind", saturday.moment("10:49:00"))
        assert play.clock("T0-07") == ("running", saturday.moment("11:49:00"))
        for person, time in (
            ("陶副总", "10:47:00"),
            ("严经理", "10:48:00"),
            ("侯主任", "10:51:00"),
        ):
            assert play.line(person).endswith(f"reached {time} by 周宁 Zhou")
        assert play.line("By telephone").startswith("By telephone 3/4")


async def test_step_4_he_calls_back_and_all_four_know(saturday: Saturday) -> None:
    async with seat(saturday.desk, person="zhou", size=LARGE) as (app, pilot):
        play = Play(saturday, app, pilot)
        await step_4(play)
        await play.at("11:19:59")
        assert play.line("T0-07") == "staff out of contact 29:01 (11:49:00 T0-07)"
        await play.at("11:20:00", "r")
        assert play.line("By telephone").startswith("By telephone 4/4")
        assert play.line("T0-24") == "✓ phone four at once met in time 4/4 11:20:00 T0-24"
        assert "T0-07" not in app.screen.query_one("#incident_page", Page).text
        assert play.clock("T0-07") == ("met", saturday.moment("11:49:00"))
        assert play.next == "report:incident_report", "what is left is the report"


async def test_step_5_the_report_goes_to_the_five_with_fifteen_minutes_left(
    saturday: Saturday,
) -> None:
    async with seat(saturday.desk, person="zhou", size=LARGE) as (app, pilot):
        play = Play(saturday, app, pilot)
        await step_4(play)
        saturday.at("10:58:00")
        saturday.do("contact", "pan", case=saturday.number)
        saturday.at("10:59:00")
        saturday.do("verify", case=saturday.number, answer="yes")
        app.feed.look()
        await pilot.pause()
        for rule in ("T0-01", "T0-02"):
            assert play.clock(rule) == ("met", saturday.moment("11:01:00"))
        await play.at("11:20:00", "r")
        await play.at("11:27:00", "m")
        form = app.screen
        assert isinstance(form, ReportForm)
        for key, text in (("incident_facts", "1260块表时钟跳变"), ("impact", "影响采集")):
            form.sheet.go_to(key)
            await pilot.pause()
            form.sheet.field(key).insert(text)  # type: ignore[union-attr]
        await play.at("11:28:30", "f10")
        await play.at("11:29:00", "f10")
        assert play.line("F0-22") == "✓ one-hour report F0-22 sent 11:29:00"
        assert play.line("T0-25") == "✓ mail five within 1 h met in time 11:29:00 T0-25"
        assert play.clock("T0-25") == ("met", saturday.moment("11:44:00"))
        case = saturday.case
        assert case.value("impact") == "影响采集"
        assert case.owner == "zhou"
        [*_, mailing] = saturday.incident.mails
        assert (mailing.notice, tuple(row.person for row in mailing.rows)) == (
            "incident_report",
            FIVE,
        )
        assert {row.due for row in mailing.rows} == {saturday.moment("11:29:00")}
        fact = case.happened("form_completed")
        assert fact is not None
        assert (fact.at, fact.actor, fact.body) == (
            saturday.moment("11:29:00"),
            "zhou",
            {"form": "incident_report"},
        )


async def test_the_report_is_late_by_the_second(saturday: Saturday) -> None:
    async with seat(saturday.desk, person="zhou", size=LARGE) as (app, pilot):
        play = Play(saturday, app, pilot)
        await play.at("10:46:30", "i")
        await play.at("11:44:00")
        assert "00:00" in play.line("T0-25")
        assert play.clock("T0-25")[0] == "amber"
        await play.at("11:44:01")
        assert play.line("T0-25").startswith("! -00:01")
        assert play.clock("T0-25")[0] == "breached"


async def test_the_whole_story_is_sound(saturday: Saturday) -> None:
    async with seat(saturday.desk, person="zhou", size=LARGE) as (app, pilot):
        await step_4(Play(saturday, app, pilot))
    assert verify(saturday.desk).problems == ()
