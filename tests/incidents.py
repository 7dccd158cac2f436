"""A Saturday with a State Grid batch, and whom it concerns, for the tests of incidents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from console.desk import Desk, Outcome, Who
from console.domain.case import Case
from console.domain.incident import Incident, incident_of
from console.domain.moments import parse_moment
from tests.installations import HandSet
from tests.stories.lines import enable

DATE = "2026-03-14"
CALLER = "0791-5550-4410"
METERS = {
    "contact_name": "计量中心值班",
    "employer": "江西计量中心",
    "reason": "电能表时钟故障",
    "product": "meter",
    "product_state": "时钟跳变",
    "need": "现场处理",
    "province": "江西",
    "grid": "state",
    "batch_no": "JX2602",
    "affected_qty": "1260",
}
FLAGS = {"quality_accident": "yes", "sg_performance": "yes", "sg_batch": "yes"}
FOUR = ("dgm", "regional_manager", "office_director", "technical_support_manager")
FIVE = ("luo", "tan", "yan", "shen", "tao")
PEOPLE = ("luo", "hou", "yan", "tao", "pan", "shen", "tan", "gu", "bai", "lv", "cao")


class Saturday:
    """A desk whose clock is set by hand to a time of the day."""

    def __init__(self, desk: Desk, now: HandSet, date: str = DATE) -> None:
        self.desk, self.now, self.date = desk, now, date
        self.number = 0
        self.at("08:31:00")
        for place, person in enumerate(PEOPLE):
            typed = {"phone": f"1395555{place:04}", "mail": f"{person}@example.org"}
            self.do("change_person", "lin", person=person, **typed)

    def at(self, time: str) -> None:
        self.now.at = self.moment(time)

    def moment(self, time: str) -> int:
        return parse_moment(f"{self.date} {time}", 0)

    def do(self, command: str, me: str = "zhou", **typed: Any) -> Outcome:
        return self.desk.do(command, typed, Who(me, "weekend-1"))

    @property
    def case(self) -> Case:
        return self.desk.case(self.number)

    @property
    def incident(self) -> Incident:
        found = incident_of(self.case)
        assert found is not None
        return found

    def reach(self, time: str, who: str, **typed: Any) -> None:
        self.at(time)
        self.do("reach", case=self.number, who=who, channel="phone", **typed)

    def recognised(self) -> None:
        """Steps 1 to 3 of S-02: a missed call returned, and what the customer says."""
        self.at("10:11:30")
        self.do("ring", number=CALLER, call="a")
        self.at("10:12:00")
        self.do("miss_call", call="a")
        self.at("10:25:00")
        self.do("return_call", number=CALLER, reached="no")
        self.at("10:38:00")
        made = self.do("return_call", number=CALLER, apology="yes")
        self.at("10:43:00")
        self.number = self.do("open", call=made.call, **METERS).case
        self.at("10:44:00")
        self.do("record", case=self.number, **FLAGS)
        self.at("10:44:30")
        self.do("classify", case=self.number, category="technical", division="meter")
        self.at("10:45:00")
        self.do("assign", case=self.number, to="pan")
        self.at("10:46:00")
        self.do("end_call", call=made.call)


def enabled(data: Path, *lines: str) -> None:
    """Switch product lines on before the desk of a data directory is opened."""
    enable(data, *lines)
