"""What webhooks are received with: a small server that answers as it is told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Got:
    """A request as it arrived."""

    headers: Mapping[str, str]
    body: bytes
    status: int

    @property
    def event(self) -> dict[str, Any]:
        """Return the event of the body."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def object_id(self) -> str:
        """Return the id of the object that the event is about."""
        return str(self.event["data"]["object"]["id"])


@dataclass
class Receiver:
    """Takes what is posted to it; `answers` says with which status."""

    port: int = 0
    got: list[Got] = field(default_factory=list)
    answers: Callable[[dict[str, Any]], int] = lambda _: 200
    location: str = ""
    said: str = "done"
    news: threading.Condition = field(default_factory=threading.Condition)

    @property
    def url(self) -> str:
        """Return where to post to."""
        return f"http://127.0.0.1:{self.port}/hook?shop=1"

    @property
    def taken(self) -> list[Got]:
        """Return what was answered with success."""
        return [one for one in self.got if 200 <= one.status < 300]

    def wait(self, enough: Callable[[], bool]) -> None:
        """Wait until what has arrived is enough."""
        with self.news:
            arrived = [(one.event["type"], one.status) for one in self.got]
            assert self.news.wait_for(enough, PATIENCE), arrived

    def wait_for(self, number: int) -> list[Got]:
        """Wait until so many were taken; return them."""
        self.wait(lambda: len(self.taken) >= number)
        return self.taken


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Receive on this machine for as long as the block runs."""
    given = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = given.answers(json.loads(body))
            with given.news:
                given.got.append(Got(dict(self.headers), body, status))
                given.news.notify_all()
            self.send_response(status)
            if given.location:
                self.send_header("Location", given.location)
            said = given.said.encode()
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Print nothing of senders that went away."""

    server = Server(("127.0.0.1", 0), Handler)
    given.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield given
    finally:
        server.shutdown()
        thread.join(PATIENCE)
        server.server_close()


def until(enough: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not enough():
        assert time.monotonic() < end, "it never came to pass"
        time.sleep(0.02)
