"""Follow-ups: the verbs of refunds that failed."""

from store import refusals
from store.desk.follow_up import (
    CLOSED,
    RETRIED,
    FailedRefund,
    follow_up_shape,
    why_not_follow_up,
)
from store.desk.note import worded
from store.errors import Refused
from store.event import Actor
from store.lists.page import PAGE_SIZE, Cursor, Page
from store.outcome import RefundOutcome
from store.refund import CHOSEN_REASONS, Refund
from store.refusals import desk as desk_refusals
from store.sql import follow_ups, reads
from store.sql.transaction import Transaction
from store.verbs.answer import recalled
from store.verbs.issue_refund import Asked, issue
from store.verbs.write import Request, Verbs


class FollowUps(Verbs):
    """What refunds that failed can be asked, and what is done about them."""

    def failed(
        self,
        *,
        done: bool = False,
        after: Cursor | None = None,
        before: Cursor | None = None,
        last: bool = False,
        limit: int = PAGE_SIZE,
    ) -> Page[FailedRefund]:
        """Return refunds that failed, the last first: open ones, or those dealt with.

        A page continues at its `last` place; with `last` it is the one that ends the
        list.
        """
        with self._database.read() as connection:
            now = self._clock.now()
            return follow_ups.page(
                connection,
                now,
                done=done,
                after=after,
                before=before,
                last=last,
                limit=max(1, limit),
            )

    def follow_ups(self, *refunds: str) -> tuple[FailedRefund, ...]:
        """Return what the inbox says of those of some refunds that failed."""
        with self._database.read() as connection:
            now = self._clock.now()
            return tuple(follow_ups.several(connection, now, refunds))

    def failed_count(self) -> int:
        """Return how many refunds failed that nobody has dealt with."""
        with self._database.read() as connection:
            return follow_ups.open_ones(connection)

    def close_failed(
        self,
        refund: str,
        *,
        note: str,
        actor: Actor,
        key: str | None = None,
        preview: bool = False,
    ) -> FailedRefund:
        """Take a refund that failed out of the inbox; the note says what was done.

        Raises:
            Refused: It did not fail, was dealt with before, or the note says nothing.
        """
        params = {"refund": refund, "note": note}
        request = Request("refunds.close_failed", params, actor, key, preview=preview)

        def act(tx: Transaction) -> FailedRefund:
            said = worded(note)
            _, found = _failed(tx, refund)
            if found.is_done:
                who = found.done_by or "Somebody"
                raise Refused(desk_refusals.closed_already(refund, who))
            follow_ups.finish(tx.connection, refund, tx.actor, tx.now, note=said)
            shape = follow_up_shape(found.refund, found.payment, note=said)
            tx.tell(CLOSED, shape, payment=found.payment)
            return _failed(tx, refund)[1]

        return self._run(
            request,
            act,
            lambda tx, given: _failed(tx, given)[1],
            lambda found: found.refund.id,
        )

    def retry(
        self,
        refund: str,
        *,
        actor: Actor,
        key: str | None = None,
        seen: int | None = None,
        preview: bool = False,
    ) -> RefundOutcome:
        """Refund again what a failed refund did not bring: a new refund, linked to it.

        Raises:
            Refused: It did not fail, was tried again before, or the rules refuse.
            StaleView: The payment is no longer the version that was `seen`.
        """
        request = Request(
            "refunds.retry", {"refund": refund}, actor, key, seen, preview=preview
        )

        def act(tx: Transaction) -> RefundOutcome:
            old, found = _failed(tx, refund)
            if found.retried_as:
                raise Refused(desk_refusals.retried_already(refund, found.retried_as))
            made = issue(tx, request, _again(old))
            new = made.refund.id
            follow_ups.finish(tx.connection, refund, tx.actor, tx.now, retried_as=new)
            shape = follow_up_shape(old, made.payment.id, retried_as=new)
            tx.tell(RETRIED, shape, payment=made.payment.id)
            return made

        return self._run(request, act, recalled, lambda result: result.refund.id)


def _failed(tx: Transaction, given: str) -> tuple[Refund, FailedRefund]:
    refund = reads.refund(tx.connection, given)
    if refund is None:
        raise Refused(refusals.no_such("refund", given, "refund"))
    if refusal := why_not_follow_up(refund):
        raise Refused(refusal)
    found = follow_ups.one(tx.connection, tx.now, given)
    if found is None:
        raise Refused(desk_refusals.only_failed(given, refund.status))
    return refund, found


def _again(old: Refund) -> Asked:
    """Return what was asked then; a reason that nobody may choose is left out."""
    return Asked(
        charge=old.charge,
        amount=old.money.amount,
        reason=old.reason if old.reason in CHOSEN_REASONS else None,
        note=old.note,
        metadata=dict(old.metadata),
        instructions_email=old.instructions_email,
        reverse_transfer=old.reverse_transfer,
        refund_application_fee=old.refund_application_fee,
    )
