"""`console report`: a form of a case as a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from console.cli.context import Context
from console.cli.output import DONE, UNUSABLE
from console.cli.show import number_of
from console.domain.words import M

STDOUT = "-"


def run(context: Context, options: argparse.Namespace) -> int:
    """`form CASE FORM`: the only kind of report there is so far."""
    if len(options.keys) != 2:
        return context.output().unusable(
            M("Which form of which case?"), M("Write `console report form CASE FORM`.")
        )
    return _form(context, options)


def _form(context: Context, options: argparse.Namespace) -> int:
    from console.desk.papers import file_name, form_pdf  # noqa: PLC0415 - half a second
    from console.domain.commands.forms import state_named  # noqa: PLC0415

    number, key = options.keys
    viewer, output = context.read(), context.output()
    case = context.desk.case(number_of(number), context.at)
    state = state_named(case, key)
    if context.person:
        context.desk.viewed(case.number, context.who)
    lang = output.speech.lang
    made = form_pdf(context.desk, case, state, context.moment, lang, viewer.number)
    if options.to == STDOUT:
        sys.stdout.buffer.write(made)
        return DONE
    path = Path(options.to or file_name(case, state.form, lang)).expanduser()
    try:
        path.write_bytes(made)
    except OSError as error:
        output.unusable(
            M("{path} cannot be written: {error}.", path=str(path), error=error.strerror or ""),
            M("Name another file with --to."),
        )
        return UNUSABLE
    if output.as_json:
        output.data({"case": case.number, "form": key, "file": str(path), "bytes": len(made)})
    else:
        output.line(M("{form} as {path}.", form=state.form.label, path=str(path)))
    return DONE
