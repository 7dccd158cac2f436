"""Who may do what (rulebook §5.1 and §5.2): the one table where common roles stand.

Commands, refusals, the matrix an administrator prints and the page made from it all read
it. What a product line says otherwise stands in the line: who settles a complaint
(`Category.settled_by`), who passes work to a division (`Target.door`), who records an act,
draws up a form or signs a step of it, and what it forbids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from console.domain import permission
from console.domain.numbers import masked
from console.domain.people import Person
from console.domain.permission import Permission
from console.domain.permissions_in_house import IN_HOUSE
from console.domain.permissions_on_cases import ON_CASES, SETTLING
from console.domain.refusal import RefusedError
from console.domain.words import Label

PERMISSIONS: dict[str, Permission] = {one.key: one for one in (*ON_CASES, *IN_HOUSE)}
"""Every permission by its key, in the order of the matrix."""


def demand(
    key: str,
    actor: Person,
    case: Mapping[str, Any] | None = None,
    action: Label | None = None,
    *,
    holds: bool = False,
) -> None:
    """Raise RefusedError when somebody may not do something; see `permission.demand`."""
    permission.demand(PERMISSIONS[key], actor, case, action, holds=holds)


def may(
    key: str, actor: Person, case: Mapping[str, Any] | None = None, *, holds: bool = False
) -> bool:
    """Whether somebody may do something."""
    try:
        demand(key, actor, case, holds=holds)
    except RefusedError:
        return False
    return True


def mask_number(number: str, viewer: Person | None) -> str:
    """A number as somebody may see it: whole, or with its middle hidden. Nobody (None) has
    no role."""
    return number if viewer is not None and may("see_numbers", viewer) else masked(number)


def settling(roles: Iterable[str], clause: str) -> Permission:
    """Settling complaints, as a product line says who may."""
    wanted = PERMISSIONS[SETTLING]
    return replace(wanted, roles=tuple(roles), clause=clause or wanted.clause)
