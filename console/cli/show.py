"""`console show`: read the board, a case, calls, timers, notices, people."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from console.cli import naming, notices
from console.cli.context import Context
from console.cli.output import DONE, UNUSABLE, Output
from console.desk.ledger import STATE_LABELS, label_of
from console.domain.call import Call
from console.domain.callback import Callback
from console.domain.case import ROLES, Case
from console.domain.clock import Clock
from console.domain.fields import Phone
from console.domain.forms import FormState
from console.domain.gates import open_gates
from console.domain.moments import iso
from console.domain.people import CASE_ROLE_LABELS
from console.domain.refusal import RefusedError
from console.domain.words import Instant, L, M, Message, Named

UNDELIVERED = L("✉ 有通知未送达", "✉ a notice was not delivered")
"""What the board says of a case somebody could not be told of."""


def run(context: Context, options: argparse.Namespace) -> int:
    if options.what == "duties":
        from console.cli import duties  # noqa: PLC0415 - only here

        return duties.run(context, options)
    if options.what == "notices":
        return notices.show(context, options)
    if options.what == "lines":
        from console.cli import lines  # noqa: PLC0415 - only here

        return lines.show(context)
    if options.what == "permissions":
        from console.cli import permissions  # noqa: PLC0415 - only here

        return permissions.show(context, options.role, options.line)
    if options.what != "people":
        context.read()
    if options.what in ("handover", "roster", "owners", "reachability"):
        from console.cli import shifts  # noqa: PLC0415 - only here

        return shifts.show(context, options.what, options.key or "")
    if options.what == "digest":
        from console.cli import digest  # noqa: PLC0415 - only here

        return digest.show(context, options.day)
    return _VIEWS[options.what](context, options.key or "")


def _board(context: Context, _key: str) -> int:
    desk, now = context.desk, context.moment
    output = context.output()
    rows = sorted(
        desk.board(), key=lambda r: min((c.due for c in r.clocks if c.due), default=2**62)
    )
    if output.as_json:
        output.data(rows)
        return DONE
    if not rows:
        output.line(M("No open case."))
    say = output.speech.say
    for row in rows:
        rules = desk.rulebook.rules(row.line, row.division)
        labels = {owned.timer.key: owned.timer.label for owned in rules.timers}
        clocks = "  ".join(
            f"{say(labels.get(clock.key, clock.key))} {_left(output, clock.due, now)}"
            for clock in row.clocks
        )
        category = rules.category(row.category)
        words = (
            str(row.case),
            say(rules.state_label(row.state)),
            say(category.label) if category else "–",
            row.customer,
            f"{say(Named(row.owner))}→{desk.directory.name(row.assignee) or '–'}",
            clocks,
            say(UNDELIVERED) if "undelivered" in row.marks else "",
        )
        output.line("  ".join(words).rstrip())
    return DONE


def _left(output: Output, due: int | None, now: int) -> str:
    if due is None:
        return "·"
    sign = "-" if due < now else ""
    return sign + output.speech.length(due - now)


def _case(context: Context, key: str) -> int:
    case = context.desk.case(number_of(key), context.at)
    if context.person:
        context.desk.viewed(case.number, context.who)
    output = context.output()
    if output.as_json:
        output.data(case_data(context, case))
        return DONE
    _print_case(context, output, case)
    return DONE


def number_of(key: str) -> int:
    """A case number from the command line. Raises RefusedError."""
    if not key.isascii() or not key.isdigit() or len(key) > 12:
        raise RefusedError(
            "case",
            M("“{typed}” is not a case number.", typed=key),
            M("A case number looks like 1042."),
        )
    return int(key)


def case_data(context: Context, case: Case) -> dict[str, Any]:
    """A case for programs: everything the case view shows."""
    zone, now = context.desk.config.zone, context.moment
    return {
        "case": case.number,
        "version": case.version,
        "state": case.state,
        **{name: case.attributes[name] for name in ("line", "category", "division", "cycle")},
        **{role: case.attributes[role] for role in ROLES},
        "opened_at": iso(case.opened_at, zone),
        "calls": case.calls,
        "values": {k: case.attributes[k] for k in case.rules.fields if k in case.attributes},
        "timers": [clock_data(clock, now, zone) for clock in case.clocks],
        "notices": case.notices,
        "forms": {key: state.stands for key, state in case.forms.items()},
        "missing": {gate.key: missing for gate, missing in open_gates(case)},
        "sections": context.desk.sections(case),
        "offered": _offered(context, case),
        "facts": case.facts,
    }


def _offered(context: Context, case: Case) -> list[str]:
    """What the acting person may do; nothing when nobody was named."""
    try:
        return context.desk.offered(case.number, context.who)
    except RefusedError:
        return []


def clock_data(clock: Clock, now: int, zone: str) -> dict[str, Any]:
    """A clock for programs. `breached_by` counts seconds."""
    done, needed = clock.progress()

    def moment(at: int | None) -> str | None:
        return None if at is None else iso(at, zone)

    return {
        "key": clock.key,
        "rule": clock.timer.rule,
        "clause": clock.timer.clause,
        "level": clock.timer.level,
        "state": clock.state(now),
        "started": moment(clock.began),
        "amber": moment(clock.amber),
        "due": moment(clock.due),
        "stopped": moment(clock.ended),
        "breached_by": clock.breached_by(now),
        "progress": f"{done}/{needed}",
        "provisional": list(clock.provisional),
        "earlier": [moment(change.due) for change in clock.dues[:-1]],
        "cycle": clock.cycle,
    }


def _print_case(context: Context, output: Output, case: Case) -> None:
    now, say = context.moment, output.speech.say
    rules = case.rules
    category = rules.category(case.category)
    division = rules.division.label if rules.division else "–"
    words = (
        str(case.number),
        say(rules.state_label(case.state)),
        say(rules.line.label) if case.line else "–",
        say(category.label) if category else "–",
        say(division),
    )
    output.line("  ".join(words))
    if rules.division is not None and rules.division.via:
        door = rules.line.slots.get(rules.division.via, rules.division.via)
        output.line(M("{division}: via {door}", division=rules.division.label, door=door), 2)
    for role in ROLES:
        label = CASE_ROLE_LABELS[role]
        output.line(M("{role}: {person}", role=label, person=Named(case.attributes[role])), 2)
    _print_values(context, output, case)
    for section in context.desk.sections(case):
        output.line(section.title, 2)
        for label, text in section.rows:
            output.line(M("{field}: {value}", field=label, value=text), 4)
    for clock in case.clocks:
        output.line(_clock_line(clock, now), 2)
        for change in clock.dues[:-1]:
            due = Instant(change.due) if change.due is not None else "–"
            output.line(M("due {due}: {cause}", due=due, cause=change.cause), 4)
    for row in case.notices:
        output.line(
            M(
                "notice {notice}: {slot} ({person}) by {channel}: {state}",
                notice=notices.labels(case, row),
                slot=notices.slot(context, row),
                person=notices.recipient(context, row),
                channel=naming.channel(row.channel),
                state=naming.notice_state(row.state),
            ),
            2,
        )
        for why in notices.explained(row):
            output.line(why, 4)
    for state in case.forms.values():
        output.line(_form_line(state), 2)
    for gate, missing in open_gates(case):
        parts = output.speech.listed(say(one) for one in missing)
        output.line(M("before “{gate}”: {missing}", gate=gate.label, missing=parts), 2)
    for fact in case.facts:
        output.line(
            M(
                "{at}  {who}  {fact}",
                at=Instant(fact.at),
                who=Named(fact.actor),
                fact=label_of(fact, context.desk.rulebook),
            ),
            2,
        )


def _print_values(context: Context, output: Output, case: Case) -> None:
    for key, field in case.rules.fields.items():
        value = case.attributes.get(key)
        if value not in (None, "", []):
            text = field.format(value, output.speech.lang)
            if isinstance(field, Phone):
                text = context.viewer.number(text)
            output.line(M("{field}: {value}", field=field.label, value=text), 2)


def _form_line(state: FormState) -> Message:
    """How far a form has come, e.g. 1/2 signatures."""
    step = state.next_step()
    if step is None:
        return M("form {form}: complete", form=state.form.label)
    waits = M("form {form}: waits for {step}", form=state.form.label, step=step.label)
    done, needed = state.signatures(step)
    return M("{words} {done}/{needed}", words=waits, done=done, needed=needed) if needed else waits


def _clock_line(clock: Clock, now: int) -> Any:
    state = STATE_LABELS[clock.state(now)]
    due = Instant(clock.due) if clock.due is not None else "–"
    return M(
        "{rule} {label}: due {due}, {state}",
        rule=clock.timer.rule,
        label=clock.timer.label,
        due=due,
        state=state,
    )


def _call(context: Context, key: str) -> int:
    call = context.desk.call(key)
    output = context.output()
    if output.as_json:
        output.data({**call_data(call, output.speech.zone), "facts": call.facts})
        return DONE
    output.line(_call_line(context, call))
    for fact in call.facts:
        output.line(
            M(
                "{at}  {who}  {fact}",
                at=Instant(fact.at),
                who=Named(fact.actor),
                fact=label_of(fact, context.desk.rulebook),
            ),
            2,
        )
    return DONE


def call_data(call: Call, zone: str) -> dict[str, Any]:
    """A call for programs."""
    return {
        "call": call.key,
        "number": call.number,
        "received": call.received,
        "name": call.name,
        "place": dict(call.place),
        "did": call.did,
        "state": call.state,
        "reason": call.missed_reason,
        "rang_at": iso(call.rang_at, zone),
        "ended_at": None if call.ended_at is None else iso(call.ended_at, zone),
        "answers": [{"at": iso(at, zone), "station": station} for at, station in call.answers],
        "claimed_by": call.claimed_by,
        "recording": call.recording,
        "cases": list(call.cases),
    }


def _call_line(context: Context, call: Call) -> Any:
    return M(
        "{key}  {at}  {number}  {name}  {state}",
        key=call.key,
        at=Instant(call.rang_at),
        number=context.viewer.number(call.shown or call.received),
        name=call.name,
        state=naming.call_state(call),
    )


def _calls(context: Context, _key: str) -> int:
    calls, output = context.desk.calls(), context.output()
    if output.as_json:
        output.data([call_data(call, output.speech.zone) for call in calls])
    else:
        for call in calls:
            output.line(_call_line(context, call))
    return DONE


def _timers(context: Context, _key: str) -> int:
    desk, now = context.desk, context.moment
    output = context.output()
    opened = (desk.case(row.case) for row in desk.board())
    cases = [desk.case(c.number, context.at) for c in opened if c.opened_at <= context.moment]
    debts = [desk.callback(debt.number, context.at) for debt in desk.owed()]
    holders: list[Case | Callback] = [*cases, *debts]
    found = [(holder.subject, clock) for holder in holders for clock in holder.running()]
    found.sort(key=lambda pair: (pair[1].due is None, pair[1].due or 0, pair[0]))
    if output.as_json:
        zone = output.speech.zone
        output.data([{"subject": s, **clock_data(c, now, zone)} for s, c in found])
        return DONE
    for subject, clock in found:
        line = _clock_line(clock, now)
        about = naming.subject(context.viewer.text(subject))
        output.line(M("{subject}  {clock}", subject=about, clock=line))
    return DONE


def _customer(context: Context, key: str) -> int:
    if not key:
        return context.output().unusable(
            M("Which number?"), M("Write `console show customer NUMBER`.")
        )
    from console.cli.find import show_found  # noqa: PLC0415

    return show_found(context, key)


def _people(context: Context, _key: str) -> int:
    people, output = context.desk.people(), context.output()
    if output.as_json:
        output.data(
            [
                {
                    "person": p.key,
                    "name": p.name,
                    "roles": sorted(p.roles),
                    "extension": p.extension,
                    "active": p.active,
                }
                for p in people
            ]
        )
    else:
        output.table([(p.key, p.name, ",".join(sorted(p.roles)), p.extension) for p in people])
    return DONE


_VIEWS: dict[str, Callable[[Context, str], int]] = {
    "board": _board,
    "case": _case,
    "call": _call,
    "calls": _calls,
    "timers": _timers,
    "customer": _customer,
    "people": _people,
}
__all__ = ["UNUSABLE", "run"]
