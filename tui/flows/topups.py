"""Top-ups: add funds, so that waiting refunds go out."""

from typing import TYPE_CHECKING

from textual.content import Content

from store.balance import Balance
from store.money import Money, zero
from store.outcome import TopupOutcome
from tui import results
from tui.dialogs.arming import Overtaken
from tui.dialogs.top_up import TopUpDialog
from tui.flows.attempt import Attempt, Desk, carry_out, rehearsed

if TYPE_CHECKING:
    from store import Store


async def top_up(desk: Desk, currency: str) -> Content | None:
    """Add funds to a currency, by default what it is short of."""

    async def prepare(before: Overtaken[Money] | None) -> Attempt[Money, TopupOutcome]:
        pending = await desk.ask.read(lambda store: store.refunds.pending())
        nothing = zero(currency)
        balance = next(
            (one for one in pending.balances if one.held.currency == currency),
            Balance(nothing, nothing, nothing),
        )
        key, actor = desk.ask.key(), desk.ask.actor

        def act(store: "Store", asked: Money, *, preview: bool) -> TopupOutcome:
            return store.topups.create(
                amount=asked.amount,
                currency=asked.currency,
                actor=actor,
                key=None if preview else key,
                preview=preview,
            )

        dialog = TopUpDialog(
            balance,
            rehearsed(desk, act),
            typed=before.request if before else None,
            notice=before.told if before else None,
        )
        return Attempt(dialog, act, results.of_topup)

    return await carry_out(desk, prepare)
