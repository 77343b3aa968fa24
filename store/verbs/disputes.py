"""Disputes: what the bank tells of a customer's objection."""

from typing import Unpack

from store import refusals
from store.dispute import Dispute
from store.errors import Refused
from store.event import Actor
from store.lists.window import Listed, Window
from store.money import Money
from store.moves import Kind, What, after
from store.payment import Charge, ChargeStatus
from store.sql import lists, reads
from store.sql.transaction import Transaction
from store.verbs.dispute import close, disputable, open_dispute
from store.verbs.payments import missing
from store.verbs.reading import page, retrieve
from store.verbs.write import Request, Verbs

ENDS = (What.WON, What.LOST, What.CLOSED)
"""How a dispute ends; each ends what it does by the same name."""


class Disputes(Verbs):
    """Verbs of disputes; in a sandbox the bank's part is played by whoever calls."""

    def create(
        self,
        *,
        charge: str,
        actor: Actor,
        amount: int | None = None,
        reason: str = "fraudulent",
        inquiry: bool = False,
        key: str | None = None,
    ) -> Dispute:
        """Let the customer object to a captured charge, or to `amount` of it.

        Raises:
            Refused: There is no such charge, or nothing of it was taken.
        """
        params = {"charge": charge, "amount": amount, "inquiry": inquiry}
        request = Request("disputes.create", params, actor, key)

        def act(tx: Transaction) -> Dispute:
            found = reads.charge(tx.connection, charge)
            if found is None:
                raise Refused(missing(charge))
            taken = found.status is ChargeStatus.SUCCEEDED and found.captured
            if not taken or found.disputed:
                raise Refused(refusals.not_disputable(charge))
            money = disputable(tx, found) or found.money
            if amount is not None:
                money = _part(amount, found)
            return open_dispute(tx, found, money, reason, inquiry=inquiry)

        return self._run(request, act, _recall, lambda dispute: dispute.id)

    def close(
        self, dispute: str, *, status: str, actor: Actor, key: str | None = None
    ) -> Dispute:
        """End an open dispute: `won`, `lost`, or `warning_closed` for an inquiry.

        Raises:
            Refused: There is no such dispute, or it has ended already.
        """
        params = {"dispute": dispute, "status": status}
        request = Request("disputes.close", params, actor, key)

        def act(tx: Transaction) -> Dispute:
            found = _recall(tx, dispute)
            if found.status in ENDS:
                raise Refused(refusals.dispute_closed())
            ends = status in ENDS and after(Kind.DISPUTE, found.status, What(status))
            if not ends:
                raise Refused(refusals.dispute_cannot_end(found.status, status))
            return close(tx, found, status)

        return self._run(request, act, _recall, lambda found: found.id)

    def retrieve(self, dispute: str) -> Dispute:
        """Return a dispute.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        return retrieve(self._database, lists.DISPUTES, dispute, "dispute")

    def list(
        self,
        *,
        charge: str | None = None,
        payment_intent: str | None = None,
        **window: Unpack[Window],
    ) -> Listed[Dispute]:
        """Return a page of disputes, newest first, of one payment or of all.

        Raises:
            Refused: The cursor is unknown, or there are two.
        """
        return page(
            self._database,
            lists.DISPUTES,
            window,
            charge=charge,
            payment_intent=payment_intent,
        )


def _part(amount: int, charge: Charge) -> Money:
    """Return a disputed amount that is not more than what was taken."""
    taken = Money(charge.amount_captured, charge.money.currency)
    part = Money(amount, charge.money.currency)
    if amount < 1:
        raise Refused(refusals.amount_below_one())
    if taken < part:
        raise Refused(refusals.more_than_charge(part, taken))
    return part


def _recall(tx: Transaction, dispute: str) -> Dispute:
    found = reads.dispute(tx.connection, dispute)
    if found is None:
        raise Refused(refusals.no_such("dispute", dispute, "dispute"))
    return found
