"""Over ssh: every kind of terminal, a line that drops, a command that is forced."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from at_line import at_rest, ended, logged_in, opened

from on_pty import ESCAPE
from sshd import LINGERS, Sshd, console, gone, running

_STYLES = re.compile(rb"\x1b\[([0-9;]*)m")
_DRAWS = re.compile(r"[^\x00-\x7f]")


def colours(written: bytes) -> set[str]:
    """Return which kinds of colours were asked for."""
    found = set()
    for style in _STYLES.findall(written):
        words = style.decode().split(";")
        if {"38", "48"} & set(words):
            found.add("true" if "2" in words[1:] and "5" not in words[:2] else "256")
        numbers = {int(word) for word in words if word.isdigit()}
        sixteen = {*range(30, 38), *range(40, 48), *range(90, 98), *range(100, 108)}
        if numbers & sixteen and not {"38", "48"} & set(words):
            found.add("16")
    return found


@pytest.mark.parametrize(
    ("term", "allowed", "ascii_only"),
    [
        ("xterm-256color", {"256", "16"}, False),
        ("screen", {"16"}, False),
        ("linux", {"16"}, True),
        ("vt100", set(), True),
    ],
)
def test_each_kind_of_terminal_gets_what_it_can_show(
    line: Sshd, tmp_path: Path, term: str, allowed: set[str], *, ascii_only: bool
) -> None:
    """No more colours than there are, no letters that would come out wrong."""
    command = console("demo", "--actor", "mia", "--zone", "UTC", home=tmp_path)
    with logged_in(line, command, term) as (terminal, ssh):
        opened(terminal, tmp_path, b"DEMO", b"Jane Doe")
        before = len(terminal.written)
        terminal.press(b"?")
        assert terminal.seen(b"enter runs", before)
        before = len(terminal.written)
        terminal.press(ESCAPE)
        assert terminal.seen(b"Jane Doe", before)
        at_rest(terminal, tmp_path)
        terminal.press(b"Q")
        assert ended(ssh) == 0
    assert colours(terminal.written) <= allowed
    assert bool(colours(terminal.written)) == bool(allowed)
    drawn = terminal.written.decode("utf-8")
    assert (_DRAWS.search(drawn) is None) == ascii_only


def test_no_color_is_honoured(line: Sshd, tmp_path: Path) -> None:
    """Whatever the terminal could do."""
    variables = {"NO_COLOR": "1", "COLORTERM": "truecolor"}
    command = console("demo", home=tmp_path, **variables)
    with logged_in(line, command) as (terminal, _):
        opened(terminal, tmp_path, b"Jane Doe")
        assert colours(terminal.written) == set()


def test_truecolor_is_used_where_it_is_offered(line: Sshd, tmp_path: Path) -> None:
    """`COLORTERM` is how a terminal says so."""
    command = console("demo", home=tmp_path, COLORTERM="truecolor")
    with logged_in(line, command) as (terminal, _):
        opened(terminal, tmp_path, b"Jane Doe")
        assert "true" in colours(terminal.written)


def test_without_a_mouse_the_terminal_keeps_its_own(line: Sshd, tmp_path: Path) -> None:
    """With `--no-mouse` the terminal is not asked to report it, else it is."""
    for option, asked in (("--no-mouse", False), ("--ascii", True)):
        command = console("demo", option, home=tmp_path / option)
        (tmp_path / option).mkdir()
        with logged_in(line, command) as (terminal, _):
            opened(terminal, tmp_path / option, b"Jane Doe")
            assert (b"\x1b[?1000h" in terminal.written) == asked


def test_a_dropped_line_leaves_nothing_behind(line: Sshd, tmp_path: Path) -> None:
    """The demo's process and its folder are gone."""
    command = console("demo", home=tmp_path)
    with logged_in(line, command) as (terminal, ssh):
        opened(terminal, tmp_path, b"Jane Doe")
        assert running(str(tmp_path))
        assert list(tmp_path.glob("refund-desk-*"))
        ssh.kill()
        seconds = gone(str(tmp_path))
        assert seconds is not None
        assert seconds <= LINGERS
    assert not list(tmp_path.glob("refund-desk-*"))
