"""Commands about people: who may use the console, and in which roles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from console.domain.commands.command import Command, Situation
from console.domain.facts import Draft
from console.domain.fields import Flag, MultiChoice, Phone, Text
from console.domain.people import ROLE_LABELS
from console.domain.refusal import RefusedError
from console.domain.words import L, M


def add_person(situation: Situation) -> Iterable[Draft]:
    args = situation.args
    key = args["person"]
    if not re.fullmatch(r"[a-z][a-z0-9_.-]{0,31}", key):
        raise RefusedError(
            "person",
            M("“{key}” cannot be a person's key.", key=key),
            M("Use small letters, digits, dot and dash, for example li.na."),
        )
    directory = situation.world.directory
    if directory.get(key):
        raise RefusedError(
            "person", M("{key} exists already.", key=key), M("Change them with change_person.")
        )
    yield Draft(f"person:{key}", "person_added", _body(args))


def change_person(situation: Situation) -> Iterable[Draft]:
    person = situation.person(situation.args["person"], L("人员", "person"))
    yield Draft(f"person:{person.key}", "person_changed", _body(situation.args))


def _body(args: Any) -> dict[str, Any]:
    keys = ("roles", "phone", "extension", "mail", "im", "quiet", "active")
    body = {key: args[key] for key in keys if key in args}
    if args.get("name"):  # everybody has one
        body["name"] = args["name"]
    if "skills" in args:
        body["skills"] = [one.strip() for one in re.split("[,，、]", args["skills"]) if one.strip()]
    return body


_PERSON = Text(key="person", label=L("人员", "person"), required="intake")
_DETAILS = (
    MultiChoice(key="roles", label=L("角色", "roles"), choices=ROLE_LABELS, open=False),
    Phone(key="phone", label=L("电话", "phone")),
    Text(key="extension", label=L("分机", "extension")),
    Text(
        key="skills",
        label=L("接听范围", "answers for"),
        help=L("产品线或队列，用逗号分开；不填则全部", "lines or queues, with commas; none = all"),
    ),
    Text(key="mail", label=L("邮箱", "mail")),
    Text(key="im", label=L("即时消息账号", "chat account")),
    Text(
        key="quiet",
        label=L("免打扰时段", "quiet hours"),
        help=L("例如 22:00-07:00", "such as 22:00-07:00"),
    ),
    Flag(key="active", label=L("在职", "active")),
)

COMMANDS = (
    Command(
        "add_person",
        L("添加人员", "add a person"),
        "nothing",
        add_person,
        (_PERSON, Text(key="name", label=L("姓名", "name"), required="intake"), *_DETAILS),
        permission="manage_people",
        words=("添加人员",),
    ),
    Command(
        "change_person",
        L("修改人员", "change a person"),
        "nothing",
        change_person,
        (_PERSON, Text(key="name", label=L("姓名", "name")), *_DETAILS),
        permission="manage_people",
        words=("修改人员",),
        clears=True,
    ),
)
