"""What facts do to the notices of a case: raised, sent, reached, passed on. Pure."""

from __future__ import annotations

from collections.abc import Callable

from console.domain.facts import Fact
from console.domain.notices import (
    CONSOLE,
    CUSTOMER,
    DELEGATED,
    RAISED,
    REPEATED,
    SUPERSEDED,
    WRITTEN,
    NoticeRow,
)
from console.domain.people import SYSTEM


def follow(rows: list[NoticeRow], fact: Fact) -> None:
    """Fold one fact into the notices of a case."""
    tell = _FOLLOWERS.get(fact.kind)
    if tell is not None:
        tell(rows, fact)
    if rows and fact.actor != SYSTEM.key:
        _heard(rows, fact)


def _heard(rows: list[NoticeRow], fact: Fact) -> None:
    """Whoever does something about the case, or is named as who spoke to the customer, knows
    of it; that they were reached is for somebody to say."""
    known = (fact.actor, fact.body.get("by") if fact.kind == "customer_contacted" else None)
    for row in rows:
        if row.when == "now" and row.heard is None and row.person in known:
            row.heard = fact.at


def _raised(rows: list[NoticeRow], fact: Fact) -> None:
    body = fact.body
    limit = (body["limit"],) if "limit" in body else ()
    if limit and not body.get("warns"):
        _supersede(rows, limit[0], fact.at)
    for place, told in enumerate(body["rows"]):
        row = NoticeRow(
            notice=body["notice"],
            slot=told["slot"],
            person=told["person"],
            channel=told["channel"],
            when=body["when"],
            due=fact.at,
            key=f"{fact.seq}.{place}",
            cause=body.get("cause", 0),
            of=body.get("of", 0),
            meant=told.get("meant", ""),
            why=told.get("why", ""),
            limits=limit,
            warns=bool(body.get("warns")),
            every=body.get("every", 0),
            after=body.get("after", 0),
            then=told.get("then", ()),
        )
        _put(rows, row, fact.at)


def _put(rows: list[NoticeRow], row: NoticeRow, at: int) -> None:
    """Add a row, or what it says to the one that is like it. What has to be known now leads."""
    first = next((one for one in rows if one.is_like(row)), None) if row.cause else None
    if first is None:
        row.queued = row.next_at = at
        row.sent = at if row.channel == CONSOLE else None
        rows.append(row)
        return
    leads = row.when == "now" and first.when != "now"
    own, *also = (*row.grounds, *first.grounds) if leads else (*first.grounds, *row.grounds)
    first.key, first.notice, first.slot, first.of, first.meant, first.why = own
    first.also = tuple(also)
    first.limits = tuple(dict.fromkeys((*first.limits, *row.limits)))
    first.warns = first.warns and row.warns
    if leads:
        first.when, first.every, first.after = row.when, row.every, row.after
        first.then, first.heard = row.then, row.heard


def _supersede(rows: list[NoticeRow], limit: str, at: int) -> None:
    """A limit is broken: nobody needs to be warned of it any more."""
    for row in rows:
        if not row.warns or limit not in row.limits:
            continue
        row.limits = tuple(one for one in row.limits if one != limit)
        if not row.limits and row.reached is None and row.settled is None:
            row.settled, row.reason = at, SUPERSEDED


def _delegated(rows: list[NoticeRow], fact: Fact) -> None:
    """Nobody was reached: the next of the chain is told the same by the same channel."""
    body = fact.body
    for row in _meant(rows, fact):
        row.delegated, row.passed_to = fact.at, body["to"]
        successor = NoticeRow(
            notice=row.notice,
            slot=body["slot"],
            person=body["to"],
            channel=row.channel,
            when=row.when,
            due=fact.at,
            key=f"{fact.seq}.0",
            cause=row.cause,
            of=row.of,
            meant=body["from"],
            why="unreached",
            limits=row.limits,
            every=row.every,
            after=row.after,
            then=body["then"],
        )
        _put(rows, successor, fact.at)


def _repeated(rows: list[NoticeRow], fact: Fact) -> None:
    for row in rows:
        if any(row.has_key(key) for key in fact.body["keys"]):
            row.repeated += 1
            row.repeated_at = fact.at


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
        row.again = fact.body.get("again")


_FOLLOWERS: dict[str, Callable[[list[NoticeRow], Fact], None]] = {
    RAISED: _raised,
    WRITTEN: _written,
    DELEGATED: _delegated,
    REPEATED: _repeated,
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
        return [row for row in rows if row.has_key(key)]
    who, channel = fact.body.get("role", ""), fact.body.get("channel", "")
    return [
        row
        for row in rows
        if row.reached is None and channel in ("", row.channel) and row.is_for(who)
    ]
