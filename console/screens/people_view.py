"""Accounts in lines, and one of them in full. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from console.desk.accounts import Account
from console.domain.people import ROLE_LABELS, Person
from console.domain.words import L, Label, M
from console.speech import Speech
from console.widgets.lines import Item, Line, Span, flowing
from console.widgets.safetext import fit, safe

STANDINGS: dict[str, Label] = {
    "here": L("在席", "at a seat"),
    "away": L("不在席", "at no seat"),
    "left": L("已离职", "has left"),
}

_MOST = {"name": 22, "key": 14, "roles": 26, "where": 22, "owns": 10, "extension": 8}
"""Cells a column has at most; none is wider than its widest text."""

_SPARED = ("skills", "extension", "keys", "pin", "key", "roles")
"""Columns given up where there is no room for all, the first one first."""

_INKS = {"name": "head", "roles": "text", "where": "text"}
_ROLES_LEAST = 14


def lines(accounts: Sequence[Account], speech: Speech, width: int) -> list[Line]:
    """One line each; `!` marks an owner of open cases who is not here (W-04)."""
    rows = [_row(account, speech) for account in accounts]
    cells = _fitted(rows, width)
    return [_line(*one, cells) for one in zip(accounts, rows, strict=True)]


def matching(accounts: Sequence[Account], wanted: str, speech: Speech) -> list[Account]:
    """Those whose name, key or role has what was typed in it."""
    needle = wanted.strip().casefold()
    return [
        one
        for one in accounts
        if needle in f"{one.person.key} {one.person.name} {_roles(one.person, speech)}".casefold()
    ]


def _row(account: Account, speech: Speech) -> dict[str, str]:
    """The texts of an account, in the order they are read."""
    person, say = account.person, speech.say
    return {
        "name": person.name,
        "key": person.key,
        "roles": _roles(person, speech),
        "where": _where(account, speech),
        "owns": say(M("owns {n}", n=account.owns)) if account.owns else "",
        "pin": "PIN" if account.has_pin else "",
        "keys": say(M("keys {n}", n=len(person.keys))) if person.keys else "",
        "extension": person.extension,
        "skills": _skills(person, speech),
    }


def _fitted(rows: Sequence[Mapping[str, str]], width: int) -> dict[str, int]:
    """How wide each column is; what the others leave goes to the roles."""
    names = rows[0] if rows else {}
    cells = {
        name: min(_MOST.get(name, 18), max(cell_len(safe(row[name])) for row in rows))
        for name in names
    }
    cells = {name: used for name, used in cells.items() if used}

    def spare() -> int:
        return width - 2 - sum(cells.values()) - len(cells)

    for name in _SPARED:
        if spare() < 0:
            least = _ROLES_LEAST if name == "roles" else 0
            cells[name] = max(least, cells.get(name, 0) + min(0, spare()))
    cells = {name: used for name, used in cells.items() if used > 2}
    if "roles" in cells:
        cells["roles"] += max(0, min(spare(), 40))
    return cells


def _line(account: Account, row: Mapping[str, str], cells: Mapping[str, int]) -> Line:
    gone, missed = not account.person.active, account.is_missed
    spans = [Span("! " if missed else "  ", "breached")]
    for name, used in cells.items():
        ink = "dim" if gone else _INKS.get(name, "dim")
        if name == "where" and account.standing == "here":
            ink = "ring"
        if name == "owns":
            ink = "amber" if missed else "text"
        spans.append(Span(fit(row[name], used) + " ", ink))
    return Line(tuple(spans), account.person.key)


def _where(account: Account, speech: Speech) -> str:
    """The seat somebody is at; with several, the first and how many more. Being at none is
    nothing to say, but having left is."""
    if account.standing != "here":
        return speech.say(STANDINGS["left"]) if account.standing == "left" else ""
    seat = account.seats[0].seat or speech.say(STANDINGS["here"])
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
        (STANDINGS[account.standing], person.name),
        (L("角色", "roles"), _roles(person, speech)),
        (L("分机", "extension"), person.extension),
        (L("电话", "phone"), person.phone),
        (L("接听范围", "answers for"), _skills(person, speech)),
        (L("邮箱", "mail"), person.mail),
        (L("即时消息", "chat"), person.im),
        (L("免打扰", "quiet hours"), person.quiet),
        (L("PIN 码", "PIN"), say(pin)),
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
