"""One installation: its data directory, settings, calendars, rules and desk."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from console import config
from console.desk import Desk, Who
from console.desk.desk import real_time
from console.domain.calendar import Calendar
from console.domain.people import SYSTEM
from console.domain.reckoning import Reckoning
from console.plugins.host import Host
from console.store.store import Store

SHIPPED = Path(__file__).parent / "data"
CALENDARS = SHIPPED / "calendars"
FIRST_ROLES = "admin,shift_lead,operator"
"""What the first person of an installation may do: run it, lead a shift, take calls."""


def open_desk(directory: Path, now: Callable[[], int] = real_time) -> Desk:
    """The desk of an installation. Raises ConfigError or StoreError with a sentence."""
    settings = config.load(directory)
    host = Host(settings.lines)
    desk = Desk(
        Store(directory),
        host.rulebook(),
        Reckoning(calendar_source(directory)),
        settings,
        now,
    )
    desk.problems = host.problems
    return desk


def calendar_source(directory: Path) -> Callable[[str], Calendar]:
    """Calendars by id: the installation's own first, then the shipped ones. Read on first
    use, because a case with clocks in minutes needs none."""

    @lru_cache(maxsize=64)
    def calendar(identity: str) -> Calendar:
        for folder in (directory / "calendars", CALENDARS):
            for path in sorted(folder.glob("*.json")):
                specs = json.loads(path.read_text("utf-8"))["calendars"]
                if identity in specs:
                    return Calendar.parse(identity, specs[identity])
        raise KeyError(identity)

    return calendar


def is_installed(directory: Path) -> bool:
    return (directory / config.FILE).exists()


def install(directory: Path, lang: str = "") -> None:
    """Write the configuration files of a new installation, keeping those there are."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in (
        (config.FILE, _CONSOLE_TOML.format(lang=lang)),
        (config.SLOTS, _SLOTS_TOML),
    ):
        path = directory / name
        if not path.exists():
            path.write_text(text, "utf-8")


def add_first_person(desk: Desk, key: str, name: str, pin: str = "") -> None:
    """The first supervisor of an installation. Raises RefusedError for an unusable key."""
    person = {"person": key, "name": name, "roles": FIRST_ROLES}
    desk.do("add_person", person, Who(SYSTEM.key))
    if pin:
        from console.desk.pins import set_pin  # noqa: PLC0415 - argon2 only where needed

        set_pin(desk.store, key, pin)


def install_sample(directory: Path) -> None:
    """Fill an installation with invented people in every slot, to try it or to show it."""
    sample = json.loads((SHIPPED / "demo" / "people.json").read_text("utf-8"))
    slots = "".join(f'"{slot}" = "{person}"\n' for slot, person in sample["slots"].items())
    (directory / config.SLOTS).write_text("[slots]\n" + slots, "utf-8")
    desk = open_desk(directory)
    for person in sample["people"]:
        if desk.directory.get(person["person"]) is None:
            desk.do("add_person", person, Who(SYSTEM.key))
    desk.store.close()


_CONSOLE_TOML = """\
# Settings of this installation.

# The hotline's name, shown in the title.
name = ""

# "zh" or "en"; empty follows each reader's locale.
lang = "{lang}"

zone = "Asia/Shanghai"

# Prepended to local numbers without one, for example "0755".
area_code = ""

# Product lines that are switched on.
lines = ["power"]
"""

_SLOTS_TOML = """\
# Who fills which slot. Rules name slots, never people.
# A slot may differ by division or province: "support_engineer[storage]" = "tan"

[slots]
"""
