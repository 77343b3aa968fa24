"""The list of payments: it holds a window, and its cursor and marks are ids."""

from __future__ import annotations

import pytest
from a_list import ListApp, Numbers, drawn, line, listed, read

from tui.widgets.row import THUMB

MILLION = 1_000_000


def at(app: ListApp) -> int:
    """Return the number of the payment under the cursor."""
    assert app.table.line is not None
    return app.table.line.seq


def thumbs(app: ListApp) -> list[int]:
    """Return the rows beside which the thumb is drawn, from 0."""
    return [y for y, text in enumerate(drawn(app)[1:]) if text.endswith(THUMB)]


async def test_a_long_list_is_never_read_whole() -> None:
    """Of a million payments only a window is held, wherever the cursor goes."""
    async with listed(Numbers(MILLION)) as (pilot, app):
        for key in ("pagedown",) * 60 + ("G",) + ("pageup",) * 60:
            await pilot.press(key)
            await read(pilot)
        assert len(app.table.held) <= 500
        assert at(app) == 60 * 23
        assert len(app.numbers.asked) < 60


@pytest.mark.parametrize(
    ("keys", "number"),
    [
        (("j", "j", "k"), MILLION - 2),
        (("down", "down", "up"), MILLION - 2),
        (("ctrl+d",), MILLION - 1 - 11),
        (("ctrl+d", "ctrl+u"), MILLION - 1),
        (("pagedown",), MILLION - 1 - 23),
        (("pagedown", "pageup"), MILLION - 1),
        (("end",), 0),
        (("G", "k"), 1),
        (("G", "g"), MILLION - 1),
        (("end", "home", "j"), MILLION - 2),
    ],
)
async def test_keys_move_the_cursor(keys: tuple[str, ...], number: int) -> None:
    """Every key of the key map leads where it says."""
    async with listed(Numbers(MILLION)) as (pilot, app):
        for key in keys:
            await pilot.press(key)
            await read(pilot)
        assert at(app) == number


async def test_a_held_key_goes_on_when_the_page_comes_late() -> None:
    """Moves beyond what is held are owed, not lost."""
    async with listed(Numbers(MILLION)) as (pilot, app):
        for _ in range(150):
            app.table.action_down()
        await read(pilot)
        for _ in range(90):
            app.table.action_down()
        await read(pilot)
        assert at(app) >= MILLION - 1 - 240
        await pilot.press(*["j"] * 20)
        await read(pilot)
        assert at(app) <= MILLION - 1 - 119


async def test_the_cursor_is_always_in_sight() -> None:
    """Whatever is pressed, the line under the cursor is drawn with `▸`, once."""
    async with listed(Numbers(500), size=(80, 10)) as (pilot, app):
        for key in ("j",) * 12 + ("pagedown", "k", "G", "k", "ctrl+u", "g", "j"):
            await pilot.press(key)
            await read(pilot)
            lit = [text for text in drawn(app)[1:] if text.startswith("▸")]
            assert len(lit) == 1
            assert f"{(at(app) + 100) / 100:.2f} USD" in lit[0]


async def test_cursor_and_marks_are_ids() -> None:
    """After neighbours vanish and the list is read again, both stay where they were."""
    numbers = Numbers(500)
    async with listed(numbers) as (pilot, app):
        await pilot.press("space", "j", "space", "j", "j")
        before = at(app)
        numbers.gone |= {before + 1, before - 1}
        numbers.count += 50
        app.table.reload()
        await read(pilot)
        assert at(app) == before
        assert list(app.table.marks) == ["pi_000499", "pi_000497"]


async def test_reading_again_keeps_the_cursor_deep_in_the_list() -> None:
    """A reload far from the top reads only around what is seen."""
    numbers = Numbers(MILLION)
    async with listed(numbers) as (pilot, app):
        for _ in range(20):
            await pilot.press("pagedown")
            await read(pilot)
        before = at(app)
        numbers.asked.clear()
        app.table.reload()
        await read(pilot)
        assert at(app) == before
        assert numbers.asked[0] == "around"


async def test_a_list_from_its_middle_shows_where_that_is() -> None:
    """Once it is known how many rows precede one of them, and as pages come."""
    numbers = Numbers(MILLION)
    async with listed(numbers) as (pilot, app):
        app.table.show(numbers, around=line(MILLION // 2))
        await read(pilot)
        assert app.table.rank is None
        assert thumbs(app) == []
        app.table.place("pi_500000", MILLION // 2 - 1)
        middle = thumbs(app)
        assert middle == [11]
        for _ in range(20):
            await pilot.press("pageup")
            await read(pilot)
        assert at(app) == MILLION // 2 - 1 + 20 * 23 + 1
        assert app.table.rank == MILLION - 1 - at(app)
        app.table.place("pi_999999", 0)  # a row that is not here tells nothing
        assert app.table.rank == MILLION - 1 - at(app)


async def test_marking_moves_down_and_unmarking_takes_all_away() -> None:
    """Space marks and unmarks; `u` takes every mark away."""
    async with listed(Numbers(500)) as (pilot, app):
        await pilot.press("space", "space")
        assert list(app.table.marks) == ["pi_000499", "pi_000498"]
        await pilot.press("k", "space")
        assert list(app.table.marks) == ["pi_000499"]
        await pilot.press("u")
        assert not app.table.marks


async def test_changed_payments_are_drawn_in_place() -> None:
    """A payment that changed shows its new state where it stands."""
    async with listed(Numbers(500)) as (_, app):
        app.table.renew({"pi_000498": line(498, version=2, name="Grace")})
        assert "Grace" in drawn(app)[2]
        assert at(app) == 499


async def test_enter_opens_the_payment_under_the_cursor() -> None:
    """Enter names the payment by its id."""
    async with listed(Numbers(500)) as (pilot, app):
        await pilot.press("j", "enter")
        await pilot.pause()
        assert app.told == ["pi_000498"]


async def test_what_was_read_stays_when_reading_fails() -> None:
    """A store that does not answer takes nothing off the screen."""
    numbers = Numbers(MILLION)
    async with listed(numbers) as (pilot, app):
        numbers.fails = True
        await pilot.press("G")
        await read(pilot)
        assert app.told == ["Another process holds the store; nothing was done."]
        assert at(app) == MILLION - 1
        numbers.fails = False
        await pilot.press("G")
        await read(pilot)
        assert at(app) == 0


async def test_an_empty_list_says_why() -> None:
    """Where there are no rows there are words."""
    async with listed(Numbers(0)) as (_, app):
        app.table.explain("No payments yet.", "", "Import some.")
        text = "\n".join(drawn(app))
        assert "No payments yet." in text
        assert "Import some." in text


@pytest.mark.parametrize("width", [60, 79, 80, 100, 120, 200])
async def test_every_line_is_as_wide_as_the_list(width: int) -> None:
    """No line is too long or too short at any width."""
    async with listed(Numbers(50), size=(width, 24)) as (_, app):
        for y in range(24):
            assert app.table.render_line(y).cell_length == width


async def test_arrows_show_the_columns_further_right() -> None:
    """On a narrow terminal `→` reaches the id while status and amount stay."""
    async with listed(Numbers(50), size=(60, 24)) as (pilot, app):
        assert "pi_" not in drawn(app)[1]
        await pilot.press(*["right"] * 6)
        assert "pi_000049" in drawn(app)[1]
        assert "1.49 USD" in drawn(app)[1]
        await pilot.press(*["left"] * 6)
        assert "pi_" not in drawn(app)[1]
