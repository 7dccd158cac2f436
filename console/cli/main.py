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
from console.cli.headings import Translate, translator
from console.cli.output import UNUSABLE, Output
from console.config import ConfigError, Without, language
from console.domain.cleantext import clean
from console.domain.refusal import RefusedError
from console.speech import Speech
from console.store.errors import StoreError

_LINE_LIMIT = 4000

Add = Callable[[str, str, str], argparse.ArgumentParser]
"""Adds a subcommand: its name, the module that carries it out, what it is for."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(UNUSABLE, f"console: {clean(message, _LINE_LIMIT)}\n")


def main(argv: list[str] | None = None) -> int:
    """Run one command. Exit code: 0 done, 1 refused, 2 unusable."""
    given = sys.argv[1:] if argv is None else argv
    options = _parser(translator(given)).parse_args(given)
    context = Context(
        directory=_directory(options),
        person=getattr(options, "person", None) or os.environ.get("CONSOLE_PERSON", ""),
        lang=getattr(options, "lang", None),
        as_json=bool(getattr(options, "json", False)),
        at=getattr(options, "at", None),
        without=Without(
            bool(getattr(options, "safe_mode", False)), tuple(getattr(options, "no_plugin", ()))
        ),
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
    finally:
        context.close()
    return code


def _plain_output(context: Context) -> Output:
    return Output(Speech(language(context.lang)), context.as_json)


def _directory(options: argparse.Namespace) -> Path:
    from console.config import data_directory  # noqa: PLC0415

    return data_directory(getattr(options, "data", None))


def _common(_: Translate) -> _Parser:
    common = _Parser(add_help=False)
    group = common.add_argument_group(_("common options"))
    absent = argparse.SUPPRESS
    group.add_argument(
        "--data", metavar="DIR", default=absent, help=_("data directory ($CONSOLE_DATA, ./data)")
    )
    group.add_argument(
        "--as",
        dest="person",
        metavar="PERSON",
        default=absent,
        help=_("who acts ($CONSOLE_PERSON)"),
    )
    group.add_argument(
        "--lang", choices=("zh", "en"), default=absent, help=_("language of answers")
    )
    group.add_argument("--json", action="store_true", default=absent, help=_("answer as JSON"))
    group.add_argument(
        "--at",
        metavar="TIME",
        default=absent,
        help=_("the moment this is about, e.g. '2026-03-10 09:19:00'"),
    )
    group.add_argument(
        "--safe-mode", action="store_true", default=absent, help=_("without any added plugin")
    )
    group.add_argument(
        "--no-plugin",
        action="append",
        metavar="NAME",
        default=absent,
        help=_("without this plugin or product line"),
    )
    return common


def _lazy(module: str) -> Callable[[Context, argparse.Namespace], int]:
    """Import a subcommand only when it runs, so that every command starts fast."""

    def run(context: Context, options: argparse.Namespace) -> int:
        from importlib import import_module  # noqa: PLC0415

        code: int = import_module(f"console.cli.{module}").run(context, options)
        return code

    return run


def _parser(_: Translate) -> argparse.ArgumentParser:
    common = _common(_)
    parser = _Parser(
        prog="console",
        parents=[common],
        description=_("A dispatch console for a customer-service hotline."),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"console {__version__}",
        help=_("show program's version number and exit"),
    )
    parser.set_defaults(run=_lazy("seat"), command="seat")
    subs = parser.add_subparsers(metavar="COMMAND", parser_class=_Parser)

    def add(name: str, module: str, help_: str) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = subs.add_parser(
            name, parents=[common], help=help_, description=help_
        )
        sub.set_defaults(run=_lazy(module), command=name)
        return sub

    seat = add("seat", "seat", _("open the seat (the default)"))
    seat.add_argument(
        "--ssh",
        metavar="FINGERPRINT",
        help=_("the seat of whoever came in with this key; given by `console ssh-keys`"),
    )
    add("kiosk", "kiosk", _("the seat of a shared terminal: nobody can leave it, all sign on"))
    add("wall", "wall", _("a board for a screen on the wall, where nothing can be typed"))
    demo = add("demo", "demo", _("open the seat on a throwaway store with a simulated hotline"))
    demo.add_argument(
        "--speed", type=float, default=1.0, help=_("how fast the hotline lives (default 1)")
    )
    demo.add_argument("--seed", type=int, default=None, help=_("the same calls every time"))
    init = add("init", "init", _("make a new installation"))
    _ask_what_to_install(init, _)
    do = add("do", "do", _("carry out one command"))
    do.add_argument("name", nargs="?", metavar="COMMAND")
    do.add_argument("fields", nargs="*", metavar="field=value")
    do.add_argument(
        "--preview", action="store_true", help=_("show what it would do, write nothing")
    )
    do.add_argument("--list", action="store_true", help=_("all commands with their fields"))
    show = add(
        "show",
        "show",
        _(
            "read: board, case N, call KEY, calls, timers, customer NUMBER, notices, duties, "
            "people, lines, permissions, handover [PERSON], roster, owners, reachability [MONTH], "
            "digest"
        ),
    )
    _ask_what_to_show(show, _)
    why = add("why", "why", _("how a clock came to show what it shows, or who was told what"))
    why.add_argument("case")
    why.add_argument(
        "timer", nargs="?", default="", help=_("a limit, a notice, or “notices” for all of them")
    )
    _ask_what_to_report(add("report", "report", _("a form of a case as a PDF")), _)
    find = add("find", "find", _("search by case number, end of a phone number, or name"))
    find.add_argument("text", nargs="+")
    follow = add("follow", "follow", _("the journal's tail as JSON lines, live"))
    follow.add_argument(
        "--since",
        type=sequence,
        default=None,
        metavar="SEQ",
        help=_("start after this one"),
    )
    follow.add_argument("--once", action="store_true", help=_("stop at the end instead of waiting"))
    due = add("due", "due", _("the bare clock: JSON lines of cases in, due instants out"))
    due.add_argument("--calendars", required=True, metavar="FILE")
    replay = add("replay", "replay", _("play a recorded exchange into the store"))
    replay.add_argument("recording", help=_("NAME.seat.ami, with NAME.seat.times.tsv beside it"))
    replay.add_argument("--speed", type=float, default=1.0, help=_("1 = own pace, 0 = at once"))
    replay.add_argument(
        "--recorded-time", action="store_true", help=_("keep the instants of the recording")
    )
    _ask_what_to_import(add("import", "imports", _("take in a table whose rows become cases")), _)
    _ask_about_staff(add, _)
    worker = add("worker", "worker", _("breaches, repeated questions, telephone lines"))
    worker.add_argument("--once", action="store_true", help=_("one turn, up to --at when given"))
    _ask_about_care(add, _)
    return parser


def _ask_about_staff(add: Add, _: Translate) -> None:
    """Who works here, and by which rules."""
    people = add("people", "people", _("accounts: list, add, change, set a PIN, SSH keys"))
    people.add_argument(
        "action", nargs="?", choices=("list", "add", "change", "pin", "keys"), default="list"
    )
    people.add_argument("key", nargs="?", metavar="PERSON")
    people.add_argument("fields", nargs="*", metavar="field=value")
    _ask_for_sshd(add("ssh-keys", "ssh_keys", _("for sshd: who may come in, and to what")), _)
    roster = add("roster", "shifts", _("who sits where, when: show, check or take in a table"))
    roster.add_argument("action", nargs="?", choices=("show", "check", "import"), default="show")
    roster.add_argument("file", nargs="?", metavar="FILE.csv")
    _ask_about_plugin(add("plugin", "plugin", _("product lines and what is added to them")), _)
    calendar = add("calendar", "calendar", _("working calendars: check, list, add, compare"))
    calendar.add_argument("action", choices=("list", "check", "add", "diff"))
    calendar.add_argument("files", nargs="*", metavar="FILE", help=_("a document, or its version"))


def _ask_about_care(add: Add, _: Translate) -> None:
    """What keeps an installation sound: checks, copies, and data that is to be forgotten."""
    outlet = add("outlet", "outlet", _("how people are told: list the ways, try one"))
    outlet.add_argument("action", nargs="?", choices=("list", "test"), default="list")
    outlet.add_argument("channel", nargs="?", default="", metavar="CHANNEL")
    outlet.add_argument("address", nargs="?", default="", metavar="ADDRESS")
    add("doctor", "doctor", _("what is wrong with this installation and its telephone lines"))
    check = add("verify", "verify", _("recompute chain and projections from the journal"))
    check.add_argument("--checkpoints", metavar="FILE", help=_("against these signed checkpoints"))
    check.add_argument("--key", metavar="FILE", help=_("the public keys they may be signed with"))
    backup = add("backup", "backup", _("everything in one file, while everybody works on"))
    backup.add_argument("file", metavar="FILE")
    backup.add_argument(
        "--encrypt",
        action="append",
        default=[],
        metavar="RECIPIENT",
        help=_("for this key: age1…, ssh-…, or a file of them"),
    )
    backup.add_argument("--passphrase-file", metavar="FILE", help=_("with the first line of it"))
    _ask_what_to_restore(add("restore", "restore", _("an installation out of a backup")), _)
    add("checkpoint", "checkpoint", _("sign what the journal has come to"))
    erase = add("erase", "erase", _("take a customer's personal data out of everything, for good"))
    erase.add_argument("number", nargs="?", metavar="NUMBER", help=_("their telephone number"))
    erase.add_argument("--reason", default="", help=_("who asked for it; stays on record"))
    erase.add_argument("--due", action="store_true", help=_("what was kept for [retention] days"))
    erase.add_argument("--yes", action="store_true", help=_("do it; without, only show it"))


def _ask_what_to_restore(restore: argparse.ArgumentParser, _: Translate) -> None:
    restore.add_argument("file", metavar="FILE")
    restore.add_argument("--into", metavar="DIR", help=_("where (default: the data directory)"))
    restore.add_argument("--until", default="", metavar="TIME", help=_("as it was at this moment"))
    restore.add_argument(
        "--seq", type=sequence, default=0, metavar="SEQ", help=_("as it was after this fact")
    )
    restore.add_argument(
        "--force", action="store_true", help=_("move an installation that is there aside")
    )
    restore.add_argument(
        "--identity",
        action="append",
        default=[],
        metavar="FILE",
        help=_("the key that opens an encrypted backup"),
    )
    restore.add_argument("--passphrase-file", metavar="FILE", help=_("its first line opens it"))


def _ask_for_sshd(keys: argparse.ArgumentParser, _: Translate) -> None:
    keys.add_argument(
        "account", metavar="ACCOUNT", help=_("that of the data directory; any other is refused")
    )
    keys.add_argument(
        "wanted", nargs="*", metavar="KEY", help=_("this one only: a fingerprint, or type and key")
    )


def _ask_what_to_install(init: argparse.ArgumentParser, _: Translate) -> None:
    init.add_argument("directory", nargs="?", help=_("where (default: the data directory)"))
    init.add_argument(
        "--person", dest="first", metavar="KEY", help=_("key of the first supervisor")
    )
    init.add_argument("--name", help=_("their name"))
    init.add_argument("--pin", help=_("their PIN; asked for on a terminal when left out"))
    init.add_argument(
        "--sample", action="store_true", help=_("fill it with invented people in every slot")
    )


def _ask_what_to_import(table: argparse.ArgumentParser, _: Translate) -> None:
    table.add_argument("table", metavar="TABLE", help=_("for example anomalies"))
    table.add_argument("file", metavar="FILE.csv")


def _ask_what_to_show(show: argparse.ArgumentParser, _: Translate) -> None:
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
            "lines",
            "permissions",
            "handover",
            "roster",
            "owners",
            "reachability",
            "digest",
        ),
    )
    show.add_argument("key", nargs="?", help=_("case number, call key, phone number or duty"))
    show.add_argument(
        "--month", metavar="2026-05", help=_("duties of a month, week, quarter or year")
    )
    show.add_argument("--dead", action="store_true", help=_("notices that could not be delivered"))
    show.add_argument(
        "--waiting", action="store_true", help=_("notices that are still to be told or sent")
    )
    show.add_argument("--case", metavar="N", help=_("notices of one case"))
    show.add_argument("--from", dest="since", metavar="DATE", help=_("duties from this date on"))
    show.add_argument("--to", dest="until", metavar="DATE", help=_("duties up to this date"))
    show.add_argument("--day", default="", metavar="DATE", help=_("the digest of this day"))
    show.add_argument("--role", default="", metavar="ROLE", help=_("permissions of one role"))
    show.add_argument(
        "--line", default="", metavar="LINE", help=_("permissions: what a product line adds")
    )


def _ask_what_to_report(report: argparse.ArgumentParser, _: Translate) -> None:
    report.add_argument("what", choices=("form",))
    report.add_argument("keys", nargs="*", metavar="KEY", help=_("which form of which case"))
    report.add_argument("--format", choices=("pdf",), default="pdf", help=_("kind of file"))
    report.add_argument("--to", metavar="FILE", default="", help=_("where to; - is the output"))


def _ask_about_plugin(plugin: argparse.ArgumentParser, _: Translate) -> None:
    actions = ("list", "new", "check", "try", "clocks", "enable", "disable", "docs")
    plugin.add_argument("action", nargs="?", choices=actions, default="list")
    plugin.add_argument("plugin", nargs="?", metavar="FILE|NAME")
    plugin.add_argument("--zh", default="", help=_("new: its name in Chinese"))
    plugin.add_argument("--en", default="", help=_("new: its name in English"))
    plugin.add_argument(
        "--line", default="", metavar="LINE", help=_("new: a division of this product line")
    )
    plugin.add_argument(
        "--watch", action="store_true", help=_("check: again whenever the file changes")
    )
    plugin.add_argument(
        "--from", dest="since", metavar="DATE", help=_("clocks: started from this date on")
    )
    plugin.add_argument("--days", type=int, default=20, help=_("clocks: on so many days"))
    plugin.add_argument(
        "--time", default="16:40", metavar="HH:MM", help=_("clocks: started at this time of day")
    )


def sequence(text: str) -> int:
    """A sequence number of the journal. Raises ValueError."""
    number = int(text)
    if not 0 <= number < 1 << 62:
        raise ValueError(text)
    return number


if __name__ == "__main__":
    sys.exit(main())
