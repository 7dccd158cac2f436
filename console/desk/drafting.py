"""Keeping what is being typed: at once in memory, within a moment in the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from console.store.drafts import Drafts, Kept

INTAKE, REPORT = "intake:", "report:"
"""What the keys of drafts begin with: of calls that are being taken down, of reports."""


class Drafting:
    """Writes drafts on a thread of its own, newest state last, so that no key waits for
    the disk."""

    def __init__(self, directory: Path, now: Callable[[], int]) -> None:
        self._directory = directory
        self._now = now
        self._drafts: Drafts | None = None
        self._pending: dict[tuple[str, str], Kept] = {}
        self._thread = ThreadPoolExecutor(1, "drafts")

    def keep(self, person: str, key: str, seat: str, values: Mapping[str, Any]) -> None:
        """Remember what a form holds now. Several calls in a row become one write."""
        fresh = (person, key) not in self._pending
        self._pending[(person, key)] = Kept(person, key, seat, self._now(), dict(values))
        if fresh:
            self._thread.submit(self._flush, person, key)

    def drop(self, person: str, key: str) -> None:
        """Forget a draft that was sent or thrown away."""
        self._pending.pop((person, key), None)
        self._thread.submit(self._open_and, lambda drafts: drafts.drop(person, key))

    def of(self, person: str) -> list[Kept]:
        """A person's drafts, the latest first, with what is still on its way."""
        stored: list[Kept] = self._thread.submit(self._open_and, lambda d: d.of(person)).result()
        return stored

    def get(self, person: str, key: str) -> Kept | None:
        return next((draft for draft in self.of(person) if draft.key == key), None)

    def close(self) -> None:
        """Write what is pending and stop."""
        self._thread.shutdown(wait=True)
        if self._drafts is not None:
            self._drafts.close()

    def _flush(self, person: str, key: str) -> None:
        draft = self._pending.pop((person, key), None)
        if draft is not None:
            self._open_and(lambda drafts: drafts.keep(draft))

    def _open_and(self, act: Callable[[Drafts], Any]) -> Any:
        if self._drafts is None:
            self._drafts = Drafts(self._directory)
        return act(self._drafts)
