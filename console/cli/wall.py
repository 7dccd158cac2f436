"""`console wall`: a board for a screen on the wall."""

from __future__ import annotations

import argparse

from console.cli.context import Context
from console.cli.hangup import leave_with_terminal
from console.cli.output import DONE
from console.cli.seat import insist_on_utf8, terminal_problem
from console.config import language


def run(context: Context, _options: argparse.Namespace) -> int:
    """Put the wall up for whoever may see customers. Raises RefusedError for others; 2 with a
    sentence when there is no terminal for it."""
    unusable = terminal_problem()
    if unusable is not None:
        return context.output().unusable(*unusable)
    insist_on_utf8()
    context.desk.demand("see_customers", context.who)
    from console.screens.wall import WallApp  # noqa: PLC0415 - Textual is most of the start

    app = WallApp(context.desk, language(context.lang, context.desk.config))
    leave_with_terminal(app)
    return app.run(mouse=False) or app.return_code or DONE
