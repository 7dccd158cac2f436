"""What waits to be delivered: which of it may go now, when the next attempt is, and what is
written down of one. Pure.

Rows leave in the order they were raised, each person's and each channel's by itself: a later
one waits for an earlier one that could not be sent yet. At least once is the promise: a row
is sent, then written down as sent; whoever dies in between sends it again, under its key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from console.domain.facts import Draft, Fact
from console.domain.notices import (
    CUSTOMER,
    DELEGATED,
    PENDING,
    RAISED,
    REPEATED,
    SUPERSEDED,
    WRITTEN,
    NoticeRow,
)
from console.domain.people import Person
from console.domain.words import Label
from console.domain.zone import DAY, zone_named

Lane = tuple[str, str]
"""A channel, and the person or address it leads to: what is sent in order."""

REASONS: dict[str, Label] = {
    "nobody": Label("无人担任该角色", "nobody fills the slot"),
    "gone": Label("收件人已离职", "the recipient has left"),
    "no_address": Label("没有该渠道的地址", "no address for this channel"),
    "bad_address": Label("地址不可用", "the address cannot be used"),
    "refused": Label("对方拒收", "refused by the receiver"),
    "later": Label("对方要求稍后再发", "the receiver asks to try later"),
    "unreachable": Label("连不上发送通道", "the outlet cannot be reached"),
    "timeout": Label("发送超时", "the outlet did not answer in time"),
    "dropped": Label("连接中断", "the connection broke"),
    "tls": Label("加密连接失败", "no secure connection"),
    "login": Label("登录被拒", "the login was refused"),
    "settings": Label("通道配置有误", "the outlet is not set up properly"),
    "unwritable": Label("内容无法生成", "its words cannot be made"),
    "too_old": Label("等待过久", "waited too long"),
    SUPERSEDED: Label("已由逾期通知取代", "replaced by the notice of the breach"),
}
"""Why something could not be sent, or need not be."""

# Compiled when first used: every seat loads this file, and hardly any looks for either.
_TIMES = r"([01]?\d|2[0-4]):([0-5]\d)\s*[-–~]\s*([01]?\d|2[0-4]):([0-5]\d)"
_LOCAL_PART = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
_MAIL = rf"{_LOCAL_PART}@(?:[A-Za-z0-9-]{{1,63}}\.)*[A-Za-z0-9-]{{1,63}}"


class Holder(Protocol):
    """What notices belong to: a case, or a bulletin of the house."""

    @property
    def subject(self) -> str: ...
    @property
    def is_open(self) -> bool: ...
    @property
    def notices(self) -> list[NoticeRow]: ...


class Posted(NamedTuple):
    """A row of the outbox with the subject whose facts it comes from."""

    subject: str
    row: NoticeRow

    @property
    def lane(self) -> Lane:
        return (self.row.channel, self.row.person or self.row.to)

    @property
    def order(self) -> tuple[int, int]:
        """Sequence number and place: what was raised first goes first."""
        seq, _, place = self.row.key.partition(".")
        return int(seq), int(place or 0)

    @property
    def raised(self) -> int:
        """The sequence number of the last fact it says something of."""
        return max(int(ground.key.partition(".")[0]) for ground in self.row.grounds)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an attempt was in vain. `permanent`: it would be every time. `outlet`: not the
    message's fault, but of the way it was to go. `wait` is what the receiver asks for, in
    seconds."""

    reason: str
    detail: str = ""
    permanent: bool = False
    outlet: bool = False
    wait: int = 0


@dataclass(frozen=True, slots=True)
class Retry:
    """How patiently a channel is tried: up to `attempts` times, first after `first_wait`
    seconds, then after twice as long each time, at most `longest_wait`; what has waited for
    `give_up` seconds is not sent any more. That the outlet itself was at fault ends no
    message's patience before."""

    attempts: int = 12
    first_wait: int = 60
    longest_wait: int = 3600
    give_up: int = DAY

    def wait(self, failed: int) -> int:
        """Seconds until the next attempt after so many in vain."""
        return int(min(self.first_wait * 2 ** min(failed - 1, 32), self.longest_wait))


