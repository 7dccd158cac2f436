"""The reference of the hooks, written from their specifications."""

from __future__ import annotations

import inspect
import re

from console.plugins import hookspecs, views
from console.plugins.contribution import API, PREFIX

HEAD = f"""\
# Hooks

Written by `console plugin docs`; do not edit. What a plugin's file may define besides
data, all of it optional. This console has `CONSOLE_API = {API}`.

A hook is a function of exactly this name, marked with `@hookimpl`. It may take any of the
arguments named here, by name, or none. Hooks about a case are asked only of the plugin that
owns the case's division or line. What they raise is caught; after three failures the plugin
is stopped until somebody enables it again.
"""

VIEWS = (views.FrozenCase, views.FrozenFact, views.Problem, views.Section)


def generated() -> str:
    """The page for today's hooks."""
    hooks = [one for name, one in vars(hookspecs).items() if name.startswith(PREFIX)]
    parts = [HEAD, *(_entry(hook.__name__, hook) for hook in hooks)]
    parts.append("# What hooks get and give\n\nAll of it is frozen.\n")
    parts += [_entry(kind.__name__, kind) for kind in VIEWS]
    return "\n".join(parts)


def _entry(name: str, one: object) -> str:
    signature = str(inspect.signature(one)).replace("'", "")  # type: ignore[arg-type]
    signature = re.sub(r"(console|collections)\.[a-z.]+\.|typing\.", "", signature)
    signature = signature.removesuffix(" -> None") if isinstance(one, type) else signature
    words = inspect.cleandoc(one.__doc__ or "")
    return f"## {name}\n\n```python\n{name}{signature}\n```\n\n{words}\n"
