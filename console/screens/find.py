"""Find a case or a call: by number, by the end of a phone number, by name."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from console.domain.call import Call
from console.domain.words import L, M
from console.screens.over import Over, typing
from console.screens.words import SpokenLabels
from console.speech import Speech
from console.widgets.lines import Line, Span, heading, wrapped
from console.widgets.page import Page
from console.widgets.safetext import fit

PAUSE = 0.12
"""Seconds without a key before the store is asked."""

Found = tuple[list[dict[str, Any]], list[Call]]
CASE, CALL = "case:", "call:"


class FindScreen(Over[int | None]):
    """Answers with the number of the case that was chosen, None when none was."""

    section = "find"
    hinted = (("open", L("打开", "open")), ("back", L("返回", "back")))
    choosing = True
    AUTO_FOCUS: ClassVar[str] = "#wanted"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._wanted = ""
        self._found: Found = ([], [])

    def body(self) -> Iterable[Widget]:
        yield typing("wanted")
        yield Page(lit=True, id="found")

    def headline(self) -> list[str]:
        return [self.seat.speech.say(L("查找", "Find"))]

    def show(self) -> None:
        app = self.seat
        words = app.speech.say(M("case number, end of a phone number, name"))
        self.query_one("#wanted", Input).placeholder = words
        labels = SpokenLabels(app.desk, app.speech, app.who)
        self.page.show(lambda width: lines(self._found, self._wanted, app.speech, labels, width))

    # --- searching

    def on_input_changed(self, message: Input.Changed) -> None:
        """Ask the store once the keys pause; an older question is dropped."""
        self.tell("", "done")
        self.run_worker(self._search(message.value.strip()), exclusive=True, exit_on_error=False)

    async def _search(self, wanted: str) -> None:
        if wanted:
            await asyncio.sleep(PAUSE)
        await self._ask(wanted)

    async def _ask(self, wanted: str) -> None:
        found: Any = ([], [])
        if wanted:
            found = await asyncio.to_thread(self.seat.desk.find, wanted)
        self._wanted, self._found = wanted, found
        self.show()

    # --- choosing

    async def _ask_and_open(self, wanted: str) -> None:
        if wanted != self._wanted:
            await self._ask(wanted)
        self._open(self.page.key)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Open what is chosen, of what has been typed so far, however fast that was."""
        work = self._ask_and_open(message.value.strip())
        self.run_worker(work, exclusive=True, exit_on_error=False)

    def on_page_opened(self, message: Page.Opened) -> None:
        self._open(message.key)

    def do_open(self) -> None:
        self._open(self.page.key)

    def _open(self, key: str) -> None:
        if key.startswith(CASE):
            self.dismiss(int(key.removeprefix(CASE)))
        elif key.startswith(CALL):
            call = next(one for one in self._found[1] if CALL + one.key == key)
            if call.cases:
                self.dismiss(call.cases[-1])
            else:
                self.tell(self.seat.speech.say(M("This call belongs to no case.")), "refused")


def lines(
    found: Found, wanted: str, speech: Speech, labels: SpokenLabels, width: int
) -> list[Line]:
    """The cases, then the calls; a sentence when there is neither."""
    cases, calls = found
    if not wanted:
        return []
    if not cases and not calls:
        text = speech.say(M("Nothing is found for “{wanted}”.", wanted=wanted))
        return wrapped((Span(text, "dim"),), width)
    result: list[Line] = []
    if cases:
        result.append(heading(speech.say(M("Cases {n}", n=len(cases))), width))
        result += [_case(case, speech, labels, width) for case in cases]
    if calls:
        result.append(heading(speech.say(M("Calls {n}", n=len(calls))), width))
        result += [_call(call, speech, labels, width) for call in calls]
    return result


@lru_cache(maxsize=512)
def _shown(phone: str) -> str:
    """A stored number as people write it. The search itself has loaded what this needs."""
    from console.domain.numbers import understand  # noqa: PLC0415 - costs 20-40 ms

    return understand(phone).shown or phone


def _case(case: Mapping[str, Any], speech: Speech, labels: SpokenLabels, width: int) -> Line:
    wide = width >= 110
    spans = [
        Span(fit(str(case["number"]), 6, right=True) + "  ", "head"),
        Span(fit(labels.state(case["state"]), 10) + "  ", "text" if case["open"] else "dim"),
        Span(fit(case["customer"], 36 if wide else 22) + "  ", "name"),
        Span(fit(labels.number(_shown(case["phone"])), 16) + "  "),
    ]
    if wide:
        spans.append(Span(fit(labels.category(case["category"]), 18) + "  ", "dim"))
        spans.append(Span(speech.moment(case["opened_at"], seconds=False) + "  ", "dim"))
    spans.append(Span(labels.person(case["owner"]), "dim"))
    return Line(tuple(spans), f"{CASE}{case['number']}")


def _call(call: Call, speech: Speech, labels: SpokenLabels, width: int) -> Line:
    place = call.place.get(speech.lang, "")
    joined = ", ".join(str(number) for number in call.cases)
    spans = (
        Span(speech.moment(call.rang_at, seconds=False) + "  ", "dim"),
        Span(fit(labels.number(call.shown or call.received), 18) + "  ", "head"),
        Span(fit(labels.state(call.state), 8) + "  "),
        Span(fit(f"{place} {call.name}".strip(), 36 if width >= 110 else 20) + "  ", "dim"),
        Span(f"→ {joined}" if joined else ""),
    )
    return Line(spans, CALL + call.key)
