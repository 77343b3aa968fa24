"""A terminal that goes without a word: the console ends, and does not spin."""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

from sshd import environment

PATIENCE = 60
ON_SCREEN = b"Hotel Zur Post"
"""A customer of the first page, in the narrowest layout too."""


def test_a_terminal_that_goes_ends_the_console(tmp_path: Path) -> None:
    """No signal comes where a terminal is nobody's own: the line is looked at."""
    person, program = pty.openpty()
    process = subprocess.Popen(
        (sys.executable, "-m", "store.cli", "demo", "--actor", "mia"),
        stdin=program,
        stdout=program,
        stderr=program,
        env=environment(HOME=str(tmp_path)),
        start_new_session=True,
    )
    os.close(program)
    try:
        written, ends = b"", time.monotonic() + PATIENCE
        while ON_SCREEN not in written:
            assert time.monotonic() < ends, written
            if select.select([person], [], [], 0.1)[0]:
                written += os.read(person, 65536)
        assert process.poll() is None
        os.close(person)
        process.wait(PATIENCE)
    finally:
        process.kill()
        process.wait()
