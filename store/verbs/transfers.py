"""Transfers: a part of a charge that was taken before goes to a connected account."""

from store import refusals, share_refusals
from store.connect import Share
from store.errors import Refused
from store.event import Actor
from store.money import Money
from store.share_shape import transfer_shape
from store.sql import reads
from store.sql.transaction import Transaction
from store.verbs import sharing
from store.verbs.release import release
from store.verbs.write import Request, Verbs


class Transfers(Verbs):
    """Verbs of transfers; a charge is shared once."""

    def create(
        self,
        *,
        source_transaction: str,
        destination: str,
        amount: int,
        actor: Actor,
        key: str | None = None,
    ) -> Share:
        """Transfer `amount` of a charge; it becomes available there with the charge.

        Raises:
            Refused: There is no such charge, it cannot be shared, or not by so much.
        """
        params = {
            "source_transaction": source_transaction,
            "destination": destination,
            "amount": amount,
        }
        request = Request("transfers.create", params, actor, key)

        def act(tx: Transaction) -> Share:
            charge = reads.charge(tx.connection, source_transaction)
            if charge is None:
                raise Refused(
                    refusals.no_such("charge", source_transaction, "source_transaction")
                )
            settled = charge.settlement
            if settled is None or charge.share is not None:
                raise Refused(share_refusals.not_transferable(charge.id))
            if not 1 <= amount <= settled.amount:
                raise Refused(share_refusals.shares_too_much("amount"))
            money = Money(amount, settled.currency)
            given = sharing.hand_over(tx, charge, destination, money)
            tx.set_charge(given)
            payment = charge.payment_intent or charge.id
            tx.tell("transfer.created", transfer_shape(given, 0), payment=payment)
            tx.touch(payment)
            release(tx, settled.currency, destination)
            return _share(tx, charge.id)

        return self._run(request, act, _share, lambda _: source_transaction)


def _share(tx: Transaction, charge_id: str) -> Share:
    found = reads.charge(tx.connection, charge_id)
    if found is None or found.share is None:
        raise Refused(refusals.no_such("charge", charge_id, "source_transaction"))
    return found.share
