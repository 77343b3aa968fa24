"""A line that drops while a refund is sent: it is done once or not, and told."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from at_line import at_rest, logged_in, opened

import store as door
from on_pty import Terminal
from sshd import LINGERS, Sshd, console, gone
from store.event import Actor

BUTTON = b"Refund 50.00 USD"
FIELDS_BEFORE_BUTTON = 4


def paid(file: Path) -> None:
    """Make a store in which one payment of 50.00 USD may be refunded now."""
    with door.open_store(f"sqlite:///{file}") as made:
        made.payment_intents.create(
            amount=5000,
            currency="usd",
            payment_method="pm_card_bypassPending",
            actor=Actor("shop"),
        )
        made.topups.create(amount=5000, currency="usd", actor=Actor("shop"))


def refunds(file: Path) -> int:
    """Return how many refunds there are."""
    with closing(sqlite3.connect(file)) as connection:
        found: tuple[int] = connection.execute("SELECT count(*) FROM refund").fetchone()
    return found[0]


def to_the_button(terminal: Terminal, home: Path) -> None:
    """Open the refund of the first payment and go to its armed button."""
    opened(terminal, home, b"50.00 USD")
    terminal.press(b"r")
    assert terminal.seen(BUTTON)
    for _ in range(FIELDS_BEFORE_BUTTON):
        at_rest(terminal, home)
        terminal.press(b"\t")
    at_rest(terminal, home)


@pytest.mark.parametrize("after", [0.01, 0.2])
def test_a_refund_is_done_once_or_not_and_told(
    line: Sshd, tmp_path: Path, after: float
) -> None:
    """However soon after Enter the line drops, the next start says what became."""
    file = tmp_path / "desk.db"
    paid(file)
    command = console("--store", str(file), "--actor", "mia", home=tmp_path)
    with logged_in(line, command) as (terminal, ssh):
        to_the_button(terminal, tmp_path)
        terminal.press(b"\r")
        time.sleep(after)
        ssh.kill()
        seconds = gone(str(tmp_path))
        assert seconds is not None
        assert seconds <= LINGERS
    done = refunds(file)
    assert done <= 1
    with logged_in(line, command) as (terminal, _):
        journals = (tmp_path / "state" / "refund-desk").glob("*.journal")
        asked = any(journal.read_bytes() for journal in journals)
        opened(terminal, tmp_path, b"50.00 USD")
        assert asked or not done
        if asked:
            assert terminal.seen(b"unconfirmed action")
            at_rest(terminal, tmp_path)
            assert (b"not done" in terminal.written) == (not done)
    assert refunds(file) == done


def test_an_answer_that_was_read_is_not_told_again(line: Sshd, tmp_path: Path) -> None:
    """Who sees the result and goes on has no unconfirmed action the next day."""
    file = tmp_path / "desk.db"
    paid(file)
    command = console("--store", str(file), "--actor", "mia", home=tmp_path)
    with logged_in(line, command) as (terminal, _):
        to_the_button(terminal, tmp_path)
        terminal.press(b"\r")
        assert terminal.seen(b"sent 50.00 USD")
        at_rest(terminal, tmp_path)
        terminal.press(b"j")
        at_rest(terminal, tmp_path)
    assert refunds(file) == 1
    with logged_in(line, command) as (terminal, _):
        opened(terminal, tmp_path, b"50.00 USD")
        assert b"unconfirmed" not in terminal.written
