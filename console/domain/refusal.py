"""Refusals: what the rules do not allow, why, and what to do instead."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.words import Label, Message

Words = Message | Label | str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A command that was not carried out. Nothing was written.

    `rule` names the limit, gate or permission; `clause` where the regulation says so
    ("" when the refusal is about the input itself); `remedy` what to do instead.
    """

    rule: str
    message: Words
    remedy: Words = ""
    clause: str = ""


class RefusedError(Exception):
    """Raised by a command's decision; carries the `Refusal`."""

    def __init__(self, rule: str, message: Words, remedy: Words = "", clause: str = "") -> None:
        super().__init__(rule)
        self.refusal = Refusal(rule, message, remedy, clause)
