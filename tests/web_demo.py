"""The demo in a browser: its server, started as a person starts it."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_PATIENCE = 30


@contextmanager
def served(*options: str, **variables: str) -> Iterator[str]:
    """Serve the demo on a free port; return where it says it is."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    run = (sys.executable, "-m", "store.cli", "demo", "--web", "--port", str(port))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    with subprocess.Popen(
        (*run, *options), stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    ) as server:
        try:
            assert server.stdout is not None
            assert select.select([server.stdout], [], [], _PATIENCE)[0]
            told = server.stdout.readline()
            assert "ctrl+c ends it" in told
            yield next(word for word in told.split() if word.startswith("http://"))
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(_PATIENCE)
            finally:
                server.kill()
