"""An act of a line with what has to be written down of it, as a form over the seat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from console.desk import Outcome
from console.domain.acts import Act
from console.domain.words import L, M
from console.screens.filling import Filling

ABOUT = L("记录经办事项", "What was done")


class ActForm(Filling):
    """The fields of an act, apart from those that are `fixed`. Answers with the outcome, None
    when it was not recorded."""

    def __init__(self, number: int, act: Act, fixed: Mapping[str, Any]) -> None:
        self.fixed = {"case": number, "act": act.key, **fixed}
        asked = [field for field in act.fields if field.key not in fixed]
        about = M("{about}, case {case}", about=ABOUT, case=number)
        super().__init__(act.label, about, asked, {})

    def send(self, values: dict[str, Any]) -> None:
        typed = {key: value for key, value in values.items() if value not in ("", None, [])}
        self.seat.act("act", {**self.fixed, **typed}, self._done, self.refused)

    def _done(self, outcome: Outcome) -> None:
        self.sent(outcome)
