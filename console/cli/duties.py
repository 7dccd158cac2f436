"""`console show duties`: what recurs without a case, in a month or between two dates."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from console.cli.context import Context
from console.cli.output import DONE, Output
from console.desk.agenda import Heading, Item
from console.desk.duties import STATES, DutyRow
from console.domain.moments import iso, local_time
from console.domain.periods import span_of
from console.domain.refusal import RefusedError
from console.domain.words import Duration, Instant, M, Message, Named, listed


def run(context: Context, options: argparse.Namespace) -> int:
    first, last = _stretch(context, options)
    rows = context.desk.duties(first, last, context.moment, context.at, options.key or "")
    output = context.output()
    if output.as_json:
        output.data([_data(row, output.speech.zone) for row in rows])
        return DONE
    if not rows:
        output.line(M("No duty from {first} to {last}.", first=str(first), last=str(last)))
    for row in rows:
        _print(output, row)
    return DONE


def _stretch(context: Context, options: argparse.Namespace) -> tuple[date, date]:
    """The dates asked for; the month of the moment when none were."""
    today = local_time(context.moment, context.desk.config.zone).date()
    if options.month or not (options.since or options.until):
        month = options.month or f"{today.year}-{today.month:02}"
        return _read(month, span_of)
    first = _read(options.since, _day) if options.since else (today, today)
    last = _read(options.until, _day) if options.until else (first[0], _month_later(first[0]))
    return first[0], last[1]


def _month_later(day: date) -> date:
    return date.fromordinal(day.toordinal() + 30)


def _day(text: str) -> tuple[date, date]:
    day = date.fromisoformat(text)
    return day, day


def _read(text: str, read: Any) -> tuple[date, date]:
    try:
        found: tuple[date, date] = read(text)
    except ValueError:
        raise RefusedError(
            "duties",
            M("“{typed}” is neither a month nor a date.", typed=text),
            M("Write --month 2026-05, or --from 2026-05-01 --to 2026-05-31."),
        ) from None
    return found


def _data(row: DutyRow, zone: str) -> dict[str, Any]:
    """A row for programs: instants as ISO, absent ones null."""
    data: dict[str, Any] = {name: getattr(row, name) for name in row.__dataclass_fields__}
    for name in ("due", "remind", "done_at"):
        data[name] = None if data[name] is None else iso(data[name], zone)
    for name in ("day", "period", "proposal", "moved_from"):
        data[name] = data[name] or None
    data["agenda"] = [_heading_data(heading, zone) for heading in row.agenda]
    return data


def _heading_data(heading: Heading, zone: str) -> dict[str, Any]:
    items = [
        {
            **{name: getattr(item, name) for name in item.__dataclass_fields__},
            "opened_at": iso(item.opened_at, zone),
            "values": {key: shown for key, _, shown in item.values},
        }
        for item in heading.items
    ]
    return {"key": heading.key, "label": heading.label, "rule": heading.rule, "items": items}


def _print(output: Output, row: DutyRow) -> None:
    output.line(
        M(
            "{due}  {state}  {duty}  {period}  {rule} {label} → {person}",
            due=Instant(row.due) if row.due is not None else "–",
            state=STATES[row.state],
            duty=row.duty,
            period=row.period or "–",
            rule=row.rule,
            label=row.label,
            person=Named(row.person) if row.person else row.who,
        )
    )
    for remark in _remarks(row):
        output.line(remark, 4)
    for heading in row.agenda:
        _print_heading(output, heading)


def _remarks(row: DutyRow) -> list[Message]:
    remarks = []
    if row.state == "undated":
        remarks.append(
            M(
                'write a date of it into [duties] of console.toml: "{duty}" = "2026-01-07 19:00"',
                duty=row.duty,
            )
        )
    if row.clash:
        remarks.append(M("falls on a rest day; proposed instead: {day}", day=row.proposal or "–"))
    if row.moved_from:
        remarks.append(M("moved from {day}: {reason}", day=row.moved_from, reason=row.reason))
    if row.remind is not None and row.state == "planned":
        remarks.append(M("called to mind {at}", at=Instant(row.remind)))
    if row.done_at is not None:
        remarks.append(
            M(
                "done {at} by {who} {evidence}",
                at=Instant(row.done_at),
                who=Named(row.done_by),
                evidence=row.evidence,
            )
        )
    return remarks + _open_remarks(row) + _about(row)


def _about(row: DutyRow) -> list[Message]:
    """Who gets it, and where to see what it is about."""
    remarks = []
    if row.to:
        people = [M("{one}", one=Named(one)) for one in row.to]
        remarks.append(M("goes to {people}", people=listed(people)))
    if row.topics and not row.agenda:
        remarks.append(M("what it is about: console show duties {duty}", duty=row.duty))
    return remarks


def _print_heading(output: Output, heading: Heading) -> None:
    output.line(M("{topic} ({count})", topic=heading.label, count=len(heading.items)), 4)
    for item in heading.items:
        output.line(_item(output, item), 6)


def _item(output: Output, item: Item) -> Message:
    """A case under a heading: what it is, how far, what the heading asks for."""
    lang = output.speech.lang
    values = [
        M("{field}: {value}", field=label, value=shown.within(lang))
        for _, label, shown in item.values
    ]
    state = M("{state}, late", state=item.state) if item.late else item.state
    return M(
        "{case}  {since}  {customer}  {state}  {values}",
        case=item.case,
        since=Instant(item.opened_at),
        customer=item.customer,
        state=state,
        values=listed(values) if values else "",
    )


def _open_remarks(row: DutyRow) -> list[Message]:
    remarks = []
    if row.overdue_by:
        remarks.append(M("late by {over}", over=Duration(row.overdue_by)))
    if row.missing:
        done = len(row.parts) - len(row.missing)
        remarks.append(
            M(
                "{done}/{all} done; missing: {missing}",
                done=done,
                all=len(row.parts),
                missing=", ".join(row.missing),
            )
        )
    if row.waiting:
        remarks.append(M("waits for {duties}", duties=", ".join(row.waiting)))
    if row.provisional:
        years = ", ".join(str(year) for year in row.provisional)
        remarks.append(M("provisional: the holiday calendar for {years} is missing", years=years))
    return remarks
