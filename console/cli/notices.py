"""`console show notices`: who has to be told, how far that has come, and what is in its way."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import NamedTuple

from console.cli import naming
from console.cli.context import Context
from console.cli.output import DONE
from console.domain.bulletin import SUBJECT, Bulletin
from console.domain.case import Case
from console.domain.digest import LABEL
from console.domain.notices import CUSTOMER, CUSTOMER_LABEL, NoticeRow
from console.domain.outbox import REASONS
from console.domain.recipients import REASONS as STANDS_IN
from console.domain.words import Instant, Label, M, Message, Named, listed

TO_DO = frozenset(("due", "waiting"))
"""What `--waiting` shows: what a person has to tell, and what is still to be sent."""


class Found(NamedTuple):
    """A row with the case it is about, or the digest of a day."""

    case: Case | Bulletin
    row: NoticeRow


def show(context: Context, options: argparse.Namespace) -> int:
    """All of the open cases, or what --dead, --waiting and --case choose."""
    context.read()
    wanted = frozenset(("dead",)) if options.dead else frozenset[str]()
    wanted |= TO_DO if options.waiting else frozenset()
    found = [one for one in _found(context, options) if not wanted or one.row.state in wanted]
    output = context.output()
    if output.as_json:
        output.data(
            [{"case": case.number, "notice": row, "state": row.state} for case, row in found]
        )
        return DONE
    for one in found:
        output.line(_line(context, one))
        for words in explained(one.row):
            output.line(words, 4)
    if not found:
        output.line(M("No notice."))
    return DONE


def _found(context: Context, options: argparse.Namespace) -> Iterator[Found]:
    """The rows of the cases asked for: one, those with something left to be done, or the
    open ones."""
    from console.cli.show import number_of  # noqa: PLC0415 - it hands over to here

    desk = context.desk
    if options.case:
        numbers = [number_of(options.case)]
    elif options.dead or options.waiting:
        subjects = {one.subject for one in desk.store.outbox()}
        yield from _of_digests(context, subjects)
        left = (one.partition(":") for one in subjects)
        numbers = sorted(int(number) for kind, _, number in left if kind == "case")
    else:
        numbers = [row.case for row in desk.board()]
    for number in numbers:
        case = desk.case(number, context.at if options.case else None)
        yield from (Found(case, row) for row in case.notices)


def _of_digests(context: Context, subjects: set[str]) -> Iterator[Found]:
    """The rows of the house's own messages."""
    world = context.desk.world(context.desk.store)
    for subject in sorted(one for one in subjects if one.startswith(f"{SUBJECT}:")):
        digest = world.bulletin(subject.partition(":")[2])
        yield from (Found(digest, row) for row in digest.notices)


def _line(context: Context, found: Found) -> Message:
    case, row = found
    return M(
        "{key}  {case}  {notice}  {slot} ({person})  {channel}  {state}",
        key=row.key,
        case=case.number,
        notice=labels(case, row),
        slot=slot(context, row),
        person=recipient(context, row),
        channel=naming.channel(row.channel),
        state=naming.notice_state(row.state),
    )


def labels(case: Case | Bulletin, row: NoticeRow) -> Label | Message:
    """What a notice is called; of several that are one message, each."""
    if isinstance(case, Bulletin):
        return LABEL
    keys = dict.fromkeys(ground.notice for ground in row.grounds)
    named = (naming.notice(case.rulebook, key, case.line) for key in keys)
    return listed([one if isinstance(one, Label) else Label(one, one) for one in named])


def slot(context: Context, row: NoticeRow) -> object:
    """What the recipient is: every slot of theirs that is told."""
    if row.slot == CUSTOMER:
        return CUSTOMER_LABEL
    slots = dict.fromkeys(ground.slot for ground in row.grounds)
    found = (naming.slot(context.desk.rulebook, one) for one in slots)
    return listed([one if isinstance(one, Label) else Label(one, one) for one in found])


def recipient(context: Context, row: NoticeRow) -> object:
    """Who it is, or which number or address."""
    if row.to:
        return context.viewer.text(row.to)
    return Named(row.person) if row.person else "–"


def explained(row: NoticeRow) -> Iterator[Message]:
    """In whose place somebody is told; why it has not arrived, and when it is tried again;
    who was told instead."""
    for meant, why_not in dict.fromkeys((one.meant, one.why) for one in row.grounds if one.why):
        yield M("for {meant}: {why}", meant=Named(meant), why=STANDS_IN[why_not])
    if row.repeated_at is not None:
        last = Instant(row.repeated_at)
        yield M("told again {n} times, last {at}", n=row.repeated, at=last)
    if row.delegated is not None:
        yield M("passed on to {who} {at}", who=Named(row.passed_to), at=Instant(row.delegated))
    if row.state == "dead" or (row.failed and row.state == "waiting"):
        reason = REASONS.get(row.reason, row.reason)
        why = M("{reason} ({detail})", reason=reason, detail=row.detail) if row.detail else reason
        if row.tries_at is None:
            yield M("{why}; not tried any more", why=why)
        else:
            again = Instant(row.tries_at)
            yield M("{why}; {n} attempts, next {at}", why=why, n=row.failed, at=again)
