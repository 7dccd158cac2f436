"""`console show digest`: the day in short, as those who lead get it by mail."""

from __future__ import annotations

from datetime import date

from console.cli.context import Context
from console.cli.output import DONE
from console.desk.digests import digest_of, made_at, reader_of
from console.domain import digest
from console.domain.moments import local_time
from console.domain.refusal import RefusedError
from console.domain.words import M


def show(context: Context, typed: str) -> int:
    """The digest of a day, today's when left out; as it was sent, or as it stands."""
    context.read()
    desk, output = context.desk, context.output()
    day = _day(typed) or local_time(context.moment, desk.config.zone).date()
    made = digest_of(desk, day, made_at(desk, day, context.moment))
    if output.as_json:
        output.data(made)
        return DONE
    reader = reader_of(desk, context.viewer, output.speech.lang)
    for line in digest.text(made, reader).full.splitlines():
        output.line(line)
    return DONE


def _day(typed: str) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise RefusedError(
            "day",
            M("“{typed}” is not a date.", typed=typed),
            M("Write it like 2026-03-14."),
        ) from None
