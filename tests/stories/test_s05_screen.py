"""S-05, step 3, at the seat: the site is told of a solution by mail and by telephone, and one
of both is half of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.desk import Desk
from console.installation import open_desk
from console.screens.incident import IncidentScreen
from console.widgets.page import Page
from tests.incidents import Saturday, enabled
from tests.installations import HandSet
from tests.screens.hotline import LARGE, seat, settled, shown
from tests.stories.test_s05 import REQ_214, WHAT


@pytest.fixture
def thursday(data: Path, now: HandSet) -> Iterator[Saturday]:
    """11 June: a requirement that was accepted, and the solution given at 16:45."""
    enabled(data, "power", "emr")
    desk: Desk = open_desk(data, now)
    lease = desk.lease("worker")
    assert lease.take()
    day = Saturday(desk, now, "2026-06-11")
    day.at("09:00:00")
    day.number = day.do("open", "gu", **REQ_214).case
    number = day.number
    day.do("classify", "gu", case=number, category="technical", **WHAT)
    day.do("record", "gu", case=number, scenario="出院当天打印")
    day.do("assign", "gu", case=number, to="gu")
    for key in ("requirement_submitted", "requirement_accepted"):
        day.do("act", "gu" if key.endswith("submitted") else "fan", case=number, act=key)
    typed = {"form": "form_apply", "doc_no": "REQ-214-1", "signed_on": "2026-06-11"}
    day.do("fill_form", "song", case=number, **typed)
    day.do("step_form", "song", case=number, form="form_apply")
    day.do("act", "fan", case=number, act="requirement_discussed")
    day.at("16:45:00")
    day.do("act", "fan", case=number, act="solution_received", solution="按科室合并模板")
    yield day
    lease.release()
    desk.store.close()


def state(day: Saturday) -> tuple[str, int | None, tuple[int, int]]:
    [clock] = [one for one in day.case.clocks if one.timer.rule == "T1-05"]
    return clock.state(day.now.at), clock.due, clock.progress()


async def test_one_telephone_one_mail_and_what_is_recorded_of_it(thursday: Saturday) -> None:
    screen = IncidentScreen(thursday.number)
    due = thursday.moment("18:45:00")
    thursday.at("16:50:00")
    async with seat(thursday.desk, screen, person="fan", size=LARGE) as (app, pilot):
        page = screen.query_one("#incident_page", Page)
        lines = page.text
        assert "1:55:00" in lines
        assert "By telephone 0/1" in lines
        assert "顾驻院 Gu" in lines
        assert "mail sent" in lines, "what is to be recorded besides"
        assert "solution to the site" in lines
        mails = screen.query_one("#incident_beside", Page).text
        assert "solution: the site by mail and phone 0/1" in mails
        assert "按科室合并模板" in "".join(mails.split()), "what to say"

        thursday.at("17:10:00")
        step = next(line.key for line in page.lines if line.key.startswith("act:mail_sent"))
        page.choose(step)
        await pilot.press("enter")
        await settled(app, pilot)
        assert state(thursday) == ("running", due, (1, 2))
        assert "1/2" in page.text
        assert "Also to be done" not in page.text
        assert page.key == "ring:phone:gu"

        thursday.at("18:00:01")
        screen.show()
        assert "44:59" in page.text, "six o'clock changes nothing"
        thursday.at("18:20:00")
        await pilot.press("r")
        await settled(app, pilot)
        assert state(thursday) == ("met", due, (2, 2))
        assert "reached 18:20:00 by 范支持 Fan" in page.text
        assert "met in time 2/2" in page.text


async def test_a_minute_late_is_late(thursday: Saturday) -> None:
    screen = IncidentScreen(thursday.number)
    thursday.at("18:45:01")
    async with seat(thursday.desk, screen, person="fan", lang="zh", size=LARGE) as (app, _):
        assert state(thursday)[0] == "breached"
        assert "-00:01" in shown(app)
        assert "已逾期" in shown(app)
