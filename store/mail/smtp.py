"""SMTP: hands a letter to a real mail server, encrypted, or says why it did not."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import BinaryIO

from store.mail.post import PostFailed
from store.mail.receipt import Letter
from store.visible import visible

TIMEOUT = 10.0
"""Seconds that the mail server may take over each answer."""
LONGEST_ANSWER = 65_536
"""Bytes of one answer; a server that goes on is not listened to."""
_HERE = ("localhost", "127.0.0.1", "::1")
_FINAL = 500


@dataclass(frozen=True, slots=True)
class SmtpPostman:
    """A mail server; what leaves this machine is encrypted, or does not leave."""

    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    from_the_start: bool = False
    """Whether encryption begins with the connection (smtps), not with STARTTLS."""
    timeout: float = TIMEOUT

    def send(self, letter: Letter, given: str) -> None:
        """Send a letter.

        Raises:
            PostFailed: It was not taken, or nobody knows.
        """
        try:
            with self._connect() as server:
                self._secure(server)
                server.send_message(_message(letter, given, self.sender))
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            final = min(codes, default=0) >= _FINAL
            raise PostFailed("The address was refused.", is_final=final) from refused
        except smtplib.SMTPResponseException as answer:
            said = answer.smtp_error
            text = said.decode(errors="replace") if isinstance(said, bytes) else said
            message = f"The mail server answered {answer.smtp_code}: {visible(text)}"
            final = answer.smtp_code >= _FINAL
            raise PostFailed(message, is_final=final) from answer
        except (OSError, smtplib.SMTPException) as error:
            message = f"The mail server cannot be used: {visible(str(error))}."
            raise PostFailed(message) from error
        except ValueError as error:
            raise PostFailed(visible(str(error)), is_final=True) from error

    def _connect(self) -> smtplib.SMTP:
        if self.from_the_start:
            context = ssl.create_default_context()
            return _BoundedSSL(
                self.host, self.port, timeout=self.timeout, context=context
            )
        return _Bounded(self.host, self.port, timeout=self.timeout)

    def _secure(self, server: smtplib.SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        if not self.from_the_start:
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            elif self.host not in _HERE:
                raise PostFailed("The mail server offers no encryption.")
        if self.user and self.password:
            server.login(self.user, self.password)


class _Heard:
    """What a mail server says, up to so many bytes an answer."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.left = LONGEST_ANSWER

    def readline(self, most: int) -> bytes:
        """Return the next line."""
        line = self._file.readline(most)
        self.left -= len(line)
        if self.left < 0:
            raise OSError("its answer has no end")
        return line

    def close(self) -> None:
        """End it."""
        self._file.close()


class _Bounded(smtplib.SMTP):
    """A connection to a mail server that may say only so much at a time."""

    def getreply(self) -> tuple[int, bytes]:
        """Return its answer."""
        if self.file is None and self.sock is not None:
            self.file = _Heard(self.sock.makefile("rb"))
        if isinstance(self.file, _Heard):
            self.file.left = LONGEST_ANSWER
        return super().getreply()


class _BoundedSSL(_Bounded, smtplib.SMTP_SSL):
    """The same, encrypted from the start."""


def _message(letter: Letter, given: str, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    # The same id each time, so that the reader's side can drop a second copy.
    message["Message-ID"] = f"<{given}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message
