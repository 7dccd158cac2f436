"""What it means that Python could not read or load a product line's file: the author left
something out, misspelt it or typed it in Chinese, and is told so in the words of the rules.
"""

from __future__ import annotations

import inspect
import re
import traceback
from difflib import get_close_matches
from pathlib import Path
from unicodedata import normalize

from console import plugins
from console.domain.lengths import BadLengthError
from console.domain.words import L, Label, M, Message
from console.plugins.findings import Kind
from console.plugins.kinds import Events, Files, Keys, Words
from console.plugins.later_kinds import Hooks
from console.plugins.unfit import UnfitError, line_in

_PACKAGE = str(Path(__file__).parents[1])
_SIGN = re.compile(r"invalid (?:character|non-printable character).*U\+([0-9A-F]{4,6})")
_LACKS = re.compile(r"(\w+)\.__init__\(\) missing \d+ required [a-z-]+ arguments?: (.+)")
_UNKNOWN = re.compile(r"(\w+)\.__init__\(\) got an unexpected keyword argument '(\w+)'")
_NOT_THERE = re.compile(r"cannot import name '(\w+)' from 'console\.plugins'")
_HALF_A_LABEL = "a label needs both languages"

_PLAIN = dict(zip("“”‘’。、【】《》", "\"\"''.,[]<>", strict=True))
"""What is meant by Chinese signs that are no wide form of an English one."""

_BLANKS = L("（全角空格）", "(wide blank)"), L("（半角空格）", "(blank)")
_OF_A_TIMER = {"stop": Events.NO_STOP, "start": Events.NO_START}


def unreadable(error: SyntaxError, path: Path) -> UnfitError:
    """Why Python does not understand a file."""
    line, sign = error.lineno or 1, _SIGN.search(error.msg)
    meant = _meant(chr(int(sign[1], 16))) if sign else None
    if meant is None:
        return UnfitError(Files.SYNTAX, path, line, error=error.msg.rstrip("?."))
    return UnfitError(Hooks.CHINESE_SIGN, path, line, sign=meant[0], plain=meant[1])


def _meant(sign: str) -> tuple[str | Label, str | Label] | None:
    """A sign and the English one it stands for; None for one that stands for none."""
    if sign == "\u3000":
        return _BLANKS
    plain = _PLAIN.get(sign) or normalize("NFKC", sign)
    return (sign, plain) if plain.isascii() else None


def unloadable(error: Exception, path: Path) -> UnfitError:
    """Why a file stopped while it was loaded."""
    kind, args = _understood(error)
    return UnfitError(kind, path, line_in(error, path), **args)


def _understood(error: Exception) -> tuple[Kind, dict[str, str | Message]]:
    said = str(error)
    if isinstance(error, BadLengthError):
        return Files.LENGTH, {"written": error.written}
    if isinstance(error, NameError) and error.name in plugins.__all__:
        return Hooks.NOT_IMPORTED, {"name": error.name}
    missing = _NOT_THERE.match(said)
    name = missing[1] if missing else getattr(error, "name", None)
    if name and (missing or isinstance(error, NameError)):
        return Keys.NAME, {"name": name, "hint": _near(name, plugins.__all__)}
    lacks, unknown = _LACKS.match(said), _UNKNOWN.match(said)
    if lacks:
        return _lacking(lacks[1], lacks[2])
    if unknown and unknown[1] in plugins.__all__:
        takes = list(inspect.signature(getattr(plugins, unknown[1])).parameters)
        known, near = ", ".join(takes), _near(unknown[2], takes)
        return Keys.ARGUMENT, {"rule": unknown[1], "name": unknown[2], "known": known, "hint": near}
    if said.startswith(_HALF_A_LABEL):
        return Words.HALF, {}
    return Files.RAISES, {"error": said if _our_own(error) else f"{type(error).__name__}: {said}"}


def _lacking(rule: str, arguments: str) -> tuple[Kind, dict[str, str | Message]]:
    names = re.findall(r"'(\w+)'", arguments)
    if rule == Label.__name__:
        return Words.HALF, {}
    if rule == "Timer" and names[0] in _OF_A_TIMER:
        return _OF_A_TIMER[names[0]], {}
    example = ", ".join(f"{name}=…" for name in names)
    return Keys.LACKS, {"rule": rule, "names": ", ".join(names), "example": example}


def _our_own(error: Exception) -> bool:
    """Whether the console raised it on purpose, with a sentence that stands by itself."""
    frames = traceback.extract_tb(error.__traceback__)
    return isinstance(error, ValueError) and frames[-1].filename.startswith(_PACKAGE)


def _near(name: str, known: list[str]) -> Message | str:
    near = get_close_matches(name, known, n=1)
    return M(" (perhaps {near})", near=near[0]) if near else ""
