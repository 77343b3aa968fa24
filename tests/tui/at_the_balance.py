"""At the balance: the screen of balances, as an agent moves in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from at_work import Desk, said, settled

from conftest import Funds, Pay
from store.event import Actor
from tui.screens.balance import BalanceScreen

if TYPE_CHECKING:
    from store import Store


def two_wait(store: Store, mia: Actor, pay: Pay, funds: Funds) -> list[str]:
    """Let refunds wait in two currencies: 310.00 EUR, short 96.20, and 9,000 JPY."""
    funds(21380, "eur")
    euros, yen = pay(31000, "eur", "pm_card_visa"), pay(9000, "jpy", "pm_card_visa")
    made = [
        store.refunds.create(payment_intent=payment.id, actor=mia)
        for payment in (euros, yen)
    ]
    return [outcome.refund.id for outcome in made]


def shown(desk: Desk) -> BalanceScreen:
    """Return the screen that is on top."""
    screen = desk.app.screen
    assert isinstance(screen, BalanceScreen)
    return screen


async def chosen(desk: Desk, currency: str) -> None:
    """Go to a currency with the key for the next one."""
    screen = shown(desk)
    for _ in range(screen.balances.option_count):
        if screen.balances.key == currency:
            break
        await desk.press("right_square_bracket")
        await settled(desk)
    assert screen.balances.key == currency
    assert f"movements of {currency.upper()}" in said(desk, "#title")
