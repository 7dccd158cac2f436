"""What was typed, cut into sentences and words. Any text can be cut."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
    (?P<end> [;；] )
    | (?P<empty> [^\W\d] \w{0,39} ) [=\uff1d] (?= [\s;；] | $ )
    | (?: (?P<key> [^\W\d] \w{0,39} ) [=\uff1d] )?
      (?: "(?P<double> [^"]* ) (?: "|$ )
        | “(?P<curly> [^”]* ) (?: ”|$ )
        | 「(?P<corner> [^」]* ) (?: 」|$ )
        | '(?P<single> [^']* ) ' (?= [\s;；] | $ )
        | (?P<bare> [^\s;；]+ )
      )
    """,
    re.VERBOSE,
)

_MARKS = {">": ">", "\uff1e": ">", "!": "!", "！": "!"}
_QUOTED = ("double", "curly", "corner", "single")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a quoted run of words; `key` is what stood before `=`; `raw` is all of it."""

    text: str
    key: str = ""
    raw: str = ""
    quoted: bool = False

    @property
    def mark(self) -> str:
        """`>` or `!` in front of a word, "" for none."""
        return "" if self.key or self.quoted else _MARKS.get(self.text[:1], "")


def sentences(text: str) -> list[list[Word]]:
    """The words of each sentence; the last is the one being typed and may be empty."""
    found: list[list[Word]] = [[]]
    for match in _TOKEN.finditer(text):
        if match["end"]:
            found.append([])
        else:
            found[-1].append(_word(match))
    return found


def _word(match: re.Match[str]) -> Word:
    if match["empty"]:
        return Word("", match["empty"], match[0])
    bare = match["bare"]
    if bare is not None:
        return Word(bare, match["key"] or "", match[0])
    quoted = next((match[one] for one in _QUOTED if match[one] is not None), "")
    return Word(quoted, match["key"] or "", match[0], quoted=True)


def fold(text: str) -> str:
    """How words are compared: full-width and half-width, capitals, underscores alike."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(plain.replace("_", " ").split())


def number(word: Word) -> int:
    """The case number a word is, 0 if it is none. Quoted digits are text."""
    digits = word.text.removeprefix("#")
    if word.key or word.quoted or not (digits.isascii() and digits.isdigit()):
        return 0
    return int(digits) if len(digits) <= 12 else 0
