"""From a source to the desk: every call event becomes facts.

A number is understood and its place looked up here, once, by the process that runs the
lines; seats read the result from the call's facts and never load the geocoder.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from console.desk import Desk
from console.domain.call_events import CallEvent
from console.domain.cleantext import clean
from console.domain.numbers import understand
from console.sources import Source
from console.sources.place import place

_NAME_LIMIT = 60


def enriched(event: CallEvent, area_code: str = "") -> CallEvent:
    """The event with its number understood (E.164), its place, and a name safe to show."""
    if event.kind not in ("call_rang", "call_dialled"):
        return event
    number = understand(str(event.body.get("number", "")), area_code=area_code)
    found = place(number.e164)
    known = {"zh": found.zh, "en": found.en}
    return replace(
        event,
        body={
            **event.body,
            "name": clean(str(event.body.get("name") or ""), _NAME_LIMIT),
            "e164": number.e164 or "",
            "shown": number.shown,
            "kind": number.kind,
            "place": {lang: text for lang, text in known.items() if text},
        },
    )


async def record(
    source: Source, desk: Desk, heard: Callable[[CallEvent], None] | None = None
) -> int:
    """Take down everything a source reports until it ends. -> events reported."""
    count = 0
    async for event in source.events():
        desk.report(enriched(event, desk.config.area_code))
        count += 1
        if heard is not None:
            heard(event)
    return count
