"""The pages of reference: the hooks, and the names there are, written from what they are."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping

from console.domain.commands.contact import CONTACT_CHANNELS
from console.domain.fact_labels import FACT_LABELS
from console.domain.people import CASE_ROLE_LABELS, ROLE_LABELS
from console.domain.words import Label
from console.plugins import hookspecs, views
from console.plugins.contribution import API, PREFIX
from console.plugins.house import HOUSE

HEAD = f"""\
# Hooks

Written by `console plugin docs`; do not edit. What a plugin's file may define besides
data, all of it optional. This console has `CONSOLE_API = {API}`.

A hook is a function of exactly this name, marked with `@hookimpl`. It may take any of the
arguments named here, by name, or none. Hooks about a case are asked only of the plugin that
owns the case's division or line. What they raise is caught; after three failures the plugin
is stopped until somebody enables it again.
"""

_HEADING = "| name | English | 中文 |"

VIEWS = (views.FrozenCase, views.FrozenFact, views.Problem, views.Section)


NAMES = """\
# Names

Written by `console plugin docs names`; do not edit. What rules may name without declaring it:
any of the words on the left, in quotation marks. A line adds its own (its acts, forms and
`facts`, its `slots`); `console plugin check` names those of the line it is about.
"""


def hooks() -> str:
    """The page of the hooks a plugin may have."""
    hooks = [one for name, one in vars(hookspecs).items() if name.startswith(PREFIX)]
    parts = [HEAD, *(_entry(hook.__name__, hook) for hook in hooks)]
    parts.append("# What hooks get and give\n\nAll of it is frozen.\n")
    parts += [_entry(kind.__name__, kind) for kind in VIEWS]
    return "\n".join(parts)


def names() -> str:
    """The page of the names every line may use."""
    slots = {**HOUSE.slots, **CASE_ROLE_LABELS}
    fields = {one.key: one.label for one in HOUSE.fields}
    facts = {**FACT_LABELS, **{act.key: act.label for act in HOUSE.acts}}
    tables = (
        ("Facts", "For `start`, `stop`, `on`, `before` and `happened`.", facts),
        ("Fields", "For conditions and `filled`; every case has them.", fields),
        ("Slots", "For `to`, `who` and `slots`; most of them are people of the case.", slots),
        ("Roles", "For `filled_by`, `roles`, `door` and `except_roles`.", ROLE_LABELS),
        ("Channels", "For `via`, and for facts about telling somebody.", CONTACT_CHANNELS),
    )
    return "\n".join((NAMES, *(_table(*one) for one in tables)))


def _table(title: str, use: str, labels: Mapping[str, Label]) -> str:
    rows = "\n".join(f"| `{key}` | {label.en} | {label.zh} |" for key, label in labels.items())
    return f"## {title}\n\n{use}\n\n{_HEADING}\n| --- | --- | --- |\n{rows}\n"


def _entry(name: str, one: object) -> str:
    signature = str(inspect.signature(one)).replace("'", "")  # type: ignore[arg-type]
    signature = re.sub(r"(console|collections)\.[a-z.]+\.|typing\.", "", signature)
    signature = signature.removesuffix(" -> None") if isinstance(one, type) else signature
    words = inspect.cleandoc(one.__doc__ or "")
    return f"## {name}\n\n```python\n{name}{signature}\n```\n\n{words}\n"


PAGES = {"hooks": hooks, "names": names}
"""Every page by its name; each is kept beside the others in docs/plugins."""
