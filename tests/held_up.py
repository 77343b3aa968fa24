"""Held up: a bulk refund that stands still in its middle, as long as one looks."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest import mock

from tui.bulk_work import BulkWork

if TYPE_CHECKING:
    from tui.app import RefundDesk

_A_PIECE = 0.05


class HeldUp(BulkWork):
    """Refunds so many payments, twenty a second by its own clock, and no more."""

    def __init__(self, app: RefundDesk, halts: int) -> None:
        super().__init__(app, app.ask)
        self._left, self._seconds = halts, 0.0
        self._let_go = asyncio.Event()

    def now(self) -> float:
        """Return what every piece adds to: no machine is slower than another."""
        return self._seconds

    async def piece(self) -> None:
        """Refund one payment; after the last, wait until it is paused or stopped."""
        if not self._left:
            self._let_go.clear()
            await self._let_go.wait()
            return
        self._left -= 1
        self._seconds += _A_PIECE
        await super().piece()

    async def pause(self) -> None:
        """Stand still, as it does already."""
        await super().pause()
        self._let_go.set()

    async def stop(self) -> None:
        """End it where it stands."""
        await super().stop()
        self._let_go.set()


@contextmanager
def held_up(app: RefundDesk, halts: int | None) -> Iterator[None]:
    """Let the bulk refunds of a console stand still after so many payments."""
    if halts is None:
        yield
        return
    app.bulk = HeldUp(app, halts)
    with mock.patch("store.verbs.run_bulk.Pace.goes_on", return_value=False):
        yield
