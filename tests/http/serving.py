"""What the HTTP face is tried on: `refund-desk serve` as a process, and clients."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from stripe import StripeClient

from store import Store, open_store

ROOT = Path(__file__).parents[2]
KEY = "sk_test_51QWERTYexample"
_STARTS_WITHIN = 30.0
_ENDS_WITHIN = 20.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back over the wire."""

    status: int
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def error(self) -> dict[str, Any]:
        """Return the error of the body."""
        found: dict[str, Any] = self.body["error"]
        return found


@dataclass(frozen=True, slots=True)
class Served:
    """A server on this machine, its store, and what it has printed."""

    port: int
    file: Path
    printed: Path
    pid: int = 0

    def kill(self) -> None:
        """End the server as a power cut does."""
        os.kill(self.pid, signal.SIGKILL)

    def client(self, key: str = KEY, retries: int = 0) -> StripeClient:
        """Return an official client of this server."""
        url = f"http://127.0.0.1:{self.port}"
        return StripeClient(
            key, base_addresses={"api": url}, max_network_retries=retries
        )

    def raw(
        self,
        method: str,
        path: str,
        body: str | bytes | None = None,
        **headers: str | None,
    ) -> Answer:
        """Send a request as it is typed; a header given as None is left out."""
        named: dict[str, str | None] = {
            "Authorization": "Basic " + b64encode(f"{KEY}:".encode()).decode(),
            "Content-Type": "application/x-www-form-urlencoded" if body else None,
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        sent = {name: value for name, value in named.items() if value is not None}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            text = response.read()
            told = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, told, json.loads(text or b"{}"))
        finally:
            connection.close()

    def store(self) -> Store:
        """Open the store that is served, beside the server."""
        return open_store(f"sqlite:///{self.file}")


def pay(api: Any, method: str = "pm_card_bypassPending", **more: object) -> Any:
    """Let a customer pay 10.00 USD, or what `more` says."""
    usual = {"amount": 1000, "currency": "usd", "confirm": True}
    return api.payment_intents.create({**usual, "payment_method": method, **more})


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


@contextmanager
def serve(
    folder: Path, *options: str, environment: Mapping[str, str] | None = None
) -> Iterator[Served]:
    """Serve a store in a folder for as long as the block runs."""
    served = Served(free_port(), folder / "served.db", folder / "printed.txt")
    command = [sys.executable, "-m", "store.cli", "serve", "--port", str(served.port)]
    with served.printed.open("w") as printed:
        process = subprocess.Popen(
            [*command, "--store", str(served.file), *options],
            stdout=printed,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        )
    try:
        _await(served, process)
        yield replace(served, pid=process.pid)
    finally:
        process.terminate()
        process.wait(_ENDS_WITHIN)


def _await(served: Served, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", served.port), 1).close()
        except OSError:
            assert process.poll() is None, served.printed.read_text()
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server did not start")
