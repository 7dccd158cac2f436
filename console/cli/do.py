"""`console do`: one desk command."""

from __future__ import annotations

import argparse

from console.cli import naming
from console.cli.context import Context
from console.cli.output import DONE, Output
from console.desk import Desk, Outcome, Preview
from console.desk.ledger import label_of
from console.desk.outcome import DueLine
from console.domain.commands import COMMANDS, Command
from console.domain.commands.intake import labels_of, missing_fields
from console.domain.facts import Fact
from console.domain.moments import iso
from console.domain.notices import WRITTEN
from console.domain.refusal import RefusedError
from console.domain.words import Instant, M, Message, Named, listed


def run(context: Context, options: argparse.Namespace) -> int:
    if options.list or not options.name:
        return _list(context)
    typed = pairs(options.fields)
    desk = context.desk
    if options.preview:
        preview = desk.preview(options.name, typed, context.who, context.at)
        return _show_preview(context, preview)
    outcome = desk.do(options.name, typed, context.who, context.at)
    return show_outcome(context.output(), desk, outcome)


def pairs(words: list[str]) -> dict[str, str]:
    """`field=value` words. Raises RefusedError for a word that is neither."""
    typed = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not equals or not key.strip():
            raise RefusedError(
                "field",
                M("“{word}” is not field=value.", word=word),
                M("Write for example case=1042; quote values with spaces."),
            )
        typed[key.strip()] = value
    return typed


def show_outcome(output: Output, desk: Desk, outcome: Outcome) -> int:
    """What was written, and where the case stands now."""
    if output.as_json:
        zone = output.speech.zone
        clocks = (
            []
            if not outcome.case
            else [
                {
                    "key": c.key,
                    "rule": c.timer.rule,
                    "due": None if c.due is None else iso(c.due, zone),
                }
                for c in desk.case(outcome.case).running()
            ]
        )
        output.data(
            {
                "case": outcome.case or None,
                "call": outcome.call or None,
                "version": outcome.version or None,
                "facts": list(outcome.facts),
                "running": clocks,
            }
        )
        return DONE
    if not outcome.facts:
        output.line(M("Nothing to do: it is so already."))
    _say_what_is_missing(output, desk, outcome)
    for fact in outcome.facts:
        output.line(
            M(
                "{at}  {subject}: {fact}",
                at=Instant(fact.at),
                subject=naming.subject(fact.subject),
                fact=label_of(fact, desk.rulebook),
            )
        )
    return DONE


def _say_what_is_missing(output: Output, desk: Desk, outcome: Outcome) -> None:
    """The fields the record still needs, as long as it is not complete."""
    if not outcome.case:
        return
    case = desk.case(outcome.case)
    missing = missing_fields(case.rules, case.attributes, "intake")
    if missing and case.is_open:
        labels = listed(labels_of(case, missing))
        output.line(
            M(
                "{case}: the record is not complete. Missing: {missing}",
                case=case.number,
                missing=labels,
            )
        )


def _show_preview(context: Context, preview: Preview) -> int:
    output, desk = context.output(), context.desk
    if preview.refusal is not None:
        return output.refusal(preview.refusal)
    if output.as_json:
        output.data(preview)
        return DONE
    output.line(M("Nothing was written. It would become: {state}", state=preview.state))
    for due in preview.dues:
        output.line(_due_words(due), 2)
    for fact in preview.facts:
        if fact.kind == WRITTEN:
            _say_message(context, output, fact)
    for row in preview.notices:
        if row.to:
            continue
        output.line(
            M(
                "would tell {slot} ({person}) by {channel}",
                slot=naming.slot(desk.rulebook, row.slot),
                person=Named(row.person) if row.person else "–",
                channel=naming.channel(row.channel),
            ),
            2,
        )
    return DONE


def _say_message(context: Context, output: Output, fact: Fact) -> None:
    """What a customer would be written, word for word."""
    body = fact.body
    address = context.viewer.text(body["address"])
    channel = naming.channel(body["via"])
    output.line(M("would write to {address} by {channel}:", address=address, channel=channel), 2)
    if body["via"] == "mail":
        output.line(body["subject"], 4)
    for line in body["text"].splitlines():
        output.line(line, 4)


def _due_words(due: DueLine) -> Message:
    before = Instant(due.before) if due.before is not None else "–"
    after = Instant(due.after) if due.after is not None else "–"
    if due.change == "unchanged":
        return M("{rule} {label}: {due}, unchanged", rule=due.rule, label=due.label, due=after)
    if due.change == "started":
        return M("{rule} {label}: starts, due {due}", rule=due.rule, label=due.label, due=after)
    if due.change == "moved":
        return M(
            "{rule} {label}: {old} → {due}", rule=due.rule, label=due.label, old=before, due=after
        )
    if due.change == "dropped":
        return M("{rule} {label}: no longer applies", rule=due.rule, label=due.label)
    return M("{rule} {label}: stopped", rule=due.rule, label=due.label)


def _list(context: Context) -> int:
    output = context.output()
    if output.as_json:
        output.data([_described(command) for command in COMMANDS.values()])
        return DONE
    output.table(
        [
            (command.name, output.speech.say(command.label), _usage(command))
            for command in COMMANDS.values()
        ]
    )
    output.line(M("Fields marked * must be given; +fields takes any field of the case's line."))
    return DONE


def _usage(command: Command) -> str:
    words = [f"{param.key}{'*' if param.required else ''}" for param in command.params]
    return " ".join(words + (["+fields"] if command.open_fields else []))


def _described(command: Command) -> dict[str, object]:
    return {
        "name": command.name,
        "label": command.label,
        "about": command.about,
        "fields": [
            {
                "key": param.key,
                "label": param.label,
                "required": bool(param.required),
                "choices": list(getattr(param, "choices", {})),
            }
            for param in command.params
        ],
        "open_fields": command.open_fields,
        "clause": command.clause,
    }
