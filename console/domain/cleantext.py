"""Text from outside made safe: for a terminal, for an exchange, for one line of a form.

Whatever a caller, a web request or a file brings may hold control characters, terminal
escapes, direction overrides or half a surrogate pair. Nothing of it reaches the screen or
the journal except through `clean`.
"""

from __future__ import annotations

import re
import unicodedata

ELLIPSIS = "…"

# Whole sequences, so that no remains like "[31m" are left standing. Ends are looked for
# within a bounded distance: an unterminated sequence costs its introducer only.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]{0,512}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]{0,4}[0-~]"
)
_LINE_ENDS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Letters by category, but drawn as nothing.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5")


def _hidden(character: str) -> bool:
    return (
        unicodedata.category(character) in _HIDDEN_CATEGORIES
        or character in _BLANK_LETTERS
        or ord(character) & 0xFFFE == 0xFFFE
    )


def is_clean(text: str, *, multiline: bool = False) -> bool:
    """Whether `text` holds nothing that `clean` would remove as dangerous or invisible."""
    if multiline:
        text = text.replace("\n", "")
    return not any(_hidden(character) for character in text)


def clean(text: str, limit: int, *, multiline: bool = False) -> str:
    """`text` without controls, escapes, invisible and direction-changing characters.

    At most `limit` characters, the last one an ellipsis when something was cut. Runs of
    white space become one space; line ends are kept, as "\\n", only when `multiline`.
    """
    # Never scan more than could survive; escapes and white space may use up the rest.
    shortened = text[: max(limit, 0) * 16 + 4096]
    if not (shortened.isprintable() and _BLANK_LETTERS.isdisjoint(shortened)):
        shortened = _ESCAPES.sub("", _LINE_ENDS.sub("\n", shortened))
        shortened = "".join(
            character
            for character in shortened.replace("\t", " ")
            if character == "\n" or not _hidden(character)
        )
    if multiline:
        lines = (" ".join(line.split()) for line in shortened.split("\n"))
        shortened = "\n".join(lines).strip("\n")
    else:
        shortened = " ".join(shortened.split())
    if len(shortened) <= limit:
        return shortened
    return shortened[: limit - 1].rstrip() + ELLIPSIS if limit > 0 else ""


def visible(text: str) -> str:
    """`text` as it may be printed: nothing hidden, white space as it is. For our own lines,
    whose columns must stay where they are."""
    if text.isprintable() and _BLANK_LETTERS.isdisjoint(text):
        return text
    unescaped = _ESCAPES.sub("", _LINE_ENDS.sub(" ", text).replace("\t", " "))
    return "".join(character for character in unescaped if not _hidden(character))
