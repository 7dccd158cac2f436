"""Which notices a fact causes, and to whom they go. Pure.

The people are written into the fact, so history does not change with the slots; why somebody
else is told than whom a slot means, and who is next when nobody is reached, is written there,
too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from console.domain.facts import Draft, Fact
from console.domain.notices import DELIVERY, RAISED
from console.domain.people import CASE_ROLES, Directory
from console.domain.recipients import Recipient, Recipients
from console.domain.rulebook import RuleSet
from console.domain.rules import OBLIGED, POSTS, SUPERVISOR, Notice

_LIMITS = frozenset(("timer_warned", "timer_breached"))
_STAND_FOR = {"seat": "owner", "first_knower": "owner", "superior": SUPERVISOR}
"""Whom a rule tells where a limit names somebody no slot means."""

_ADDRESSES = {"mail": "mail", "sms": "phone", "im": "im"}


def raised(
    rules: RuleSet,
    fact: Fact,
    attributes: Mapping[str, Any],
    recipients: Recipients,
    cause: int,
    told: Collection[str] = (),
    at: int | None = None,
) -> Iterable[Draft]:
    """The notices a fact causes, one draft per rule, with the people its slots mean at `at`
    (UTC seconds; the fact's own instant). `cause` is what they come from (see `NoticeRow`),
    `told` are the notices already raised in this cycle."""
    moment = fact.at if at is None else at
    named: set[str] = set()
    for notice in rules.told_by.get(fact.kind, ()):
        if not notice.trigger().matches(fact) or _is_about_itself(rules, fact):
            continue
        if notice.if_ is not None and not notice.if_.holds(attributes):
            continue
        if notice.once and notice.key in told:
            continue
        who = [recipients.of(slot, attributes, moment) for slot in _slots(rules, notice, fact)]
        rows = [
            _row(one, channel, now=notice.when == "now")
            for one in who
            if not (notice.unless_told and _is_superfluous(one, named))
            for channel in _channels(notice, one.person, recipients.directory)
        ]
        if notice.unless_told and not rows:
            continue
        named.update(str(row["person"]) for row in rows)
        body = {"notice": notice.key, "when": notice.when, "of": fact.seq, "cause": cause}
        yield Draft(fact.subject, RAISED, body | _more(notice, fact, recipients, rows), fact.at)


def _more(
    notice: Notice, fact: Fact, recipients: Recipients, rows: list[dict[str, Any]]
) -> dict[str, Any]:
    """Which limit it tells of, how patiently those it tells are waited for, and who they
    are."""
    more: dict[str, Any] = {}
    if fact.kind in _LIMITS:
        more["limit"] = f"{fact.body.get('timer')}.{fact.body.get('number', 1)}"
        if fact.kind == "timer_warned":
            more["warns"] = True
    if notice.when == "now":
        more |= {"every": recipients.patience.every, "after": recipients.patience.after}
    return more | {"rows": rows}


def _row(one: Recipient, channel: str, *, now: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"slot": one.slot, "person": one.person, "channel": channel}
    if one.why:
        row |= {"meant": one.meant, "why": one.why}
    if now and one.then:
        row["then"] = [list(step) for step in one.then]
    return row


def _is_superfluous(one: Recipient, named: Collection[str]) -> bool:
    """Whether somebody is told anyway, or a place that need not be filled is empty."""
    if not one.person:
        return one.slot in CASE_ROLES or one.slot in POSTS
    return one.person in named


def _slots(rules: RuleSet, notice: Notice, fact: Fact) -> Iterator[str]:
    """The slots a notice tells, those of the house's posts as the line fills them."""
    for slot in notice.to:
        found = _obliged(rules, fact) if slot == OBLIGED else slot
        yield rules.line.posts.get(found, found)


def _obliged(rules: RuleSet, fact: Fact) -> str:
    """Whom the limit is due to that a fact tells of."""
    key = fact.body.get("timer")
    who = next((owned.timer.who for owned in rules.timers if owned.timer.key == key), "owner")
    return _STAND_FOR.get(who, who)


def _channels(notice: Notice, person: str, directory: Directory) -> Iterator[str]:
    """Its channels, and of those it uses besides the ones the person has an address for."""
    yield from notice.via
    known = directory.get(person)
    for channel in notice.besides:
        if known is not None and getattr(known, _ADDRESSES.get(channel, "key")):
            yield channel


def _is_about_itself(rules: RuleSet, fact: Fact) -> bool:
    """Whether a fact tells of the delivery of a notice that itself tells of deliveries: such
    a one may not cause another, for ever."""
    if fact.kind not in DELIVERY:
        return False
    about = fact.body.get("notice", "")
    return any(one.key == about and one.trigger().kind in DELIVERY for one in rules.notices)
