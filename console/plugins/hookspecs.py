"""The hooks a plugin may give: what each is asked, when, and what it may answer.

Two say what the plugin adds and are asked once, when it is loaded. The others look at one
case: they are asked only of the plugin that owns the case's division or line, get frozen
copies, and what they raise is caught. `docs/plugins/hooks.md` is written from this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pluggy

from console.domain.rules import Line, Target
from console.plugins.views import FrozenCase, FrozenFact, Problem, Section

PROJECT = "console"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def console_lines() -> Iterable[Line]:
    """The product lines this plugin adds. Asked once, when the plugin is loaded."""
    raise NotImplementedError


@hookspec
def console_divisions() -> Mapping[str, Iterable[Target]]:
    """The divisions this plugin adds to lines that are there already, by the line's key:
    `{"acme": (HYDROGEN,)}`. Asked once, when the plugin is loaded."""
    raise NotImplementedError


@hookspec
def console_problems(case: FrozenCase) -> Iterable[Problem]:
    """What is wrong with the case's values beyond what each field checks by itself. Asked
    before a case is opened, filled in or classified; a problem refuses that.

    case: the case as it would be afterwards.
    """
    raise NotImplementedError


@hookspec
def console_route(case: FrozenCase) -> str | None:
    """The key of the division a case should go to, after the rules have had their say.
    Asked when a case is classified and nobody named a division; what names none of the
    line's divisions is passed over and logged.

    case: the case as it would be after the classification.
    """
    raise NotImplementedError


@hookspec
def console_severity(case: FrozenCase) -> int | None:
    """How severe the case is: 1 noticeable, 2 major, 3 critical. Asked after the case was
    filled in or classified. It can only raise what the case has already.

    case: the case as it is now.
    """
    raise NotImplementedError


@hookspec
def console_report(case: FrozenCase) -> Iterable[Section]:
    """Further paragraphs for whoever reads the case. Asked when the case is shown.

    case: the case as it is now.
    """
    raise NotImplementedError


@hookspec
def console_case_changed(case: FrozenCase, fact: FrozenFact) -> None:
    """A command added a fact to the case. Told after it is stored; nothing can be refused
    any more, and what is returned is ignored.

    case: the case as it is now.
    fact: what was added.
    """
    raise NotImplementedError
