"""Sorts of finding about what came after the first rules: code, and change."""

from __future__ import annotations

from console.domain.words import M
from console.plugins.findings import error, warning


class Hooks:
    """Hooks"""

    API = error(
        "R081",
        M("The file is written for CONSOLE_API {found}; this console has {known}."),
        M("Write CONSOLE_API = {known} at its top, once you have read what changed since."),
    )
    MISSPELT = error(
        "R082",
        M("There is no hook “{hook}”."),
        M("Use one of {known}."),
    )
    UNMARKED = error(
        "R083",
        M("“{hook}” looks like a hook and is not marked as one."),
        M("Write @hookimpl above it, or give it another name."),
    )
    ARGUMENTS = error(
        "R084",
        M("“{hook}” takes {given}; it may take {known}."),
        M("Take those it may take, by these names; leaving some out is fine."),
    )
    RESULT = error(
        "R085",
        M("“{hook}” answers with something else than it should."),
        M("console_lines gives several Line, console_divisions gives {{line key: (Division,)}}."),
    )
    ASYNC = error(
        "R086",
        M("“{hook}” is asynchronous; nobody would wait for it."),
        M("Write def instead of async def."),
    )
    NO_LINE = error(
        "R087",
        M("There is no product line “{line}” to add a division to."),
        M("Use one of {known}, or return a Line from console_lines."),
    )
    FOLDER = error(
        "R088",
        M("Others than you may change the folder {folder}."),
        M("Make it yours alone: chmod go-w {folder}, and chown if it belongs to somebody else."),
    )
    NOT_IMPORTED = error(
        "R089",
        M("“{name}” is used and not imported."),
        M("Add it to the import at the top: from console.plugins import {name}."),
    )
    CHINESE_SIGN = error(
        "R090",
        M("The sign {sign} is a Chinese one; Python wants {plain} here."),
        M("Type it with the English keyboard. Between quotation marks Chinese signs are fine."),
    )


class Evolution:
    """What cases already rely on"""

    VERSION = error(
        "R091",
        M("Cases are kept under version {version} of {key}, which says something else."),
        M("Write version={next}: cases so far keep what they have, new ones get this."),
    )
    OLDER = error(
        "R092",
        M("This is version {found} of {key}; cases are kept under version {version}."),
        M("Write version={next}."),
    )
    TYPE = error(
        "R093",
        M("“{key}” was a {old} field and is a {new} field now."),
        M("Keep the kind; add a field with a new key and mark this one retired=True."),
    )
    FIELD_GONE = warning(
        "R094",
        M("The field “{key}” is gone; cases have values for it."),
        M("Keep it with retired=True, or name it in renamed_from of the one that follows it."),
    )
    CHOICE_GONE = warning(
        "R095",
        M("“{choice}” is gone from the choices of “{key}”; cases may have it."),
        M("Keep it in choices and add it to retired_choices."),
    )
