"""Refunds: issue one, and call one back."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from store import refusals
from store.desk.caution import Caution, PastRefund, cautions
from store.desk.follow_up import FailedRefund
from store.errors import Refusal, Refused, StoreError
from store.money import Money
from store.outcome import PaymentDetail, RefundOutcome
from store.payment import Payment, why_not_refund
from store.payment import why_not_cancel as why_not_cancel_payment
from store.refund import Refund, RefundStatus, why_not_cancel
from tui.actions import CANCEL_PAYMENT, CANCEL_REFUND
from tui.dialogs.arming import Overtaken
from tui.dialogs.cancel_refund import CancelRefundDialog
from tui.dialogs.issue_refund import IssueRefundDialog, RefundRequest
from tui.dialogs.pick_refund import Candidate, PickRefundDialog
from tui.flows.attempt import (
    Attempt,
    Desk,
    carry_out,
    payment_of,
    rehearsed,
    times_at,
)
from tui.words import results
from tui.words.times import Times

if TYPE_CHECKING:
    from store import Store


async def refund(
    desk: Desk,
    payment_id: str,
    *,
    partial: bool = False,
    typed: RefundRequest | None = None,
) -> Content | None:
    """Refund a payment: all that is left, or with `partial` an amount to be typed.

    What was `typed` already stands in the dialog, which asks all the same.
    """

    async def prepare(
        before: Overtaken[RefundRequest] | None,
    ) -> Attempt[RefundRequest, RefundOutcome]:
        payment = (await payment_of(desk, payment_id)).payment
        if refusal := why_not_refund(payment):
            raise _refused(refusal, payment)
        key, actor, times = desk.ask.key(), desk.ask.actor, await times_at(desk)
        known = await desk.ask.read(lambda store: risks(store, payment))

        def act(
            store: "Store", asked: RefundRequest, *, preview: bool
        ) -> RefundOutcome:
            return store.refunds.create(
                charge=payment.charge.id if payment.charge else None,
                amount=asked.amount.amount,
                reason=asked.reason,
                note=asked.note,
                reverse_transfer=asked.reverse_transfer,
                refund_application_fee=asked.refund_application_fee,
                actor=actor,
                key=None if preview else key,
                seen=payment.version,
                preview=preview,
            )

        dialog = IssueRefundDialog(
            payment,
            times,
            rehearsed(desk, act),
            doubts=lambda amount: known.doubts(payment, amount, times.now),
            partial=partial,
            typed=before.request if before else typed,
            notice=before.told if before else None,
        )
        return Attempt(
            dialog,
            act,
            lambda outcome: results.of_refund(outcome, times),
            results.refunded,
            key,
            lambda asked: f"refund {asked.amount} of {payment.id}",
        )

    return await carry_out(desk, prepare)


def _refused(refusal: Refusal, payment: Payment) -> Refused:
    """Return why there is no refund, and what to do instead where that is known."""
    refused = Refused(refusal)
    if why_not_cancel_payment(payment, by_console=True) is None:
        refused.add_note(f"{CANCEL_PAYMENT.key} cancels the payment.")
    return refused


@dataclass(frozen=True, slots=True)
class Risks:
    """What a refund's cautions are told from."""

    recent: tuple[PastRefund, ...]
    threshold: Money | None
    closed: tuple[FailedRefund, ...]

    def doubts(
        self, payment: Payment, amount: Money, now: datetime
    ) -> tuple[Caution, ...]:
        """Return why a refund of that amount may be a mistake."""
        return cautions(
            payment, amount, self.recent, now, self.threshold, closed=self.closed
        )


def risks(store: "Store", payment: Payment) -> Risks:
    """Return what is known of the customer, the limits and what failed before."""
    failed = [one for one in payment.refunds if one.status is RefundStatus.FAILED]
    return Risks(
        store.payments.recent_refunds(payment.id),
        store.settings.threshold(payment.money.currency),
        store.refunds.follow_ups(*(one.id for one in failed)) if failed else (),
    )


async def cancel_refund(
    desk: Desk, payment_id: str, refund_id: str | None = None
) -> Content | None:
    """Cancel a refund of a payment; where several are there, ask which."""
    try:
        chosen = refund_id or await _pick(desk, payment_id)
    except StoreError as refused:
        return results.nothing_done(refused)
    if chosen is None:
        return None

    async def prepare(before: Overtaken[str] | None) -> Attempt[str, RefundOutcome]:
        detail = await payment_of(desk, payment_id)
        payment = detail.payment
        times = await times_at(desk)
        meant = next((one for one in payment.refunds if one.id == chosen), None)
        if meant is None:
            raise Refused(refusals.no_such("refund", chosen, "refund"))
        if refusal := _why_not(detail, meant, times):
            raise Refused(refusal)
        key, actor = desk.ask.key(), desk.ask.actor

        def act(store: "Store", asked: str, *, preview: bool) -> RefundOutcome:
            return store.refunds.cancel(
                asked,
                actor=actor,
                key=None if preview else key,
                seen=payment.version,
                preview=preview,
            )

        dialog = CancelRefundDialog(
            payment,
            meant,
            times,
            rehearsed(desk, act),
            notice=before.told if before else None,
        )
        what = f"cancel refund {meant.id} of {meant.money}"
        return Attempt(
            dialog,
            act,
            results.of_cancel_refund,
            results.refunded,
            key,
            lambda _: what,
        )

    return await carry_out(desk, prepare)


async def _pick(desk: Desk, payment_id: str) -> str | None:
    """Return the refund that is meant: the only one, or the one that is picked."""
    detail = await payment_of(desk, payment_id)
    times = await times_at(desk)
    candidates = tuple(
        Candidate(one, _why_not(detail, one, times)) for one in detail.payment.refunds
    )
    if not candidates:
        raise Refused(refusals.no_refund_yet())
    if len(candidates) == 1:
        return candidates[0].refund.id
    title = CANCEL_REFUND.title
    dialog = PickRefundDialog(title, candidates, times, desk.likely_refund)
    return await desk.app.push_screen_wait(dialog)


def _why_not(detail: PaymentDetail, meant: Refund, times: Times) -> Refusal | None:
    charge = detail.payment.charge
    if charge is None:
        return refusals.no_successful_charge(detail.payment.id)
    return why_not_cancel(meant, charge.method, times.now, detail.cancel_window)
