"""Who is calling: the number, where it is from, what it has had with us before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from console.desk.desk import Desk
from console.domain.call import Call

_PROVINCE = re.compile(r"(.+?(?:省|自治区|特别行政区))(.*)")
REMEMBERED = ("contact_name", "honorific", "employer", "contact_addr", "province", "city")
"""What the newest case of a number tells about its caller."""


@dataclass(frozen=True, slots=True)
class KnownCase:
    """An open case of the caller. Keys, not labels; `opened` is UTC seconds."""

    case: int
    state: str
    line: str
    category: str
    division: str
    customer: str
    owner: str
    opened: int


@dataclass(frozen=True, slots=True)
class Caller:
    """A number and what is known of it. `number` is E.164 where understood.

    `values` are what the newest case of the number says about the person, and the product
    line the number they called stands for; `history` counts
    its cases; `open` are those not closed, newest first. `name` is what the exchange said.
    """

    number: str = ""
    shown: str = ""
    name: str = ""
    place: Mapping[str, str] = field(default_factory=dict)
    withheld: bool = False
    history: int = 0
    open: tuple[KnownCase, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        """Whether the number has had a case before."""
        return self.history > 0


def caller_of(desk: Desk, call: Call) -> Caller:
    """The caller of a call."""
    found = caller_at(desk, "" if call.withheld else call.number)
    province, city = split_place(call.place.get("zh", ""))
    placed = {"province": province, "city": city}
    meant = {"line": call.line if call.line in desk.rulebook.lines else ""}
    values = {key: text for key, text in {**meant, **placed, **found.values}.items() if text}
    return Caller(
        found.number,
        call.shown or call.received,
        call.name,
        call.place,
        call.withheld,
        found.history,
        found.open,
        values,
    )


def caller_at(desk: Desk, number: str) -> Caller:
    """Whoever had cases under a number before; nobody for an empty one."""
    if not number:
        return Caller()
    rows = desk.store.cases_with_phone(number)
    opened = tuple(_known(row) for row in rows if row["open"])
    values: dict[str, str] = {}
    if rows:
        stored = desk.store.values(int(str(rows[0]["number"])))
        values = {key: str(stored[key]) for key in REMEMBERED if stored.get(key)}
    return Caller(number, number, history=len(rows), open=opened, values=values)


def _known(row: Mapping[str, object]) -> KnownCase:
    def text(column: str) -> str:
        return str(row[column] or "")

    return KnownCase(
        int(text("number")),
        text("state"),
        text("line"),
        text("category"),
        text("division"),
        text("customer"),
        text("owner"),
        int(text("opened_at") or 0),
    )


def split_place(place: str) -> tuple[str, str]:
    """Province and city of a place as the number tables write it in Chinese.

    `广东省深圳市` has both; a municipality such as `北京市` is both at once.
    """
    found = _PROVINCE.fullmatch(place)
    if found:
        return found[1], found[2]
    return (place, place) if place.endswith("市") else (place, "")
