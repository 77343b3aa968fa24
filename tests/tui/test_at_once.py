"""Lines painted at once are those of the next frame, or wait for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from unittest import mock

import pytest
from a_list import ListApp, Numbers
from rich.segment import Segment
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen

from tui.terminal.at_once import LinesUpdate, paint


class Watched(ListApp):
    """The list, with everything that was painted at once."""

    def __init__(self) -> None:
        super().__init__(Numbers(1_000))
        self.painted: list[LinesUpdate] = []

    def _display(self, screen: Screen[object], renderable: object) -> None:
        if isinstance(renderable, LinesUpdate):
            self.painted.append(renderable)
        super()._display(screen, renderable)  # type: ignore[arg-type]  # as it came


@asynccontextmanager
async def watched() -> AsyncIterator[tuple[Pilot[None], Watched]]:
    """Show the list, with nothing painted yet."""
    app = Watched()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        app.painted.clear()
        yield pilot, app


async def test_a_cursor_key_paints_two_lines_as_the_next_frame_would() -> None:
    """The row that was left and the row that was reached, cell by cell."""
    async with watched() as (pilot, app):
        refreshed = mock.Mock(wraps=app.table.refresh)
        with mock.patch.object(app.table, "refresh", refreshed):
            await pilot.press("j")
            await pilot.pause()
        refreshed.assert_not_called()
        (update,) = app.painted
        frame = app.screen._compositor.render_strips()
        assert [(x, y) for x, y, _ in update.lines] == [(0, 1), (0, 2)]
        for _, y, strip in update.lines:
            assert list(Segment.simplify(strip)) == list(Segment.simplify(frame[y]))
        assert "▸" in update.lines[1][2].text
        assert "▸" not in update.lines[0][2].text


async def test_what_is_sent_is_the_place_and_the_text_of_each_line() -> None:
    """The terminal gets no more than the two lines."""
    async with watched() as (pilot, app):
        await pilot.press("j")
        sent = app.painted[0].render_segments(app.console)
        assert sent.count("\x1b[2;1H") == sent.count("\x1b[3;1H") == 1
        assert app.painted[0].lines[0][2].text.split()[1] in sent
        told = list(app.console.render(app.painted[0]))
        words = "".join(segment.text for segment in told if not segment.control)
        assert "".join(strip.text for *_, strip in app.painted[0].lines) in words


async def _dialog(pilot: Pilot[None]) -> None:
    await pilot.app.push_screen(ModalScreen())


async def _toast(pilot: Pilot[None]) -> None:
    # Tall enough to lie over the whole list.
    pilot.app.notify("\n".join("told" for _ in range(40)), timeout=60)


@pytest.mark.parametrize("cover", [_dialog, _toast])
async def test_what_is_covered_waits_for_its_frame(
    cover: Callable[[Pilot[None]], Awaitable[None]],
) -> None:
    """A list under something else never paints over it."""
    async with watched() as (pilot, app):
        await cover(pilot)
        await pilot.pause(0.2)
        assert not paint(app.table, [1])
        app.table.action_down()
        assert app.painted == []
        assert "▸" in app.table.render_line(2).text


async def test_a_list_outside_the_screen_paints_nothing() -> None:
    """Lines below the last one are left out; a hidden list paints none."""
    async with watched() as (pilot, app):
        assert paint(app.table, [500])
        assert app.painted[-1].lines == []
        app.table.display = False
        await pilot.pause()
        assert not paint(app.table, [1])
