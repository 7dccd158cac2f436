"""The why-ledger of notices: what each comes from, whom it meant, how far it has come, and
what is next, one line per step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from console.desk.ledger import Ledger, label_of
from console.domain import escalation
from console.domain.case import Case
from console.domain.commands.contact import CONTACT_CHANNELS
from console.domain.escalation import OVER
from console.domain.facts import Fact
from console.domain.notices import (
    CONSOLE,
    CUSTOMER,
    CUSTOMER_LABEL,
    NOTICE_STATES,
    SUPERSEDED,
    Ground,
    NoticeRow,
)
from console.domain.outbox import REASONS
from console.domain.people import CASE_ROLE_LABELS
from console.domain.recipients import REASONS as STANDS_IN
from console.domain.words import Duration, Instant, Label, M, Message, Named


def rows_named(case: Case, wanted: str = "") -> list[NoticeRow]:
    """The rows of a case, or those of one notice: by its key, its rule's number, or the key
    of a row."""
    return [row for row in case.notices if not wanted or _is_named(case, row, wanted)]


def _is_named(case: Case, row: NoticeRow, wanted: str) -> bool:
    grounds = row.grounds
    if row.has_key(wanted) or any(ground.notice == wanted for ground in grounds):
        return True
    rules = (rule_of(case, ground.notice) for ground in grounds)
    return any(rule is not None and rule.rule == wanted for rule in rules)


def why(case: Case, row: NoticeRow) -> Ledger:
    """How a notice came about and what became of it: its title, then one line per step."""
    lines = [_title(case, row)]
    told: set[tuple[str, int]] = set()
    for ground in row.grounds:
        if (ground.notice, ground.of) not in told:
            lines += _ground(case, ground)
        told.add((ground.notice, ground.of))
        if ground.slot != CUSTOMER:
            lines.append(_meaning(case, row, ground))
    lines += _course(case, row)
    lines.append(_next(case, row))
    return lines


def rule_of(case: Case, key: str) -> Any:
    """The notice or message of a key, as the case's rules have it."""
    found = next((one for one in case.rules.notices if one.key == key), None)
    return found or case.rules.messages.get(key)


def _title(case: Case, row: NoticeRow) -> Message:
    rule = rule_of(case, row.notice)
    return M(
        "{key} {notice}: {who} by {channel}, {state}",
        key=row.key,
        notice=rule.label if rule is not None else row.notice,
        who=_who(row),
        channel=CONTACT_CHANNELS.get(row.channel, row.channel),
        state=NOTICE_STATES[row.state],
    )


def _who(row: NoticeRow) -> Named | Label | str:
    if row.slot == CUSTOMER:
        return CUSTOMER_LABEL
    return Named(row.person)


# --- what it comes from, and whom it meant


def _ground(case: Case, ground: Ground) -> Iterator[Message]:
    """The fact that called for it, and under which rule."""
    raised = _fact(case, int(ground.key.partition(".")[0]))
    cause = _fact(case, ground.of) or raised
    if cause is not None:
        yield M(
            "because of “{fact}” {at} (fact {seq}, {who})",
            fact=_named(case, cause),
            at=Instant(cause.at),
            seq=cause.seq,
            who=Named(cause.actor),
        )
    rule = rule_of(case, ground.notice)
    if rule is not None:
        number = rule.rule or rule.key
        yield M("by {rule} “{label}” ({clause})", rule=number, label=rule.label, clause=rule.clause)


def _named(case: Case, fact: Fact) -> Label | Message:
    """What a fact is called; of a limit, with which."""
    label = label_of(fact, case.rulebook)
    key = fact.body.get("timer")
    clock = next((one for one in case.clocks if key and one.key == key), None)
    if clock is None:
        return label
    limit = M("{rule} {label}", rule=clock.timer.rule, label=clock.timer.label)
    return M("{fact}: {limit}", fact=label, limit=limit)


def _meaning(case: Case, row: NoticeRow, ground: Ground) -> Message:
    """Who the slot meant, and why somebody else is told."""
    slot, person, meant = slot_label(case, ground.slot), Named(row.person), Named(ground.meant)
    if not row.person:
        return M("nobody fills {slot}", slot=slot)
    if not ground.why:
        return M("{slot} is {person}", slot=slot, person=person)
    if ground.why == "custody":
        return M(
            "{slot} is {meant} and stays accountable; {person} has custody (D-19)",
            slot=slot,
            meant=meant,
            person=person,
        )
    if ground.why == "unreached":
        return M(
            "{meant} was not reached; next in the chain: {person} ({slot})",
            meant=meant,
            person=person,
            slot=slot,
        )
    return M(
        "{slot} is {meant}, who {why}; {person} stands in",
        slot=slot,
        meant=meant,
        why=STANDS_IN[ground.why],
        person=person,
    )


