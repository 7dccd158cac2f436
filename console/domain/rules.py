"""The rule vocabulary: what a product line may say. Data only, frozen, both languages.

A `Line` bundles fields, timers, gates, notices and the rest; the core knows none of them
by name. Every rule carries the clause it comes from, because every refusal and every clock
must be able to cite it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default

from console.domain.acts import Act
from console.domain.conditions import Condition
from console.domain.duty import Duty, check_duties
from console.domain.facts import Fact
from console.domain.fields import Field
from console.domain.forms import Form
from console.domain.lengths import Length, parse_length
from console.domain.patterns import On, Pattern, alternatives, as_on
from console.domain.permissions import PERMISSIONS
from console.domain.tables import Table
from console.domain.words import Label

LEVELS = ("hard", "soft", "now", "timely", "gate")
OBLIGED = "obliged"
"""The slot that stands for whoever a limit is due to (`Timer.who`)."""

SUPERVISOR, OFFICER = "supervisor", "complaint_officer"
POSTS = (SUPERVISOR, OFFICER)
"""Posts the house's rules name and a line may fill with a slot of its own (`Line.posts`)."""

CONCERNS = ("contact", "verify", "accept", "return_missed", "promise", "record", "followup")


@dataclass(frozen=True, slots=True)
class Timer:
    """A limit: it starts with one fact, stops with another, and is due in between.

    `rule` is the limit's number in the rulebook. `level`: hard breaks the regulation, soft
    warns, now shows at once against a house target, timely only ages. `concern` is what
    kind of obligation it is; before the line is known the strictest timer of each concern
    marked `unclassified` runs. `each` starts one clock per start fact, otherwise the first
    start of a cycle counts and nothing resets it (D-17). `house` marks a value no
    regulation gives. `pair` names what start and stop must have in common: one clock per
    question asked, per person not reached. `amber` is how long before due the warning
    starts (default: the last third, at least two minutes, D-21), for what only ages how long
    after its start (4wh, D-07). `reopens` starts it anew
    when a case is reopened (D-18); `not_before` is how long after the start a stop begins
    to count (`7cd`: from 0:00 of that day); `times` how often the stop must happen;
    `on_breach` is a fact its breach leads to by itself; `reaching` makes reaching the limit
    already a breach ("n and above", D-12); `ask_every` repeats the question after due;
    `cap` is the length beyond which a promise needs a reason; `recurs` begins it anew, by
    itself, when its period is over (two reports every month). `pause_while` stops the clock
    while a condition holds: no regulation so far allows it (D-13).
    """

    key: str
    label: Label
    start: Pattern | str
    stop: Pattern | str
    within: str
    rule: str = ""
    clause: str = ""
    level: str = "hard"
    who: str = "assignee"
    concern: str = ""
    if_: Condition | None = None
    convention: str = "civil"
    calendar: str = ""
    amber: str = ""
    house: bool = False
    extendable: bool = False
    unclassified: bool = False
    each: bool = False
    pair: str = ""
    reopens: bool = False
    reaching: bool = False
    times: int = 1
    not_before: str = ""
    ask_every: str = ""
    on_breach: str = ""
    cap: str = ""
    recurs: bool = False
    pause_while: Condition | None = None

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ValueError(f"timer {self.key}: level {self.level!r} is not one of {LEVELS}")
        for length in (self.within, self.amber, self.not_before, self.ask_every, self.cap):
            if length:
                parse_length(length)

    @property
    def length(self) -> Length:
        return parse_length(self.within)

    def starts(self) -> tuple[On, ...]:
        """The facts that start it, a reopening or the end of its own period among them
        where the rule says so."""
        reopening = (On("reopened"),) if self.reopens else ()
        period = (On("timer_recurred", (("timer", self.key),)),) if self.recurs else ()
        return alternatives(self.start) + reopening + period

    def begins_again(self, fact: Fact) -> bool:
        """Whether a fact starts another clock though one has begun in this cycle."""
        return self.each or (self.recurs and fact.kind == "timer_recurred")

    def stops(self) -> tuple[On, ...]:
        return alternatives(self.stop)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a message says. `subject` heads a mail, `short` fits an SMS or a chat, `full` is
    the mail's text (None = `short`). `{…}` name fields of the case or of the message, slots,
    and what every message knows: case, line, category, division, owner, assignee, tracker,
    due, at, hotline."""

    subject: Label
    short: Label
    full: Label | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """Something the customer is written, such as the confirmation of a visit.

    Somebody sends it, after a preview; `via` are the channels it suits, the first by default.
    `fields` are what the sender fills in for it, `if_` says which cases it belongs to. With
    `consent` the customer must have agreed to be written to.
    """

    key: str
    label: Label
    text: Wording
    fields: tuple[Field, ...] = ()
    via: tuple[str, ...] = ("sms",)
    if_: Condition | None = None
    consent: bool = False
    rule: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Who must be told of a fact, by which channels. Recipients are slots, never people.

    `when` is how soon: now, timely, or a length. With `once` a second such fact in the same
    cycle tells nobody again. Without `text` it says what every notice says. `besides` are
    further channels, for whoever has an address there. With `unless_told` it goes only to
    those whom no other notice tells of the same fact.
    """

    key: str
    label: Label
    on: On | str
    to: tuple[str, ...]
    via: tuple[str, ...] = ("console",)
    if_: Condition | None = None
    when: str = "timely"
    once: bool = False
    text: Wording | None = None
    besides: tuple[str, ...] = ()
    unless_told: bool = False
    rule: str = ""
    clause: str = ""

    def trigger(self) -> On:
        return as_on(self.on)


