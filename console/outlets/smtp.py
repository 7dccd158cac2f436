"""Mail, straight to a mail server. Its codes tell what is worth another attempt, and the
headers that make a repetition harmless are ours to set; a general notifier gives neither."""

from __future__ import annotations

import contextlib
import smtplib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import format_datetime, formataddr, parseaddr
from functools import cache

from console.domain.outbox import Problem
from console.outlets.letter import Letter, NotSentError
from console.outlets.redaction import redacted
from console.outlets.settings import OutletSettings
from console.outlets.wire import Deadline, broken, deadline, trust

_TOO_BIG = 552
_CLOSING = 421


class SmtpOutlet:
    """A mail server. One connection for each letter: a server that restarts, or a letter it
    chokes on, spoils no other."""

    addressed = True
    markup = "text"

    def __init__(self, settings: OutletSettings) -> None:
        self._settings = settings
        name, self._sender = parseaddr(settings.sender)
        self._from = formataddr((name, self._sender)) if name else self._sender
        self._domain = self._sender.rpartition("@")[2]
        as_whom = f", {settings.user}" if settings.user else ""
        self.where = f"{settings.host}:{settings.port} ({settings.tls}{as_whom})"

    def send(self, letter: Letter) -> str:
        settings = self._settings
        smtp = self._new()
        with deadline(settings.timeout, lambda: getattr(smtp, "sock", None)) as end:
            try:
                message = self._message(letter)
                with self._session(smtp):
                    smtp.send_message(message, self._sender, [letter.to])
            except (OSError, smtplib.SMTPException, MessageError, ValueError) as error:
                problem = _problem(error, end)
                detail = redacted(problem.detail, (settings.secret,))
                raise NotSentError(replace(problem, detail=detail)) from None
        return settings.channel

    def _new(self) -> smtplib.SMTP:
        settings, name = self._settings, _our_name()
        smtp: smtplib.SMTP
        if settings.tls == "tls":
            context = trust(settings.ca_file)
            smtp = smtplib.SMTP_SSL(local_hostname=name, timeout=settings.timeout, context=context)
        else:
            smtp = smtplib.SMTP(local_hostname=name, timeout=settings.timeout)
        # The name its certificate has to be made out to.
        smtp._host = settings.server_name or settings.host  # type: ignore[attr-defined]
        return smtp

    @contextlib.contextmanager
    def _session(self, smtp: smtplib.SMTP) -> Iterator[None]:
        settings = self._settings
        try:
            code, words = smtp.connect(settings.host, settings.port)
            if code != 220:
                raise smtplib.SMTPConnectError(code, words)
            if settings.tls == "starttls":  # a server without it gets no letter, no password
                smtp.starttls(context=trust(settings.ca_file))
            if settings.user:
                smtp.login(settings.user, settings.secret)
            yield
            # Taken is taken: nobody waits for the goodbye.
            with contextlib.suppress(OSError, smtplib.SMTPException):
                smtp.putcmd("QUIT")
        finally:
            smtp.close()

    def _message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage(policy=WIRE)
        message["From"], message["To"] = self._from, letter.to
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(datetime.fromtimestamp(letter.at, UTC))
        message["Message-ID"] = f"<{letter.key}@{self._domain}>"
        if letter.thread:
            root = f"<{letter.thread}@{self._domain}>"
            message["In-Reply-To"] = message["References"] = root
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        message.set_content(letter.full, charset="utf-8", cte="base64")
        for name, mime, content in letter.attachments:
            kind, _, sub = mime.partition("/")
            message.add_attachment(content, maintype=kind, subtype=sub, filename=name)
        return message


@cache
def _our_name() -> str:
    """What this machine calls itself; asked for once, because it may take a name server."""
    return smtplib.SMTP().local_hostname


def _problem(error: Exception, end: Deadline) -> Problem:
    """What an error of the conversation means for the letter. A mail server that refuses the
    recipient or the letter will do so again; one that refuses us may be mended."""
    if end.expired:
        return Problem("timeout", outlet=True)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        [(code, words)] = error.recipients.values()
        return _of_reply(code, words, permanent=code >= 500)
    if isinstance(error, smtplib.SMTPDataError):
        return _of_reply(error.smtp_code, error.smtp_error, permanent=error.smtp_code >= 500)
    if isinstance(error, smtplib.SMTPSenderRefused):
        too_big = error.smtp_code == _TOO_BIG
        return _of_reply(error.smtp_code, error.smtp_error, permanent=too_big, outlet=not too_big)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Problem("login", _said(error.smtp_code, error.smtp_error), outlet=True)
    if isinstance(error, smtplib.SMTPResponseException):
        return _of_reply(error.smtp_code, error.smtp_error, outlet=True)
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return Problem("dropped")
    if isinstance(error, smtplib.SMTPException):  # TLS or a login the server does not offer
        return Problem("tls" if "STARTTLS" in str(error) else "login", str(error), outlet=True)
    if isinstance(error, OSError):
        return broken(error, end)
    return Problem("bad_address", str(error), permanent=True)


def _of_reply(
    code: int, words: bytes | str, *, permanent: bool = False, outlet: bool = False
) -> Problem:
    reason = "refused" if code >= 500 else "later"
    return Problem(reason, _said(code, words), permanent, outlet or code == _CLOSING)


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {text}"
