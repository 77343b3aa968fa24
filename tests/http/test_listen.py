"""Listen: events reach a program of one's own, and are shown, as they happen."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import stripe
from receiving import PATIENCE, Receiver, receiver
from serving import ROOT, free_port

from store import Store, open_store
from store.cli.command import main
from store.event import Actor

MIA = Actor("mia")
HOSTILE = "\x1b[31mred\x1b]0;title\x07\u202e"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return the store that is listened to."""
    with open_store(f"sqlite:///{tmp_path / 'desk.db'}") as made:
        yield made


@pytest.fixture
def program() -> Iterator[Receiver]:
    """Return a program that takes webhooks."""
    with receiver() as one:
        yield one


class Listening:
    """A running `refund-desk listen`, and what it has printed."""

    def __init__(self, process: subprocess.Popen[bytes], printed: Path) -> None:
        self.process = process
        self._printed = printed

    @property
    def lines(self) -> list[str]:
        """Return the lines that it has printed."""
        return self._printed.read_text("utf-8").splitlines()

    def wait_for(self, said: str) -> str:
        """Wait for a line that says so; return it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for line in self.lines:
                if re.search(said, line):
                    return line
            assert self.process.poll() is None, self.lines
            time.sleep(0.02)
        raise AssertionError(self.lines)

    def interrupt(self) -> int:
        """Press ctrl+c; return how it ended."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@contextmanager
def listening(folder: Path, *options: str) -> Iterator[Listening]:
    """Listen to the store in a folder for as long as the block runs."""
    printed = folder / "printed.txt"
    command = [sys.executable, "-m", "store.cli", "listen", *options]
    with printed.open("w") as out:
        process = subprocess.Popen(
            [*command, "--store", str(folder / "desk.db")],
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    one = Listening(process, printed)
    try:
        one.wait_for("Ready!")
        yield one
    finally:
        process.kill()
        process.wait(PATIENCE)


def pay(store: Store) -> str:
    """Let a customer pay; return the charge."""
    made = store.payment_intents.create(
        amount=900, currency="usd", payment_method="pm_card_bypassPending", actor=MIA
    )
    assert made.payment.charge
    return made.payment.charge.id


def test_events_are_forwarded_signed_and_shown(
    store: Store, program: Receiver, tmp_path: Path
) -> None:
    """With the secret that was printed; ctrl+c ends it without a word."""
    pay(store)
    with listening(tmp_path, "--forward-to", program.url) as desk:
        found = re.search(r"whsec_\w+", desk.wait_for("Ready!"))
        assert found
        assert found[0] == store.webhooks.listening_secret()
        charge = pay(store)
        program.wait(lambda: len(program.got) >= 2)
        for got in program.got:
            signed = got.headers["Stripe-Signature"]
            event = stripe.Webhook.construct_event(got.body, signed, found[0])
            assert event.pending_webhooks == 1
            desk.wait_for(rf"--> {re.escape(event.type)} \[{event.id}\]")
            desk.wait_for(rf"<-- \[200\] POST {re.escape(program.url)} \[{event.id}\]")
        assert charge in [one.object_id for one in program.got]
        assert desk.interrupt() == 0
        assert "Traceback" not in "\n".join(desk.lines)


def test_only_some_types_and_failures_in_a_line(
    store: Store, program: Receiver, tmp_path: Path
) -> None:
    """What is not taken is not sent again, and what comes back cannot act."""
    program.answers = lambda _: 500
    program.said = HOSTILE
    options = ("--forward-to", program.url, "--events", "charge.refunded,refund.failed")
    with listening(tmp_path, *options) as desk:
        charge = pay(store)
        for _ in range(2):
            store.refunds.create(charge=charge, amount=100, actor=MIA)
        program.wait(lambda: len(program.got) == 2)
        line = desk.wait_for(rf"<-- \[500\].*{program.got[1].event['id']}")
        assert "\\x1b[31mred" in line
        assert all(line.isprintable() for line in desk.lines)
        types = [one.event["type"] for one in program.got]
        assert types == ["charge.refunded", "charge.refunded"]


def test_nobody_there(store: Store, tmp_path: Path) -> None:
    """It says so, and goes on."""
    port = free_port()
    with listening(tmp_path, "--forward-to", str(port)) as desk:
        pay(store)
        line = desk.wait_for(rf"<-- \[no answer\] POST http://localhost:{port} ")
        assert line.endswith("The connection was refused.")
        desk.wait_for("payment_intent.succeeded")
        assert desk.process.poll() is None


@pytest.mark.parametrize(
    "options",
    [
        ("--forward-to", "file:///etc/passwd"),
        ("--forward-to", "http://169.254.169.254"),
        ("--forward-to", "3000", "--events", "everything"),
    ],
)
def test_what_is_mistyped_is_said_in_a_sentence(
    options: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """And nothing is listened to."""
    place = str(tmp_path / "none.db")
    words = ["refund-desk", "listen", "--store", place, *options]
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "Invalid" in capsys.readouterr().err
    assert not Path(place).exists()
