"""What goes wrong with the connection to any exchange, in words and with what to do about it."""

from __future__ import annotations

import socket

from console.domain.cleantext import clean
from console.domain.words import M, Message

REASON_LIMIT = 200
GOES_ON = M("The console tries again by itself. If it goes on, look at the network.")


class ConnectionLostError(Exception):
    """There is no connection, or no longer one. Trying again may help."""

    def __init__(self, message: Message, remedy: Message) -> None:
        super().__init__(message.text.format(**message.args))
        self.message = message
        self.remedy = remedy


class LoginRefusedError(Exception):
    """The exchange does not let us in, and says why. Trying again will not help."""


class KeptOutError(LoginRefusedError):
    """The exchange does not talk to this machine: it does not even ask who we are."""


def lost(error: Exception, host: str, port: int, listening: Message) -> ConnectionLostError:
    """What an error of the network or of waiting means for an exchange; `listening` says
    what makes an exchange of its kind listen."""
    place = f"{host}:{port}"
    if isinstance(error, ConnectionLostError):
        return error
    if isinstance(error, socket.gaierror):
        return ConnectionLostError(
            M("The name {host} is not known.", host=host),
            M("Check “host” in phone.toml, and the name server of this machine."),
        )
    if isinstance(error, TimeoutError):
        return ConnectionLostError(
            M("{place} does not answer.", place=place),
            M("Check that the exchange is on, and that no firewall stands in between."),
        )
    if isinstance(error, ConnectionRefusedError):
        return ConnectionLostError(M("Nobody listens at {place}.", place=place), listening)
    reason = clean(getattr(error, "strerror", None) or str(error), REASON_LIMIT)
    return ConnectionLostError(
        M("The connection to {place} broke: {reason}.", place=place, reason=reason), GOES_ON
    )


def closed(host: str, port: int, remedy: Message) -> ConnectionLostError:
    """The exchange hung up on us; `remedy` says why one of its kind does."""
    return ConnectionLostError(
        M("The exchange at {place} closed the connection.", place=f"{host}:{port}"), remedy
    )


def silent(seconds: float) -> ConnectionLostError:
    """A question was not answered in time: the connection is dead though nobody closed it."""
    return ConnectionLostError(
        M("The exchange has not answered for {seconds} seconds.", seconds=round(seconds)), GOES_ON
    )


def refused(user: str, reason: str, remedy: Message) -> tuple[Message, Message]:
    """The exchange knows us not, or the secret is wrong: what to say and what to do."""
    says = M("The exchange refuses the login of “{user}”: {reason}.", user=user, reason=reason)
    return says, remedy
