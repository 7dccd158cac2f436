"""What a telephone source reports: one event at a time, in the words of the hotline.

Every source (a live exchange, a webhook, a recording, the simulator) speaks only this.
Kinds, with the keys of their body:

- `call_rang`: number (as received), name, did, exchange, direction ("in" or "out"), withheld;
  where configured also line (product line of the DID), greeting, closed (outside the hours)
- `call_withheld`: the exchange says, after the ring, that the caller hides the number
- `call_queued`: queue
- `call_offered`: station (a seat's phone begins to ring), member
- `call_withdrawn`: station, reason (that phone stops ringing; never a miss by itself)
- `call_answered`: station
- `call_transferred`: station (who transfers), to (where it goes)
- `call_recording`: path
- `call_ended`: cause
- `call_missed`: reason ("abandoned", "queue_timeout", "never_offered", "outage"); replaces
  `call_ended` for an inbound call nobody answered, so a call ends exactly once
- `call_dialled`: number, station; `call_station_answered`: station;
  `call_reached`: number; `call_not_reached`: reason ("busy", "no_answer", "no_station",
  "failed") for calls the console itself placed
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class CallEvent:
    """`call` identifies the call across all sources; `at` is UTC seconds."""

    call: str
    kind: str
    at: int
    body: Mapping[str, Any] = field(default_factory=dict)
