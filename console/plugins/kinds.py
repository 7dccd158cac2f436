"""Every sort of finding: number, sentence, remedy.

Numbers are permanent and grouped by what they are about. `docs/plugins/findings.md` is
written from this table.
"""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.words import M
from console.plugins.findings import Kind, error, warning
from console.plugins.later_kinds import Evolution, Hooks


class Files:
    """The file itself"""

    UNREADABLE = error(
        "R001",
        M("The file cannot be read: {error}."),
        M("Save it as UTF-8 text in a plain file that you may read."),
    )
    TOO_LARGE = error(
        "R002",
        M("The file has {size} bytes; a product line has at most {most}."),
        M("Keep the rules in it and move everything else out."),
    )
    WRITABLE = error(
        "R003",
        M("Others than you may change this file."),
        M("Make it yours alone: chmod go-w {name}, and chown if it belongs to somebody else."),
    )
    NAME = error(
        "R004",
        M("“{name}” is no name for a product line's file."),
        M("Use small letters, digits and _, a letter first, and .py at the end: acme.py."),
    )
    SYNTAX = error(
        "R005",
        M("Python does not understand this: {error}."),
        M("Mend this line, or the one before it."),
    )
    RAISES = error(
        "R006",
        M("Loading the file stopped here: {error}."),
        M("Mend this line; a product line's file only declares rules."),
    )
    ENDS = error(
        "R007",
        M("Loading the file ended the whole program (exit code {code})."),
        M("Take out sys.exit, os._exit and whatever else ends a program."),
    )
    HANGS = error(
        "R008",
        M("Loading the file had not ended after {seconds} seconds."),
        M("Take out what waits or repeats for ever: files, network, endless loops."),
    )
    NO_LINES = error(
        "R009",
        M("The file adds neither a product line nor a division."),
        M("Return them from console_lines or console_divisions, or end it with LINES = (ACME,)."),
    )
    LENGTH = error(
        "R010",
        M("“{written}” is not a length of time."),
        M("Write 15m, 2h, 4wh, 3wd, 5cd, day, week, month, slot:mon,thu, now, timely or promise."),
    )


class Keys:
    """Keys and kinds of value"""

    FORM = error(
        "R011",
        M("“{key}” cannot be a key."),
        M("Use small letters, digits and _, a letter first, for example site_report."),
    )
    TWICE = error(
        "R012",
        M("The key “{key}” is used twice."),
        M("Give each its own key; it is stored with every case."),
    )
    BUILT_IN = error(
        "R013",
        M("Every case already has “{key}”; a field cannot take that name."),
        M("Choose another key, or leave the field out and use the built-in one."),
    )
    KNOWN_FACT = error(
        "R014",
        M("The fact “{key}” exists already as {label}."),
        M("Use it as it is, or give your own fact another name."),
    )
    SHAPE = error(
        "R015",
        M("{argument} is not given as it should be."),
        M("It takes {expected}."),
    )
    LACKS = error(
        "R016",
        M("“{rule}” is not given all it needs: {names}."),
        M("Add to its brackets: {example}"),
    )
    ARGUMENT = error(
        "R017",
        M("“{rule}” takes no “{name}”{hint}."),
        M("It takes {known}."),
    )
    NAME = error(
        "R018",
        M("There is no “{name}” here{hint}."),
        M("Mend its spelling; put a key or a fact into quotation marks."),
    )
    ABOVE = error(
        "R019",
        M("The product line has “{key}” already; its divisions have it too."),
        M("Take yours out, or give it another key."),
    )


class Words:
    """Labels and sources"""

    WIDE = warning(
        "R021",
        M("“{text}” takes {cells} cells; lists show {most}."),
        M("Shorten it; put the rest into help."),
    )
    SAME = warning(
        "R022",
        M("“{text}” is given for both languages."),
        M("Give L() the Chinese first and the English second."),
    )
    NO_CLAUSE = warning(
        "R023",
        M("The rule names no clause."),
        M('Add clause="…", so that refusals and clocks can say where it comes from.'),
    )
    NO_RULE = warning(
        "R024",
        M("The rule has no number."),
        M('Add rule="…", so that reports and refusals can name it.'),
    )
    PLACEHOLDER = error(
        "R025",
        M("The sentence cannot be filled in: {problem}."),
        M("Use {{who}} and {{time}} only, and write a real brace twice."),
    )
    SWAPPED = warning(
        "R026",
        M("“{text}” is given as the English one."),
        M("Give L() the Chinese first and the English second."),
    )
    HALF = error(
        "R027",
        M("A text is given in one language only."),
        M('Give both, the Chinese first: L("中文", "English").'),
    )
    GAP = warning(
        "R028",
        M("There is nothing to put in for “{name}”{hint}; a dash would stand there."),
        M("Name a field, a slot, or one of {known}."),
    )


