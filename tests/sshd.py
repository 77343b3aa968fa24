"""An ssh server of the tests' own on the loopback, and what logs in to it."""

from __future__ import annotations

import getpass
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SERVER = "/usr/sbin/sshd"
REQUIRED = os.environ.get("REFUND_DESK_REQUIRE_SSHD") == "1"
ABSENT = "no sshd or tmux to test with"
_RUN = Path("/run/sshd")
"""Where a server that root starts must find an empty folder."""
_PATIENCE = 30
LINGERS = 3
"""Seconds that a console may outlive its line; it takes some hundredths."""


@cache
def absent() -> str | None:
    """Return what is missing for the tests of reach; None when all is there."""
    needed = (SERVER, "ssh", "ssh-keygen", "tmux")
    missing = [Path(name).name for name in needed if not shutil.which(name)]
    return f"{ABSENT}: {', '.join(missing)}" if missing else None


def needed() -> None:
    """Skip the test where there is no server; fail it where one is required."""
    if why := absent():
        (pytest.fail if REQUIRED else pytest.skip)(why)


@dataclass(frozen=True, slots=True)
class Sshd:
    """A running server: where it keeps its keys, where it listens."""

    folder: Path
    port: int

    def login(self, *command: str, tty: bool = True) -> list[str]:
        """Return the command that logs in and runs another one there."""
        options = {
            "BatchMode": "yes",
            "IdentitiesOnly": "yes",
            "LogLevel": "ERROR",
            "StrictHostKeyChecking": "no",
            "UserKnownHostsFile": str(self.folder / "known"),
        }
        said = [word for pair in options.items() for word in ("-o", "=".join(pair))]
        where = ["-p", str(self.port), "-i", str(self.folder / "agent")]
        here = f"{getpass.getuser()}@127.0.0.1"
        asked = "-tt" if tty else "-T"
        return ["ssh", "-F", "none", asked, *where, *said, here, *command]


@contextmanager
def serving(folder: Path, *lines: str) -> Iterator[Sshd]:
    """Run a server with its own keys, and with these lines in its settings."""
    folder.mkdir(mode=0o700)
    for name in ("host", "agent"):
        make = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name)
        subprocess.run(make, check=True)
    shutil.copy(folder / "agent.pub", folder / "authorized")
    if os.getuid() == 0:
        _RUN.mkdir(mode=0o755, exist_ok=True)
    port = _free_port()
    settings = (
        f"Port {port}",
        "ListenAddress 127.0.0.1",
        f"HostKey {folder / 'host'}",
        f"AuthorizedKeysFile {folder / 'authorized'}",
        "PidFile none",
        "UsePAM no",
        "StrictModes no",
        "PasswordAuthentication no",
        "KbdInteractiveAuthentication no",
        "PermitRootLogin prohibit-password",
        *lines,
    )
    (folder / "settings").write_text("\n".join(settings) + "\n", encoding="utf-8")
    command = (SERVER, "-D", "-e", "-f", str(folder / "settings"))
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, stderr=log) as server,
    ):
        try:
            _until_listening(port, server, folder / "log")
            yield Sshd(folder, port)
        finally:
            server.terminate()
            server.wait(_PATIENCE)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def _until_listening(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while server.poll() is None and time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    pytest.fail(f"sshd did not come up: {log.read_text(encoding='utf-8')}")


def console(*arguments: str, home: Path, **variables: str) -> str:
    """Return what the other side's shell runs to open a console with a home there."""
    kinds = ("CONFIG", "STATE", "DATA")
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in kinds}
    environment = {"PYTHONPATH": str(ROOT), "TMPDIR": str(home), **folders, **variables}
    if cache := os.environ.get("XDG_CACHE_HOME"):
        environment["XDG_CACHE_HOME"] = cache  # one demo is made, the others copy it
    given = [f"{name}={value}" for name, value in environment.items()]
    plain = ("exec", "env", "-u", "NO_COLOR", "-u", "COLORTERM", *given)
    return shlex.join((*plain, sys.executable, "-P", "-m", "store.cli", *arguments))


def environment(**variables: str) -> Mapping[str, str]:
    """Return this side's environment, with these variables; a terminal has its size."""
    ours = {n: v for n, v in os.environ.items() if n not in ("COLUMNS", "LINES")}
    return {**ours, **variables}


def running(mark: str) -> Sequence[int]:
    """Return the processes in whose environment a text stands."""
    found = []
    for folder in Path("/proc").iterdir():
        with suppress(OSError):
            if (
                folder.name.isdigit()
                and mark.encode() in (folder / "environ").read_bytes()
            ):
                found.append(int(folder.name))
    return found


def gone(mark: str) -> float | None:
    """Wait until no such process is left; return after how long, None if never."""
    begun = time.monotonic()
    while running(mark):
        if time.monotonic() - begun > _PATIENCE:
            return None
        time.sleep(0.02)
    return time.monotonic() - begun
