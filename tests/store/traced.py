"""Traced: a process with an open store, its system calls noted or made to fail."""

import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from racers import PROCESSES

from store import Store, open_store
from store.errors import StoreError
from store.event import Actor

MIA = Actor("mia")
PATIENCE = 60


def file_of(url: str) -> Path:
    """Return the file of a store."""
    return Path(url.removeprefix("sqlite:///"))


def refund(store: Store, payment: str, key: str) -> str:
    """Refund a little; return the refund's id."""
    done = store.refunds.create(payment_intent=payment, amount=1, actor=MIA, key=key)
    return done.refund.id


class Desk:
    """A process with an open store, whose system calls can be made to fail."""

    def __init__(self, url: str, payment: str) -> None:
        self.pipe, theirs = PROCESSES.Pipe()
        self.process: BaseProcess = PROCESSES.Process(
            target=_serve, args=(url, payment, theirs)
        )
        self.process.start()
        theirs.close()

    def ask(self, key: str) -> tuple[bool, str]:
        """Return whether a refund was made, and its id or what was said instead."""
        self.pipe.send(key)
        assert self.pipe.poll(PATIENCE)
        done, said = self.pipe.recv()
        return bool(done), str(said)

    def failing(self, calls: str, error: str, at: int, key: str) -> tuple[bool, str]:
        """Ask while the call of that number fails."""
        failure = f"inject={calls}:error={error}:when={at}"
        with self.traced("-e", f"trace={calls}", "-e", failure) as log:
            answer = self.ask(key)
        self.injected = "(INJECTED)" in log[0]
        return answer

    @contextmanager
    def traced(self, *options: str) -> Iterator[list[str]]:
        """Note the system calls in between; afterwards the list holds the log."""
        log: list[str] = []
        tracer = subprocess.Popen(
            ["strace", "-f", "-p", str(self.process.pid), *options],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert tracer.stderr is not None
        assert "attached" in tracer.stderr.readline()
        with ThreadPoolExecutor(1) as reader:
            # A full pipe would stop the tracer, and with it the traced.
            text = reader.submit(tracer.stderr.read)
            try:
                yield log
            finally:
                tracer.terminate()
                log.append(text.result())
                tracer.stderr.close()
                tracer.wait()

    def close(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.pipe.close()


def _serve(url: str, payment: str, asked: Connection) -> None:
    with open_store(url) as store:
        while True:
            try:
                asked.send((True, refund(store, payment, asked.recv())))
            except StoreError as error:
                asked.send((False, str(error)))
