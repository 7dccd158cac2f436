"""Whom to tell at once about a case: who is rung next, who has been reached, what is mailed,
which report is due (W-09). By the rules of whatever line the case has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from textual import events
from textual.containers import Horizontal
from textual.widget import Widget

from console.desk import Outcome
from console.desk.letters import words_of
from console.domain.board import GRAVE
from console.domain.incident import Incident, Remaining, Report, Ring, incident_of
from console.domain.refusal import Refusal
from console.domain.words import L, M, Message, Named
from console.screens import keymap, words
from console.screens.act_form import ActForm
from console.screens.case_view import TWO_COLUMNS, title
from console.screens.feed import Changes
from console.screens.filling import CommandForm, fill_in
from console.screens.incident_reader import Reader, act_key, next_key, report_key, ring_key
from console.screens.incident_view import IncidentView
from console.screens.over import Over
from console.widgets.countdown import UNICODE
from console.widgets.page import Page


class IncidentScreen(Over[None]):
    """What is urgent about a case; the next person to ring is chosen."""

    section = "incident"
    hinted = (
        ("dial", L("拨打", "call")),
        ("reached", L("已告知", "reached")),
        ("missed", L("未接通", "no answer")),
        ("again", L("约定再拨", "again")),
        ("report", L("报告", "report")),
        ("why", L("为何", "why")),
        ("help", L("帮助", "help")),
        ("back", L("返回", "back")),
    )
    AUTO_FOCUS: ClassVar[str] = "#incident_page"

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def body(self) -> Iterable[Widget]:
        yield Horizontal(Page(id="incident_page"), Page(id="incident_beside"), id="incident")

    @property
    def page(self) -> Page:
        return self.query_one("#incident_page", Page)

    def on_resize(self, event: events.Resize) -> None:
        """Where there is room, what is only read stands beside what is to be done."""
        self._beside.display = event.size.width >= TWO_COLUMNS
        self.call_after_refresh(self.show)

    @property
    def _beside(self) -> Page:
        return self.query_one("#incident_beside", Page)

    def headline(self) -> list[str]:
        speech = self.seat.speech
        grave = self.case.attributes["severity"] > 2
        word = f"{UNICODE.grave} {speech.say(words.MARKS[GRAVE])} " if grave else ""
        return [f"{word}{speech.say(L('立即告知', 'Tell at once'))}", *title(self.case, speech)]

    def begin(self) -> None:
        self._read()
        self.page.choose(next_key(self.incident, self.seat.desk.now()))
        self.set_interval(1.0, self.show)

    def _read(self) -> None:
        self.case = self.seat.desk.case(self.number)
        self.incident = incident_of(self.case) or Incident(self.case, [])
        self._words = self._to_say()

    def _to_say(self) -> dict[str, str]:
        """What is to be said to each of those to be told: of several notices the words of the
        one that goes to the fewest."""
        app = self.seat
        notices = {one.key: one for one in self.case.rules.notices}
        found = {}
        for ring in self.incident.rings:
            wanted = (notices.get(ground.notice) for row in ring.rows for ground in row.grounds)
            known = [one for one in wanted if one is not None]
            notice = min(known, key=lambda one: len(one.to), default=None)
            written = words_of(app.desk, self.case, notice, app.desk.now(), app.speech.lang)
            found[ring_key(ring)] = written.short
        return found

    # --- what is shown

    def show(self) -> None:
        app = self.seat
        reader = Reader(
            app.speech,
            app.desk.viewer(app.who),
            app.desk.directory,
            app.desk.now(),
            self._calling(),
            self._words,
        )
        view, alone = IncidentView(self.incident, self.case, reader), not self._beside.display
        self.page.show(lambda width: view.lines(width, self.page.key, alone=alone))
        self._beside.show(lambda width: view.beside(width, self.page.key))

    def _calling(self) -> frozenset[str]:
        """Who is being called about this case at this moment."""
        calls = self.seat.desk.live_calls()
        return frozenset(call.called for call in calls if call.about == self.number and call.called)

    def respeak(self) -> None:
        self._words = self._to_say()
        super().respeak()

    def heard(self, changes: Changes) -> None:
        """Somebody was reached, a mail has gone, a call rings: the choice stays where it is as
        long as there is something to do."""
        if self.number in changes.cases:
            self._read()
            self.show()
            if not self._has_work(self.page.key):
                self._go_on()
        elif changes.calls:
            self.show()

    def _has_work(self, key: str) -> bool:
        ring, report = self._ring_of(key), self._report_of(key)
        if ring is not None:
            return ring.waits
        return report is None or report.sent is None

    def _go_on(self) -> None:
        """The cursor to what comes next."""
        key = next_key(self.incident, self.seat.desk.now())
        if key:
            self.page.choose(key)
            self.show()

    def on_page_chosen(self, _message: Page.Chosen) -> None:
        self.show()

    # --- what is chosen

    def _ring_of(self, key: str) -> Ring | None:
        return next((ring for ring in self.incident.rings if ring_key(ring) == key), None)

    def _report_of(self, key: str) -> Report | None:
        return next((one for one in self.incident.reports if report_key(one) == key), None)

    def _act_of(self, key: str) -> Remaining | None:
        return next((one for one in self.incident.remaining if act_key(one) == key), None)

    @property
    def ring(self) -> Ring | None:
        """Who is chosen; nobody when a report is."""
        return self._ring_of(self.page.key)

    def action_do(self, action: str) -> None:
        self.tell("", "done")
        super().action_do(action)

    def on_page_opened(self, message: Page.Opened) -> None:
        """Enter does the obvious: call them, write the report, record the act."""
        self.tell("", "done")
        act = self._act_of(message.key)
        if act is not None:
            self._record(act)
        elif self._report_of(message.key) is not None:
            self.do_report()
        else:
            self.do_dial()

    # --- telling people

    def _chosen_ring(self) -> Ring | None:
        """Who is chosen, or a sentence that nobody is."""
        if self.ring is None:
            self._say(M("Choose one of those who are to be told."), "refused")
        return self.ring

    def do_dial(self) -> None:
        """Call them from this seat; where no line can, the number is shown to be dialled."""
        ring, app = self._chosen_ring(), self.seat
        if ring is None:
            return
        station = app.desk.directory.get(app.who.person)
        if not app.desk.exchanges() or station is None or not station.extension:
            self._by_hand(ring)
            return
        typed = {"case": self.number, "who": ring.person or ring.slot}
        app.act("dial", typed, lambda _: self._rung(ring), self._not_rung)

    def _rung(self, ring: Ring) -> None:
        self._say(M("Your telephone rings first, then that of {who}.", who=Named(ring.person)))
        self.show()

    def _not_rung(self, refusal: Refusal) -> None:
        """Say why no line calls them, and what to dial instead."""
        ring = self.ring
        self.seat.show_refusal(refusal)
        if ring is not None and self._number(ring):
            self._by_hand(ring, refusal)

    def _by_hand(self, ring: Ring, refusal: Refusal | None = None) -> None:
        keys, number = self.seat.keys[self.section], self._number(ring)
        if not number:
            self._say(M("No number of {who} is known.", who=Named(ring.person)), "refused")
            return
        said = M(
            "Dial {number}: {who}. Then {reached} if they were reached, {missed} if not.",
            number=number,
            who=Named(ring.person),
            reached=keymap.shown(keys["reached"]),
            missed=keymap.shown(keys["missed"]),
        )
        if refusal is not None:
            said = M("{message} {remedy}", message=refusal.message, remedy=said)
        self._say(said, "news")

    def _number(self, ring: Ring) -> str:
        app = self.seat
        viewer, directory = app.desk.viewer(app.who), app.desk.directory
        return Reader(app.speech, viewer, directory, app.desk.now()).number(ring.person)

    def do_reached(self) -> None:
        """They know; that they were sent something would not be it."""
        ring = self._chosen_ring()
        if ring is not None:
            self.seat.act("reach", self._about(ring), self._told)

    def do_missed(self) -> None:
        """They did not answer: it stops nothing (D-14)."""
        ring = self._chosen_ring()
        if ring is not None:
            self.seat.act("reach", {**self._about(ring), "reached": "no"}, self._told)

    def do_again(self) -> None:
        """They, or somebody for them, say when to ring again."""
        ring = self._chosen_ring()
        if ring is None:
            return
        about = M("When is {who} to be rung again?", who=Named(ring.person))
        fixed = {**self._about(ring), "reached": "no"}
        fill_in(self.seat, CommandForm("reach", about, fixed), self._rung_again)

    def _rung_again(self, outcome: Outcome | None) -> None:
        if outcome is not None:
            self._told(outcome)

    def _about(self, ring: Ring) -> Mapping[str, Any]:
        who = ring.person or ring.slot
        return {"case": self.number, "who": who, "channel": ring.channel}

    def _told(self, outcome: Outcome) -> None:
        """It is written down: on to the next."""
        missed = any(fact.kind == "role_missed" for fact in outcome.facts)
        self._say(M("Written down: no answer.") if missed else M("Written down: reached."))
        self._go_on()

    # --- reports and what else there is to do

    def do_report(self) -> None:
        """The report that is chosen, or the first that has not been sent."""
        reports = self.incident.reports
        unsent = next((one for one in reports if one.sent is None), None)
        report = self._report_of(self.page.key) or unsent or next(iter(reports), None)
        if report is None:
            self._say(M("No report is asked for in this case."), "refused")
            return
        from console.screens.report import ReportForm  # noqa: PLC0415 - opened on demand

        self.seat.push_screen(ReportForm(self.case, report.form), self._reported)

    def _reported(self, outcome: Outcome | None) -> None:
        if outcome is not None:
            self._say(M("The report is on its way."))
            self._go_on()

    def _record(self, one: Remaining) -> None:
        """An act the clocks wait for: at once, or with what has to be written down of it."""
        act = self.case.rules.acts[one.act]
        if any(field.key not in one.given for field in act.fields):
            self.seat.push_screen(ActForm(self.number, act, one.given), self._recorded)
        else:
            typed = {"case": self.number, "act": one.act, **one.given}
            self.seat.act("act", typed, self._recorded)

    def _recorded(self, outcome: Outcome | None) -> None:
        if outcome is not None:
            self._say(M("Written down."))
            self._go_on()

    # --- and besides

    def do_why(self) -> None:
        from console.screens.why import WhyScreen  # noqa: PLC0415 - opened on demand

        clock = next(iter(self.incident.clocks), None)
        self.seat.push_screen(WhyScreen(self.number, clock.key if clock is not None else ""))

    def do_help(self) -> None:
        from console.screens.help import HelpScreen  # noqa: PLC0415 - opened on demand

        self.seat.push_screen(HelpScreen(self.section))

    def do_language(self) -> None:
        self.seat.speak("en" if self.seat.speech.lang == "zh" else "zh")

    def _say(self, said: Message, kind: str = "done") -> None:
        self.tell(self.seat.speech.say(said), kind)
