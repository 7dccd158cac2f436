"""Everything a person can do, one table: the command line, the command bar and the keys
of the seat all read it."""

from __future__ import annotations

from console.domain.commands import (
    absence,
    acts,
    callbacks,
    calls,
    closing,
    complaints,
    contact,
    delegation,
    dialling,
    dispatch,
    duties,
    exports,
    forms,
    intake,
    keys,
    limits,
    messages,
    ownership,
    reporting,
    seats,
    shift,
    staff,
    tables,
    transfer,
    undelivered,
)
from console.domain.commands.command import Command, Situation, World

COMMANDS: dict[str, Command] = {
    command.name: command
    for group in (
        calls,
        callbacks,
        dialling,
        intake,
        dispatch,
        transfer,
        ownership,
        contact,
        messages,
        undelivered,
        acts,
        forms,
        reporting,
        limits,
        seats,
        shift,
        closing,
        complaints,
        delegation,
        tables,
        duties,
        exports,
        staff,
        absence,
        keys,
    )
    for command in group.COMMANDS
}

__all__ = ["COMMANDS", "Command", "Situation", "World"]
