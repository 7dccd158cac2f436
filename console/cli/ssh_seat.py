"""`console seat --ssh`: the seat behind a key, the one thing its owner can do here.

Who sits down is fixed by the command sshd runs (see `console.cli.ssh_keys`), never by what
the client says. Of that only three words count: that it wants a command (it gets none),
what its terminal is called, and its language.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from console.cli.context import Context
from console.cli.seat import open_seat, seat_name, terminal_problem
from console.config import language, load
from console.domain.refusal import RefusedError
from console.domain.words import M

TERMINALS = (
    *("alacritty", "ansi", "contour", "cygwin", "eterm", "foot", "ghostty", "gnome", "iterm"),
    *("iterm2", "kitty", "konsole", "linux", "mintty", "mlterm", "ms-terminal", "putty", "rxvt"),
    *("rxvt-unicode", "screen", "st", "tmux", "vt100", "vt102", "vt220", "wezterm", "xterm"),
    *("xterm-color", "xterm-ghostty", "xterm-kitty"),
)
USUAL_TERMINAL = "xterm"
MANY_COLOURS = "-256color"


def run(context: Context, fingerprint: str) -> int:
    """Open the seat of whoever has the key with this fingerprint."""
    said = dict(os.environ)
    os.environ.clear()
    os.environ.update(environment(said))
    context.lang = language(context.lang, load(context.directory))
    if said.get("SSH_ORIGINAL_COMMAND"):
        raise RefusedError(
            "ssh",
            M("This key opens the seat and nothing else: no command, no shell, no files."),
            M("Connect without a command."),
        )
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return context.output().unusable(
            M("The seat needs a terminal."), M("Connect with `ssh -t`.")
        )
    unusable = terminal_problem()
    if unusable is not None:
        return context.output().unusable(*unusable)
    context.desk.admit(context.person, fingerprint, seat_name())
    return open_seat(context, ssh_key=fingerprint)


def environment(said: Mapping[str, str]) -> dict[str, str]:
    """All the environment a seat gets: nothing of the client's as it was."""
    chinese = said.get("CONSOLE_LOCALE", "").lower().startswith("zh")
    return {
        "PATH": "/usr/bin:/bin",
        "TERM": terminal(said.get("TERM", "")),
        "LANG": "zh_CN.UTF-8" if chinese else "C.UTF-8",
    }


def terminal(called: str) -> str:
    """A terminal by a name that is known, with as many colours as it says; else the usual
    one, which every terminal of today understands."""
    plain = called.removesuffix(MANY_COLOURS)
    known = plain if plain in TERMINALS else USUAL_TERMINAL
    return known + MANY_COLOURS if called.endswith(MANY_COLOURS) else known
