"""An installation whose outlets lead to the servers of the tests."""

from __future__ import annotations

from pathlib import Path

from console.desk import Desk, Who
from console.desk.delivery import Delivery
from console.domain.facts import Fact
from console.domain.notices import NoticeRow
from console.domain.outbox import Posted
from tests.installations import OPENING

LIN = Who("lin", "seat 1")
MAILED = ("dgm", "regional_manager", "support_engineer", "technical_service_manager")


def outlets(data: Path, *tables: str) -> None:
    """Write `outlets.toml`."""
    (data / "outlets.toml").write_text("\n".join(tables), "utf-8")


def with_mail(desk: Desk, *, skip: tuple[str, ...] = ()) -> None:
    """Give everybody a mail address of their key."""
    for person in desk.people():
        if person.key not in skip:
            typed = {"person": person.key, "mail": mail_of(person.key)}
            desk.do("change_person", typed, Who("console"))


def mail_of(person: str) -> str:
    return f"{person}@example.org"


def accident(desk: Desk) -> int:
    """A case whose five mails wait to be sent. -> its number."""
    number = desk.do("open", OPENING, LIN).case
    typed = {"case": number, "category": "technical", "division": "charging_pile"}
    desk.do("classify", typed, LIN)
    desk.do("record", {"case": number, "quality_accident": "yes"}, LIN)
    return number


def mails(desk: Desk, number: int) -> list[NoticeRow]:
    return [row for row in desk.case(number).notices if row.channel == "mail"]


def states(desk: Desk, number: int) -> dict[str, str]:
    """How far each mail of a case has come, by person."""
    return {row.person: row.state for row in mails(desk, number)}


def kinds(facts: list[Fact]) -> list[str]:
    return [fact.kind for fact in facts]


def outbox(desk: Desk, channel: str = "mail") -> list[Posted]:
    return [one for one in desk.store.outbox() if one.row.channel == channel]


def deliver(desk: Desk, now: int) -> list[Fact]:
    """One turn of the delivery, by somebody new each time: nothing is kept in memory."""
    delivery = Delivery(desk)
    try:
        return delivery.step(now, wait=True)
    finally:
        delivery.close()
