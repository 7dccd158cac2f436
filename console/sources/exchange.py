"""From the messages of an Asterisk exchange to call events: a pure state machine.

No socket and no clock: the caller passes each message with the instant it was read, sends
what `actions` asks for, and says when a connection is lost.
"""

from __future__ import annotations

from console.domain.call_events import CallEvent
from console.domain.cleantext import clean
from console.sources.ami import GREETING, Message
from console.sources.channels import NAME_LIMIT, ExchangeConfig, seconds
from console.sources.line_trouble import LoginRefusedError
from console.sources.outgoing import PlacedCall
from console.sources.snapshot import Snapshot
from console.sources.switchboard import Action, Switchboard

ACCEPTED = "Authentication accepted"
RESYNC = "resync-"
_STATUS_FOLLOWS = "Channel status will follow"
_VARIABLES = "FROM_DID,MIXMONITOR_FILENAME,CALLERID(pres)"


class Exchange:
    """One exchange, over all its connections.

    After a reconnect the answer to the `Status` action settles every call known before:
    what is still up is brought up to date, what is gone ended during the outage.
    """

    def __init__(self, config: ExchangeConfig | None = None) -> None:
        self._board = Switchboard(config or ExchangeConfig())
        self._actions: list[Action] = []
        self._waiting: dict[str, tuple[str, int]] = {}
        self._snapshot: Snapshot | None = None
        # A stream that begins without a greeting is in the middle of a session.
        self._logged_in = True
        self._started = ""

    @property
    def open_calls(self) -> tuple[str, ...]:
        """The calls that have not ended yet."""
        return self._board.open_calls

    def feed(self, message: Message, at: float) -> list[CallEvent]:
        """What `message`, read at `at` (UTC seconds), means.

        A `Timestamp` in the message itself is preferred to `at`.
        Raises LoginRefusedError when the exchange refuses the login of this connection.
        """
        kind, now = message.get("Event"), int(at)
        if kind is None:
            return self._response(message, now)
        if kind == "QueueEntry":
            return self._queue_entry(message, now)
        if self._snapshot is None:
            return self._board.handle(message, now)
        return self._during_snapshot(self._snapshot, kind, message, now)

    def disconnected(self) -> list[CallEvent]:
        """The connection is lost. Calls stay open: the next one tells what became of them."""
        events = self._release()
        self._board.session += 1
        self._board.questions.clear()
        self._waiting.clear()
        self._actions.clear()
        return events

    def actions(self) -> list[Action]:
        """Actions to send now: the resynchronisation after a login, questions about calls."""
        actions = [*self._actions, *self._board.questions]
        self._actions.clear()
        self._board.questions.clear()
        return actions

    def place(self, call: str, number: str, station: str, at: int) -> list[CallEvent]:
        """Announce a call about to be placed by Originate, its ChannelId and ActionID `call`.

        `number` is the one dialled, `station` the seat that rings first.
        """
        return self._board.place(call, number, station, at)

    def refuse(self, call: str, cause: str, at: int) -> list[CallEvent]:
        """An announced call could not even be asked for."""
        return self._board.refuse(call, cause, at)

    def recall(self, call: str, *, answered: bool) -> None:
        """Know an inbound call again that was open when the process following it ended.

        The next resynchronisation ends it if it is over by then.
        """
        self._board.recall(call, answered=answered)

    def recall_placed(self, placed: PlacedCall) -> None:
        """Know a placed call again that was not over when the process that placed it ended.

        `announced` False says that it was only asked for; whether it was placed at all
        shows at the next resynchronisation, as does what became of it.
        """
        self._board.recall_placed(placed)

    def give_up(self, at: int) -> list[CallEvent]:
        """The exchange is out of reach for so long that nobody can be ringing any more.

        Calls somebody talks on stay open: when those ended only the exchange can tell.
        """
        return self._board.give_up(at)

    def _response(self, message: Message, at: int) -> list[CallEvent]:
        events: list[CallEvent] = []
        if GREETING in message:
            events += self.disconnected()
            self._logged_in = False
        action, text = message.text("ActionID"), message.text("Message")
        if message.text("Response") == "Error":
            if not self._logged_in:
                raise LoginRefusedError(clean(text, NAME_LIMIT) or "no reason given")
            events += self._board.refuse(action, clean(text, NAME_LIMIT), at)
            if action == f"{self._tag}-status":
                # Without the right to ask, nothing will ever be heard of the calls before.
                events += self._board.lose(at)
        elif text == ACCEPTED:
            self._logged_in = True
            self._ask_for_everything()
        elif text == _STATUS_FOLLOWS:
            events += self._release()
            self._snapshot = Snapshot(self._board.config, at)
        elif "CoreStartupDate" in message:
            events += self._core_status(message, at)
        elif "Value" in message:
            events += self._board.answered_question(action, message.text("Value"), at)
        return events

    @property
    def _tag(self) -> str:
        """What the questions of this connection are known by."""
        return f"{RESYNC}{self._board.session}"

    def _ask_for_everything(self) -> None:
        tag = self._tag
        self._actions = [
            {"Action": "CoreStatus", "ActionID": f"{tag}-core"},
            {"Action": "Status", "ActionID": f"{tag}-status", "Variables": _VARIABLES},
        ]
        for queue in sorted(self._board.config.queues):
            self._actions.append(
                {"Action": "QueueStatus", "ActionID": f"{tag}-queue-{queue}", "Queue": queue}
            )
        if not self._board.config.queues:
            self._actions.append({"Action": "QueueStatus", "ActionID": f"{tag}-queues"})

    def _core_status(self, message: Message, at: int) -> list[CallEvent]:
        """An exchange started anew knows none of the calls from before."""
        started = f"{message.text('CoreStartupDate')} {message.text('CoreStartupTime')}"
        before, self._started = self._started, started
        return self._board.lose(at) if before not in ("", started) else []

    def _queue_entry(self, message: Message, at: int) -> list[CallEvent]:
        """A caller waiting in a queue, told before or after the channels are."""
        root, queue = message.text("Uniqueid"), message.text("Queue")
        since = at - seconds(message.text("Wait"), 0)
        if self._snapshot is None and root in self._board.incoming:
            return self._board.wait(root, queue, since)
        self._waiting[root] = (queue, since)
        return []

    def _during_snapshot(
        self, snapshot: Snapshot, kind: str, message: Message, at: int
    ) -> list[CallEvent]:
        """Gather rows; what happens meanwhile is held back until they are complete."""
        if kind == "StatusComplete":
            return self._settle(snapshot)
        if kind == "Status":
            snapshot.rows.append(message)
        elif self._board.understands(kind):
            snapshot.held.append((message, at))
        return self._release() if snapshot.full else []

    def _release(self) -> list[CallEvent]:
        """Give up a snapshot that was not completed, and go on with the events held back."""
        snapshot, self._snapshot = self._snapshot, None
        return self._replay(snapshot) if snapshot else []

    def _replay(self, snapshot: Snapshot) -> list[CallEvent]:
        return [event for message, at in snapshot.held for event in self._board.handle(message, at)]

    def _settle(self, snapshot: Snapshot) -> list[CallEvent]:
        """Bring every call in line with the finished snapshot, then go on."""
        self._snapshot = None
        board = self._board
        for row in snapshot.rows:
            board.touch(row.text("Uniqueid"))
        events = board.settle(snapshot.roots(), self._waiting, snapshot.at)
        self._waiting.clear()
        return events + self._replay(snapshot) + board.lose(snapshot.at)
