"""Which command a word means: names, labels and synonyms, whole or begun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from console.desk.sentence.tokens import Word, fold
from console.domain.commands import COMMANDS
from console.domain.refusal import Refusal
from console.domain.words import L, Label, M

LONGEST = 4
"""No verb has more words than this."""

_EVERY = frozenset(COMMANDS)


@dataclass(frozen=True, slots=True)
class Verb:
    """The commands that `length` words may mean; none when they mean none.

    `whole` says that the words were a complete name and not only its beginning.
    """

    commands: tuple[str, ...] = ()
    length: int = 0
    whole: bool = False

    @property
    def command(self) -> str:
        """The command, "" when there is none or more than one."""
        return self.commands[0] if len(self.commands) == 1 else ""


@lru_cache(maxsize=1)
def spellings() -> dict[str, str]:
    """Everything that means a command → its name. A command's own name always wins."""
    known = {fold(name): name for name in COMMANDS}
    for name, command in COMMANDS.items():
        texts = (*command.words, command.label.zh, command.label.en, _done(name))
        for text in texts:
            known.setdefault(fold(text), name)
    return known


def _done(name: str) -> str:
    """The status word of a verb: contact → contacted, verify → verified."""
    if name.endswith("e"):
        return f"{name}d"
    return f"{name[:-1]}ied" if name.endswith("y") else f"{name}ed"


def leading(words: Sequence[Word], among: frozenset[str] = _EVERY) -> Verb:
    """The verb a line begins with: the longest complete one, else a unique beginning."""
    texts = [word.text for word in words[:LONGEST] if not (word.key or word.quoted)]
    for length in range(len(texts), 0, -1):
        whole = _whole(texts[:length], among)
        if whole:
            return Verb((whole,), length, whole=True)
    found = Verb()
    for length in range(1, len(texts) + 1):
        commands = _begun(" ".join(texts[:length]), among)
        if not commands:
            break
        found = Verb(commands, length)
        if found.command:
            break
    return found


def trailing(words: Sequence[Word], among: frozenset[str]) -> Verb:
    """The status word a line ends with. Only a complete one: names come before it."""
    for length in range(min(LONGEST, len(words)), 0, -1):
        last = words[-length:]
        if not any(word.key or word.quoted for word in last):
            whole = _whole([word.text for word in last], among)
            if whole:
                return Verb((whole,), length, whole=True)
    return Verb()


def _whole(texts: Sequence[str], among: frozenset[str]) -> str:
    name = spellings().get(fold(" ".join(texts)), "")
    return name if name in among else ""


def _begun(text: str, among: frozenset[str]) -> tuple[str, ...]:
    """The commands a beginning may mean, by name first, by any other spelling next."""
    begun = fold(text)
    if not begun:
        return ()
    named = [name for name in COMMANDS if name in among and fold(name).startswith(begun)]
    if named:
        return tuple(named)
    known = spellings().items()
    return tuple(dict.fromkeys(n for s, n in known if n in among and s.startswith(begun)))


def shown(commands: Sequence[str], lang: str) -> str:
    """Verbs as their reader would type them."""
    if lang.startswith("zh"):
        return "、".join(COMMANDS[name].label.zh for name in commands)
    return ", ".join(commands)


def refusal(words: Sequence[Word], found: Verb, lang: str) -> Refusal:
    """Why a line has no verb, and which verbs are near."""
    typed = " ".join(word.text for word in words[: max(found.length, 1)])[:40]
    if found.commands:
        return Refusal(
            "command",
            M("“{typed}” may mean several things.", typed=typed),
            M("Write more of it: {verbs}.", verbs=shown(found.commands, lang)),
        )
    return Refusal(
        "command",
        M("“{typed}” is not a command.", typed=typed),
        M("The nearest are: {verbs}.", verbs=shown(nearest(typed), lang)),
    )


def nearest(typed: str) -> tuple[str, ...]:
    """Up to four commands whose spelling comes closest."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - only for a word nobody knows

    wanted, scores = SequenceMatcher(b=fold(typed)), dict.fromkeys(COMMANDS, 0.0)
    for spelling, name in spellings().items():
        wanted.set_seq1(spelling)
        scores[name] = max(scores[name], wanted.ratio())
    return tuple(sorted(scores, key=lambda name: -scores[name])[:4])


NO_VERB: Label = L("以动词结尾，例如：1042 已联系", "End with what was done: 1042 contacted")
