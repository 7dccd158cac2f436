"""Where a number comes from and whose network it is on.

The geocoder's tables cost about 100 MB and a third of a second. Only the process that runs
the telephone lines may call this; it stores the answer with the call, and seats read it
from there.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Place and carrier of a number in both languages; empty where nothing is known."""

    zh: str = ""
    en: str = ""
    carrier_zh: str = ""
    carrier_en: str = ""


def place(e164: str | None) -> Place:
    """The place of an E.164 number. Never raises: an unreadable number has no place."""
    if not e164:
        return Place()
    # Imported on first use, for what it costs.
    import phonenumbers  # noqa: PLC0415
    from phonenumbers import carrier, geocoder  # noqa: PLC0415

    try:
        number = phonenumbers.parse(e164)
    except (phonenumbers.NumberParseException, TypeError, ValueError):
        return Place()
    return Place(
        zh=geocoder.description_for_number(number, "zh"),
        en=geocoder.description_for_number(number, "en"),
        carrier_zh=carrier.name_for_number(number, "zh"),
        carrier_en=carrier.name_for_number(number, "en"),
    )