def ready(
    waiting: Iterable[Posted], now: int, is_quiet: Callable[[str], bool]
) -> dict[Lane, list[Posted]]:
    """What may go now, by lane, each in order. `is_quiet` says of whom only what must be
    known now may disturb; what waits for that holds back nothing behind it."""
    lanes: dict[Lane, list[Posted]] = {}
    held: set[Lane] = set()
    for one in sorted(waiting, key=lambda posted: posted.order):
        lane, row = one.lane, one.row
        if lane in held or row.tries_at is None:
            continue
        if row.tries_at > now:
            held.add(lane)
        elif row.when == "now" or not row.person or not is_quiet(row.person):
            lanes.setdefault(lane, []).append(one)
    return lanes


@dataclass(frozen=True, slots=True)
class Burst:
    """How many messages somebody gets by one channel before they are put together: `most`
    within so many seconds; 0 = never."""

    most: int = 5
    within: int = 600


def messages(rows: Iterable[Posted], lately: int, burst: Burst) -> list[list[Posted]]:
    """The rows of a lane as messages, in order. `lately` is how many it has been sent that
    count as a burst. What would be one too many is put together into one that lists it; when
    there is no room even for that, it waits. What must be known now goes by itself, always,
    and so does what a customer is written, and the digest of a day."""
    found: list[list[Posted]] = []
    others: list[Posted] = []
    for one in rows:
        if is_alone(one) or not burst.most:
            found.append([one])
        else:
            others.append(one)
    room = burst.most - lately
    if len(others) <= room:
        found += [[one] for one in others]
    elif room > 0:
        parts = range(0, len(others), MOST_GATHERED)
        found += [others[part : part + MOST_GATHERED] for part in parts][:room]
    return sorted(found, key=lambda message: message[0].order)


def is_alone(one: Posted) -> bool:
    """Whether a row is never put together with others: what the house sends by itself already
    lists much."""
    return one.row.when == "now" or one.row.slot == CUSTOMER or one.subject[:5] != "case:"


MOST_GATHERED = 100
"""How many rows one message lists at most, so that what became of them is soon written."""


def address_of(row: NoticeRow, person: Person | None) -> str | Problem:
    """Where a row goes by its channel: a mail address, digits for an SMS, else an account."""
    if row.slot != CUSTOMER and not row.person:
        return Problem("nobody", row.slot, permanent=True)
    if row.slot != CUSTOMER and (person is None or not person.active):
        return Problem("gone", row.person, permanent=True)
    if row.channel == "mail":
        return _mail(row.to if person is None else person.mail)
    if row.channel == "sms":
        return _mobile(row.to if person is None else person.phone)
    return row.to if person is None else person.im


def _mail(address: str) -> str | Problem:
    if not address:
        return Problem("no_address", permanent=True)
    return address if is_mail(address) else Problem("bad_address", permanent=True)


def _mobile(number: str) -> str | Problem:
    from console.domain.numbers import digits, understand  # noqa: PLC0415 - a seat sends nothing

    if not number:
        return Problem("no_address", permanent=True)
    return digits(understand(number)) or Problem("bad_address", permanent=True)


def is_mail(address: str) -> bool:
    """Whether an address is one a mail can be sent to, and nothing else besides."""
    return len(address) <= 254 and re.fullmatch(_MAIL, address) is not None


def quiet_until(hours: str, at: int, zone: str) -> int | None:
    """When somebody's quiet hours end (UTC seconds), None when they are not quiet at `at`.
    `hours` is `22:00-07:00`, or several such; what nobody can read is none."""
    place = zone_named(zone)
    today = place.day(at)
    for begin_hour, begin_minute, end_hour, end_minute in re.findall(_TIMES, hours):
        begin = int(begin_hour) * 3600 + int(begin_minute) * 60
        end = int(end_hour) * 3600 + int(end_minute) * 60
        for day in (today - 1, today):
            until = place.instant(day + (end <= begin), end)
            if place.instant(day, begin) <= at < until:
                return until
    return None


