"""Telephone numbers: what was received, what it means, how it is shown and dialled.

A number arrives in a dozen spellings (national, international, bare local, with an
extension, full width, percent-encoded) or not at all. `understand` keeps what was received
beside what was understood and never raises. phonenumbers is imported on first use: it costs
20 to 40 ms that a start without calls need not pay.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from console.domain.cleantext import clean

Kind = Literal["mobile", "landline", "short", "service", "foreign", "withheld", "unknown"]

RECEIVED_LIMIT = 64

_WITHHELD = frozenset({"anonymous", "private", "restricted", "withheld", "匿名", "保密", "隐藏"})
_NOTHING = frozenset({"", "unknown", "null", "none", "unavailable", "nil", "未知"})
_SCHEME = re.compile(r"^(?:sips?|tel|callto):", re.IGNORECASE)
_PARAMETER_EXTENSION = re.compile(r";(?:ext|postd)=(\d{1,8})", re.IGNORECASE)
_EXTENSION = re.compile(
    r"^(.*?\d[\d\s)\-]*?)[\s,]*(?:转|轉|分机|分機|内线|extension|ext\.?|x|#|,)"
    r"[\s:号]*(\d{1,8})\s*#?$",
    re.IGNORECASE,
)
_DASHED_EXTENSION = re.compile(r"^((?:\+?86-)?\(?0?\d{2,3}\)?-?\d{7,8})-(\d{1,6})$")
_ENDING = re.compile(r"(.*\d{7})(-\d{1,6})")
_SEPARATORS = re.compile(r"[\s()\-./·\u2010-\u2015\u2212]+")
_TRUNK_ZERO = re.compile(r"^(\+\d{1,3})[\s-]*\(0\)")
_DIALLED = re.compile(r"\+?\d{1,24}")

# The Chinese plan (region CN): what phonenumbers leaves open. Prefixes 2xx aside, the
# numbering blocks change every year, so shapes are matched, not blocks.
_MOBILE = re.compile(r"1[3-9]\d{9}")
_SERVICE = re.compile(r"[48]00\d{7}")
_SHORT = re.compile(r"\d{3,6}|9[56]\d{3,6}|106\d{2,21}|0\d{2,3}(?:9[56]\d{3,4}|1\d{2,4})")
_LOCAL = re.compile(r"[2-8]\d{6,7}")
_LANDLINE = re.compile(r"(10|2\d|[3-9]\d{2})(\d{7,8})")


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number as received and as understood.

    `e164` is None when no dialable public number was understood. `shown` is the spaced
    form, safe to display, empty when there is nothing to show. `extension` is digits.
    """

    received: str
    e164: str | None
    extension: str
    kind: Kind
    shown: str


def is_withheld(raw: str) -> bool:
    """Whether the exchange says the caller hides the number (`anonymous`, `restricted` …)."""
    return _word(raw[:RECEIVED_LIMIT]) in _WITHHELD


def understand(raw: str, *, region: str = "CN", area_code: str = "") -> PhoneNumber:
    """Read `raw` as a number seen from `region` (ISO 3166) in the area of `area_code`.

    `area_code` ("0755" or "755") completes a bare local number; without it such a number
    stays undialable. Short codes are kept as they are. Never raises.
    """
    received = clean(raw, RECEIVED_LIMIT)
    word = _word(received)
    if word in _WITHHELD:
        return PhoneNumber(received, None, "", "withheld", "")
    if word in _NOTHING:
        return PhoneNumber(received, None, "", "unknown", "")
    text, extension = _split(received)
    dialled = _SEPARATORS.sub("", _TRUNK_ZERO.sub(r"\1", text))
    if not _DIALLED.fullmatch(dialled):
        return PhoneNumber(received, None, "", "unknown", received)
    if region == "CN":
        return _chinese(received, dialled, extension, area_code)
    return _general(received, dialled, extension, region)


def digits(number: PhoneNumber) -> str:
    """What to dial, digits only, without the extension; empty when it cannot be dialled."""
    if number.kind in ("withheld", "unknown") or (number.e164 is None and number.kind != "short"):
        return ""
    shown = number.shown.partition("-")[0]
    prefix = "00" if shown.startswith("+") else ""
    return prefix + "".join(character for character in shown if character.isdigit())


def masked(number: str) -> str:
    """A number with its middle hidden, as 139****1953, so that the ending people quote can
    still be told; as shown and as E.164 it reads the same. What is too short to be a
    subscriber's stays as it is."""
    compact = "".join(number.partition("@")[0].split())
    found = _ENDING.fullmatch(compact)
    base, extension = found.groups() if found else (compact, "")
    plain = "".join(character for character in base if character.isdigit())
    if len(plain) < 7 or "*" in base:
        return number
    if base.startswith("+86"):
        national = plain[2:]
        whole = _MOBILE.fullmatch(national) or _SERVICE.fullmatch(national)
        plain = national if whole else f"0{national}"
    elif base.startswith("+"):
        plain = f"+{plain}"
    hidden = min(4, len(plain) - 4)
    return f"{plain[: -4 - hidden]}{'*' * hidden}{plain[-4:]}{extension}"


