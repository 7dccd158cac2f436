"""Whom to tell at once about a case, what has been said to whom, and what is due, as lines to
choose from. Pure: an incident, a reader, a moment and a width in cells give the lines.

Times are shown to the second here: an hour is short.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from console.desk.ledger import STATE_LABELS
from console.domain.case import Case
from console.domain.clock import Clock
from console.domain.customer import customer_of
from console.domain.incident import Incident, Mailing, Report, Ring
from console.domain.notices import NOTICE_STATES, NoticeRow
from console.domain.outbox import REASONS
from console.domain.words import L, Label, M, Named
from console.screens.case_view import AT_ONCE, CLOCKS
from console.screens.fact_text import FactText
from console.screens.incident_reader import Reader, act_key, exact, report_key, ring_key
from console.screens.notice_text import NOBODY
from console.widgets.countdown import UNICODE
from console.widgets.lines import Item, Line, Span, cells, flowing, heading, wrapped
from console.widgets.safetext import fit

_ROLE_MOST, _NAME_MOST = 18, 14

WHO_KNEW = L("第一知情人", "first to know")
SINCE = L("知情", "known since")
CUSTOMER = L("客户", "customer")
RINGS = L("电话", "By telephone")
ON_SITE = L("当面", "in person")
REPORTS = L("报告", "Reports")
BESIDES = L("还须记录", "Also to be done")
SAY = L("要说的话", "What to say")
WAITS = L("待打", "to be called")
CALLING = L("正在呼叫", "being called")
NOT_BEGUN = L("未写", "not written")
DRAFTED = L("草稿", "draft")
BEHIND = L("已过内部目标", "past the target")
DONE = "✓"
_HEADINGS = {"phone": RINGS, "on_site": ON_SITE}


class IncidentView:
    """The lines of one version of a case for one reader."""

    def __init__(self, incident: Incident, case: Case, reader: Reader) -> None:
        self._incident, self._case, self._reader = incident, case, reader
        self._texts = FactText(case, reader.speech, reader.viewer)
        self._say = reader.say

    def lines(self, width: int, chosen: str = "", *, alone: bool = True) -> list[Line]:
        """What there is to do; `alone`, with what there is to read between it."""
        first = [*self.knowledge(width), *self.clocks(width), *self.rings(width)]
        todo = [*self.reports(width), *self.remaining(width)]
        if alone:
            return [*first, *self.words(width, chosen), *todo, *self.mails(width)]
        return [*first, *todo]

    def beside(self, width: int, chosen: str) -> list[Line]:
        """What there is to read: what is to be said, what has been mailed."""
        return [*self.words(width, chosen), *self.mails(width)]

    # --- the parts

    def knowledge(self, width: int) -> Iterator[Line]:
        """Why anybody has to be told, who knew first, and since when."""
        first, reader = self._incident.first, self._reader
        items: list[Item] = []
        causes = dict.fromkeys(self._causes())
        if causes:
            grave = self._case.attributes["severity"] > 1
            sign = f"{UNICODE.grave} " if grave else ""
            text = sign + reader.speech.listed(causes)
            items.append((Span(text, "breached" if grave else "head"),))
        if first is not None:
            who = reader.speech.name(self._incident.first_knower)
            if who:
                items.append((Span(f"{self._say(WHO_KNEW)} ", "dim"), Span(who, "name")))
            items.append((Span(f"{self._say(SINCE)} ", "dim"), Span(reader.when(first.at))))
        items.append((Span(f"{self._say(CUSTOMER)} ", "dim"), Span(customer_of(self._case))))
        yield from flowing(items, width)

    def _causes(self) -> Iterator[str]:
        for fact in self._incident.causes:
            if fact.kind == "flag_set":
                yield from self._texts.flagged(fact)
            else:
                yield self._say(self._case.rulebook.fact_label(fact.kind))

    def clocks(self, width: int) -> Iterator[Line]:
        """What has to be done by when, the earliest first."""
        clocks = self._incident.clocks
        if not clocks:
            return
        yield heading(self._say(CLOCKS), width)
        most = max(cell_len(self._say(clock.timer.label)) for clock in clocks)
        for clock in clocks:
            yield from wrapped(self._clock(clock, min(most, 30)), width, 14)

    def _clock(self, clock: Clock, room: int) -> Item:
        now = self._reader.now
        state = clock.state(now)
        ink = _INKS.get(state, "text")
        at_once = clock.running and clock.timer.level == "now"
        said = STATE_LABELS[state]
        if at_once:
            said = BEHIND if state == "behind" else AT_ONCE
        done, needed = clock.progress()
        count = f" {done}/{needed}" if needed > 1 else ""
        label = fit(self._say(clock.timer.label), room)
        parts = [f"  {clock.timer.rule}" if clock.timer.rule else ""]
        if clock.due is not None and clock.running:
            until = self._reader.when(clock.due)
            due = M("target {moment}", moment=until) if at_once else M("due {moment}", moment=until)
            parts.insert(0, f"  {self._say(due)}")
        if clock.ended is not None:
            parts.insert(0, f"  {self._reader.when(clock.ended)}")
        return (
            Span(f"{_GLYPHS.get(state, ' ')} {fit(self._left(clock), 9, right=True)}  ", ink),
            Span(label, "text" if clock.running else "dim"),
            Span(f"  {self._say(said)}{count}", ink),
            Span("".join(parts), "dim"),
        )

    def _left(self, clock: Clock) -> str:
        """What is left; of what is due at once, how long it has been due."""
        if not clock.running:
            return ""
        if clock.timer.level == "now" or clock.due is None:
            return f"+{exact(self._reader.now, clock.began)}"
        return exact(clock.due, self._reader.now)

    def rings(self, width: int) -> Iterator[Line]:
        """Everybody to be told in person, and how far that has come."""
        rings = self._incident.rings
        if not rings:
            return
        reached, needed = self._incident.reached
        title = self._say(_HEADINGS.get(rings[0].channel, RINGS))
        yield heading(f"{title} {reached}/{needed}", width)
        role = min(max(cell_len(self._role(ring)) for ring in rings), _ROLE_MOST)
        name = min(max(cell_len(self._name(ring)) for ring in rings), _NAME_MOST)
        number = max(cell_len(self._reader.number(ring.person)) for ring in rings)
        for ring in rings:
            spans, alarms = self._ring(ring, (role, name, number)), tuple(self._alarms(ring))
            together = (*spans, *alarms)
            if cells(together) <= width:
                yield Line(together, ring_key(ring))
            else:
                yield from wrapped(spans, width, 4, ring_key(ring))
                yield from wrapped((Span("  "), *alarms), width, 4) if alarms else ()

    def _ring(self, ring: Ring, widths: tuple[int, int, int]) -> Item:
        role, name, number = widths
        glyph, ink, said = self._ring_state(ring)
        return (
            Span(f"{glyph} ", ink),
            Span(fit(self._role(ring), role), "dim"),
            Span(f" {fit(self._name(ring), name)}", "name"),
            Span(f" {fit(self._reader.number(ring.person), number)}" if number else "", "text"),
            Span(f"  {said}", ink),
        )

    def _ring_state(self, ring: Ring) -> tuple[str, str, str]:
        """The sign, the ink and the words for how far it has come with somebody."""
        reader, told = self._reader, ring.told
        if not ring.waits:
            if told is not None and told.reached is not None:
                by = reader.speech.name(told.reached_by)
                said = M("reached {moment} by {who}", moment=reader.when(told.reached), who=by)
                return DONE, "ok", self._say(said)
            return DONE, "dim", self._say(NOTICE_STATES[ring.rows[0].state])
        if ring.person in reader.calling and ring.person:
            return UNICODE.ringing, "ring", self._say(CALLING)
        if ring.again is not None:
            agreed = self._say(M("ring again at {moment}", moment=reader.when(ring.again)))
            come = ring.again <= reader.now
            sign, ink = (UNICODE.amber, "amber") if come else (UNICODE.timely, "text")
            return sign, ink, agreed
        if ring.attempts:
            return UNICODE.timely, "amber", self._tried(ring)
        if not ring.person:
            return UNICODE.now, "now", self._say(REASONS["nobody"])
        waits = self._say(WAITS)
        if ring.instead_of:
            stead = M("instead of {who}", who=Named(ring.instead_of))
            waits = f"{waits}  {self._say(stead)}"
        return UNICODE.now, "now", waits

    def _tried(self, ring: Ring) -> str:
        times = ", ".join(self._reader.when(one.at) for one in ring.attempts)
        return self._say(M("no answer {moments}", moments=times))

    def _alarms(self, ring: Ring) -> Iterator[Span]:
        """When they were tried, of somebody to be rung again; the clock that runs because they
        could not be reached."""
        if ring.again is not None:
            yield Span(f"  {self._tried(ring)}", "dim")
        for clock in ring.clocks[:1]:
            if clock.due is None:
                continue
            left, due = exact(clock.due, self._reader.now), self._reader.when(clock.due)
            ink = _INKS.get(clock.state(self._reader.now), "text")
            label = self._say(clock.timer.label)
            yield Span(f"  {label} {left} ({due} {clock.timer.rule})", ink)

    def _role(self, ring: Ring) -> str:
        return self._reader.speech.listed(self._texts.slot(slot) for slot in ring.slots)

    def _name(self, ring: Ring) -> str:
        return self._reader.speech.name(ring.person) or self._say(NOBODY)

    def words(self, width: int, chosen: str) -> Iterator[Line]:
        """What is to be said to whoever is chosen, as the rule words it."""
        text = self._reader.words.get(chosen, "")
        if text:
            yield heading(self._say(SAY), width)
            yield from wrapped((Span(text, "head"),), width)

    def reports(self, width: int) -> Iterator[Line]:
        """The reports that are due, and when they were sent."""
        reports = self._incident.reports
        if not reports:
            return
        yield heading(self._say(REPORTS), width)
        for report in reports:
            yield from wrapped(self._report(report), width, 4, report_key(report))

    def _report(self, report: Report) -> Item:
        reader, form = self._reader, report.form
        title = f"{self._say(form.label)} {form.rule}".rstrip()
        if report.sent is not None:
            sent = M("sent {moment}", moment=reader.when(report.sent))
            return Span(f"{DONE} ", "ok"), Span(title, "name"), Span(f"  {self._say(sent)}", "ok")
        stands = self._say(NOT_BEGUN if report.state is None else DRAFTED)
        clock = min(report.clocks, key=lambda one: one.due or 1 << 62)
        ink = _INKS.get(clock.state(reader.now), "text")
        spans = [Span(f"{_GLYPHS.get(clock.state(reader.now), '·')} ", ink), Span(title, "name")]
        if clock.due is not None and clock.timer.level != "now":
            due = self._say(M("due {moment}", moment=reader.when(clock.due)))
            spans.append(Span(f"  {exact(clock.due, reader.now)}  {due}", ink))
        elif clock.timer.level == "now":
            spans.append(Span(f"  +{exact(reader.now, clock.began)}  {self._say(AT_ONCE)}", ink))
        return (*spans, Span(f"  {stands}", "amber"))

    def remaining(self, width: int) -> Iterator[Line]:
        """What else the clocks wait for."""
        if not self._incident.remaining:
            return
        reader = self._reader.speech
        yield heading(self._say(BESIDES), width)
        for one in self._incident.remaining:
            act = self._case.rules.acts[one.act]
            given = (
                f.format(one.given[f.key], reader.lang) for f in act.fields if f.key in one.given
            )
            spans = (
                Span(f"{UNICODE.now} ", "now"),
                Span(self._say(act.label), "name"),
                Span(f"  {reader.listed(given)}"),
                Span(f"  {self._say(one.clock.timer.label)} {one.clock.timer.rule}", "dim"),
            )
            yield from wrapped(spans, width, 4, act_key(one))

    def mails(self, width: int) -> Iterator[Line]:
        """What the console sends by itself, and whether it has arrived."""
        for mailing in self._incident.mails:
            label = _label_of(mailing, self._case)
            text = self._say(label) if label is not None else mailing.notice
            yield heading(f"{text} {mailing.gone}/{len(mailing.rows)}", width)
            yield from flowing([self._mail(row) for row in mailing.rows], width)

    def _mail(self, row: NoticeRow) -> Item:
        reader = self._reader
        who = reader.speech.name(row.person) or self._say(NOBODY)
        state, ink = self._say(NOTICE_STATES[row.state]), _MAIL_INKS.get(row.state, "text")
        at = row.delivered or row.sent
        if row.state == "dead" and row.reason in REASONS:
            state = f"{state} ({self._say(REASONS[row.reason])})"
        elif row.state == "waiting" and row.failed and row.reason in REASONS:
            state = f"{state} ({self._say(REASONS[row.reason])} ×{row.failed})"
        elif at is not None:
            state = f"{state} {reader.when(at)}"
        return (
            Span(f"{self._texts.slot(row.slot)} ", "dim"),
            Span(who, "name"),
            Span(f" {state}", ink),
        )


def _label_of(mailing: Mailing, case: Case) -> Label | None:
    notices = case.rules.notices
    return next((one.label for one in notices if one.key == mailing.notice), None)


_INKS = {
    "breached": "breached",
    "behind": "overdue",
    "amber": "amber",
    "met": "ok",
    "late": "overdue",
}
_GLYPHS = {
    "breached": UNICODE.breached,
    "behind": UNICODE.overdue,
    "amber": UNICODE.amber,
    "met": DONE,
    "late": UNICODE.breached,
}
_MAIL_INKS = {
    "dead": "breached",
    "waiting": "amber",
    "due": "amber",
    "sent": "ok",
    "delivered": "ok",
}
