"""What a FreeSWITCH exchange would say is up, learnt from the events it sent: its tables of
channels and of waiting callers, moved on as the exchange itself moves them on."""

from __future__ import annotations

import json

from tests.sources.freeswitch_events import AGENTS, QUEUE, Fields

MEMBERS = (
    "queue|instance_id|uuid|session_uuid|cid_number|cid_name|system_epoch|joined_epoch|"
    "rejoined_epoch|bridge_epoch|abandoned_epoch|base_score|skill_score|serving_agent|"
    "serving_system|state|score"
)
CONTACTS = "name|instance_id|uuid|type|contact|status|state"
QUEUES = "name|strategy|moh_sound|max_wait_time"
_EARLY = {"CHANNEL_PROGRESS": "RINGING", "CHANNEL_PROGRESS_MEDIA": "EARLY"}


def _text(value: str | bytes) -> str:
    """Bytes as they are: written out again, each is the byte it was."""
    return value.encode().decode("latin-1") if isinstance(value, str) else value.decode("latin-1")


class FreeswitchModel:
    """Channels, waiting callers and channel variables after the events applied so far."""

    def __init__(self) -> None:
        self.channels: dict[str, dict[str, str]] = {}
        self.members: dict[str, dict[str, str]] = {}
        self.variables: dict[str, dict[str, str]] = {}

    def restart(self) -> None:
        """The exchange was started anew: nothing is up."""
        self.__init__()  # type: ignore[misc]

    def apply(self, event: Fields, at: float) -> None:
        """Move on by one event."""
        fields = {key: _text(value) for key, value in event.items()}
        kind, uuid = fields.get("Event-Name", ""), fields.get("Unique-ID", "")
        if kind == "CUSTOM":
            self._queue(fields, at)
        elif kind == "CHANNEL_CREATE":
            self._create(uuid, fields, at)
        row = self.channels.get(uuid)
        if row is None or kind == "CUSTOM":
            return
        self._move(kind, row, fields)
        if kind == "RECORD_START":
            self.variables[uuid]["cc_record_filename"] = fields["Record-File-Path"]
        elif kind == "CHANNEL_HANGUP_COMPLETE":
            del self.channels[uuid], self.variables[uuid]

    def _move(self, kind: str, row: dict[str, str], fields: dict[str, str]) -> None:
        if kind == "CHANNEL_ORIGINATE":
            row["call_uuid"] = fields["Channel-Call-UUID"]
            row["presence_id"] = fields.get("Channel-Presence-ID", "")
        elif kind == "CHANNEL_ANSWER":
            row["callstate"] = "ACTIVE"
        elif kind in _EARLY and row["callstate"] != "ACTIVE":
            row["callstate"] = _EARLY[kind]
        elif kind == "CHANNEL_BRIDGE":
            for side in ("Bridge-A-Unique-ID", "Bridge-B-Unique-ID"):
                self.channels[fields[side]]["call_uuid"] = fields["Channel-Call-UUID"]
        elif kind == "CHANNEL_UNBRIDGE":
            for uuid, other in self.channels.items():
                if other["call_uuid"] == fields["Channel-Call-UUID"]:
                    other["call_uuid"] = uuid

    def _create(self, uuid: str, fields: dict[str, str], at: float) -> None:
        self.variables[uuid] = {}
        if fields.get("Caller-Privacy-Hide-Number") == "true":
            self.variables[uuid]["sip_Privacy"] = "Privacy: id"
        self.channels[uuid] = {
            "uuid": uuid,
            "direction": fields["Call-Direction"],
            "created_epoch": str(int(at)),
            "name": fields["Channel-Name"],
            "state": "CS_EXECUTE",
            "cid_name": "",
            "cid_num": "",
            "dest": "",
            "context": "default",
            "presence_id": "",
            "callstate": "RINGING",
            "call_uuid": "",
            "initial_cid_name": fields.get("Caller-Caller-ID-Name", ""),
            "initial_cid_num": fields.get("Caller-Caller-ID-Number", ""),
            "initial_dest": fields.get("Caller-Destination-Number", ""),
            "initial_context": fields.get("Caller-Context", ""),
        }

    def _queue(self, fields: dict[str, str], at: float) -> None:
        action, root = fields.get("CC-Action", ""), fields.get("CC-Member-Session-UUID", "")
        member = self.members.get(root, {})
        if action == "member-queue-start":
            self.members[root] = {
                "queue": fields["CC-Queue"],
                "session_uuid": root,
                "cid_name": fields["CC-Member-CID-Name"],
                "joined_epoch": str(int(at)),
                "serving_agent": "",
                "state": "Waiting",
            }
        elif action == "agent-offering":
            member |= {"serving_agent": fields["CC-Agent"], "state": "Trying"}
        elif action == "bridge-agent-fail":
            member |= {"serving_agent": "", "state": "Waiting"}
        elif action == "bridge-agent-start":
            member |= {"state": "Answered"}
        elif action == "member-queue-end":
            self.members.pop(root, None)

    # Answers

    def show_channels(self) -> bytes:
        if not self.channels:
            return b'{"row_count": 0}\n'
        rows = [
            ",".join(f"{json.dumps(key)}:{_quoted(value)}" for key, value in row.items())
            for row in self.channels.values()
        ]
        text = ",".join(f"{{{row}}}" for row in rows)
        return f'{{"row_count":{len(rows)},"rows":[{text}]}}'.encode("latin-1")

    def list_members(self, queue: str) -> bytes:
        rows = [member for member in self.members.values() if member["queue"] == queue]
        return _table(MEMBERS, rows)

    def list_agents(self) -> bytes:
        rows = [
            {"name": name, "type": "callback", "contact": contact, "status": "Available"}
            for name, contact in AGENTS.items()
        ]
        return _table(CONTACTS, rows)

    def list_queues(self) -> bytes:
        return _table(QUEUES, [{"name": QUEUE, "strategy": "longest-idle-agent"}])

    def variable(self, uuid: str, name: str) -> bytes:
        if uuid not in self.variables:
            return b"-ERR No such channel!\n"
        return self.variables[uuid].get(name, "_undef_").encode("latin-1")


def _quoted(value: str) -> str:
    """A JSON text as the exchange prints it: bytes beyond ASCII as they are."""
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(character, character) for character in value) + '"'


def _table(columns: str, rows: list[dict[str, str]]) -> bytes:
    """Like the exchange: no heading without rows."""
    keys = columns.split("|")
    lines = [columns] if rows else []
    lines += ["|".join(row.get(key, "") for key in keys) for row in rows]
    return "\n".join([*lines, "+OK\n"]).encode("latin-1")
