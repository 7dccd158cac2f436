"""Commands about SSH keys: which key opens whose seat."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from console.domain import keys
from console.domain.commands.command import Command, Situation
from console.domain.facts import Draft
from console.domain.fields import Field, FieldProblemError, Text
from console.domain.people import Person
from console.domain.permissions import demand
from console.domain.refusal import RefusedError
from console.domain.words import L, M, Named


class PublicKey(Field):
    """A public key as one line of text. Unlike other text nothing is cleaned away: what
    does not belong there is refused."""

    __slots__ = ()

    def parse(self, typed: Any) -> Any:
        try:
            key = keys.parse(str(typed))
        except keys.KeyProblemError as problem:
            raise FieldProblemError(problem.message) from None
        return f"{key.line} {key.label}".strip()


def add_key(situation: Situation) -> Iterable[Draft]:
    person = _person(situation)
    key = keys.parse(situation.args["key"])
    holder = situation.world.directory.holder(key.fingerprint)
    if holder is not None and holder.key != person.key:
        raise RefusedError(
            "key",
            M("This key opens the seat of {who} already.", who=Named(holder.key)),
            M("Each person has a key of their own; remove it there first."),
        )
    if holder is None:
        label = situation.args.get("label") or key.label
        body = {"key": key.line, "fingerprint": key.fingerprint, "label": label}
        yield Draft(f"person:{person.key}", "key_added", body)


def remove_key(situation: Situation) -> Iterable[Draft]:
    person, wanted = _person(situation), situation.args["key"]
    demand("remove_key", situation.actor, holds=situation.actor.key == person.key)
    found = [key for key in person.keys if key.fingerprint == wanted]
    found = found or [key for key in person.keys if key.label == wanted]
    if len(found) != 1:
        raise RefusedError(
            "key",
            M(
                "{who} has {count} keys called “{typed}”.",
                who=Named(person.key),
                count=len(found),
                typed=wanted,
            ),
            M(
                "Name it by its fingerprint; `console people keys {who}` lists them.",
                who=person.key,
            ),
        )
    body = {"fingerprint": found[0].fingerprint, "label": found[0].label}
    yield Draft(f"person:{person.key}", "key_removed", body)


def _person(situation: Situation) -> Person:
    return situation.person(situation.args["person"], L("人员", "person"))


_PERSON = Text(key="person", label=L("人员", "person"), required="intake")

COMMANDS = (
    Command(
        "add_key",
        L("添加密钥", "add a key"),
        "nothing",
        add_key,
        (
            _PERSON,
            PublicKey(
                key="key",
                label=L("公钥", "public key"),
                required="intake",
                help=L(
                    ".pub 文件里的一行，形如 ssh-ed25519 AAAA…",
                    "the line in the file that ends in .pub, such as ssh-ed25519 AAAA…",
                ),
            ),
            Text(key="label", label=L("名称", "label")),
        ),
        permission="manage_people",
        words=("添加密钥",),
    ),
    Command(
        "remove_key",
        L("移除密钥", "remove a key"),
        "nothing",
        remove_key,
        (
            _PERSON,
            Text(
                key="key",
                label=L("密钥指纹或名称", "fingerprint or label of the key"),
                required="intake",
            ),
        ),
        permission="remove_key",
        words=("移除密钥",),
    ),
)
