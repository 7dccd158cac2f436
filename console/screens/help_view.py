"""The help as lines: keys, commands, and how the board reads. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from console.domain.commands import COMMANDS, Command
from console.domain.words import L, Label
from console.screens import key_labels, keymap
from console.speech import Speech
from console.widgets.countdown import UNICODE
from console.widgets.lines import Line, Span, heading, wrapped
from console.widgets.safetext import fit

KEYS = L("按键", "Keys")
MOVING = L("移动", "Moving")
LEGEND = L("看板怎么读", "How the board reads")
TYPED = L("命令（/ 后输入，* 必填）", "Commands (typed after /, * required)")

MOVES = (
    ("↑ ↓", L("上一行、下一行", "line by line")),
    ("PgUp PgDn", L("翻页", "a screenful")),
    ("Home End", L("最前、最后", "first, last")),
)
SIGNS = (
    (UNICODE.breached, "breached", L("硬性时限已过", "hard limit past due")),
    (UNICODE.overdue, "overdue", L("软性时限已过", "soft limit past due")),
    (UNICODE.amber, "amber", L("最后三分之一", "last third of the time")),
    (UNICODE.now, "now", L("须立即办", "to be done at once")),
    (
        UNICODE.timely,
        "timely",
        L("无时限，只计时长，或等待前置条件", "no number: ages, or waits for a gate"),
    ),
    ("04:51", "text", L("还剩 4 分 51 秒", "4 min 51 s left")),
    ("-02:13", "breached", L("逾期 2 分 13 秒，继续累计", "2 min 13 s late, counting up")),
    ("~", "text", L("暂定：该年节假日尚未公布", "provisional: holidays of that year unpublished")),
    (UNICODE.ringing, "ring", L("来电振铃", "a call rings")),
    (UNICODE.answered, "ring", L("通话中", "talking")),
    (UNICODE.missed, "amber", L("漏接", "missed call")),
    (UNICODE.cursor, "ring", L("所选行", "the selected line")),
)
_KEY_WIDTH = 12
_NAME_WIDTH = max(len(name) for name in COMMANDS)

Keys = Mapping[str, Mapping[str, str]]


def lines(screen: str, keys: Keys, wanted: str, speech: Speech, width: int) -> list[Line]:
    """Everything, or what has the typed words in it; a part without any is left out."""
    needles = wanted.casefold().split()
    result: list[Line] = []
    for title, entries in _parts(screen, keys, speech):
        found = [entry for entry in entries if _has(entry, needles)]
        if found:
            result.append(heading(title, width))
            for entry in found:
                result += wrapped(entry.spans, width, _KEY_WIDTH + 2)
    return result


def _parts(screen: str, keys: Keys, speech: Speech) -> Iterable[tuple[str, list[Line]]]:
    say = speech.say
    yield f"{say(KEYS)} · {say(_name(screen))}", _keys(screen, keys, speech)
    yield say(MOVING), [_entry(key, say(label)) for key, label in MOVES]
    yield say(LEGEND), [_entry(sign, say(label), ink) for sign, ink, label in SIGNS]
    yield say(TYPED), [_command(command, speech) for command in COMMANDS.values()]


def _name(screen: str) -> Label | str:
    return key_labels.SCREENS.get(screen, screen)


def _keys(screen: str, keys: Keys, speech: Speech) -> list[Line]:
    """The keys of a screen; in a case also those it shares with the seat."""
    own = keys.get(screen, {})
    found = [(screen, action, key) for action, key in own.items()]
    if screen == "case":
        from console.screens.case import SHARED  # noqa: PLC0415 - the screen opens this one

        found += [("seat", action, keys["seat"][action]) for action in SHARED]
    return [
        _entry(_all_keys(key), speech.say(key_labels.label_of(where, action)))
        for where, action, key in found
    ]


def _all_keys(keys: str) -> str:
    return " ".join(keymap.shown(key) for key in keys.split(","))


def _entry(key: str, text: str, ink: str = "ring") -> Line:
    return Line((Span(fit(key, _KEY_WIDTH, right=True) + "  ", ink), Span(text)))


def _command(command: Command, speech: Speech) -> Line:
    """A command as it is typed, what it does, and its fields."""
    say = speech.say
    name = command.words[0] if speech.lang == "zh" and command.words else command.name
    fields = (f"{say(one.label)}{'*' if one.required else ''}" for one in command.params)
    return Line(
        (
            Span(fit(name, _NAME_WIDTH) + "  ", "ring"),
            Span(say(command.label), "head"),
            Span(f"  {' · '.join(fields)}", "dim"),
        )
    )


def _has(entry: Line, needles: list[str]) -> bool:
    text = entry.text.casefold()
    return all(needle in text for needle in needles)
