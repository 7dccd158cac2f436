"""The command line's help in the reader's language, argparse's own words included.

argparse looks its words up in the catalogue of Python itself, by the locale alone: neither
`--lang` nor a Chinese catalogue is known there. So it is given the console's.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from console.config import language
from console.domain.words import M
from console.speech import Speech

ARGPARSE = (
    M("usage: "),
    M("positional arguments"),
    M("options"),
    M("show this help message and exit"),
    M("show program's version number and exit"),
    M("argument %(argument_name)s: %(message)s"),
    M("the following arguments are required: %s"),
    M("unrecognized arguments: %s"),
    M("unknown parser %(parser_name)r (choices: %(choices)s)"),
    M("invalid choice: %(value)r (choose from %(choices)s)"),
    M("invalid %(type)s value: %(value)r"),
    M("expected one argument"),
    M("expected at most one argument"),
    M("expected at least one argument"),
    M("expected %s argument"),
    M("expected %s arguments"),
    M("not allowed with argument %s"),
    M("ignored explicit argument %r"),
    M("ambiguous option: %(option)s could match %(matches)s"),
)
"""What argparse says to a user, as it asks for it. The rest is for programmers."""

Translate = Callable[[str], str]


def translator(argv: Sequence[str]) -> Translate:
    """What turns English into the language a command line asks for, or that of the locale.
    argparse speaks it from here on."""
    translate = Speech(language(_asked(argv))).gettext

    def counted(one: str, several: str, count: int) -> str:
        return translate(one if count == 1 else several)

    argparse._ = translate  # type: ignore[attr-defined]
    argparse.ngettext = counted  # type: ignore[attr-defined]
    return translate


def _asked(argv: Sequence[str]) -> str | None:
    """The value of the last --lang, before anything is parsed: help needs it already."""
    asked = None
    for word, following in zip(argv, (*argv[1:], ""), strict=False):
        name, equals, value = word.partition("=")
        if name == "--lang":
            asked = value if equals else following
    return asked
