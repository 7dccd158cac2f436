"""`console show notices`: who has to be told, how far that has come, and what is in its way."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import NamedTuple

from console.cli import naming
from console.cli.context import Context
from console.cli.output import DONE
from console.domain.case import Case
from console.domain.notices import CUSTOMER, CUSTOMER_LABEL, NoticeRow
from console.domain.outbox import REASONS
from console.domain.words import Instant, M, Message, Named

TO_DO = frozenset(("due", "waiting"))
"""What `--waiting` shows: what a person has to tell, and what is still to be sent."""


class Found(NamedTuple):
    """A row with the case it is about."""

    case: Case
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
        left = (one.subject.partition(":")[2] for one in desk.store.outbox())
        numbers = sorted({int(number) for number in left})
    else:
        numbers = [row.case for row in desk.board()]
    for number in numbers:
        case = desk.case(number, context.at if options.case else None)
        yield from (Found(case, row) for row in case.notices)


def _line(context: Context, found: Found) -> Message:
    case, row = found
    return M(
        "{key}  {case}  {notice}  {slot} ({person})  {channel}  {state}",
        key=row.key,
        case=case.number,
        notice=naming.notice(case.rulebook, row.notice, case.line),
        slot=slot(context, row),
        person=recipient(context, row),
        channel=naming.channel(row.channel),
        state=naming.notice_state(row.state),
    )


def slot(context: Context, row: NoticeRow) -> object:
    """What the recipient is."""
    return CUSTOMER_LABEL if row.slot == CUSTOMER else naming.slot(context.desk.rulebook, row.slot)


def recipient(context: Context, row: NoticeRow) -> object:
    """Who it is, or which number or address."""
    if row.to:
        return context.viewer.text(row.to)
    return Named(row.person) if row.person else "–"


def explained(row: NoticeRow) -> Iterator[Message]:
    """Why it has not arrived, and when it is tried again."""
    if row.state == "dead" or (row.failed and row.state == "waiting"):
        reason = REASONS.get(row.reason, row.reason)
        why = M("{reason} ({detail})", reason=reason, detail=row.detail) if row.detail else reason
        if row.tries_at is None:
            yield M("{why}; not tried any more", why=why)
        else:
            again = Instant(row.tries_at)
            yield M("{why}; {n} attempts, next {at}", why=why, n=row.failed, at=again)
