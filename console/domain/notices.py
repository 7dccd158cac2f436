"""Who has to be told, and whether they were reached. Sent is not reached (rulebook §5.3)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from console.domain.facts import Draft, Fact
from console.domain.rulebook import RuleSet
from console.domain.words import Label

RAISED = "notice_raised"
CONSOLE = "console"
"""The channel that is the recipient's own seat: shown there, so sent, with the fact itself."""

NOTICE_STATES: dict[str, Label] = {
    "due": Label("待发", "due"),
    "sent": Label("已发", "sent"),
    "delivered": Label("已送达", "delivered"),
    "reached": Label("已达", "reached"),
}
"""How far a notice has come. Sent is not reached."""

Resolve = Callable[[str, Mapping[str, Any]], str]


@dataclass(slots=True)
class NoticeRow:
    """One recipient by one channel. Instants are UTC seconds, None = not yet."""

    notice: str
    slot: str
    person: str
    channel: str
    when: str
    due: int
    sent: int | None = None
    delivered: int | None = None
    reached: int | None = None
    reached_by: str = ""
    attempts: int = 0

    @property
    def state(self) -> str:
        if self.reached is not None:
            return "reached"
        if self.delivered is not None:
            return "delivered"
        return "sent" if self.sent is not None else "due"


def raised(
    rules: RuleSet,
    fact: Fact,
    attributes: Mapping[str, Any],
    resolve: Resolve,
    told: Collection[str] = (),
) -> Iterable[Draft]:
    """The notices a fact causes, one draft per rule, with the people its slots mean now.

    The people are written into the fact, so history does not change with the slots. `told`
    are the notices already raised in this cycle.
    """
    for notice in rules.told_by.get(fact.kind, ()):
        if not notice.trigger().matches(fact):
            continue
        if notice.if_ is not None and not notice.if_.holds(attributes):
            continue
        if notice.once and notice.key in told:
            continue
        rows = [
            {"slot": slot, "person": resolve(slot, attributes), "channel": channel}
            for slot in notice.to
            for channel in notice.via
        ]
        body = {"notice": notice.key, "when": notice.when, "rows": rows}
        yield Draft(fact.subject, RAISED, body, fact.at)


def follow(rows: list[NoticeRow], fact: Fact) -> None:
    """Fold one fact into the notices of a case."""
    if fact.kind == RAISED:
        for row in fact.body["rows"]:
            rows.append(
                NoticeRow(
                    notice=fact.body["notice"],
                    slot=row["slot"],
                    person=row["person"],
                    channel=row["channel"],
                    when=fact.body["when"],
                    due=fact.at,
                    sent=fact.at if row["channel"] == CONSOLE else None,
                )
            )
    elif fact.kind == "notice_sent":
        for notice_row in _meant(rows, fact):
            notice_row.sent = notice_row.sent or fact.at
    elif fact.kind == "notice_delivered":
        for notice_row in _meant(rows, fact):
            notice_row.delivered = notice_row.delivered or fact.at
    elif fact.kind == "role_reached":
        for notice_row in _meant(rows, fact):
            notice_row.sent = notice_row.sent or fact.at
            notice_row.reached = fact.at
            notice_row.reached_by = fact.actor
    elif fact.kind == "role_missed":
        for notice_row in _meant(rows, fact):
            notice_row.attempts += 1


def _meant(rows: list[NoticeRow], fact: Fact) -> Iterable[NoticeRow]:
    """The rows a fact speaks of: by slot or person, and by channel when one is named."""
    who, channel = fact.body.get("role", ""), fact.body.get("channel", "")
    for row in rows:
        if row.reached is None and who in (row.slot, row.person) and channel in ("", row.channel):
            yield row
