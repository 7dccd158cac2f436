"""A whole case as lines to read: people, customer, clocks, gates, notices, what happened.

Pure: a case, a reader, a moment and a width in cells give the lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from console.desk.ledger import STATE_LABELS, label_of
from console.desk.viewer import Viewer
from console.domain.board import BoardClock
from console.domain.case import ROLES, Case
from console.domain.clock import Clock, worst_first
from console.domain.commands import COMMANDS
from console.domain.facts import Fact
from console.domain.fields import LongText, Phone
from console.domain.gates import open_gates
from console.domain.people import CASE_ROLE_LABELS
from console.domain.words import L, M
from console.plugins.views import Section
from console.screens.fact_text import FactText
from console.screens.notice_text import NOBODY, NoticeText, moment_of
from console.speech import Speech
from console.widgets.countdown import EN, NEVER, UNICODE, ZH, face, next_face, state_of
from console.widgets.lines import Item, Line, Span, beside, flowing, heading, wrapped
from console.widgets.safetext import fit

TWO_COLUMNS = 120
"""From this width on, what happened stands beside the rest."""

_GAP = 3
_LABEL_MOST = 26

PEOPLE = L("人员", "People")
CUSTOMER = L("客户与需求", "Customer and need")
CLOCKS = L("时限", "Clocks")
GATES = L("还缺", "Still missing")
NOTICES = L("通知", "Told")
FACTS = L("经过", "What happened")
OFFERED = L("可办", "What you can do")
AT_ONCE = L("须立即办", "at once")
SUPPORT = L("技术支持", "technical support")
NUMBER = L("来电号码", "caller's number")
OPENED = L("建单时间", "opened")
CYCLE = L("第几轮", "cycle")


def clock_order(case: Case) -> list[Clock]:
    """Every clock: the running ones worst first, then the ended, the latest first."""
    ended = [clock for clock in case.clocks if not clock.running]
    ended.sort(key=lambda clock: -(clock.ended or 0))
    return [*worst_first(case.clocks), *ended]


def title(case: Case, speech: Speech) -> list[str]:
    """Number, state, line, category and division of a case, with the way to the division."""
    say, rules = speech.say, case.rules
    parts = [f"{case.number} {say(case.rules.state_label(case.state))}"]
    if case.line:
        known = rules.names(case.line, rules.division.key if rules.division else "")
        parts.append(say(rules.line.label) if known else case.line)
    category = rules.category(case.category)
    if case.category:
        parts.append(say(category.label) if category else case.category)
    if rules.division is not None:
        parts.append(say(rules.division.label))
        if rules.division.via:
            parts.append(_via(case, speech, rules.division.via))
    elif case.division:
        parts.append(case.division)
    return parts


def _via(case: Case, speech: Speech, slot: str) -> str:
    """The desk that alone passes work on to the division, and who sits there."""
    tracker = speech.name(str(case.attributes["tracker"]))
    label = case.rules.line.slots.get(slot)
    role = SUPPORT if slot == "support_engineer" else label or slot
    return speech.say(M("via {role}: {who}", role=role, who=tracker or NOBODY))


class _Kept(NamedTuple):
    """The parts that no clock changes, laid out for one width."""

    above: list[Line]
    gates: list[Line]
    happened: list[Line]
    offers: list[Line]


class CaseView:
    """The lines of one version of a case for one reader. What does not depend on the
    moment is laid out once per width.

    `offered` lists the commands this reader may give with the key of each ("" = none);
    facts after `seen` by others are set off as new.
    """

    def __init__(
        self,
        case: Case,
        speech: Speech,
        offered: Sequence[tuple[str, str]] = (),
        seen: int | None = None,
        me: str = "",
        sections: Sequence[Section] = (),
        viewer: Viewer | None = None,
    ) -> None:
        self.case = case
        self.speech = speech
        self._number = viewer.number if viewer is not None else str
        self._offered = tuple(offered)
        self._seen = case.version if seen is None else seen
        self._me = me
        self._sections = tuple(sections)
        self._texts = FactText(case, speech, viewer)
        self._units = ZH if speech.lang == "zh" else EN
        self._kept: dict[tuple[int, str], _Kept] = {}

    def lines(self, width: int, now: int) -> list[Line]:
        """All of it. From `TWO_COLUMNS` cells on in two columns."""
        wide = width >= TWO_COLUMNS
        left = (width - _GAP) // 2 if wide else width
        kept = self._laid_out(left, width - left - _GAP if wide else width, now)
        first = [*kept.above, *self.clocks(left, now), *kept.gates]
        if wide:
            return beside([*first, *kept.offers], kept.happened, left, _GAP)
        return [*first, *kept.happened, *kept.offers]

    def wake(self, now: int) -> int:
        """The instant at which a clock reads differently next (UTC seconds)."""
        faces = (next_face(_board_clock(clock), now) for clock in self.case.running())
        return min(faces, default=NEVER)

    def _laid_out(self, left: int, right: int, now: int) -> _Kept:
        day = self.speech.moment(now)[:10]
        kept = self._kept.get((left, day))
        if kept is None:
            kept = self._kept[left, day] = _Kept(
                [*self.people(left), *self.customer(left), *self.sections(left)],
                self.gates(left),
                [*self.notices(right, now), *self.facts(right)],
                self.offers(left),
            )
        return kept

    # --- the parts, each with its heading; one that has nothing to say is left out

    def people(self, width: int) -> list[Line]:
        """Owner, assignee, tracker, custodian: always four."""
        items: list[Item] = []
        for role in ROLES:
            name = self.speech.name(str(self.case.attributes[role]))
            value = Span(name, "name") if name else Span(self._say(NOBODY), "dim")
            items.append((Span(f"{self._say(CASE_ROLE_LABELS[role])} ", "dim"), value))
        return flowing(items, width)

    def customer(self, width: int) -> list[Line]:
        """What is known of the customer and the need, under the labels of the line."""
        items: list[Item] = []
        for key, field in self.case.rules.fields.items():
            value = self.case.value(key)
            if value in (None, "", []):
                continue
            text = field.format(value, self.speech.lang)
            if isinstance(field, LongText):
                text = text.strip()
            ink = "text"
            if isinstance(field, Phone):
                ink, text = "name", self._number(text)
            items.append((Span(f"{self._say(field.label)} ", "dim"), Span(text, ink)))
        items += self._circumstances()
        return [heading(self._say(CUSTOMER), width), *flowing(items, width)]

    def sections(self, width: int) -> list[Line]:
        """What the plugin of the case adds."""
        lines: list[Line] = []
        for section in self._sections:
            items: list[Item] = [
                (Span(f"{self._say(label)} ", "dim"), Span(text)) for label, text in section.rows
            ]
            lines += [heading(self._say(section.title), width), *flowing(items, width)]
        return lines

    def _circumstances(self) -> list[Item]:
        case = self.case
        found = [(OPENED, self.speech.moment(case.opened_at))]
        if case.attributes["number"] and case.value("contact_phone") != case.attributes["number"]:
            found.insert(0, (NUMBER, self._number(str(case.attributes["number"]))))
        if case.attributes["cycle"] > 1:
            found.append((CYCLE, str(case.attributes["cycle"])))
        return [(Span(f"{self._say(label)} ", "dim"), Span(text)) for label, text in found]

    def clocks(self, width: int, now: int) -> list[Line]:
        """Every clock, the worst running one first, those that ended below."""
        order = clock_order(self.case)
        if not order:
            return []
        labels = [fit(self._say(clock.timer.label), _LABEL_MOST).rstrip() for clock in order]
        most = max(cell_len(label) for label in labels)
        lines = [heading(self._say(CLOCKS), width)]
        for clock, label in zip(order, labels, strict=True):
            lines += wrapped(
                self._clock(clock, fit(label, most), now), width, self._units.width + 4
            )
        return lines

    def _clock(self, clock: Clock, label: str, now: int) -> Item:
        shown = _board_clock(clock)
        state = clock.state(now)
        ink = state_of(shown, now) if clock.running else _ENDED_INKS.get(state, "dim")
        glyph = UNICODE.of(ink) if clock.running else _ENDED_GLYPHS.get(state, " ")
        left = face(shown, now, self._units) if clock.running else ""
        lead = f"{glyph} {fit(left, self._units.width, right=True)}  "
        head = "text" if clock.running else "dim"
        # What is due at once is never breached (D-06): it goes on being due at once.
        at_once = clock.running and clock.timer.level == "now"
        said = Span(f"  {self._say(AT_ONCE if at_once else STATE_LABELS[state])}", ink)
        return (Span(lead, ink), Span(label, head), said, *self._dates(clock, now))

    def _dates(self, clock: Clock, now: int) -> list[Span]:
        spans = []
        if clock.ended is not None and clock.dropped is None:
            spans.append(Span(f"  {self._when(clock.ended, now)}"))
        if clock.dropped is not None:
            spans.append(Span(f"  {self._say(clock.dropped)}", "dim"))
        if clock.due is not None:
            due = self._say(M("due {moment}", moment=self._when(clock.due, now)))
            spans.append(Span(f"  {due}", "text" if clock.running else "dim"))
        done, needed = clock.progress()
        if needed > 1:
            spans.append(Span(f"  {done}/{needed}"))
        earlier = dict.fromkeys(one.due for one in clock.dues if one.due not in (None, clock.due))
        if earlier:
            dues = ", ".join(self._when(due, now) for due in earlier if due is not None)
            spans.append(Span(f"  {self._say(M('was due {moments}', moments=dues))}", "dim"))
        if clock.timer.rule:
            spans.append(Span(f"  {clock.timer.rule}", "dim"))
        return spans

    def gates(self, width: int) -> list[Line]:
        """The gates still shut, with what each waits for."""
        shut = open_gates(self.case) if self.case.is_open else []
        if not shut:
            return []
        lines = [heading(self._say(GATES), width)]
        for gate, missing in shut:
            wanted = ", ".join(self._say(one) for one in missing)
            source = f"  {gate.clause or gate.rule}"
            spans = (
                Span(f"{self._say(gate.label)}: ", "dim"),
                Span(wanted, "amber"),
                Span(source, "dim"),
            )
            lines += wrapped(spans, width, 2)
        return lines

    def offers(self, width: int) -> list[Line]:
        """What this reader may do with the case, with its keys."""
        items: list[Item] = []
        for name, key in self._offered:
            label = Span(self._say(COMMANDS[name].label))
            items.append((Span(f"{key} ", "ring"), label) if key else (label,))
        return [heading(self._say(OFFERED), width), *flowing(items, width)] if items else []

    def notices(self, width: int, now: int) -> list[Line]:
        """Who had to be told, by which way, when it was sent, and when they were reached."""
        if not self.case.notices:
            return []
        text = NoticeText(self.speech, self._texts, self._number)
        lines = [heading(self._say(NOTICES), width)]
        for row in self.case.notices:
            lines += wrapped(text.of(row, now), width, 2)
        return lines

    def facts(self, width: int) -> list[Line]:
        """Everything that happened, the latest first, under its date."""
        lines: list[Line] = [heading(self._say(FACTS), width)]
        day = ""
        for fact in reversed(self.case.facts):
            date, _, time = self.speech.moment(fact.at).partition(" ")
            if date != day:
                day = date
                lines.append(Line((Span(date, "dim"),)))
            lines += wrapped(self._fact(fact, time), width, 11)
        return lines

    def _fact(self, fact: Fact, time: str) -> Item:
        fresh = fact.seq > self._seen and fact.actor != self._me
        mark = Span("» " if fresh else "  ", "ring")
        label = Span(
            self._say(label_of(fact, self.case.rulebook)), "dim" if fact.kind in _QUIET else "head"
        )
        spans = [mark, Span(f"{time} ", "dim"), Span(f"{self._actor(fact)}  "), label]
        text = self._texts.of(fact)
        if text:
            spans.append(Span(f"  {text}", "dim" if fact.kind in _QUIET else "text"))
        if fact.recorded - fact.at > _LATE_ENTRY:
            entered = M("entered {moment}", moment=self.speech.moment(fact.recorded, seconds=False))
            spans.append(Span(f"  ({self._say(entered)})", "dim"))
        return tuple(spans)

    def _actor(self, fact: Fact) -> str:
        """Who it was: a person, a telephone line, or the console itself."""
        kind, _, name = fact.actor.partition(":")
        if kind == "line":
            return self._say(M("line {name}", name=name))
        return self.speech.name(fact.actor)

    def _when(self, at: int, now: int) -> str:
        """A moment: the time of today, else date and time."""
        return moment_of(self.speech, at, now)

    def _say(self, words: object) -> str:
        return self.speech.say(words)


_QUIET = frozenset(
    (
        "notice_raised",
        "notice_repeated",
        "submitted",
        "notice_sent",
        "notice_delivered",
        "notice_failed",
    )
)
_LATE_ENTRY = 300
"""Seconds between happening and writing down from which a fact says when it was entered."""

_ENDED_INKS = {"late": "overdue", "met": "ok"}
_ENDED_GLYPHS = {"late": UNICODE.breached, "dropped": UNICODE.timely, "renewed": UNICODE.timely}


def _board_clock(clock: Clock) -> BoardClock:
    timer = clock.timer
    guessed = bool(clock.provisional)
    return BoardClock(
        timer.key, timer.level, clock.began, clock.amber, clock.due, guessed, timer.concern
    )
