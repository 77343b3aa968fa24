"""At the line: a person at a terminal who logs in and opens the console there."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from on_pty import PATIENCE, Terminal
from sshd import Sshd, environment, running

Session = tuple[Terminal, subprocess.Popen[bytes]]


@contextmanager
def logged_in(
    server: Sshd, command: str, term: str = "xterm-256color"
) -> Iterator[Session]:
    """Log in on a terminal of that kind and run a command there."""
    with (
        Terminal() as terminal,
        subprocess.Popen(
            server.login(command),
            stdin=terminal.program,
            stdout=terminal.program,
            stderr=terminal.program,
            env=environment(TERM=term),
        ) as ssh,
    ):
        try:
            yield terminal, ssh
        finally:
            ssh.kill()


def opened(terminal: Terminal, home: Path, *words: bytes) -> None:
    """Wait until the console is there, shows some words, and waits for keys."""
    for one in (*words, b" help"):
        assert terminal.seen(one), terminal
    at_rest(terminal, home)


def at_rest(terminal: Terminal, home: Path) -> None:
    """Wait until the console with that home has answered, and armed what it arms."""
    (console,) = running(str(home))
    terminal.settled(console, 0.6)


def ended(ssh: subprocess.Popen[bytes]) -> int:
    """Wait until the line is closed; return the other side's exit code."""
    return ssh.wait(PATIENCE)
