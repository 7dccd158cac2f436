"""`console calendar`: check, list, add and compare working calendars."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from console.cli.context import Context
from console.cli.output import DONE, UNUSABLE
from console.desk.recalculation import add
from console.domain.calendar import Calendar
from console.domain.calendar_diff import ADDED, COVER, REMOVED, ZONE, Difference, differences
from console.domain.calendar_spec import CalendarError
from console.domain.refusal import RefusedError
from console.domain.words import Instant, M, Message
from console.installation import calendar_shelf
from console.store.calendar_shelf import Document, read_document


def run(context: Context, options: argparse.Namespace) -> int:
    wanted = {"list": 0, "check": 1, "add": 1, "diff": 2}[options.action]
    if len(options.files) != wanted:
        return context.output().unusable(
            M("calendar {action} takes {count} files.", action=options.action, count=wanted),
            M("See `console calendar --help`."),
        )
    try:
        return _ACTIONS[options.action](context, *options.files)
    except CalendarError as bad:
        remedy = M("Mend it, then run `console calendar check` on it.")
        return context.output().unusable(bad.message, remedy)


def _check(context: Context, file: str) -> int:
    document, output = read_document(Path(file)), context.output()
    if output.as_json:
        output.data(_described(document))
        return DONE
    for calendar in document.calendars.values():
        output.line(_line(calendar))
    output.line(M("Sound."))
    return DONE


def _list(context: Context) -> int:
    shelf, output = calendar_shelf(context.directory), context.output()
    book = shelf.book
    rows = [
        {
            **_data(calendar),
            "file": str(document.path),
            "in_force": book[calendar.id].digest == calendar.digest
            and book[calendar.id].version == calendar.version,
        }
        for document in shelf.documents()
        for calendar in document.calendars.values()
    ]
    if output.as_json:
        output.data(rows)
    else:
        say = output.speech.say
        marks = {True: say(M("in force")), False: say(M("replaced"))}
        output.table(
            [
                (
                    str(row["id"]),
                    str(row["version"]),
                    f"{row['from']} – {row['to']}",
                    marks[bool(row["in_force"])],
                    Path(str(row["file"])).name,
                )
                for row in rows
            ]
        )
    for problem in shelf.problems.values():
        if not output.as_json:
            output.line(M("Calendar left out: {problem}", problem=problem))
    return UNUSABLE if shelf.problems else DONE


def _add(context: Context, file: str) -> int:
    document = read_document(Path(file))
    try:
        added = add(context.desk, document, context.who)
    except FileExistsError:
        raise RefusedError(
            "calendar",
            M("Version {version} has been added already.", version=document.version),
            M("Raise the version in the file."),
        ) from None
    output = context.output()
    recomputed = [fact for fact in added.facts if fact.kind == "timer_recomputed"]
    if output.as_json:
        output.data({"file": str(added.path), "facts": added.facts})
        return DONE
    for calendar in document.calendars.values():
        output.line(_line(calendar))
    for fact in recomputed:
        output.line(
            M(
                "{case}  {timer}: {old} → {new}",
                case=fact.subject.partition(":")[2],
                timer=str(fact.body["timer"]),
                old=_instant(fact.body["old"]),
                new=_instant(fact.body["new"]),
            ),
            2,
        )
    output.line(M("In force; {count} limits recomputed.", count=len(recomputed)))
    return DONE


def _diff(context: Context, old: str, new: str) -> int:
    found = list(differences(_named(context, old), _named(context, new)))
    output = context.output()
    if output.as_json:
        output.data(found)
        return DONE
    for one in found:
        output.line(_difference(one))
    if not found:
        output.line(M("No difference."))
    return DONE


def _named(context: Context, name: str) -> Mapping[str, Calendar]:
    """The calendars of a file, or of a version on the shelf. Raises CalendarError."""
    if not Path(name).exists():
        found: dict[str, Calendar] = {}
        for document in calendar_shelf(context.directory).documents():
            if document.version == name:
                found.update(document.calendars)
        if found:
            return found
    return read_document(Path(name)).calendars


def _described(document: Document) -> dict[str, Any]:
    calendars = [_data(calendar) for calendar in document.calendars.values()]
    return {"version": document.version, "calendars": calendars}


def _data(calendar: Calendar) -> dict[str, Any]:
    return {
        "id": calendar.id,
        "version": calendar.version,
        "zone": calendar.zone.name,
        "from": calendar.first_covered.isoformat(),
        "to": calendar.last_covered.isoformat(),
        "digest": calendar.digest,
    }


def _line(calendar: Calendar) -> Message:
    return M(
        "{id} {version}: {first} – {last}, {zone}",
        id=calendar.id,
        version=calendar.version,
        first=calendar.first_covered.isoformat(),
        last=calendar.last_covered.isoformat(),
        zone=calendar.zone.name,
    )


def _instant(at: int | None) -> Instant | str:
    return "–" if at is None else Instant(at)


def _difference(one: Difference) -> Message:
    if one.kind == ADDED:
        return M("{id}: new, covers {cover}", id=one.calendar, cover=one.after)
    if one.kind == REMOVED:
        return M("{id}: gone, covered {cover}", id=one.calendar, cover=one.before)
    if one.kind == COVER:
        return M("{id}: covers {new}, not {old}", id=one.calendar, old=one.before, new=one.after)
    if one.kind == ZONE:
        return M("{id}: zone {old} → {new}", id=one.calendar, old=one.before, new=one.after)
    return M(
        "{id} {day}: {old} → {new}",
        id=one.calendar,
        day=one.day,
        old=one.before or "?",
        new=one.after or "?",
    )


_ACTIONS: dict[str, Callable[..., int]] = {
    "check": _check,
    "list": _list,
    "add": _add,
    "diff": _diff,
}
