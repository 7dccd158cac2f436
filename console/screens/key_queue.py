"""Keys one after the other: each is dealt with before the next one is looked at.

A key is handled by several queues in turn (the focused widget, its ancestors, the
application), and what it opens takes the focus only at the end. Keys typed ahead, pasted,
or packed together by a slow line would arrive where the focus was before.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

PATIENCE = 3.0
"""Seconds after which a key counts as dealt with though nobody said so."""

LOOK_AGAIN = 0.01
"""Seconds between two looks at whether a new screen has taken the focus."""


class KeyQueue:
    """Holds keys back while one is under way. `send` hands a key to the application."""

    def __init__(self, app: App[Any], send: Callable[[events.Key], Awaitable[None]]) -> None:
        self._app = app
        self._send = send
        self._held: deque[events.Key] = deque()
        self._under_way = False
        self._turn = 0

    async def put(self, key: events.Key) -> None:
        """Deal with a key now, or after those before it."""
        self._held.append(key)
        if not self._under_way:
            await self._next()

    async def _next(self) -> None:
        key = self._held.popleft()
        self._under_way = True
        self._turn += 1
        turn, screen = self._turn, self._app.screen
        target = self._app.focused or screen
        await self._send(key)
        asyncio.get_running_loop().call_later(PATIENCE, self._give_up, turn)
        self._follow([*target.ancestors_with_self, self._app], lambda: self._settle(screen, turn))

    def _follow(self, path: list[Any], arrived: Callable[[], None]) -> None:
        """Go the way the key goes, behind it: through each queue in turn."""
        if not path:
            arrived()
            return
        pump: MessagePump = path[0]
        pump.call_later(self._follow, path[1:], arrived)

    def _settle(self, before: Any, turn: int) -> None:
        """The key has been everywhere; a screen it opened has to take the focus first."""
        if turn != self._turn or not self._under_way:
            return
        screen = self._app.screen
        if screen is before:
            self._app.call_later(self._done, turn)
        elif screen.focused is not None:
            screen.call_after_refresh(self._done, turn)
        else:
            asyncio.get_running_loop().call_later(LOOK_AGAIN, self._settle, before, turn)

    def _give_up(self, turn: int) -> None:
        if self._under_way and turn == self._turn:
            self._app.call_later(self._done, turn)

    async def _done(self, turn: int) -> None:
        if turn != self._turn or not self._under_way:
            return
        self._under_way = False
        if self._held:
            await self._next()