def sent(posted: Posted, outlet: str, at: int) -> Draft:
    """What is written down of an attempt that was not in vain."""
    row = posted.row
    if row.slot == CUSTOMER:
        body = {"message": row.notice, "via": row.channel, "key": row.key, "outlet": outlet}
        return Draft(posted.subject, "message_sent", body, at)
    body = {"role": row.slot, "person": row.person, "channel": row.channel, "outlet": outlet}
    return Draft(posted.subject, "notice_sent", {"key": row.key, **body}, at)


def failed(posted: Posted, problem: Problem, retry: Retry, at: int) -> Draft:
    """What is written down of an attempt in vain: when the next one is, or that there is
    none."""
    row = posted.row
    body: dict[str, Any] = {"key": row.key, "notice": row.notice, "reason": problem.reason}
    if problem.detail:
        body["detail"] = problem.detail
    attempt = row.failed + 1
    again_at = at + max(retry.wait(attempt), min(problem.wait, retry.longest_wait))
    spent = attempt >= retry.attempts and not problem.outlet
    if problem.permanent or spent or again_at > row.queued + retry.give_up:
        return Draft(posted.subject, "notice_dead", {**body, "attempt": attempt}, at)
    body |= {"attempt": attempt, "again_at": again_at}
    return Draft(posted.subject, "notice_failed", body, at)


def is_too_old(row: NoticeRow, retry: Retry, now: int) -> bool:
    """Whether nobody would want it any more."""
    return now > row.queued + retry.give_up


def touched(case: Holder, facts: Iterable[Fact]) -> list[NoticeRow]:
    """The rows of a case or bulletin that facts of it, already folded, may have changed."""
    found: dict[str, NoticeRow] = {}
    for fact in facts:
        if fact.subject == case.subject and fact.kind in _TOUCHING:
            found.update((row.key, row) for row in case.notices if _concerns(fact, row))
    return list(found.values())


def is_pending(row: NoticeRow, case: Holder) -> bool:
    """Whether a row belongs into the outbox. A call nobody has made for a case that is closed
    is nobody's task any more."""
    return row.state in PENDING and (case.is_open or row.state != "due")


def pending(case: Holder) -> list[NoticeRow]:
    """What is still to be done about the notices of a case or bulletin."""
    return [row for row in case.notices if is_pending(row, case)]


_TOUCHING = frozenset(
    (
        RAISED,
        WRITTEN,
        DELEGATED,
        REPEATED,
        "notice_sent",
        "message_sent",
        "notice_delivered",
        "notice_failed",
        "notice_dead",
        "notice_settled",
        "notice_resent",
        "role_reached",
        "role_missed",
        "closed",
        "reopened",
    )
)


def _concerns(fact: Fact, row: NoticeRow) -> bool:
    if _is_from(row, fact) or fact.kind in ("closed", "reopened"):
        return True
    body = fact.body
    if fact.kind == RAISED:  # it may have laid a warning aside
        return row.warns
    if "keys" in body:
        return any(row.has_key(key) for key in body["keys"])
    if "key" in body:
        return row.has_key(body["key"])
    return row.is_for(str(body.get("role", "")))


def _is_from(row: NoticeRow, fact: Fact) -> bool:
    """Whether a fact raised a row, or one that was put together with it."""
    seq = str(fact.seq)
    return any(ground.key.partition(".")[0] == seq for ground in row.grounds)


def by_key(case: Holder, key: str) -> Posted | None:
    """A row of a case or bulletin."""
    found = next((row for row in case.notices if row.has_key(key)), None)
    return None if found is None else Posted(case.subject, found)
