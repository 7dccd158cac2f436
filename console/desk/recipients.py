"""Whom slots mean in an installation: by its roster, and with who acts for the holder of a
post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.desk.world import StoreWorld
from console.domain.delegation import deputy, subject_of
from console.domain.recipients import Recipients

if TYPE_CHECKING:
    from console.desk.answers import Answers


def recipients_of(desk: Answers, world: StoreWorld) -> Recipients:
    """Those of one transaction. The roster is read only when somebody could stand in."""
    posts = {slot for line in desk.rulebook.lines.values() for slot in line.deputies}

    def acting(slot: str, at: int) -> str:
        return deputy(world.facts(subject_of(slot)), at) if slot in posts else ""

    def off(person: str, at: int) -> bool:
        return desk.roster.is_off(person, at, desk.config.zone)

    return Recipients(world.directory, desk.config.escalation.patience, off, acting)
