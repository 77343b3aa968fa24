"""A paste is text to its end, however it comes in and whatever is in it."""

from __future__ import annotations

import pytest
from hostile import PAYLOADS
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

from tui.terminal.line import guarded
from tui.terminal.pasting import CalmParser

BEGINS, ENDS = "\x1b[200~", "\x1b[201~"


def read(*chunks: str) -> list[events.Event]:
    """Return what is understood of input that comes in pieces."""
    parser = CalmParser()
    found = [event for chunk in chunks for event in parser.feed(chunk)]
    return [event for event in found if isinstance(event, (events.Key, events.Paste))]


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_no_payload_presses_a_key(text: str) -> None:
    """What is pasted comes as one paste; the next key is the next key."""
    paste, key = read(f"{BEGINS}{text}{ENDS}", "q")
    assert isinstance(paste, events.Paste)
    assert paste.text == text.replace("\x1b", "").replace("\0", "")
    assert isinstance(key, events.Key)
    assert key.key == "q"


PARTS = (BEGINS, ENDS, "\x1b", "[20", "1~", "0~", "q", "\x1b[A", "\x1b]0;x\x07")


@given(st.lists(st.sampled_from(PARTS), max_size=12), st.data())
def test_where_it_is_cut_changes_nothing(parts: list[str], data: st.DataObject) -> None:
    """Input means the same whole and in pieces, and only pastes lose escapes."""
    whole = "".join(parts)
    place = data.draw(st.integers(0, len(whole)))
    one, cut = CalmParser(), CalmParser()
    calm = one._pastes.calmed(whole)
    first = cut._pastes.calmed(whole[:place])
    assert first + cut._pastes.calmed(whole[place:]) == calm
    if BEGINS not in whole:
        assert calm == whole


def test_keys_are_read_as_ever() -> None:
    """Arrows, escapes and letters outside a paste are what they were."""
    keys = read("j\x1b[A", "\x1b[27u", f"{BEGINS}x{ENDS}\x1b[B")
    names = [key.key for key in keys if isinstance(key, events.Key)]
    assert names == ["j", "up", "escape", "down"]


def test_the_console_reads_pastes_so() -> None:
    """The driver that is guarded makes the parser that is calm."""
    guarded(LinuxDriver)
    assert vars(linux_driver)["XTermParser"] is CalmParser
