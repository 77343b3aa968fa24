"""Mail for tests: a postman, and a server that takes letters or refuses as told."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default

from store.mail.receipt import Letter


@dataclass
class Carrier:
    """A postman that keeps what it is given; `troubles` come first, one a letter."""

    carried: list[tuple[str, Letter]] = field(default_factory=list)
    troubles: list[BaseException] = field(default_factory=list)

    def send(self, letter: Letter, given: str) -> None:
        """Take a letter, or be in trouble."""
        if self.troubles:
            raise self.troubles.pop(0)
        self.carried.append((given, letter))


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on this machine; `taken` holds what it took, `answer` how it ends."""

    daemon_threads = True
    answer = "250 taken"
    greeting = "220 here"
    goes_on = False
    """Whether an answer of it never ends."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.taken: list[Message] = []
        self.seen: list[str] = []

    @property
    def port(self) -> int:
        """Return where it listens."""
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self._say(self.server.greeting)
        while line := self.rfile.readline().decode().strip():
            self.server.seen.append(line)
            match line.split()[0].upper():
                case "DATA":
                    self._say("354 go on")
                    self._take()
                    self._say(self.server.answer)
                case "RCPT" if "nobody@" in line:
                    self._say("550 no such user")
                case "QUIT":
                    self._say("221 bye")
                    return
                case _ if self.server.goes_on:
                    with suppress(OSError):
                        while True:
                            self._say("250-fine")
                    return
                case _:
                    self._say("250 fine")

    def _take(self) -> None:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        if self.server.answer.startswith("2"):
            letter = message_from_bytes(b"".join(lines), policy=default)
            self.server.taken.append(letter)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run a mail server for as long as the block lasts."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()
