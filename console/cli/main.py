"""Parsing the command line and handing over to one subcommand."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from console import __version__
from console.cli.context import Context
from console.cli.output import UNUSABLE, Output
from console.config import ConfigError, language
from console.domain.cleantext import clean
from console.domain.refusal import RefusedError
from console.domain.words import M
from console.speech import Speech
from console.store.errors import StoreError

_LINE_LIMIT = 4000


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(UNUSABLE, f"console: {clean(message, _LINE_LIMIT)}\n")


def main(argv: list[str] | None = None) -> int:
    """Run one command. Exit code: 0 done, 1 refused, 2 unusable."""
    options = _parser().parse_args(argv)
    context = Context(
        directory=_directory(options),
        person=getattr(options, "person", None) or os.environ.get("CONSOLE_PERSON", ""),
        lang=getattr(options, "lang", None),
        as_json=bool(getattr(options, "json", False)),
        at=getattr(options, "at", None),
    )
    try:
        code: int = options.run(context, options)
    except RefusedError as refused:
        code = context.output().refusal(refused.refusal)
    except (StoreError, ConfigError) as error:
        code = _plain_output(context).unusable(error.message, error.remedy)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = UNUSABLE
    except (KeyboardInterrupt, EOFError):
        print(file=sys.stderr)
        code = UNUSABLE
    return code


def _plain_output(context: Context) -> Output:
    return Output(Speech(language(context.lang)), context.as_json)


def _directory(options: argparse.Namespace) -> Path:
    from console.config import data_directory  # noqa: PLC0415

    return data_directory(getattr(options, "data", None))


def _common() -> _Parser:
    common = _Parser(add_help=False)
    group = common.add_argument_group("common options")
    absent = argparse.SUPPRESS
    group.add_argument(
        "--data", metavar="DIR", default=absent, help="data directory ($CONSOLE_DATA, ./data)"
    )
    group.add_argument(
        "--as", dest="person", metavar="PERSON", default=absent, help="who acts ($CONSOLE_PERSON)"
    )
    group.add_argument("--lang", choices=("zh", "en"), default=absent, help="language of answers")
    group.add_argument("--json", action="store_true", default=absent, help="answer as JSON")
    group.add_argument(
        "--at",
        metavar="TIME",
        default=absent,
        help="the moment this is about, e.g. '2026-03-10 09:19:00'",
    )
    return common


def _lazy(module: str) -> Callable[[Context, argparse.Namespace], int]:
    """Import a subcommand only when it runs, so that every command starts fast."""

    def run(context: Context, options: argparse.Namespace) -> int:
        from importlib import import_module  # noqa: PLC0415

        code: int = import_module(f"console.cli.{module}").run(context, options)
        return code

    return run


def _parser() -> argparse.ArgumentParser:
    common = _common()
    parser = _Parser(
        prog="console",
        parents=[common],
        description="A dispatch console for a customer-service hotline.",
    )
    parser.add_argument("--version", action="version", version=f"console {__version__}")
    parser.set_defaults(run=_lazy("seat"), command="seat")
    subs = parser.add_subparsers(metavar="COMMAND", parser_class=_Parser)

    def add(name: str, module: str, help_: str) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = subs.add_parser(
            name, parents=[common], help=help_, description=help_
        )
        sub.set_defaults(run=_lazy(module), command=name)
        return sub

    add("seat", "seat", "open the seat (the default)")
    demo = add("demo", "demo", "open the seat on a throwaway store with a simulated hotline")
    demo.add_argument(
        "--speed", type=float, default=1.0, help="how fast the hotline lives (default 1)"
    )
    demo.add_argument("--seed", type=int, default=None, help="the same calls every time")
    init = add("init", "init", "make a new installation")
    init.add_argument("directory", nargs="?", help="where (default: the data directory)")
    init.add_argument("--person", dest="first", metavar="KEY", help="key of the first supervisor")
    init.add_argument("--name", help="their name")
    init.add_argument("--pin", help="their PIN; asked for on a terminal when left out")
    init.add_argument(
        "--sample", action="store_true", help="fill it with invented people in every slot"
    )
    do = add("do", "do", "carry out one command")
    do.add_argument("name", nargs="?", metavar="COMMAND")
    do.add_argument("fields", nargs="*", metavar="field=value")
    do.add_argument("--preview", action="store_true", help="show what it would do, write nothing")
    do.add_argument("--list", action="store_true", help="all commands with their fields")
    show = add(
        "show",
        "show",
        "read: board, case N, call KEY, calls, timers, customer NUMBER, notices, duties, people",
    )
    _ask_what_to_show(show)
    why = add("why", "why", "how a clock came to show what it shows")
    why.add_argument("case")
    why.add_argument("timer", nargs="?", default="")
    find = add("find", "find", "search by case number, end of a phone number, or name")
    find.add_argument("text", nargs="+")
    follow = add("follow", "follow", "the journal's tail as JSON lines, live")
    follow.add_argument(
        "--since",
        type=sequence,
        default=None,
        metavar="SEQ",
        help="start after this one",
    )
    follow.add_argument("--once", action="store_true", help="stop at the end instead of waiting")
    due = add("due", "due", "the bare clock: JSON lines of cases in, due instants out")
    due.add_argument("--calendars", required=True, metavar="FILE")
    replay = add("replay", "replay", "play a recorded exchange into the store")
    replay.add_argument("recording", help="NAME.seat.ami, with NAME.seat.times.tsv beside it")
    replay.add_argument("--speed", type=float, default=1.0, help="1 = own pace, 0 = at once")
    replay.add_argument(
        "--recorded-time", action="store_true", help="keep the instants of the recording"
    )
    people = add("people", "people", "accounts: list, add, change, set a PIN")
    people.add_argument(
        "action", nargs="?", choices=("list", "add", "change", "pin"), default="list"
    )
    people.add_argument("key", nargs="?", metavar="PERSON")
    people.add_argument("fields", nargs="*", metavar="field=value")
    plugin = add("plugin", "plugin", "product lines: list them, check the rules of one")
    plugin.add_argument("action", nargs="?", choices=("list", "check"), default="list")
    plugin.add_argument("plugin", nargs="?", metavar="FILE|NAME")
    calendar = add("calendar", "calendar", "working calendars: check, list, add, compare")
    calendar.add_argument("action", choices=("list", "check", "add", "diff"))
    calendar.add_argument("files", nargs="*", metavar="FILE", help="a document, or its version")
    worker = add("worker", "worker", "breaches, warnings and repeated questions")
    worker.add_argument("--once", action="store_true", help="one turn, up to --at when given")
    add("verify", "verify", "recompute chain and projections from the journal")
    return parser


def _ask_what_to_show(show: argparse.ArgumentParser) -> None:
    show.add_argument(
        "what",
        choices=(
            "board",
            "case",
            "call",
            "calls",
            "timers",
            "customer",
            "notices",
            "duties",
            "people",
        ),
    )
    show.add_argument("key", nargs="?", help="case number, call key or phone number")
    show.add_argument("--month", metavar="2026-05", help="duties of a month, week, quarter or year")
    show.add_argument("--from", dest="since", metavar="DATE", help="duties from this date on")
    show.add_argument("--to", dest="until", metavar="DATE", help="duties up to this date")


def sequence(text: str) -> int:
    """A sequence number of the journal. Raises ValueError."""
    number = int(text)
    if not 0 <= number < 1 << 62:
        raise ValueError(text)
    return number


def unknown(context: Context, what: str) -> int:
    """An argument that names nothing."""
    message = M("“{what}” names nothing here.", what=what)
    return context.output().unusable(message, M("See `console --help`."))


if __name__ == "__main__":
    sys.exit(main())
