"""How calls arrive: every source turns its own world into call events."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

from console.domain.call_events import CallEvent


class Source(Protocol):
    """Anything calls come from: a live exchange, a webhook, a recording, the simulator."""

    def events(self) -> AsyncIterator[CallEvent]:
        """Call events in the order they happened, until the source is exhausted.

        Raises what the source cannot recover from by itself, such as a refused login.
        """
        ...