class Events:
    """Facts that start, stop, tell and guard"""

    UNKNOWN = error(
        "R031",
        M("There is no fact “{fact}”."),
        M("Use one of the common facts{hint}, or declare it in the line's facts."),
    )
    NO_STOP = error(
        "R032",
        M("The timer has nothing that stops it."),
        M('Name the fact that meets the limit: stop="customer_contacted".'),
    )
    NO_START = error(
        "R033",
        M("The timer has nothing that starts it."),
        M('Name the fact it runs from: start="call_ended".'),
    )
    SAME_ACTS = error(
        "R034",
        M("The same act stands twice in all_of: one fact would do both."),
        M("Tell the acts apart, for example by role or channel, or use times=2."),
    )
    UNKNOWN_FORM = error(
        "R035",
        M("There is no form “{form}”{hint}."),
        M("Declare the form in forms, or name one of {known}."),
    )
    UNKNOWN_STEP = error(
        "R036",
        M("The form “{form}” has no step “{step}”."),
        M("Name one of its steps: {steps}."),
    )
    UNKNOWN_NOTICE = error(
        "R037",
        M("There is no notice “{notice}”{hint} a form could go with."),
        M("Name one of the line's notices: {known}."),
    )
    NOT_SENT = error(
        "R038",
        M("Sending the report does not raise “{notice}”, which waits for “{fact}”."),
        M(
            "Raise it on form_completed of this form, or on an act of the line: "
            'on("mail_sent", list="report").'
        ),
    )
    NOT_MAILED = warning(
        "R039",
        M("The form goes with “{notice}”, which nobody is mailed."),
        M('Add via=("mail",) to the notice: only a mail carries a file.'),
    )
    SIGNED_REPORT = error(
        "R040",
        M("The step “{step}” of a report is signed; a report is sent by one person."),
        M("Take the slots away from the step, or report=True away from the form."),
    )


class Clocks:
    """Clocks"""

    LEVEL = error(
        "R041",
        M("Level {level} and within {within} do not go together."),
        M("now goes with now, timely with timely; hard and soft need a length or a promise."),
    )
    NO_DUE = error(
        "R042",
        M("The limit is a promise, but “{fact}” carries no promised time."),
        M("Start it with a fact that carries one ({facts}), or give a length."),
    )
    IMPOSSIBLE = error(
        "R043",
        M("{written} cannot be meant: a limit is longer than nothing and at most two years."),
        M("Check number and unit: m minutes, h hours, wd working days, cd calendar days."),
    )
    AMBER = error(
        "R044",
        M("The warning ({amber}) would begin before the limit ({within}) does."),
        M("Make amber shorter than within, or leave it out: the last third is the default."),
    )
    NEVER_ASKS = error(
        "R045",
        M("ask_every repeats the question after the limit is broken; level {level} never is."),
        M("Take ask_every out, or give the timer a hard or soft limit."),
    )
    TIMES = error(
        "R046",
        M("A stop that must happen {times} times is none."),
        M("Write times=1 or more."),
    )
    CONVENTION = error(
        "R047",
        M("“{convention}” is no way to count days."),
        M("Use one of {known}."),
    )
    NOT_ELAPSED = error(
        "R048",
        M("{attribute} is elapsed time, not {written}."),
        M("Write it in seconds, minutes or hours: 30s, 5m, 1h."),
    )
    CONCERN = error(
        "R049",
        M("“{concern}” is not a concern; unclassified timers are compared within one."),
        M("Use one of {known}."),
    )


class Places:
    """Slots, roles, targets, commands"""

    SLOT = error(
        "R051",
        M("There is no slot “{slot}”{hint}."),
        M("Declare it in slots (a post, never a person), or name one of {known}."),
    )
    PERSON = error(
        "R052",
        M("“{slot}” looks like a person; rules name slots."),
        M("Declare a slot and let the installation say who fills it (slots.toml)."),
    )
    CHANNEL = error(
        "R053",
        M("There is no channel “{channel}”."),
        M("Use one of {known}."),
    )
    ROLE = error(
        "R054",
        M("There is no role “{role}”."),
        M("Use one of {known}."),
    )
    TARGET = error(
        "R055",
        M("There is no target “{target}”."),
        M("Declare it in divisions, or name one of {known}."),
    )
    COMMAND = error(
        "R056",
        M("There is no command “{command}”."),
        M("`console do --list` shows all of them."),
    )
    PARAMETER = error(
        "R057",
        M("The command “{command}” takes no “{parameter}”."),
        M("It takes {known}."),
    )
    CALENDAR = error(
        "R058",
        M("There is no calendar “{calendar}”."),
        M("Use one of {known}, or add it to the installation's calendars."),
    )


class Looks:
    """Conditions and gates"""

    ATTRIBUTE = error(
        "R061",
        M("There is no field “{field}”."),
        M("Declare the field, or use one there is{hint}."),
    )
    VALUE = error(
        "R062",
        M("“{field}” is never “{value}”."),
        M("Use one of {known}."),
    )
    FILLED = error(
        "R063",
        M("The gate waits for a field “{field}” that is not there."),
        M("Declare the field, or take it out of filled{hint}."),
    )


class Fields:
    """Fields"""

    PHASE = error(
        "R071",
        M("“{phase}” is no phase."),
        M("required is intake, dispatch, close or empty."),
    )
    PATTERN = error(
        "R072",
        M("The pattern is not a regular expression: {error}."),
        M("Mend it, and write it with r in front."),
    )
    EXAMPLE = error(
        "R073",
        M("The field does not accept its own example “{example}”: {error}."),
        M("Correct the example or the field."),
    )
    RENAMED = error(
        "R074",
        M("“{key}” was “{old}”, but “{old}” is still a field, itself or renamed twice."),
        M("renamed_from names a key that no field has any more, once."),
    )
    RETIRED = error(
        "R075",
        M("“{key}” is retired and still asked for."),
        M("Take required away from it and out of the gates, or take retired away."),
    )


GROUPS: tuple[type, ...] = (
    Files,
    Keys,
    Words,
    Events,
    Clocks,
    Places,
    Looks,
    Fields,
    Hooks,
    Evolution,
)


def kinds(group: type) -> Iterator[Kind]:
    """The kinds of one group, by number."""
    yield from (value for value in vars(group).values() if isinstance(value, Kind))
