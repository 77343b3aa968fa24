"""Serve: what it refuses to begin with, each in one sentence."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from desk import Desk


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--opening-balance", "lots"), "--opening-balance: "),
        (("--opening-balance", "1.005"), "--opening-balance: "),
        (("--currency", "dollars"), "Invalid currency: dollars. Stripe currently"),
        (("--host", "0.0.0.0"), "Other machines reach 0.0.0.0: name the keys"),  # noqa: S104
        (("--keys", "nowhere.txt"), "The keys in nowhere.txt cannot be read."),
        (("--port", "80"), "'80' is no port from 1024 to 65535"),
    ],
)
def test_what_cannot_be_served_is_mistyped(
    tmp_path: Path, options: tuple[str, str], said: str
) -> None:
    """Nothing is opened, and no store is made."""
    file = tmp_path / "new.db"
    answer = Desk(tmp_path)("serve", "--store", str(file), *options)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert not file.exists()


def test_no_key_stands_on_the_command_line(tmp_path: Path) -> None:
    """Whoever lists the processes of a machine would read it."""
    answer = Desk(tmp_path)("serve", "--help")
    assert "--keys FILE" in answer.out
    assert "--key " not in answer.out


def test_what_is_no_store_is_not_served(tmp_path: Path) -> None:
    """And is left as it was."""
    file = tmp_path / "letter.txt"
    file.write_text("Dear Jane")
    answer = Desk(tmp_path)("serve", "--store", str(file))
    assert (answer.code, answer.out) == (1, "")
    assert file.read_text() == "Dear Jane"


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    """Nothing says that it serves."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        file = str(tmp_path / "new.db")
        answer = Desk(tmp_path)("serve", "--store", file, "--port", port)
    assert (answer.code, answer.out) == (2, "")
    assert f"Cannot listen at 127.0.0.1, port {port}: " in answer.err
