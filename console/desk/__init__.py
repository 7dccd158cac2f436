"""The one door to the facts: do, preview, why, board, find, follow."""

from __future__ import annotations

from console.desk.answers import Who
from console.desk.desk import Desk
from console.desk.outcome import Outcome, Preview
from console.store.errors import StoreError

__all__ = ["Desk", "Outcome", "Preview", "StoreError", "Who"]
