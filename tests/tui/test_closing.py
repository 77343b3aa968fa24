"""A dialog closes itself, once, and nothing beneath it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from at_work import at_work, settled, until

from conftest import Pay
from store.event import Actor
from tui.dialogs.problem import ProblemDialog
from tui.screens.payment import PaymentScreen

if TYPE_CHECKING:
    from store import Store


async def test_the_first_answer_counts_and_the_second_closes_nothing(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """Two answers to one dialog leave the screen beneath it where it is."""
    payment = pay(4200)
    told: list[None] = []
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        dialog = ProblemDialog("Something", "It was read twice.", "")
        await desk.app.push_screen(dialog, told.append)
        dialog.dismiss()
        dialog.dismiss()
        await settled(desk)
        assert isinstance(desk.app.screen, PaymentScreen)
        assert told == [None]


async def test_what_is_beneath_another_closes_after_it(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """A dialog that ends itself under another takes its own place away, not that's."""
    pay(4200)
    told: list[None] = []
    async with at_work(store, mia) as desk:
        beneath = ProblemDialog("Beneath", "It ends by itself.", "")
        above = ProblemDialog("Above", "It is read first.", "")
        list_ = desk.app.screen
        await desk.app.push_screen(beneath, told.append)
        await desk.app.push_screen(above)
        beneath.dismiss()
        await settled(desk)
        assert desk.app.screen is above
        assert told == []
        await desk.press("escape")
        await until(desk, lambda: desk.app.screen is list_)
        assert told == [None]
