"""In tmux: what is copied arrives there, and nothing else does."""

from __future__ import annotations

import re
import shlex
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hostile import ACTS, make_store

from on_pty import PATIENCE
from sshd import Sshd, console, environment, needed
from tui.view_actions import CLEAR

BO = "bo@example.com"
TYPING = f"{CLEAR.key} {CLEAR.label}"
COMMANDS = "an action or a command"
"""What the command line says before anything is typed into it."""
_COPIED = re.compile(r"(\d{23}) +y copies it")


@dataclass(frozen=True, slots=True)
class Tmux:
    """A tmux server of the test's own, with one window."""

    socket: Path

    def __call__(self, *command: str) -> str:
        """Run a command of tmux; return what it prints."""
        settings = self.socket.with_suffix(".conf")
        done = subprocess.run(
            ("tmux", "-u", "-f", settings, "-S", self.socket, *command),
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
            env=environment(),
        )
        return done.stdout

    def press(self, *keys: str) -> None:
        """Press keys."""
        self("send-keys", *keys)

    @property
    def screen(self) -> str:
        """Return what the window shows."""
        return self("capture-pane", "-p")

    def until(self, wanted: Callable[[], bool]) -> None:
        """Wait until something is so."""
        end = time.monotonic() + PATIENCE
        while not wanted():
            assert time.monotonic() < end, self.screen
            time.sleep(0.05)

    def shows(self, words: str) -> None:
        """Wait until the window shows some words."""
        self.until(lambda: words in self.screen)


@contextmanager
def window(folder: Path, settings: str, command: str) -> Iterator[Tmux]:
    """Open tmux with these settings and a program in its window."""
    tmux = Tmux(folder / "tmux")
    tmux.socket.with_suffix(".conf").write_text(settings + "\n", encoding="utf-8")
    room = ("-x", "120", "-y", "36")
    tmux("new-session", "-d", *room, command)
    try:
        yield tmux
    finally:
        tmux("kill-server")


def looked_up(tmux: Tmux) -> str:
    """Find the refund to Bo, look its reference up, copy it; return it as shown."""
    tmux.shows("Jane Doe")
    tmux.press("/")
    tmux.shows(TYPING)
    tmux.press("-l", BO)
    tmux.until(lambda: "Bo Li" in tmux.screen and "Jane Doe" not in tmux.screen)
    tmux.press("Enter")
    tmux.until(lambda: TYPING not in tmux.screen)
    tmux.press("l")
    tmux.shows("enter chooses")
    tmux.press("Enter")
    tmux.shows("copies it")
    (number,) = _COPIED.findall(tmux.screen)
    tmux.press("y")
    return str(number)


def test_the_reference_arrives_in_tmux_and_nothing_else(
    line: Sshd, tmp_path: Path
) -> None:
    """One buffer, which holds exactly the number; the title stays as it was."""
    command = shlex.join(line.login(console("demo", home=tmp_path)))
    with window(tmp_path, "set -g set-clipboard on", command) as tmux:
        title = tmux("display-message", "-p", "#{pane_title}")
        number = looked_up(tmux)
        tmux.until(lambda: tmux("show-buffer") == number)
        assert tmux("list-buffers").count("\n") == 1
        assert tmux("display-message", "-p", "#{pane_title}") == title


def test_without_a_clipboard_the_value_stays_and_can_be_written(
    line: Sshd, tmp_path: Path
) -> None:
    """Where tmux takes nothing the number is on the screen, and `:yank` writes it."""
    command = shlex.join(line.login(console("demo", home=tmp_path)))
    with window(tmp_path, "set -g set-clipboard off", command) as tmux:
        number = looked_up(tmux)
        assert number in tmux.screen
        tmux.press("Escape")
        tmux.until(lambda: "copies it" not in tmux.screen)
        tmux.press(":")
        tmux.shows(COMMANDS)
        tmux.press("-l", "yank")
        tmux.until(lambda: "yank" in tmux.screen and COMMANDS not in tmux.screen)
        tmux.press("Enter")
        there = tmp_path / "state" / "refund-desk" / "copied.txt"
        tmux.until(there.exists)
        assert there.read_text(encoding="utf-8") == f"{number}\n"
        assert stat.S_IMODE(there.stat().st_mode) == 0o600
        assert tmux("list-buffers") == ""


def test_hostile_text_changes_nothing_in_tmux(tmp_path: Path) -> None:
    """Buffers and title stay, nothing that acts is piped, the markup is on screen."""
    needed()
    make_store(tmp_path / "evil.db")
    command = console("--store", str(tmp_path / "evil.db"), home=tmp_path)
    piped = tmp_path / "piped"
    with window(tmp_path, "set -g set-clipboard on", "exec sh") as tmux:
        title = tmux("display-message", "-p", "#{pane_title}")
        tmux("pipe-pane", "-o", f"exec cat > {shlex.quote(str(piped))}")
        tmux.until(piped.exists)
        tmux("respawn-pane", "-k", command)
        tmux.shows("[/x]")
        tmux.shows(" help")
        for key, words in (
            ("Enter", "NOTES"),
            ("Escape", "19 of 19"),
            ("2", "insufficient_funds"),
            ("3", "next:"),
            ("4", "AVAILABLE"),
            ("5", "charge.refunded"),
            ("1", "[/x]"),
        ):
            tmux.press(key)
            tmux.shows(words)
        assert tmux("list-buffers") == ""
        assert tmux("display-message", "-p", "#{pane_title}") == title
    assert b"[/x]" in piped.read_bytes()
    assert not ACTS.findall(piped.read_text(encoding="utf-8"))


def test_the_console_survives_another_size(line: Sshd, tmp_path: Path) -> None:
    """A window that shrinks and grows over ssh shows the list again."""
    command = shlex.join(line.login(console("demo", home=tmp_path)))
    with window(tmp_path, "", command) as tmux:
        tmux.shows("Jane Doe")
        tmux("resize-window", "-x", "50", "-y", "12")
        tmux.shows("Too small")
        tmux("resize-window", "-x", "80", "-y", "24")
        tmux.shows("Jane Doe")
        assert max(len(row) for row in tmux.screen.splitlines()) <= 80