@dataclass(frozen=True, slots=True)
class Gate:
    """A fact that may not happen before others have.

    It opens when every field in `filled` has a value, every pattern in `happened` (of several
    together, any one) has occurred in this cycle, and `unless` does not hold.
    """

    key: str
    label: Label
    before: On | str
    happened: tuple[On | str | tuple[On | str, ...], ...] = ()
    filled: tuple[str, ...] = ()
    if_: Condition | None = None
    unless: Condition | None = None
    remedy: Label | None = None
    rule: str = ""
    clause: str = ""

    def guarded(self) -> On:
        return as_on(self.before)


@dataclass(frozen=True, slots=True)
class Target:
    """Where work can go: a division, a department, a subsidiary.

    `via` names the slot that alone may pass work on to it ("" = directly), `door` the roles
    that may do so; `assignee` the slot that gets the work by default. `fields`, `timers` and
    the rest apply to its cases. `calendar` replaces the line's for its cases ("" = the line's).
    `duties`, `slots` and `facts` are for one that is added to a line from outside, whose own
    file it cannot change: they become the line's. `version` grows when what binds its cases
    changes; cases keep the version they were classified under (S-15).
    """

    key: str
    label: Label
    via: str = ""
    door: tuple[str, ...] = PERMISSIONS["dispatch_to_division"].roles
    assignee: str = ""
    version: int = 1
    fields: tuple[Field, ...] = ()
    timers: tuple[Timer, ...] = ()
    notices: tuple[Notice, ...] = ()
    messages: tuple[Message, ...] = ()
    gates: tuple[Gate, ...] = ()
    forms: tuple[Form, ...] = ()
    acts: tuple[Act, ...] = ()
    clause: str = ""
    contact: Label | None = None
    calendar: str = ""
    duties: tuple[Duty, ...] = ()
    slots: Mapping[str, Label] = default(default_factory=dict)
    facts: Mapping[str, Label] = default(default_factory=dict)

    def __post_init__(self) -> None:
        check_duties(self.duties)


Division = Target


@dataclass(frozen=True, slots=True)
class Category:
    """What sort of need it is, and where it goes by default.

    `needs_tracker` makes somebody who follows it mandatory, whoever fills the slot `tracker`
    unless another is named; `settled_by` names the roles that alone may answer and close it
    (None = its owner), and does so for cases of other categories, too, while `also_if` holds.
    """

    key: str
    label: Label
    route: str = ""
    needs_tracker: bool = False
    tracker: str = "support_engineer"
    settled_by: tuple[str, ...] | None = None
    also_if: Condition | None = None
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Forbid:
    """Something nobody but certain roles may do, with the clause and what to do instead."""

    command: str
    clause: str
    reason: Label
    remedy: Label
    if_: Condition | None = None
    argument: Mapping[str, tuple[str, ...]] = default(default_factory=dict)
    except_roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """What the operator says: greeting, the promise line, farewell. `{…}` are filled in."""

    greeting: Label
    promise: Label
    farewell: Label


@dataclass(frozen=True, slots=True)
class Line:
    """A product line: one organisation's rules as data.

    `slots` are the roles its rules name; `deputies` are the slots whose holders may be
    entered to act for the holder of another; `facts` the kinds of fact it adds to the common
    ones, with what they are called; `posts` are the slots that fill a post the house's rules
    name (`POSTS`). Of a `sensitive` line it is written down who looks at a case, not only
    where a sensitive field has a value.
    """

    key: str
    label: Label
    version: int = 1
    categories: tuple[Category, ...] = ()
    divisions: tuple[Target, ...] = ()
    fields: tuple[Field, ...] = ()
    timers: tuple[Timer, ...] = ()
    notices: tuple[Notice, ...] = ()
    messages: tuple[Message, ...] = ()
    gates: tuple[Gate, ...] = ()
    forms: tuple[Form, ...] = ()
    acts: tuple[Act, ...] = ()
    forbids: tuple[Forbid, ...] = ()
    duties: tuple[Duty, ...] = ()
    tables: tuple[Table, ...] = ()
    script: Script | None = None
    calendar: str = "cn-office"
    slots: Mapping[str, Label] = default(default_factory=dict)
    deputies: Mapping[str, tuple[str, ...]] = default(default_factory=dict)
    facts: Mapping[str, Label] = default(default_factory=dict)
    posts: Mapping[str, str] = default(default_factory=dict)
    sensitive: bool = False

    def __post_init__(self) -> None:
        check_duties(self.duties)

    def category(self, key: str) -> Category | None:
        return next((one for one in self.categories if one.key == key), None)

    def division(self, key: str) -> Target | None:
        return next((one for one in self.divisions if one.key == key), None)
