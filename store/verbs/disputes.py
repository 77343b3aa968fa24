"""Disputes: what the bank tells of a customer's objection."""

from store import refusals
from store.errors import Refused
from store.event import Actor
from store.money import Money
from store.payment import Dispute
from store.sql import reads
from store.sql.transaction import Transaction
from store.verbs.dispute import close, open_dispute
from store.verbs.payments import missing
from store.verbs.write import Request, Verbs

ENDS = ("won", "lost", "warning_closed")


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
            if found.amount_captured == 0 or found.disputed:
                raise Refused(refusals.not_disputable(charge))
            money = found.unrefunded or found.money
            if amount is not None:
                money = Money(amount, found.money.currency)
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
            ends = ("warning_closed",) if found.is_inquiry else ("won", "lost")
            if found.status in ENDS or status not in ends:
                raise Refused(refusals.dispute_cannot_end(found.status, status))
            return close(tx, found, status)

        return self._run(request, act, _recall, lambda found: found.id)

    def retrieve(self, dispute: str) -> Dispute:
        """Return a dispute.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        with self._database.read() as connection:
            found = reads.dispute(connection, dispute)
        if found is None:
            raise Refused(refusals.no_such("dispute", dispute, "dispute"))
        return found


def _recall(tx: Transaction, dispute: str) -> Dispute:
    found = reads.dispute(tx.connection, dispute)
    if found is None:
        raise Refused(refusals.no_such("dispute", dispute, "dispute"))
    return found
