"""Keeping what lines and divisions say, so that cases outlive the version they began under.

A case goes on under the version it was classified with (S-15), also when its product line
is gone or broken: then nothing new is opened for it, and what there is stays readable and
can be closed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from console.desk.answers import Answers
from console.domain import specs
from console.domain.rules import Line, Target
from console.domain.specs import SpecError
from console.store.reading import Reading

_log = logging.getLogger(__name__)

KEPT = "specs_kept"
"""What the store remembers of the rules it last kept: the digest of all of them."""


class Archive:
    """What was kept in a store; see `console.domain.rulebook.Archive`. Each is read once."""

    def __init__(self, store: Reading) -> None:
        self._store = store
        self._read: dict[tuple[str, int], Any] = {}

    def line(self, key: str, version: int) -> Line | None:
        found = self._get(key, version)
        return found if isinstance(found, Line) else None

    def division(self, line: str, key: str, version: int) -> Target | None:
        found = self._get(f"{line}/{key}", version)
        return found if isinstance(found, Target) else None

    def keys(self) -> Iterable[tuple[str, str]]:
        kept = dict.fromkeys(key for key, _ in self._store.spec_digests())
        return [(line, division) for line, _, division in (key.partition("/") for key in kept)]

    def _get(self, key: str, version: int) -> Any:
        if (key, version) not in self._read:
            text = self._store.spec(key, version)
            try:
                found = specs.read(text) if text else None
            except SpecError:
                found = None
            if not text:
                return None  # another process may keep it any moment
            self._read[key, version] = found
        return self._read[key, version]


def keep(desk: Answers, stamp: str) -> None:
    """Keep the rules in force. `stamp` tells them from others cheaply: where it is the one
    remembered, nothing else is looked at."""
    if desk.store.meta(KEPT) == stamp:
        return
    known = desk.store.spec_digests()
    new = []
    for key, rule in _rules(desk.rulebook.lines):
        try:
            text = specs.written(rule)
        except SpecError as error:  # the checker lets none of these in
            _log.warning("%s is not kept: %s", key, error)
            continue
        digest = specs.digest(text)
        if known.get((key, rule.version)) != digest:
            new.append((key, rule.version, digest, text))
    with desk.store.writing() as tx:
        for row in new:
            tx.put_spec(*row)
        tx.put_meta(KEPT, stamp)


def _rules(lines: Mapping[str, Line]) -> Iterator[tuple[str, Line | Target]]:
    """Every line without its divisions, and every division."""
    for line in lines.values():
        yield line.key, replace(line, divisions=())
        for division in line.divisions:
            yield f"{line.key}/{division.key}", division


def kept(store: Reading) -> tuple[dict[str, str], frozenset[str]]:
    """What every line and division said last, as specs by key, and which of them have or
    had cases: those bind whoever changes them."""
    found = {key: store.spec(key) for key, _ in store.spec_digests()}
    used = {
        key
        for key in found
        for line, _, part in (key.partition("/"),)
        if store.has_cases(line, part)
    }
    return found, frozenset(used)
