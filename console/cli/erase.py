"""`console erase`: a customer's personal data taken out of everything, on request or when its
time has come. Shows what it would take; `--yes` does it."""

from __future__ import annotations

import argparse

from console.cli.context import Context
from console.cli.output import DONE, Output
from console.desk import Who
from console.desk.erasing import Erasure
from console.domain.people import SYSTEM
from console.domain.refusal import RefusedError
from console.domain.words import M, Message


def run(context: Context, options: argparse.Namespace) -> int:
    if options.due:
        return _due(context, options)
    if not options.number:
        raise RefusedError(
            "erase", M("Whose data?"), M("Give a telephone number, or --due for what is overdue.")
        )
    desk, who = context.desk, context.who
    if options.yes:
        found = desk.erase(options.number, options.reason, who)
    else:
        found = desk.would_erase(options.number, who)
    output = context.output()
    if output.as_json:
        output.data(found)
        return DONE
    for line in _lines(found):
        output.line(line)
    _close(context, output, found, done=options.yes)
    return DONE


def _due(context: Context, options: argparse.Namespace) -> int:
    """Erase what `[retention]` says has been kept long enough."""
    from console.desk import retention  # noqa: PLC0415 - only here

    desk, output = context.desk, context.output()
    if not desk.config.retention:
        raise RefusedError(
            "erase",
            M("No time is set after which data is erased."),
            M("Write days = 365 under [retention] in console.toml."),
        )
    due = retention.due(desk)
    if options.yes:
        retention.erase_due(desk, context.who if context.person else Who(SYSTEM.key))
    if output.as_json:
        output.data({"cases": due.cases, "calls": due.calls, "erased": bool(options.yes)})
        return DONE
    output.line(
        M(
            "Kept long enough: {cases} cases, {calls} calls.",
            cases=len(due.cases),
            calls=len(due.calls),
        )
    )
    output.line(M("Erased.") if options.yes else M("Nothing was written. Add --yes to erase them."))
    return DONE


def _lines(found: Erasure) -> list[Message]:
    lines = []
    if found.cases:
        lines.append(M("Cases: {all}", all=", ".join(map(str, found.cases))))
    if found.calls:
        lines.append(M("Calls: {all}", all=", ".join(found.calls)))
    if found.mentions:
        lines.append(M("The number, where others mention it: {all}", all=", ".join(found.mentions)))
    if found.drafts:
        lines.append(M("Drafts: {count}", count=found.drafts))
    return lines


def _close(context: Context, output: Output, found: Erasure, *, done: bool) -> None:
    """What it came to, and what is left to somebody's hands."""
    if done:
        output.line(M("Facts erased: {count}.", count=found.facts))
    else:
        output.line(M("Facts to be erased for good: {count}.", count=found.facts))
        output.line(M("Nothing was written. Add --yes and a --reason to do it."))
    for number in found.left:
        output.line(M("Case {number} is open and mentions it: left as it is.", number=number))
    for path in found.recordings:
        output.line(M("Recording, to be deleted by hand: {path}", path=path))
    for kept in sorted(context.directory.glob("console-v*.db")):
        output.line(M("It is still in {path}: delete that copy, and old backups.", path=str(kept)))
