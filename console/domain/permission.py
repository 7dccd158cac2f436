"""What a permission is: who may do something, why others may not, and what they do instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.domain.people import CASE_ROLE_LABELS, ROLE_LABELS, SYSTEM, Person, named
from console.domain.refusal import RefusedError, Words
from console.domain.words import L, Label, M, Message, Named, listed

FRONT = ("operator", "duty", "shift_lead")
"""Whoever sits at the hotline: a duty person is an operator without exports and roster."""

WORKERS = (
    *FRONT,
    "support",
    "support_mgr",
    "field",
    "area_lead",
    "relation",
    "complaint_officer",
    "signer",
    "quality",
    "sales_contact",
    "req_filter",
    "coordinator",
    "schedule",
    "stock",
)
"""Whoever works on cases: not the passive contacts, the auditor, a plugin author or, for all
that they administer, an administrator."""

EVERYBODY = tuple(ROLE_LABELS)
NOBODY: tuple[str, ...] = ()

WORK = L("处理工单的任何人", "anybody who works on cases")
ALL = L("任何人", "anybody")
NONE = L("无人", "nobody")


@dataclass(frozen=True, slots=True)
class Permission:
    """Something some may do and others not.

    `roles` are those of which one is needed. `only` narrows them to one of the people of the
    case, the first of these that it has, as `said` tells everybody else; `leads` are the
    roles that may all the same. `not_of` are the people of the case who may not, whatever
    their role. `holder` is who may besides, whatever their role, because a rule names them;
    whether they are is for the command to find out, and those with no role but `barred`
    never are. `console` marks what the console does by itself, too. `why` says why others
    may not, `instead` what they can do; `rule` is the number of the rule that is broken
    ("" = the permission's key).
    """

    key: str
    label: Label
    roles: tuple[str, ...]
    clause: str
    why: Label
    instead: Label | None = None
    rule: str = ""
    only: tuple[str, ...] = ()
    said: Message | None = None
    leads: tuple[str, ...] = ()
    not_of: tuple[str, ...] = ()
    holder: Label | None = None
    barred: tuple[str, ...] = ()
    console: bool = False

    def cell(self, role: str) -> str:
        """What somebody with one role may: `yes`, `no`, or `named`: only as the person that
        a case or a rule names."""
        if role in self.roles:
            return "named" if self.only and role not in self.leads else "yes"
        return "named" if self.holder is not None and role not in self.barred else "no"

    def who(self) -> Label | Message:
        """Who may, in words."""
        groups = self._groups()
        if not groups:
            return NONE
        if self.not_of:
            others = listed([CASE_ROLE_LABELS[one] for one in self.not_of])
            return M("{who}; not of the case: {others}", who=listed(groups), others=others)
        return listed(groups)

    def _groups(self) -> list[Label | Message]:
        if self.only:
            groups: list[Label | Message] = [CASE_ROLE_LABELS[one] for one in self.only]
            return [*groups, *([named(self.leads)] if self.leads else [])]
        others = tuple(one for one in self.roles if one not in WORKERS)
        if len(self.roles) == len(EVERYBODY):
            groups = [ALL]
        elif len(self.roles) - len(others) == len(WORKERS):
            groups = [WORK, *([named(others)] if others else [])]
        else:
            groups = [named(self.roles)] if self.roles else []
        return [*groups, *([self.holder] if self.holder is not None else [])]


def demand(
    permission: Permission,
    actor: Person,
    case: Mapping[str, Any] | None = None,
    action: Label | None = None,
    *,
    holds: bool = False,
) -> None:
    """Raise RefusedError when somebody may not do something.

    `case` are the attributes of the case it is about, `action` what it is called where the
    permission covers several things, `holds` whether a rule names this person for it.
    """
    if (actor is SYSTEM and permission.console) or (holds and not _is_barred(permission, actor)):
        return
    if permission.roles is not EVERYBODY and not actor.has(*permission.roles):
        raise _by_role(permission, action or permission.label)
    if case is None:
        return
    if any(case.get(relation) == actor.key for relation in permission.not_of):
        raise own_work(permission)
    _must_be_named(permission, actor, case)


def own_work(permission: Permission) -> RefusedError:
    """The refusal of what nobody may do about their own work."""
    return _refused(permission, permission.why, permission.instead or "")


def ask(permission: Permission) -> Label | Message:
    """What to do for somebody who may not: what there is instead, and whom to ask."""
    who = permission.who()
    if who is NONE:
        return permission.instead or permission.why
    if permission.instead is None:
        return M("Ask one of: {roles}.", roles=who)
    return M("{instead} Ask one of: {roles}.", instead=permission.instead, roles=who)


def _by_role(permission: Permission, action: Label) -> RefusedError:
    said = (
        M("Nobody may do this: {action}. {why}", action=action, why=permission.why)
        if permission.who() is NONE
        else M("Your role does not allow: {action}. {why}", action=action, why=permission.why)
    )
    return _refused(permission, said, ask(permission))


def _must_be_named(permission: Permission, actor: Person, case: Mapping[str, Any]) -> None:
    held = [str(case[one]) for one in permission.only if case.get(one)]
    if not permission.only or actor.has(*permission.leads) or held[:1] == [actor.key]:
        return
    who = {"who": Named(held[0])} if held else {}
    said = Message(permission.said.text, who) if permission.said else permission.why
    leads = permission.leads
    remedy = (
        M("Ask them; in their absence: {roles}.", roles=named(leads))
        if leads
        else permission.instead or M("Ask them.")
    )
    raise _refused(permission, said, remedy)


def _is_barred(permission: Permission, actor: Person) -> bool:
    return bool(actor.roles) and actor.roles <= set(permission.barred)


def _refused(permission: Permission, said: Words, remedy: Words) -> RefusedError:
    return RefusedError(permission.rule or permission.key, said, remedy, permission.clause)
