"""Refunds: create and cancel, and what screens read of them."""

from collections.abc import Mapping
from typing import Unpack

from store import refusals
from store.balance import PendingRefunds
from store.errors import Refused
from store.event import Actor
from store.lists.window import Listed, Window
from store.outcome import RefundDetail, RefundOutcome
from store.reference import ReferenceStatus, expected_by
from store.refund import Reason, Refund
from store.sql import attempts, lists, reads, settings, shared
from store.verbs import amend, pending
from store.verbs.amend import Metadata
from store.verbs.answer import recalled
from store.verbs.cancel_refund import cancel
from store.verbs.currencies import currency_of
from store.verbs.follow_ups import FollowUps
from store.verbs.give_up import give_up
from store.verbs.issue_refund import Asked, issue, reason_of
from store.verbs.reading import retrieve
from store.verbs.write import Request


class Refunds(FollowUps):
    """Verbs of refunds."""

    def create(
        self,
        *,
        actor: Actor,
        payment_intent: str | None = None,
        charge: str | None = None,
        amount: int | None = None,
        reason: Reason | str | None = None,
        note: str | None = None,
        metadata: Mapping[str, str] | None = None,
        instructions_email: str | None = None,
        reverse_transfer: bool = False,
        refund_application_fee: bool = False,
        currency: str | None = None,
        customer: str | None = None,
        key: str | None = None,
        seen: int | None = None,
        preview: bool = False,
    ) -> RefundOutcome:
        """Refund all that is left of a payment, or `amount` minor units of it.

        With `reverse_transfer` and `refund_application_fee` the same proportion of
        the transfer and the application fee of a shared payment comes back. Where a
        `currency` or a `customer` is named, it must be the payment's own.

        Raises:
            Refused: A rule says no (refund-rules §3); nothing was created.
            StaleView: The payment is no longer the version that was `seen`.
        """
        asked = Asked(
            payment_intent=payment_intent,
            charge=charge,
            amount=amount,
            reason=reason_of(reason),
            note=note,
            metadata=dict(metadata or {}),
            instructions_email=instructions_email,
            reverse_transfer=reverse_transfer,
            refund_application_fee=refund_application_fee,
            currency=currency and currency_of(currency),
            customer=customer,
        )
        request = Request(
            "refunds.create", asked.params(), actor, key, seen, preview=preview
        )
        return self._run(
            request,
            lambda tx: issue(tx, request, asked),
            recalled,
            lambda result: result.refund.id,
        )

    def update(
        self,
        refund: str,
        *,
        actor: Actor,
        metadata: Metadata = None,
        key: str | None = None,
        preview: bool = False,
    ) -> Refund:
        """Rewrite a refund's metadata: a key set to '' is unset, '' alone unsets all.

        Raises:
            Refused: There is no such refund, or the metadata breaks a limit.
        """
        params = {"refund": refund, "metadata": metadata}
        request = Request("refunds.update", params, actor, key, preview=preview)
        return self._run(
            request,
            lambda tx: amend.refund(tx, refund, metadata),
            lambda tx, _: amend.refund(tx, refund, None),
            lambda amended: amended.id,
        )

    def cancel(
        self,
        refund: str,
        *,
        actor: Actor,
        key: str | None = None,
        seen: int | None = None,
        preview: bool = False,
    ) -> RefundOutcome:
        """Call a refund back: by the API's rule for the API, else by the console's.

        Raises:
            Refused: It is not cancelable (any more).
            StaleView: The payment is no longer the version that was `seen`.
        """
        request = Request(
            "refunds.cancel", {"refund": refund}, actor, key, seen, preview=preview
        )
        return self._run(
            request,
            lambda tx: cancel(tx, request, refund),
            recalled,
            lambda result: result.refund.id,
        )

    def expire(
        self, refund: str, *, actor: Actor, key: str | None = None
    ) -> RefundOutcome:
        """Give up a refund that waits for its customer, before its time: test mode.

        Raises:
            Refused: There is no such refund, or it waits for nobody.
        """
        request = Request("refunds.expire", {"refund": refund}, actor, key)
        return self._run(
            request,
            lambda tx: give_up(tx, refund),
            recalled,
            lambda result: result.refund.id,
        )

    def retrieve(self, refund: str) -> Refund:
        """Return a refund.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        return retrieve(self._database, lists.REFUNDS, refund, "refund")

    def list(
        self,
        *,
        charge: str | None = None,
        payment_intent: str | None = None,
        **window: Unpack[Window],
    ) -> Listed[Refund]:
        """Return a page of refunds, newest first, of one payment or of all.

        Raises:
            Refused: There is no such payment, the cursor is unknown, or there are two.
        """
        with self._database.read() as connection:
            if charge and lists.find(connection, lists.CHARGES, charge) is None:
                raise Refused(refusals.no_such("charge", charge, "charge"))
            intent = payment_intent
            if intent and lists.find(connection, lists.INTENTS, intent) is None:
                kind = "payment_intent"
                raise Refused(refusals.no_such(kind, intent, kind))
            return lists.listed(
                connection,
                lists.REFUNDS,
                window,
                charge=charge,
                payment_intent=payment_intent,
            )

    def count(self, charge: str) -> int:
        """Return how many refunds a charge ever had."""
        with self._database.read() as connection:
            return lists.count(connection, lists.REFUNDS, charge=charge)

    def detail(self, given: str) -> RefundDetail:
        """Return a refund with its payment, movements, events and reference.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        with self._database.read() as connection:
            refund = reads.refund(connection, given)
            if refund is None:
                raise Refused(refusals.no_such("refund", given, "refund"))
            payment = attempts.payment_of_charge(connection, refund.charge or "")
            pulled = shared.sources(connection, (refund.id,))
            movements = reads.movements_of(connection, (refund.id, *pulled))
            events = reads.events(connection, refund.id, 100)
            window = settings.read(connection).cancel_window
        arrived = [e for e in events if "destination_details" in e.previous]
        where = refund.destination
        status = where.status if where else None
        since = arrived[0].created if arrived else None
        return RefundDetail(
            refund=refund,
            payment=payment,
            movements=movements,
            events=tuple(reversed(events)),
            reference_since=since if status is ReferenceStatus.AVAILABLE else None,
            reference_expected_by=expected_by(refund.created)
            if status is ReferenceStatus.PENDING
            else None,
            cancel_window=window,
        )

    def pending(self) -> PendingRefunds:
        """Return every refund that waits, and what the balances hold and miss."""
        with self._database.read() as connection:
            return pending.read(connection)
