"""Which key does what: the shipped keymap with an installation's own lines over it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from console.config import ConfigError
from console.domain.words import M

FILE = "keymap.toml"
SHIPPED = Path(__file__).parent.parent / "data" / FILE
_EATEN = re.compile(r"ctrl\+([szq]|\d)|alt\+.*")
"""Keys a terminal, SSH or tmux keeps for itself."""

Keymap = dict[str, dict[str, str]]


def load(directory: Path) -> Keymap:
    """Action → keys, per screen. Raises ConfigError naming file and key."""
    keymap = _read(SHIPPED)
    own = directory / FILE
    if own.exists():
        for screen, keys in _read(own).items():
            for action, key in keys.items():
                if action not in keymap.get(screen, {}):
                    raise _problem(
                        own, M("there is no action {action}", action=f"{screen}.{action}")
                    )
                keymap[screen][action] = key
    for screen, keys in keymap.items():
        _check(own, screen, keys)
    return keymap


def _read(path: Path) -> Keymap:
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise _problem(path, M("{error}", error=str(error))) from None
    for keys in values.values():
        if not isinstance(keys, dict) or not all(isinstance(key, str) for key in keys.values()):
            raise _problem(path, M('each line reads action = "key"'))
    return values


def _check(path: Path, screen: str, keys: dict[str, str]) -> None:
    seen: dict[str, str] = {}
    for action, several in keys.items():
        for key in several.split(","):
            if _EATEN.fullmatch(key):
                raise _problem(path, M("{key} never arrives through SSH or tmux", key=key))
            if key in seen:
                both = f"{screen}.{seen[key]}, {screen}.{action}"
                raise _problem(path, M("{key} has two owners: {both}", key=key, both=both))
            seen[key] = action


def _problem(path: Path, what: Any) -> ConfigError:
    return ConfigError(
        M("The keymap {path} cannot be used: {what}.", path=str(path), what=what),
        M("Mend that line, or remove the file to get the usual keys."),
    )


_SHOWN = {
    "slash": "/",
    "colon": ":",
    "question_mark": "?",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Space",
    "left": "←",
    "right": "→",
}


def shown(keys: str) -> str:
    """The first key of an action as it is printed on the keyboard."""
    key = keys.split(",", maxsplit=1)[0]
    if key in _SHOWN:
        return _SHOWN[key]
    if key.startswith("ctrl+"):
        return "^" + shown(key[5:])
    return key.upper()
