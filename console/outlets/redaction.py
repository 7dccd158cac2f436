"""Keeping secrets out of whatever is written down."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from urllib.parse import quote, quote_plus, unquote, urlsplit

from console.domain.cleantext import clean

HIDDEN = "•••"
DETAIL_LIMIT = 200
_SHORTEST = 4
"""Characters a secret must have to be looked for: hiding less would hide everything."""


def redacted(text: str, secrets: Iterable[str]) -> str:
    """`text` as it may be journaled: one short line in which none of `secrets` stands, in
    none of the ways it could be spelled."""
    spellings = {one for secret in secrets for one in _spellings(secret)}
    for spelling in sorted(spellings, key=len, reverse=True):
        text = text.replace(spelling, HIDDEN)
    return clean(text, DETAIL_LIMIT)


def parts_of(url: str) -> Iterable[str]:
    """What of an address may be a secret: everything behind the scheme but the host."""
    yield url
    try:
        split = urlsplit(url)
        places = (split.username, split.password, *split.path.split("/"), split.fragment)
    except ValueError:
        return
    pairs = (pair.partition("=")[2] for pair in split.query.split("&"))
    yield from (part for part in (*places, *pairs) if part and len(part) > 7)


def _spellings(secret: str) -> Iterable[str]:
    if len(secret) < _SHORTEST:
        return
    yield secret
    yield unquote(secret)
    yield quote(secret, safe="")
    yield quote_plus(secret)
    coded = base64.b64encode(secret.encode()).decode()
    yield coded
    yield coded.rstrip("=")
