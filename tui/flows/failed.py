"""Failed refunds: try one again, or close it with a note."""

from typing import TYPE_CHECKING

from textual.content import Content

from store.desk.follow_up import FailedRefund
from store.outcome import RefundOutcome
from tui.dialogs.arming import Overtaken
from tui.dialogs.finish_failed import FinishFailedDialog
from tui.dialogs.issue_refund import RefundRequest
from tui.dialogs.retry_refund import RetryRefundDialog
from tui.flows.attempt import (
    Attempt,
    Desk,
    carry_out,
    payment_of,
    rehearsed,
    times_at,
)
from tui.flows.refunds import risks
from tui.words import results

if TYPE_CHECKING:
    from store import Store


async def retry_refund(desk: Desk, failed: FailedRefund) -> Content | None:
    """Refund again what failed, as a new refund in its place."""
    refund = failed.refund

    async def prepare(
        before: Overtaken[RefundRequest] | None,
    ) -> Attempt[RefundRequest, RefundOutcome]:
        payment = (await payment_of(desk, failed.payment)).payment
        key, actor, times = desk.ask.key(), desk.ask.actor, await times_at(desk)
        known = await desk.ask.read(lambda store: risks(store, payment))

        def act(
            store: "Store", asked: RefundRequest, *, preview: bool
        ) -> RefundOutcome:
            del asked  # what is asked is what was asked for then
            return store.refunds.retry(
                refund.id,
                actor=actor,
                key=None if preview else key,
                seen=payment.version,
                preview=preview,
            )

        # What its own doubts are about is the payment; one dry run tells a refusal.
        await rehearsed(desk, act)(RefundRequest(refund.money))
        dialog = RetryRefundDialog(
            failed,
            payment,
            times,
            rehearsed(desk, act),
            doubts=lambda amount: known.doubts(payment, amount, times.now),
            notice=before.told if before else None,
        )
        return Attempt(
            dialog,
            act,
            lambda outcome: results.of_retry(outcome, refund, times),
            results.refunded,
            key,
            lambda asked: f"refund {asked.amount} again in place of {refund.id}",
        )

    return await carry_out(desk, prepare)


async def finish_failed(desk: Desk, failed: FailedRefund) -> Content | None:
    """Close a failed refund, with a note of what was done."""
    refund = failed.refund.id

    async def prepare(before: Overtaken[str] | None) -> Attempt[str, FailedRefund]:
        key, actor = desk.ask.key(), desk.ask.actor

        def act(store: "Store", asked: str, *, preview: bool) -> FailedRefund:
            return store.refunds.close_failed(
                refund,
                note=asked,
                actor=actor,
                key=None if preview else key,
                preview=preview,
            )

        dialog = FinishFailedDialog(
            failed,
            rehearsed(desk, act),
            typed=before.request if before else "",
            notice=before.told if before else None,
        )
        return Attempt(
            dialog,
            act,
            results.of_finished,
            lambda closed: results.Done(closed.id, closed.id),
            key,
            lambda _: f"close {refund}",
        )

    return await carry_out(desk, prepare)
