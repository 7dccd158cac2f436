"""A new PIN for somebody, typed twice and never shown."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.widget import Widget

from console.domain.fields import Field, Text
from console.domain.refusal import RefusedError
from console.domain.words import L, M, Named
from console.screens.filling import Filling
from console.widgets.field_inputs import LineInput

FIELDS = (
    Text(
        key="pin",
        label=L("新 PIN", "new PIN"),
        required="intake",
        help=L("至少 4 位数字", "at least 4 digits"),
    ),
    Text(key="again", label=L("再输一遍", "once more"), required="intake"),
)


class PinForm(Filling):
    """Answers with the key of the person whose PIN was set, None when none was."""

    def __init__(self, person: str) -> None:
        self.person = person
        about = M("{who} signs on with it at a shared terminal.", who=Named(person))
        super().__init__(L("设置 PIN", "Set a PIN"), about, FIELDS, {})

    def input_of(self, field: Field) -> Widget:
        box = LineInput(field.key)
        box.password = True
        return box

    def send(self, values: dict[str, Any]) -> None:
        if values["pin"] != values["again"]:
            self.sending = False
            self.point_at("again")
            self.tell(self.seat.speech.say(M("The two are not the same.")), "refused")
            return
        self.run_worker(self._set(values["pin"]), exit_on_error=False)

    async def _set(self, pin: str) -> None:
        """Off the loop: hashing a PIN takes a while, on purpose."""
        app = self.seat
        try:
            await asyncio.to_thread(app.desk.set_pin, self.person, pin, app.who)
        except RefusedError as error:
            self.refused(error.refusal)
            return
        self.sent(self.person)
