"""The command that takes down an export: which list left the house, by whom and why.

Whatever writes a list gives this command first; refused, it writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.commands.command import Command, Situation
from console.domain.facts import Draft
from console.domain.fields import Integer, LongText, Text
from console.domain.permissions import demand
from console.domain.schedule import filler_of, parts_of
from console.domain.words import L

SUBJECT = "export"


def export_list(situation: Situation) -> Iterable[Draft]:
    report = situation.args["report"]
    demand("export_lists", situation.actor, holds=situation.actor.key in _owners(situation, report))
    body = {key: situation.args[key] for key in ("reason", "rows") if key in situation.args}
    yield Draft(f"{SUBJECT}:{report}", "list_exported", body)


def _owners(situation: Situation, report: str) -> set[str]:
    """Who has to make a report: whom its duty names."""
    world = situation.world
    owned = world.schedule.get(report)
    if owned is None:
        return set()
    parts = parts_of(world.directory, owned.duty) or ("",)
    return {filler_of(world.directory, owned, part) for part in parts} - {""}


COMMANDS = (
    Command(
        "export_list",
        L("导出名单", "export a list"),
        "nothing",
        export_list,
        (
            Text(
                key="report",
                label=L("名单", "list"),
                required="intake",
                example="acme.weekly_pack",
            ),
            LongText(key="reason", label=L("用途", "what for"), required="intake"),
            Integer(key="rows", label=L("行数", "rows"), least=0),
        ),
        permission="export_lists",
        clause="rulebook 5.2",
        words=("导出",),
    ),
)
