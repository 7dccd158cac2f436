"""Accounts in lines, and one of them in full. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from console.desk.accounts import Account
from console.domain.people import ROLE_LABELS, Person
from console.domain.words import L, Label, M
from console.speech import Speech
from console.widgets.lines import Item, Line, Span, flowing
from console.widgets.safetext import fit, safe

STANDINGS: dict[str, tuple[Label, str]] = {
    "here": (L("在席", "at a seat"), "ring"),
    "away": (L("不在席", "at no seat"), "dim"),
    "left": (L("已离职", "has left"), "dim"),
}
"""Where somebody is, and its ink."""

WIDE = 110


def lines(accounts: Sequence[Account], speech: Speech, width: int) -> list[Line]:
    """One line each; `!` marks an owner of open cases who is not here (W-04)."""
    return [_line(account, speech, width) for account in accounts]


def _line(account: Account, speech: Speech, width: int) -> Line:
    person, say, wide = account.person, speech.say, width >= WIDE
    label, ink = STANDINGS[account.standing]
    owns = say(M("owns {n}", n=account.owns)) if account.owns else ""
    pin = "PIN" if account.has_pin else ""
    keys = say(M("keys {n}", n=len(person.keys))) if person.keys else ""
    cells = [
        ("! " if account.is_missed else "  ", 2, "breached"),
        (person.name, 20 if wide else 15, "head" if person.active else "dim"),
        (person.key, 14 if wide else 11, "dim"),
        (_where(account, speech) or say(label), 26 if wide else 11, ink),
        (owns, 10, "amber" if account.is_missed else "text"),
        (pin, 4, "text"),
        (keys, 8, "text"),
    ]
    if wide:
        cells.append((person.extension, 8, "text"))
        cells.append((_skills(person, speech), 20, "dim"))
    spans = [Span(fit(text, cells_) + " ", ink_) for text, cells_, ink_ in cells]
    room = max(0, width - sum(wide_ + 1 for _, wide_, _ in cells))
    spans.append(Span(fit(_roles(person, speech), room), "dim"))
    return Line(tuple(spans), person.key)


def _where(account: Account, speech: Speech) -> str:
    """The seat somebody is at; with several, the first and how many more."""
    if account.standing != "here":
        return ""
    seat = account.seats[0].seat or speech.say(L("席位", "a seat"))
    more = f" +{len(account.seats) - 1}" if account.seats[1:] else ""
    return f"{seat}{more}"


def _roles(person: Person, speech: Speech) -> str:
    roles = [key for key in ROLE_LABELS if key in person.roles]
    return speech.listed(speech.say(ROLE_LABELS[key]) for key in roles)


def _skills(person: Person, speech: Speech) -> str:
    return speech.listed(sorted(person.skills))


def details(account: Account, speech: Speech, width: int) -> list[Line]:
    """All there is to know of one account."""
    person, say = account.person, speech.say
    pin = L("已设", "set") if account.has_pin else L("未设", "not set")
    pairs: list[tuple[Label, str]] = [
        (L("角色", "roles"), _roles(person, speech)),
        (L("分机", "extension"), person.extension),
        (L("电话", "phone"), person.phone),
        (L("接听范围", "answers for"), _skills(person, speech)),
        (L("邮箱", "mail"), person.mail),
        (L("即时消息", "chat"), person.im),
        (L("免打扰", "quiet hours"), person.quiet),
        (L("PIN", "PIN"), say(pin)),
    ]
    for seat in account.seats:
        since = speech.moment(seat.since, seconds=False)
        at = say(M("{seat} since {time}", seat=seat.seat or "–", time=since))
        if seat.case:
            at += f" · {say(M('case {case}', case=seat.case))}"
        pairs.append((L("席位", "seat"), at))
    for key in person.keys:
        pairs.append((L("密钥", "key"), f"{key.fingerprint} {key.label}".strip()))
    items: list[Item] = [
        (Span(f"{say(label)} ", "dim"), Span(safe(text))) for label, text in pairs if text
    ]
    return flowing(items, width)
