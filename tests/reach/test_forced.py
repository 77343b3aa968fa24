"""A forced command: the key opens the console, and nothing else."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from at_line import ended, logged_in, opened

from on_pty import PATIENCE
from sshd import Sshd, console, needed, serving


@pytest.fixture
def forced(tmp_path: Path) -> Iterator[Sshd]:
    """A server set up as the README says, with a demo as the console."""
    needed()
    command = console("demo", "--actor", "mia", "--read-only", home=tmp_path)
    recipe = (
        "Subsystem sftp internal-sftp",
        "Match All",
        f"    ForceCommand {command}",
        "    DisableForwarding yes",
        "    PermitTTY yes",
        "    PermitUserRC no",
        "    AcceptEnv none",
        "    ClientAliveInterval 15",
        "    ClientAliveCountMax 2",
    )
    with serving(tmp_path / "forced", *recipe) as server:
        yield server


def test_whatever_is_asked_for_the_console_opens(forced: Sshd, tmp_path: Path) -> None:
    """Another command is not run."""
    there = tmp_path / "made-by-a-shell"
    command = f"touch {shlex.quote(str(there))}; exec sh"
    with logged_in(forced, command) as (terminal, ssh):
        opened(terminal, tmp_path, b"READ-ONLY", b"Jane Doe", b"mia@")
        terminal.press(b"Q")
        assert ended(ssh) == 0
    assert not there.exists()


def test_without_a_terminal_nothing_opens(forced: Sshd, tmp_path: Path) -> None:
    """Copying files and piping commands get one sentence instead."""
    there = tmp_path / "made-by-a-shell"
    for asked in ([f"touch {shlex.quote(str(there))}"], ["-s", "sftp"], []):
        done = subprocess.run(
            forced.login(*asked, tty=False),
            input=f"touch {there}\n",
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert "The console needs a terminal" in done.stderr or "sftp" in asked
    assert not there.exists()


def test_no_port_is_forwarded(forced: Sshd) -> None:
    """The line is for the console's screen only."""
    done = subprocess.run(
        [*forced.login(tty=False), "-W", f"127.0.0.1:{forced.port}"],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert "SSH-2.0" not in done.stdout
