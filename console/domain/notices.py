"""Who has to be told, and how far that has come. Sent is not reached (rulebook §5.3).

A notice is one row for each recipient and channel. The row of a channel that a machine can
use waits until it is sent, that of a telephone until somebody has made the call; what was
shown at a seat counts as sent. What a customer is written is a row, too.

One cause is one message: what several rules, or several limits broken in one instant, tell
one person by one channel is one row, which lists them. See `console.domain.raising` for how
rows come about, `console.domain.telling` for what facts do to them, and
`console.domain.escalation` for what becomes of those nobody heeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from console.domain.recipients import Step
from console.domain.words import Label

RAISED = "notice_raised"
WRITTEN = "message_written"
DELEGATED = "notice_delegated"
REPEATED = "notice_repeated"

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

SUPERSEDED = "superseded"
"""Why a warning was laid aside: what it warned of has happened, and is told."""

DELIVERY = frozenset(("notice_sent", "notice_failed", "notice_delivered", "notice_dead"))
"""What is written down of a delivery."""


class Ground(NamedTuple):
    """Why a row is there: the notice, the slot it tells, the fact it tells of (`of`, a
    sequence number). `meant` is whom the slot means where somebody else is told, `why` see
    `console.domain.recipients`. `key` names the row it would be by itself."""

    key: str
    notice: str
    slot: str
    of: int = 0
    meant: str = ""
    why: str = ""


@dataclass(slots=True)
class NoticeRow:
    """One recipient by one channel. Instants are UTC seconds, None = not yet.

    `key` is the same however often it is sent: the sequence number of the fact that raised
    it and the place in that fact. `to` is a customer's number or address, "" where the
    recipient is `person`. `queued` is since when it waits, `next_at` when it is to be tried,
    `failed` how often that was in vain since then, `reason` and `detail` why; `resent` how
    often somebody has had it sent anew. `attempts` are telephone calls in vain, `again` when
    to ring as was agreed.

    `cause` is what it comes from: the fact it tells of, or the first one of an instant in
    which limits ran out. `of`, `meant` and `why` are those of the first `Ground`, `also` the
    others. `limits` are the clocks it tells of (`contact.1`), and whether it only `warns` of
    them. What has to be known now is told anew `every` so many seconds (`repeated` times, the
    last at `repeated_at`) and after `after` seconds passed on to the first of `then` (at
    `delegated`, to `passed_to`), unless its person did something about the case (`heard`).
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
    again: int | None = None
    cause: int = 0
    of: int = 0
    meant: str = ""
    why: str = ""
    also: tuple[Ground, ...] = ()
    limits: tuple[str, ...] = ()
    warns: bool = False
    every: int = 0
    after: int = 0
    then: tuple[Step, ...] = ()
    heard: int | None = None
    repeated: int = 0
    repeated_at: int | None = None
    delegated: int | None = None
    passed_to: str = ""

    def __post_init__(self) -> None:
        self.also = tuple(Ground(*one) for one in self.also)
        self.limits = tuple(self.limits)
        self.then = tuple(Step(*one) for one in self.then)

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Why it is there: everything it lists, what raised it first."""
        own = Ground(self.key, self.notice, self.slot, self.of, self.meant, self.why)
        return (own, *self.also)

    def is_for(self, who: str) -> bool:
        """Whether a slot or a person is who it tells."""
        return who == self.person or any(who == ground.slot for ground in self.grounds)

    def has_key(self, key: str) -> bool:
        return key == self.key or any(key == ground.key for ground in self.also)

    def is_like(self, other: NoticeRow) -> bool:
        """Whether both tell the same person by the same channel for the same cause."""
        return (
            self.cause == other.cause
            and self.channel == other.channel
            and self.person == other.person
            and (bool(self.person) or self.slot == other.slot)
        )

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
