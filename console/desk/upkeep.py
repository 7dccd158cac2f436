"""What a store needs from time to time: checkpoints, and data erased whose time has come."""

from __future__ import annotations

import logging

from console.desk import checkpointing, retention
from console.desk.answers import Answers, Who
from console.domain.people import SYSTEM
from console.domain.refusal import RefusedError
from console.domain.zone import DAY
from console.store.errors import StoreError

_log = logging.getLogger(__name__)

LOOK_SECONDS = 60
"""How often it is asked whether anything is due."""


class Upkeep:
    """Takes turns on one desk, beside the worker's. What cannot be done is logged and tried
    again: no call has to wait for it."""

    def __init__(self, desk: Answers) -> None:
        self._desk = desk
        self._look_at = 0
        self._erase_at = 0

    def turn(self) -> None:
        """Do what is due now."""
        now = self._desk.now()
        if now < self._look_at:
            return
        self._look_at = now + LOOK_SECONDS
        try:
            if checkpointing.is_due(self._desk):
                checkpointing.write(self._desk)
            if self._desk.config.retention and now >= self._erase_at:
                self._erase_at = now + DAY
                retention.erase_due(self._desk, Who(SYSTEM.key))
        except StoreError as error:
            _log.warning("%s", error)
        except RefusedError as refused:  # a case was reopened in this moment
            _log.warning("%s", refused.refusal.message)
