"""A small hotline in memory: rules, people, and a world in which commands are given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from console.domain import bulletin as bulletins
from console.domain import call as calls
from console.domain import case as cases
from console.domain import watch as watches
from console.domain.bulletin import Bulletin
from console.domain.calendars import Due
from console.domain.call import Call
from console.domain.callback import Callback
from console.domain.case import Case
from console.domain.commands import COMMANDS, Situation
from console.domain.conditions import when
from console.domain.decision import Decision, Stamp, decide
from console.domain.facts import Fact
from console.domain.fields import Choice, Flag, Integer, Text
from console.domain.lengths import Length, parse_length
from console.domain.moments import parse_moment
from console.domain.patterns import all_of, on
from console.domain.pauses import Pause
from console.domain.people import Directory, Person
from console.domain.recipients import Recipients
from console.domain.refusal import Refusal, RefusedError
from console.domain.rulebook import OwnedTimer, Rulebook
from console.domain.rules import Category, Forbid, Gate, Line, Notice, Target, Timer
from console.domain.seat_watch import SeatWatch
from console.domain.watch import Watch
from console.domain.words import L

MINUTE = 60
HOUR = 60 * MINUTE


def at(clock: str, day: str = "2026-03-10") -> int:
    """An instant in Shanghai."""
    return parse_moment(f"{day} {clock}", 0)


class Elapsed:
    """Reckons elapsed limits only; the calendars have tests of their own."""

    def due(self, owned: OwnedTimer, start: Fact, pauses: list[Pause]) -> Due:
        assert not pauses
        length: Length = owned.timer.length
        if length.unit == "promise":
            return Due(int(start.body["due"]))
        return Due(start.at + length.amount if length.unit == "sec" else None)

    def opens(self, owned: OwnedTimer, start: Fact) -> int:
        wait = owned.timer.not_before
        return start.at + (parse_length(wait).amount if wait else 0)


HOUSE = Line(
    "house",
    L("通用", "house"),
    fields=(Text(key="need", label=L("需求", "need"), required="intake"),),
    timers=(
        Timer(
            "promise",
            L("承诺", "promise"),
            start=(on("promised"), on("promise_renewed")),
            stop="customer_contacted",
            within="promise",
            concern="promise",
            each=True,
        ),
    ),
    gates=(
        Gate(
            "confirmed",
            L("确认后关闭", "confirmed before closing"),
            before="closed",
            happened=("confirmed",),
            rule="D-23",
            clause="house 1",
        ),
    ),
)

LINE = Line(
    "small",
    L("小公司", "Small company"),
    categories=(
        Category("technical", L("技术", "technical"), needs_tracker=True, clause="small 1"),
        Category(
            "complaint", L("投诉", "complaint"), settled_by=("complaint_officer",), clause="small 2"
        ),
        Category("quote", L("询价", "quote"), route="sales"),
    ),
    divisions=(
        Target(
            "pile",
            L("充电桩", "pile"),
            via="support_engineer",
            assignee="field_engineer",
            clause="small 3",
            timers=(Timer("onsite", L("到场", "on site"), "call_ended", "solved", "4h", if_=None),),
        ),
        Target("sales", L("销售", "sales"), assignee="sales_contact"),
    ),
    fields=(
        Choice(
            key="grid",
            label=L("电网", "grid"),
            choices={"state": L("国网", "State Grid"), "none": L("无", "none")},
        ),
        Flag(key="accident", label=L("事故", "accident")),
        Integer(key="qty", label=L("数量", "quantity")),
        Text(key="province", label=L("省份", "province"), required="dispatch"),
        Text(key="cause", label=L("原因", "cause"), required="close"),
        Text(
            key="batch",
            label=L("批次", "batch"),
            required="close",
            required_if=when("accident").is_set(),
        ),
    ),
    timers=(
        Timer(
            "contact",
            L("联系", "contact"),
            start="call_ended",
            stop=on("customer_contacted", **{"role!": "owner"}),
            within="15m",
            rule="T-01",
            clause="small 4",
            concern="contact",
            unclassified=True,
        ),
        Timer(
            "grid_report",
            L("上报电网", "report to the grid"),
            start="call_ended",
            stop="solved",
            within="2h",
            rule="T-02",
            if_=when("grid").equals("state"),
        ),
        Timer(
            "inform",
            L("通报", "inform"),
            start="urged",
            stop="role_reached",
            within="1h",
            rule="T-03",
            level="soft",
            each=True,
        ),
        Timer(
            "both_ways",
            L("电话和邮件", "phone and mail"),
            start="call_ended",
            stop=all_of(
                on("customer_contacted", channel="phone"), on("customer_contacted", channel="mail")
            ),
            within="3h",
            rule="T-04",
            extendable=True,
        ),
    ),
    notices=(
        Notice(
            "classified",
            L("分类", "classified"),
            on="classified",
            to=("dgm", "support_engineer"),
            if_=when("category").one_of("technical", "complaint"),
            rule="N-01",
        ),
        Notice("urged", L("催办", "urged"), on="urged", to=("assignee",), via=("console", "phone")),
    ),
    gates=(
        Gate(
            "recorded",
            L("记录后派单", "recorded before dispatch"),
            before="assigned",
            happened=("recorded",),
            rule="F-01",
            clause="small 5",
            remedy=L("请先补全记录。", "Complete the record first."),
        ),
        Gate(
            "grid_filled",
            L("电网已填", "grid known"),
            before="solved",
            filled=("grid", "qty"),
            if_=when("accident").is_set(),
            unless=when("province").equals("海外"),
            rule="F-02",
        ),
    ),
    forbids=(
        Forbid(
            "promise",
            "small 6",
            L("事故不得承诺", "no promises about accidents"),
            L("请副总答复", "let the manager answer"),
            if_=when("accident").is_set(),
            except_roles=("shift_lead",),
        ),
        Forbid(
            "assign",
            "small 7",
            L("不得派给经理", "not to the manager"),
            L("请派给工程师", "assign an engineer"),
            argument={"to": ("dai",)},
        ),
    ),
)

PEOPLE = (
    Person("lin", "林晓", frozenset(("operator",)), extension="8001"),
    Person("zhou", "周宁", frozenset(("operator", "duty")), extension="8002"),
    Person("boss", "值班长", frozenset(("shift_lead", "admin"))),
    Person("tan", "谭工", frozenset(("support",))),
    Person("he", "何工", frozenset(("field",))),
    Person("wen", "文助理", frozenset(("complaint_officer",))),
    Person("dai", "代副总", frozenset(("signer",))),
    Person("mei", "梅", frozenset(("sales_contact",))),
    Person("su", "苏经理", frozenset(("division_contact",))),
    Person("audit", "审计", frozenset(("auditor",))),
)
SLOTS = {
    "dgm": "dai",
    "support_engineer": "tan",
    "field_engineer": "he",
    "field_engineer[湖南]": "he",
    "sales_contact": "mei",
}


class Hotline:
    """A world in memory. `do` gives a command as the desk would and remembers its facts."""

    def __init__(self, *lines: Line, house: Line = HOUSE, slots: dict[str, str] | None = None):
        self.rulebook = Rulebook(lines or (LINE,), house)
        self.directory = Directory(PEOPLE, SLOTS if slots is None else slots)
        self.written: list[Fact] = []
        self.reckoner = Elapsed()
        self._seen: dict[str, Any] = {}

    def case(self, number: int) -> Case:
        return self._once(
            f"case:{number}",
            lambda facts: cases.fold(number, facts, self.rulebook, self.reckoner),
        )

    def call(self, key: str) -> Call:
        return self._once(f"call:{key}", lambda facts: calls.fold(key, facts))

    area_code = ""
    hotline = "400-555-0100"

    @property
    def recipients(self) -> Recipients:
        return Recipients(self.directory)

    def exchanges(self) -> tuple[str, ...]:
        return ("hq",)

    def next_case(self) -> int:
        return 1001 + len({fact.subject for fact in self.written if fact.subject[:5] == "case:"})

    def new_call(self) -> str:
        return f"c{len(self.written) + 1}"

    def callback(self, number: str) -> Callback:
        watch = self.watch(f"callback:{number}")
        assert isinstance(watch, Callback)
        return watch

    def bulletin(self, day: str) -> Bulletin:
        return bulletins.fold(day, self.facts(f"digest:{day}"))

    def seat(self, name: str) -> SeatWatch:
        watch = self.watch(f"seat:{name}")
        assert isinstance(watch, SeatWatch)
        return watch

    def watch(self, subject: str) -> Watch:
        kind, _, key = subject.partition(":")
        empty: Watch = (Callback if kind == "callback" else SeatWatch)(
            key, self.rulebook, self.reckoner
        )
        return self._once(subject, lambda facts: watches.fold(empty, facts))  # type: ignore[no-any-return]

    def held_by(self, person: str) -> list[int]:
        numbers = {int(f.subject[5:]) for f in self.written if f.subject[:5] == "case:"}
        cases = [self.case(number) for number in sorted(numbers)]
        return [
            c.number for c in cases if c.is_open and person == (c.value("custodian") or c.owner)
        ]

    def owed(self) -> list[str]:
        numbers = {f.subject[9:] for f in self.written if f.subject[:9] == "callback:"}
        return sorted(number for number in numbers if self.callback(number).open)

    def notice_subject(self, key: str) -> str:
        seq = key.partition(".")[0]
        return next((fact.subject for fact in self.written if str(fact.seq) == seq), "")

    def knows(self, number: str) -> bool:
        return any(fact.body.get("number") == number for fact in self.written)

    def _once(self, subject: str, fold: Callable[[list[Fact]], Any]) -> Any:
        if subject not in self._seen:
            self._seen[subject] = fold(self.facts(subject))
        return self._seen[subject]

    def facts(self, subject: str) -> list[Fact]:
        return [fact for fact in self.written if fact.subject == subject]

    def try_(self, name: str, who: str, moment: int, /, **typed: Any) -> Decision:
        """What a command leads to, without remembering it. Raises RefusedError."""
        self._seen.clear()
        command = COMMANDS[name]
        case = self.case(typed["case"]) if "case" in typed else None
        call = self.call(typed["call"]) if "call" in typed and name != "ring" else None
        line = typed.get("line") or (case.line if case else "")
        rules = self.rulebook.rules(line, case.division if case else "")
        message = rules.messages.get(typed.get("message", ""))
        fields = rules.fields | {one.key: one for one in (message.fields if message else ())}
        args, values = {}, {}
        for key, value in typed.items():
            param = command.param(key)
            if param is not None:
                args[key] = param.parse(value)
            else:
                values[key] = fields[key].parse(value)
        actor = self.directory.get(who)
        assert actor is not None
        situation = Situation(actor, "seat", moment, args, values, self, case, call)
        stamp = Stamp(actor, "seat", moment, moment, len(self.written) + 1)
        return decide(command, situation, stamp)

    def do(self, name: str, who: str, moment: int, /, **typed: Any) -> list[Fact]:
        """Give a command. Raises RefusedError."""
        facts = self.try_(name, who, moment, **typed).facts
        self.written += facts
        self._seen.clear()
        return facts

    def refusal(self, name: str, who: str, moment: int, /, **typed: Any) -> Refusal:
        """The refusal of a command that must be refused."""
        try:
            facts = self.do(name, who, moment, **typed)
        except RefusedError as refused:
            return refused.refusal
        raise AssertionError(f"{name} was not refused: {[fact.kind for fact in facts]}")

    def open(self, moment: int, who: str = "lin", call: str = "a", **values: Any) -> Case:
        """A call that was answered, became a case and ended a minute later."""
        self.do("ring", who, moment - 2 * MINUTE, call=call, number="073155502187")
        self.do("answer", who, moment - MINUTE, call=call)
        self.do("open", who, moment - MINUTE, call=call, **({"need": "修"} | values))
        number = self.next_case() - 1
        self.do("end_call", who, moment, call=call)
        return self.case(number)

    def classified(self, moment: int, category: str = "technical", **values: Any) -> Case:
        """The same, classified ten seconds after the call and given to an engineer."""
        case = self.open(moment, **values)
        number = case.number
        self.do("classify", "lin", moment + 10, case=number, category=category, province="湖南")
        self.do("assign", "lin", moment + 20, case=number, to="he")
        return self.case(number)


def fact(seq: int, kind: str, moment: int, who: str = "lin", **body: Any) -> Fact:
    """A fact of case 1001."""
    return Fact(seq, moment, moment, who, "", "case:1001", kind, body)
