"""One person for every role, each named after it, and cases for them to try their hands on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from console.desk import Desk, Outcome, Who
from console.domain.people import ROLE_LABELS, SYSTEM
from console.domain.refusal import Refusal, RefusedError
from console.installation import open_desk
from console.speech import Speech
from tests.installations import NOON, OPENING, HandSet
from tests.stories.lines import enable

EN, ZH = Speech("en").say, Speech("zh").say

ALL = frozenset(ROLE_LABELS)
DESK = frozenset({"operator", "duty", "shift_lead"})
OFFICE = frozenset({"division_contact", "auditor", "plugin_author", "admin"})
"""Those who work on no case: passive, read-only, sandboxed, and not to touch its history."""
WORK = ALL - OFFICE
NOBODY: frozenset[str] = frozenset()

LINES = ("power", "emr", "roadsoft", "robot", "iptel")
LEAD = Who("lin", "1")
"""An operator and shift lead: whoever prepares what the others try."""


WELDING = {
    "contact_name": "陆",
    "employer": "苏州零部件厂",
    "contact_phone": "051255503310",
    "reason": "停机",
    "product": "焊接工作站",
    "need": "恢复生产",
}
LONGER = {"timer": "T3-10", "due": "2026-03-20 18:00", "reason": "等备件", "told": "12:00"}
"""A limit of such a fault extended by a week, the customer told at noon."""

DEMAND = {
    "number": "RD-1",
    "problem": "过温保护误动",
    "necessity": "现场无法修改程序",
    "wanted_until": "2026-06-30",
}


class Cast:
    """A desk with all product lines. Commands are given by the person of a role."""

    def __init__(self, desk: Desk, now: HandSet) -> None:
        self.desk = desk
        self.now = now
        self._packs = 0
        self._blank: dict[str, int] = {}

    def do(self, role: str, command: str, /, **typed: Any) -> Outcome:
        return self.desk.do(command, typed, Who(role))

    def lead(self, command: str, /, **typed: Any) -> Outcome:
        return self.desk.do(command, typed, LEAD)

    def refusal(self, role: str, command: str, /, **typed: Any) -> Refusal | None:
        """Why somebody may not; None when they did it."""
        try:
            self.do(role, command, **typed)
        except RefusedError as refused:
            return refused.refusal
        return None

    # --- what there is to try

    def call(self) -> str:
        """A call that rings, entered by hand."""
        return self.lead("ring", number="013955501953").call

    def case(self, line: str = "power", **values: Any) -> int:
        """A case that was just opened."""
        filled = OPENING if line == "power" else {"need": "x"}
        return self.lead("open", **{**filled, **values}, line=line).case

    def blank(self, line: str) -> int:
        """A case of a line on which nothing is ever done: what is tried on it is refused."""
        if line not in self._blank:
            self._blank[line] = self.case(line)
        return self._blank[line]

    def dispatched(self, to: str = "he", category: str = "technical", **values: Any) -> int:
        """A classified case that somebody works on."""
        number = self.case(**values)
        self.lead("classify", case=number, category=category, division="charging_pile")
        self.lead("assign", case=number, to=to)
        return number

    def complaint(self, line: str = "power") -> int:
        """A case that is a complaint."""
        number = self.case(line)
        self.lead("classify", case=number, category="complaint")
        return number

    def late(self, role: str) -> int:
        """A robot's routine fault that somebody has three working days for."""
        values = {"stage": "after_sales", "fault_class": "routine", **WELDING}
        number = self.case("robot", **values)
        self.lead("classify", case=number, category="technical")
        self.lead("assign", case=number, to=role)
        return number

    def demand_sheet(self) -> int:
        """A power case whose R&D demand sheet waits for the centre's signature."""
        number = self.dispatched()
        self.do("tan", "fill_form", case=number, form="rnd_demand", **DEMAND)
        return number

    def pack(self, role: str) -> Refusal | None:
        """Somebody makes the electronic orders' pack of a month nobody made it for yet."""
        month = f"2025-{self._packs + 1:02}"
        refusal = self.refusal(
            role, "do_duty", duty="power.eorder_pack", period=month, evidence="7"
        )
        self._packs += refusal is None
        return refusal

    def owned(self, role: str) -> int:
        """A confirmed case that somebody owns and that may be closed."""
        number = self.dispatched()
        self._give(number, role)
        self.do("he", "resolve", case=number, text="done")
        self.lead("confirm", case=number, who="彭工")
        return number

    def _give(self, number: int, role: str) -> None:
        try:
            self.lead("hand_over_owner", case=number, to=role, reason="leave")
        except RefusedError:  # nobody gives a case to somebody who works on none
            return
        self.do(role, "accept_ownership", case=number)


@contextmanager
def cast(prepared: Path, directory: Path) -> Iterator[Cast]:
    """A copy of an installation with everybody in it."""
    shutil.copytree(prepared, directory)
    enable(directory, *LINES)
    now = HandSet(NOON)
    desk = open_desk(directory, now)
    for role in ROLE_LABELS:
        person = {"person": role, "name": f"{role} Ren", "roles": role}
        desk.do("add_person", person, Who(SYSTEM.key))
    yield Cast(desk, now)
    desk.store.close()


def assert_helpful(refusal: Refusal) -> None:
    """It says why, and what to do or whom to ask, in both languages."""
    for words in (refusal.message, refusal.remedy):
        assert EN(words).strip()
        assert "{" not in EN(words) + ZH(words)
