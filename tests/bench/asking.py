"""A client that costs as little as it can: bytes out, bytes in, how long it took."""

import re
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_END = b"\r\n\r\n"
KEY = "sk_test_bench00000000"


def request(method: str, path: str, body: str = "", key: str = "") -> bytes:
    """Return a request as it goes over the wire."""
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Bearer {KEY}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    ]
    if key:
        lines.append(f"Idempotency-Key: {key}")
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


class Line:
    """A connection that is kept."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), 60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._left = b""

    def ask(self, sent: bytes) -> bytes:
        """Send a request; return the body of an answer that must be a success."""
        self._socket.sendall(sent)
        while _END not in self._left:
            self._more()
        head, _, rest = self._left.partition(_END)
        found = _LENGTH.search(head)
        if found is None or b" 200 " not in head[:20]:
            raise RuntimeError(f"{sent!r}: {self._left!r}")
        size = int(found[1])
        self._left = rest
        while len(self._left) < size:
            self._more()
        body, self._left = self._left[:size], self._left[size:]
        return body

    def _more(self) -> None:
        found = self._socket.recv(1 << 16)
        if not found:
            raise RuntimeError("The server hung up.")
        self._left += found

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


@dataclass(frozen=True)
class Took:
    """How long requests took, each and all together, in seconds."""

    wall: float
    each: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Return how many a second."""
        return len(self.each) / self.wall

    @property
    def p99(self) -> float:
        """Return what all but one in a hundred stay within, in milliseconds."""
        return 1000 * sorted(self.each)[int(0.99 * (len(self.each) - 1))]


def ask_all(port: int, requests: Sequence[bytes], clients: int) -> Took:
    """Send every request, each client one after another on a connection of its own."""
    parts = [requests[n::clients] for n in range(clients)]
    lines = [Line(port) for _ in parts]
    each: list[list[float]] = [[] for _ in parts]

    def go(line: Line, part: Sequence[bytes], took: list[float]) -> None:
        for one in part:
            since = time.perf_counter()
            line.ask(one)
            took.append(time.perf_counter() - since)

    threads = [
        threading.Thread(target=go, args=found)
        for found in zip(lines, parts, each, strict=True)
    ]
    begun = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    wall = time.perf_counter() - begun
    for line in lines:
        line.close()
    return Took(wall, tuple(took for part in each for took in part))
