"""The filter of the list of payments: what is typed, and what follows it."""

from __future__ import annotations

from at_work import Desk, settled

from store.payment import Customer
from tui.screens.payments import PaymentsScreen
from tui.widgets.filter_input import FilterInput

JANE = Customer("cus_jane", "Jane Doe", "jane@example.com")


def listed(desk: Desk) -> PaymentsScreen:
    """Return the list's screen."""
    assert isinstance(desk.app.screen, PaymentsScreen)
    return desk.app.screen


async def followed(desk: Desk) -> None:
    """Wait until the list follows what was typed."""
    await desk.pause()
    while not listed(desk).bar.is_settled:
        await desk.pause(0.02)
    await settled(desk)


async def typing(desk: Desk, text: str) -> FilterInput:
    """Type into the filter, and wait until the list and the line below follow."""
    if not listed(desk).bar.is_editing:
        await desk.press("slash")
    await desk.pause()
    field = listed(desk).query_one(FilterInput)
    for letter in text:
        field.insert_text_at_cursor(letter)
    await followed(desk)
    return field
