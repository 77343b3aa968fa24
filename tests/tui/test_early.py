"""The page drawn before the console is loaded has the console's rows in its places."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import pytest
from at_work import everything_said, settled

from conftest import Pay
from store.event import Actor
from store.glance import Glance, glance
from store.payment import Customer
from tui.app import RefundDesk
from tui.terminal.early import ENTER, drawn
from tui.words.zone import Zone

if TYPE_CHECKING:
    from store import Store

_SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
EVIL = Customer("cus_evil", "\x1b]52;c;AA\x07\u202e[/x]", None)


def seen_at(store: Store, url: str) -> Glance:
    """Return a glance at the time at which the test's clock stands."""
    seen = glance(url)
    assert seen is not None
    return replace(seen, at=store.now())


def lines_of(text: str) -> list[str]:
    """Return the drawn lines without their styles."""
    return _SEQUENCE.sub("", text).split("\r\n")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30), (132, 43), (200, 50)])
async def test_the_rows_are_where_the_console_draws_them(
    store: Store, url: str, mia: Actor, pay: Pay, size: tuple[int, int]
) -> None:
    """When the console takes over, no payment moves."""
    for amount in range(100, 160):
        pay(amount)
    seen = seen_at(store, url)
    early = lines_of(drawn(seen, Zone(UTC), os.terminal_size(size)))
    app = RefundDesk(lambda: store, mia, zone=Zone(UTC), glance=lambda: seen)
    async with app.run_test(size=size) as desk:
        await settled(desk)
        later = everything_said(desk).splitlines()
    assert len(early) == size[1] - 2
    for drawn_early, drawn_later in zip(early[4:], later[4:], strict=False):
        assert drawn_early.strip()
        assert drawn_later.lstrip("▸ ").startswith(drawn_early.strip())


def test_nothing_hostile_is_drawn_early(store: Store, url: str, pay: Pay) -> None:
    """A customer's name is shown as characters on this page, too."""
    pay(customer=EVIL)
    text = drawn(seen_at(store, url), Zone(UTC), os.terminal_size((100, 30)))
    assert text.startswith(ENTER)
    assert "\\x1b]52;c;AA\\x07\\u202e" in text
    assert "\x1b]" not in text
    assert "\u202e" not in text
