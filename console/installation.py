"""One installation: its data directory, settings, calendars, rules and desk."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from datetime import time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from console import config
from console.config import EVERYTHING, Without
from console.desk import Desk, Who, rosters, specs
from console.desk.desk import real_time
from console.desk.recalculation import catch_up
from console.desk.refolding import bring_up_to_date
from console.domain.moments import local_time
from console.domain.people import SYSTEM
from console.domain.reckoning import Reckoning
from console.domain.workdays import Workdays
from console.plugins.host import Host
from console.store.calendar_shelf import CalendarShelf
from console.store.store import FILE as STORE_FILE
from console.store.store import Store

if TYPE_CHECKING:
    from console.plugins.known import Known

SHIPPED = Path(__file__).parent / "data"
CALENDARS = SHIPPED / "calendars"
ROSTERED_DAYS = 90
"""How far ahead the sample roster reaches."""

FIRST_ROLES = "admin,shift_lead,operator"
"""What the first person of an installation may do: run it, lead a shift, take calls."""


def open_desk(
    directory: Path, now: Callable[[], int] = real_time, without: Without = EVERYTHING
) -> Desk:
    """The desk of an installation, `without` some of its plugins. Raises ConfigError or
    StoreError with a sentence."""
    settings = config.load(directory)
    shelf = calendar_shelf(directory)
    host = Host(settings.lines, plugin_folder(directory), lambda: shelf.book, without)
    store = Store(directory)
    desk = Desk(
        store,
        host.rulebook(specs.Archive(store)),
        Reckoning(shelf.calendar, settings.day_count),
        settings,
        now,
        shelf,
    )
    desk.problems = host.problems
    desk.guards = host.guards
    specs.keep(desk, host.stamp)
    bring_up_to_date(desk)
    catch_up(desk)
    return desk


def calendar_shelf(directory: Path) -> CalendarShelf:
    """The calendars of an installation: the shipped ones and its own, the newest version of
    each in force. Read on first use, because a case with clocks in minutes needs none."""
    return CalendarShelf(CALENDARS, directory / "calendars")


def calendar_ids(directory: Path) -> Collection[str]:
    """The ids of all calendars a rule may name."""
    return calendar_shelf(directory).book


def plugin_folder(directory: Path) -> Path:
    """Where an installation keeps product lines of its own."""
    return directory / "plugins"


def known_to_plugins(directory: Path) -> Known:
    """What the plugins of an installation may refer to, and what binds them: its calendars,
    and what its cases were classified under. Without an installation, what the console
    itself has."""
    kept: dict[str, str] = {}
    used: frozenset[str] = frozenset()
    if (directory / STORE_FILE).exists():
        store = Store(directory)
        try:
            kept, used = specs.kept(store)
        finally:
            store.close()
    from console.plugins.known import Known  # noqa: PLC0415 - no seat needs the checker

    return Known.here(calendar_ids(directory), kept, used)


def is_installed(directory: Path) -> bool:
    return (directory / config.FILE).exists()


def install(directory: Path, lang: str = "") -> None:
    """Write the configuration files of a new installation, keeping those there are."""
    from console.outlets.template import FILE as OUTLETS  # noqa: PLC0415 - no start needs it
    from console.outlets.template import TEXT as OUTLETS_TEXT  # noqa: PLC0415
    from console.sources.phone_template import FILE as PHONE  # noqa: PLC0415 - no start needs it
    from console.sources.phone_template import TEXT  # noqa: PLC0415

    directory.mkdir(mode=0o755, parents=True, exist_ok=True)  # plugins: nobody else writes here
    for name, text in (
        (config.FILE, config.default_text(lang)),
        (config.SLOTS, _SLOTS_TOML),
        (PHONE, TEXT),
        (OUTLETS, OUTLETS_TEXT),
        (rosters.FILE, rosters.TEXT),
    ):
        path = directory / name
        if not path.exists():
            path.write_text(text, "utf-8")
            if name in (PHONE, OUTLETS):
                path.chmod(0o600)  # it may hold a secret


def add_first_person(desk: Desk, key: str, name: str, pin: str = "") -> None:
    """The first supervisor of an installation. Raises RefusedError for an unusable key or
    PIN, and adds nobody then."""
    person = {"person": key, "name": name, "roles": FIRST_ROLES}
    if not pin:
        desk.do("add_person", person, Who(SYSTEM.key))
        return
    from console.desk.pins import check_pin, set_pin  # noqa: PLC0415 - argon2 only where needed

    check_pin(pin)
    desk.do("add_person", person, Who(SYSTEM.key))
    set_pin(desk.store, key, pin)


def install_sample(directory: Path) -> None:
    """Fill an installation with invented people in every slot, to try it or to show it."""
    sample = json.loads((SHIPPED / "demo" / "people.json").read_text("utf-8"))
    if not config.load(directory).slots:
        slots = "".join(f'"{slot}" = "{person}"\n' for slot, person in sample["slots"].items())
        (directory / config.SLOTS).write_text("[slots]\n" + slots, "utf-8")
    desk = open_desk(directory)
    for person in sample["people"]:
        if desk.directory.get(person["person"]) is None:
            desk.do("add_person", person, Who(SYSTEM.key))
    if not desk.roster.turns:
        _roster_sample(desk, sample["roster"])
    desk.store.close()


def _roster_sample(desk: Desk, turns: list[list[str]]) -> None:
    """Somebody for every day off of the next weeks."""
    from console.domain.roster import Turn, written  # noqa: PLC0415

    today = local_time(desk.now(), desk.config.zone).date()
    workdays = Workdays(desk.calendars.calendar(desk.rulebook.house.calendar))
    days = (today + timedelta(days=ahead) for ahead in range(ROSTERED_DAYS))
    rostered = [
        Turn(day, time.fromisoformat(start), time.fromisoformat(end), person, seat)
        for day in days
        if not workdays.is_working(day)
        for start, end, seat, person in turns
    ]
    (desk.store.directory / rosters.FILE).write_text(written(rostered), "utf-8")


_SLOTS_TOML = """\
# Who fills which slot. Rules name slots, never people.
# A slot may differ by division or province: "support_engineer[storage]" = "tan"
# Of several the first holds it and the others stand in, in this order: "dgm" = ["tao", "wen"]

[slots]
"""