def match_keys(number: PhoneNumber) -> tuple[str, ...]:
    """Endings under which the same subscriber is found again, longest first.

    The E.164 digits, then the last 8, 7 and 4: a bare local number, an old 7-digit one, and
    the four digits people quote. Empty for a number that was withheld or not understood.
    """
    if number.kind in ("withheld", "unknown"):
        return ()
    whole = number.e164[1:] if number.e164 else digits(number) or _plain(number.shown)
    endings = (whole, *(whole[-length:] for length in (8, 7, 4) if len(whole) > length))
    return tuple(dict.fromkeys(endings))


def _plain(text: str) -> str:
    return "".join(character for character in text.partition("-")[0] if character.isdigit())


def _word(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip(" <>()\"'\t\0").lower()


def _split(received: str) -> tuple[str, str]:
    """The number in plain ASCII, and its extension."""
    text = unicodedata.normalize("NFKC", received).replace("%2B", "+").replace("%2b", "+")
    text = _SCHEME.sub("", text.strip(" <>\"'"))
    parameter = _PARAMETER_EXTENSION.search(text)
    text = text.partition(";")[0].partition("@")[0].strip()
    if parameter:
        return text, parameter.group(1)
    found = _EXTENSION.match(text) or _DASHED_EXTENSION.match(text)
    return (found.group(1), found.group(2)) if found else (text, "")


def _with_extension(shown: str, extension: str) -> str:
    return f"{shown}-{extension}" if extension else shown


def _chinese(received: str, dialled: str, extension: str, area_code: str) -> PhoneNumber:
    national = _national(dialled)
    if national is None:
        if not dialled.startswith(("+", "00")) and _SHORT.fullmatch(dialled):
            return PhoneNumber(received, None, extension, "short", dialled)
        if _LOCAL.fullmatch(dialled):
            return _local(received, dialled, extension, area_code)
        return _general(received, dialled, extension, "CN")
    if _SERVICE.fullmatch(national):
        kind: Kind = "service"
        shown = f"{national[:3]} {national[3:6]} {national[6:]}"
    elif _MOBILE.fullmatch(national):
        kind, shown = "mobile", f"{national[:3]} {national[3:7]} {national[7:]}"
    else:
        kind, shown = "landline", _landline(national)
    return PhoneNumber(
        received, f"+86{national}", extension, kind, _with_extension(shown, extension)
    )


def _national(dialled: str) -> str | None:
    """The national significant number when `dialled` has the shape of a Chinese one."""
    for prefix in ("+86", "0086", "86", ""):
        if not dialled.startswith(prefix):
            continue
        rest = dialled.removeprefix(prefix)
        bare = rest.removeprefix("0")
        if _MOBILE.fullmatch(bare) or _SERVICE.fullmatch(rest):
            return bare
        # Without a prefix or a leading zero a long number may be anything.
        if (prefix or rest != bare) and _LANDLINE.fullmatch(bare):
            return bare
    return None


def _landline(national: str) -> str:
    found = _LANDLINE.fullmatch(national)
    area, local = found.groups() if found else ("", national)
    return f"0{area} {local[:-4]} {local[-4:]}"


def _local(received: str, local: str, extension: str, area_code: str) -> PhoneNumber:
    """A number dialled inside its own area: complete only where the area is known."""
    area = "".join(character for character in area_code if character in "0123456789")
    national = area.removeprefix("0") + local
    if area and _LANDLINE.fullmatch(national):
        shown = _with_extension(_landline(national), extension)
        return PhoneNumber(received, f"+86{national}", extension, "landline", shown)
    shown = _with_extension(f"{local[:-4]} {local[-4:]}", extension)
    return PhoneNumber(received, None, extension, "landline", shown)


def _general(received: str, dialled: str, extension: str, region: str) -> PhoneNumber:
    """Any other number, by phonenumbers: foreign ones, and regions other than CN."""
    # Imported on first use: a start without calls should not pay for it.
    import phonenumbers  # noqa: PLC0415
    from phonenumbers import PhoneNumberFormat, PhoneNumberType  # noqa: PLC0415

    nothing = PhoneNumber(received, None, extension, "unknown", _with_extension(dialled, extension))
    if dialled.startswith("00"):
        dialled = f"+{dialled[2:]}"
    try:
        number = phonenumbers.parse(dialled, region)
    except phonenumbers.NumberParseException:
        short = len(dialled) <= 6 and not dialled.startswith("+")
        return PhoneNumber(received, None, extension, "short", dialled) if short else nothing
    # A new block abroad may be missing from the tables; its country and length suffice.
    home = phonenumbers.country_code_for_region(region)
    abroad = dialled.startswith("+") and number.country_code != home
    if not phonenumbers.is_valid_number(number) and not (
        abroad and phonenumbers.is_possible_number(number)
    ):
        return nothing
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if phonenumbers.region_code_for_number(number) != region:
        kind: Kind = "foreign"
        shown = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    else:
        mobile = phonenumbers.number_type(number) == PhoneNumberType.MOBILE
        kind = "mobile" if mobile else "landline"
        shown = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    shown = _SEPARATORS.sub(" ", shown).strip()
    return PhoneNumber(received, e164, extension, kind, _with_extension(shown, extension))