def slot_label(case: Case, slot: str) -> Label | str:
    """What a slot is called on the line of a case."""
    slots = {**case.rulebook.house.slots, **case.rules.line.slots}
    return CASE_ROLE_LABELS.get(slot) or slots.get(slot) or slot


def _fact(case: Case, seq: int) -> Fact | None:
    return next((fact for fact in case.facts if fact.seq == seq), None)


# --- how far it has come


def _course(case: Case, row: NoticeRow) -> Iterator[Message]:
    """Everything that became of it, in order."""
    if row.channel == CONSOLE and row.sent is not None:
        yield M("shown at their seat {at}", at=Instant(row.sent))
    for fact in case.facts:
        tell = _COURSE.get(fact.kind)
        if tell is not None and _concerns(row, fact):
            yield tell(fact)
    if row.reason == SUPERSEDED and row.settled is not None:
        yield M("laid aside {at}: the limit is broken, and that is told", at=Instant(row.settled))
    if row.heard is not None:
        yield M("{who} did something about the case {at}", who=_who(row), at=Instant(row.heard))


def _concerns(row: NoticeRow, fact: Fact) -> bool:
    body = fact.body
    if "keys" in body:
        return any(row.has_key(key) for key in body["keys"])
    if "key" in body:
        return row.has_key(body["key"])
    if fact.seq < int(row.key.partition(".")[0]) or body.get("channel", "") not in (
        "",
        row.channel,
    ):
        return False
    after = row.reached is not None and fact.at > row.reached
    return not after and row.is_for(str(body.get("role", "")))


def _sent(fact: Fact) -> Message:
    return M("sent {at} by {outlet}", at=Instant(fact.at), outlet=fact.body["outlet"])


def _failed(fact: Fact) -> Message:
    return M(
        "attempt {n} in vain {at}: {reason}",
        n=fact.body["attempt"],
        at=Instant(fact.at),
        reason=_reason(fact),
    )


def _reason(fact: Fact) -> Label | Message | str:
    reason: Label | Message | str = REASONS.get(fact.body["reason"]) or str(fact.body["reason"])
    detail = fact.body.get("detail")
    return M("{reason} ({detail})", reason=reason, detail=detail) if detail else reason


def _settled(fact: Fact) -> Message:
    words = fact.body.get("text", "")
    who = Named(fact.actor)
    return M("laid aside {at} by {who}: {text}", at=Instant(fact.at), who=who, text=words)


def _missed(fact: Fact) -> Message:
    return M("tried in vain {at} by {who}", at=Instant(fact.at), who=Named(fact.actor))


def _reached(fact: Fact) -> Message:
    return M("reached {at} by {who}", at=Instant(fact.at), who=Named(fact.actor))


def _delegated(fact: Fact) -> Message:
    return M(
        "not reached in {after}: passed on to {who} {at}",
        after=Duration(fact.body["after"]),
        who=Named(fact.body["to"]),
        at=Instant(fact.at),
    )


_COURSE: dict[str, Callable[[Fact], Message]] = {
    "notice_sent": _sent,
    "message_sent": _sent,
    "notice_delivered": lambda fact: M("delivered {at}", at=Instant(fact.at)),
    "notice_failed": _failed,
    "notice_dead": lambda fact: M(
        "given up {at}: {reason}", at=Instant(fact.at), reason=_reason(fact)
    ),
    "notice_resent": lambda fact: M(
        "to be sent anew {at} by {who}", at=Instant(fact.at), who=Named(fact.actor)
    ),
    "notice_settled": _settled,
    "notice_repeated": lambda fact: M("told again {at}", at=Instant(fact.at)),
    "notice_delegated": _delegated,
    "role_missed": _missed,
    "role_reached": _reached,
}


# --- what is next


def _next(case: Case, row: NoticeRow) -> Message:
    """The next step, and when."""
    step = escalation.next_step(row, case)
    if row.tries_at is not None and (step is None or row.tries_at <= step.at):
        return M("next: to be sent, {at}", at=Instant(row.tries_at))
    if step is not None and step.again:
        return M("next: told again {at}", at=Instant(step.at))
    if step is not None:
        return M("next: passed on to {who} {at}", who=Named(step.to[0].person), at=Instant(step.at))
    over = escalation.over(row, case)
    if over:
        return M("no next step: {reason}", reason=OVER[over])
    if row.delegated is not None:
        return M("no next step: it is with {who} now", who=Named(row.passed_to))
    if row.state in ("due", "dead"):
        return M("next: somebody tells them, or lays it aside")
    if row.when == "now" and row.after:
        return M("no next step: the chain ends here")
    return M("no next step by itself: it was told")
