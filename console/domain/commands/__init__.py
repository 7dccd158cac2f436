"""Everything a person can do, one table: the command line, the command bar and the keys
of the seat all read it."""

from __future__ import annotations

from console.domain.commands import (
    acts,
    callbacks,
    calls,
    closing,
    contact,
    dialling,
    dispatch,
    duties,
    forms,
    intake,
    keys,
    limits,
    ownership,
    seats,
    shift,
    staff,
    tables,
    transfer,
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
        acts,
        forms,
        limits,
        seats,
        shift,
        closing,
        tables,
        duties,
        staff,
        keys,
    )
    for command in group.COMMANDS
}

__all__ = ["COMMANDS", "Command", "Situation", "World"]
