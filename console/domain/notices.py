"""Who has to be told, and how far that has come. Sent is not reached (rulebook §5.3).

A notice is one row for each recipient and channel. The row of a channel that a machine can
use waits until it is sent, that of a telephone until somebody has made the call; what was
shown at a seat counts as sent. What a customer is written is a row, too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from console.domain.facts import Draft, Fact
from console.domain.rulebook import RuleSet
from console.domain.words import Label

RAISED = "notice_raised"
WRITTEN = "message_written"

CONSOLE = "console"
"""The channel that is the recipient's own seat: shown there, so sent, with the fact itself."""

BY_HAND = frozenset(("phone", "on_site"))
"""Channels a person has to use: nothing is ever sent there by itself."""

CUSTOMER = "customer"
"""What stands for the slot where the customer is written to."""

CUSTOMER_LABEL = Label("客户", "customer")

NOTICE_STATES: dict[str, Label] = {
    "due": Label("待通知", "due"),
    "waiting": Label("待发", "waiting"),
    "sent": Label("已发", "sent"),
    "delivered": Label("已送达", "delivered"),
    "reached": Label("已达", "reached"),
    "dead": Label("未发出", "not delivered"),
    "settled": Label("已了结", "settled"),
}
"""How far a notice has come. Sent is not reached. `due` is for a person to do, `waiting` for
the console; `dead` has been given up, `settled` laid aside by somebody who says why."""

PENDING = frozenset(("due", "waiting", "dead"))
"""The states in which something is still to be done."""

DELIVERY = frozenset(("notice_sent", "notice_failed", "notice_delivered", "notice_dead"))
"""What is written down of a delivery."""

Resolve = Callable[[str, Mapping[str, Any]], str]


@dataclass(slots=True)
class NoticeRow:
    """One recipient by one channel. Instants are UTC seconds, None = not yet.

    `key` is the same however often it is sent: the sequence number of the fact that raised
    it and the place in that fact. `to` is a customer's number or address, "" where the
    recipient is `person`. `queued` is since when it waits, `next_at` when it is to be tried,
    `failed` how often that was in vain since then, `reason` and `detail` why; `resent` how
    often somebody has had it sent anew. `attempts` are telephone calls in vain.
    """

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
    key: str = ""
    to: str = ""
    queued: int = 0
    next_at: int | None = None
    failed: int = 0
    dead: int | None = None
    settled: int | None = None
    reason: str = ""
    detail: str = ""
    resent: int = 0

    @property
    def state(self) -> str:
        if self.reached is not None:
            return "reached"
        if self.settled is not None:
            return "settled"
        if self.dead is not None:
            return "dead"
        if self.delivered is not None:
            return "delivered"
        if self.sent is not None:
            return "sent"
        return "due" if self.channel in BY_HAND else "waiting"

    @property
    def tries_at(self) -> int | None:
        """When the console is to send it; None when it is not."""
        return self.next_at if self.state == "waiting" else None

    @property
    def wire_key(self) -> str:
        """What a receiver tells it by: the key, and another one each time somebody has it
        sent anew."""
        return f"{self.key}.{self.resent}" if self.resent else self.key


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
        if not notice.trigger().matches(fact) or _is_about_itself(rules, fact):
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


def _is_about_itself(rules: RuleSet, fact: Fact) -> bool:
    """Whether a fact tells of the delivery of a notice that itself tells of deliveries: such
    a one may not cause another, for ever."""
    if fact.kind not in DELIVERY:
        return False
    about = fact.body.get("notice", "")
    return any(one.key == about and one.trigger().kind in DELIVERY for one in rules.notices)


def follow(rows: list[NoticeRow], fact: Fact) -> None:
    """Fold one fact into the notices of a case."""
    tell = _FOLLOWERS.get(fact.kind)
    if tell is not None:
        tell(rows, fact)


def _raised(rows: list[NoticeRow], fact: Fact) -> None:
    for place, row in enumerate(fact.body["rows"]):
        shown = row["channel"] == CONSOLE
        rows.append(
            NoticeRow(
                notice=fact.body["notice"],
                slot=row["slot"],
                person=row["person"],
                channel=row["channel"],
                when=fact.body["when"],
                due=fact.at,
                sent=fact.at if shown else None,
                key=f"{fact.seq}.{place}",
                queued=fact.at,
                next_at=fact.at,
            )
        )


def _written(rows: list[NoticeRow], fact: Fact) -> None:
    body = fact.body
    rows.append(
        NoticeRow(
            notice=body["message"],
            slot=CUSTOMER,
            person="",
            channel=body["via"],
            when="now",
            due=fact.at,
            key=f"{fact.seq}.0",
            to=body["address"],
            queued=fact.at,
            next_at=fact.at,
        )
    )


def _sent(rows: list[NoticeRow], fact: Fact) -> None:
    for row in _meant(rows, fact):
        row.sent = row.sent or fact.at
        row.dead = None


def _delivered(rows: list[NoticeRow], fact: Fact) -> None:
    for row in _meant(rows, fact):
        row.delivered = row.delivered or fact.at


def _failed(rows: list[NoticeRow], fact: Fact) -> None:
    for row in _meant(rows, fact):
        row.failed, row.next_at = fact.body["attempt"], fact.body["again_at"]
        row.reason, row.detail = fact.body["reason"], fact.body.get("detail", "")


def _died(rows: list[NoticeRow], fact: Fact) -> None:
    for row in _meant(rows, fact):
        row.dead = fact.at
        row.reason, row.detail = fact.body["reason"], fact.body.get("detail", "")


def _settled(rows: list[NoticeRow], fact: Fact) -> None:
    for row in _meant(rows, fact):
        row.settled = fact.at


def _resent(rows: list[NoticeRow], fact: Fact) -> None:
    for row in _meant(rows, fact):
        row.sent = row.delivered = row.dead = row.settled = None
        row.failed, row.reason, row.detail = 0, "", ""
        row.queued = row.next_at = fact.at
        row.resent += 1


def _reached(rows: list[NoticeRow], fact: Fact) -> None:
    for row in _meant(rows, fact):
        row.sent = row.sent or fact.at
        row.reached = fact.at
        row.reached_by = fact.actor


def _missed(rows: list[NoticeRow], fact: Fact) -> None:
    for row in _meant(rows, fact):
        row.attempts += 1


_FOLLOWERS: dict[str, Callable[[list[NoticeRow], Fact], None]] = {
    RAISED: _raised,
    WRITTEN: _written,
    "notice_sent": _sent,
    "message_sent": _sent,
    "notice_delivered": _delivered,
    "notice_failed": _failed,
    "notice_dead": _died,
    "notice_settled": _settled,
    "notice_resent": _resent,
    "role_reached": _reached,
    "role_missed": _missed,
}


def _meant(rows: list[NoticeRow], fact: Fact) -> list[NoticeRow]:
    """The rows a fact speaks of: the one of its key, or else those of a slot or person who
    has not been reached yet, by the channel that is named."""
    key = fact.body.get("key")
    if key is not None:
        return [row for row in rows if row.key == key]
    who, channel = fact.body.get("role", ""), fact.body.get("channel", "")
    return [
        row
        for row in rows
        if row.reached is None and who in (row.slot, row.person) and channel in ("", row.channel)
    ]
