"""What goes wrong with the event socket of a FreeSWITCH exchange, in words and with what to
do about it."""

from __future__ import annotations

from console.domain.cleantext import clean
from console.domain.words import M, Message
from console.sources import line_trouble
from console.sources.line_trouble import (
    REASON_LIMIT,
    ConnectionLostError,
    KeptOutError,
    LoginRefusedError,
)

RIGHTS = M(
    "Give the user esl-allowed-api = show uuid_getvar callcenter_config originate uptime and "
    "esl-allowed-events = ALL CUSTOM callcenter::info in the directory of the exchange, then "
    "`reloadxml`. “SQL disabled”: start it without -nosql."
)

_LISTENING = M(
    "Check “port” (usually 8021), listen-ip in event_socket.conf.xml on the exchange, and that "
    "mod_event_socket is loaded there."
)


def lost(error: Exception, host: str, port: int) -> ConnectionLostError:
    """What an error of the network or of waiting means for an exchange."""
    return line_trouble.lost(error, host, port, _LISTENING)


def closed(host: str, port: int) -> ConnectionLostError:
    """The exchange hung up on us, with or without a notice."""
    return line_trouble.closed(
        host,
        port,
        M("It was restarted, or its event socket was reloaded. The console tries again by itself."),
    )


def stranger(host: str, port: int) -> ConnectionLostError:
    """Something else answers where an event socket was expected, or goes on as none does."""
    return ConnectionLostError(
        M("What answers at {place} is no event socket.", place=f"{host}:{port}"),
        M("Check “port” (usually 8021) in phone.toml. Behind a TLS tunnel, “host” and “port” "
          "are its end on this machine."),
    )  # fmt: skip


def unsubscribed(reason: str) -> ConnectionLostError:
    """We are let in, but not told of any calls."""
    return ConnectionLostError(
        M("The exchange does not tell of its calls: {reason}.", reason=clean(reason, REASON_LIMIT)),
        RIGHTS,
    )


def refused(user: str, error: LoginRefusedError) -> tuple[Message, Message]:
    """The password is wrong, or this machine is kept out: what to say and what to do."""
    if isinstance(error, KeptOutError):
        says = M("The exchange does not talk to this machine: {reason}.", reason=str(error))
        remedy = M(
            "Let this machine in: apply-inbound-acl in event_socket.conf.xml on the exchange, "
            "then `reload mod_event_socket`. The console tries again when phone.toml changes."
        )
        return says, remedy
    remedy = M(
        "Compare the secret with password in event_socket.conf.xml on the exchange, or with "
        "esl-password of the user. The console tries again when phone.toml changes."
    )
    if user:
        return line_trouble.refused(user, str(error), remedy)
    return M("The exchange refuses the password: {reason}.", reason=str(error)), remedy
