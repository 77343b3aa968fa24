"""Payments: give up an uncaptured one."""

from typing import TYPE_CHECKING

from textual.content import Content

from store.errors import Refused
from store.outcome import PaymentOutcome
from store.payment import why_not_cancel
from tui.dialogs.arming import Overtaken
from tui.dialogs.cancel_payment import CancelPaymentDialog, CancelRequest
from tui.flows.attempt import (
    Attempt,
    Desk,
    carry_out,
    payment_of,
    rehearsed,
    times_at,
)
from tui.words import results

if TYPE_CHECKING:
    from store import Store


async def cancel_payment(desk: Desk, payment_id: str) -> Content | None:
    """Cancel an uncaptured payment."""

    async def prepare(
        before: Overtaken[CancelRequest] | None,
    ) -> Attempt[CancelRequest, PaymentOutcome]:
        payment = (await payment_of(desk, payment_id)).payment
        if refusal := why_not_cancel(payment, by_console=True):
            raise Refused(refusal)
        key, actor = desk.ask.key(), desk.ask.actor

        def act(
            store: "Store", asked: CancelRequest, *, preview: bool
        ) -> PaymentOutcome:
            return store.payment_intents.cancel(
                payment.id,
                reason=asked.reason,
                note=asked.note,
                actor=actor,
                key=None if preview else key,
                seen=payment.version,
                preview=preview,
            )

        dialog = CancelPaymentDialog(
            payment,
            await times_at(desk),
            rehearsed(desk, act),
            typed=before.request if before else None,
            notice=before.told if before else None,
        )
        what = f"cancel payment {payment.id} of {payment.money}"
        return Attempt(
            dialog,
            act,
            results.of_cancel_payment,
            lambda outcome: results.Done(outcome.payment.id),
            key,
            lambda _: what,
        )

    return await carry_out(desk, prepare)
