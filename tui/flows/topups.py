"""Top-ups: add funds, so that waiting refunds go out."""

from typing import TYPE_CHECKING

from textual.content import Content

from store.balance import Balance
from store.errors import Refused
from store.money import Money, zero
from store.outcome import TopupOutcome
from store.refusals import desk as desk_refusals
from tui.dialogs.arming import Overtaken
from tui.dialogs.cover import Amounts, CoverDialog
from tui.dialogs.top_up import TopUpDialog
from tui.flows.attempt import Attempt, Desk, carry_out, rehearsed
from tui.words import results

if TYPE_CHECKING:
    from store import Store


async def top_up(
    desk: Desk, currency: str, *, typed: Money | None = None
) -> Content | None:
    """Add funds to a currency, by default what it is short of.

    What was `typed` already stands in the dialog, which asks all the same.
    """

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
            typed=before.request if before else typed,
            notice=before.told if before else None,
        )
        return Attempt(
            dialog,
            act,
            results.of_topup,
            lambda outcome: results.Done(outcome.id),
            key,
            lambda asked: f"top up by {asked}",
        )

    return await carry_out(desk, prepare)


async def cover(desk: Desk) -> Content | None:
    """Add to every currency what its waiting refunds are short of, all or nothing."""

    async def prepare(
        before: Overtaken[Amounts] | None,
    ) -> Attempt[Amounts, tuple[TopupOutcome, ...]]:
        pending = await desk.ask.read(lambda store: store.refunds.pending())
        short = tuple(one for one in pending.balances if one.short)
        if not short:
            raise Refused(desk_refusals.nothing_short())
        key, actor = desk.ask.key(), desk.ask.actor

        def act(
            store: "Store", asked: Amounts, *, preview: bool
        ) -> tuple[TopupOutcome, ...]:
            return store.topups.cover(
                amounts=asked,
                actor=actor,
                key=None if preview else key,
                preview=preview,
            )

        dialog = CoverDialog(
            short, rehearsed(desk, act), notice=before.told if before else None
        )
        return Attempt(
            dialog,
            act,
            results.of_cover,
            lambda outcomes: results.Done(outcomes[0].id),
            key,
            _words,
        )

    return await carry_out(desk, prepare)


def _words(asked: Amounts) -> str:
    return f"top up by {', '.join(map(str, asked))}"
