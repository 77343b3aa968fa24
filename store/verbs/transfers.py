"""Transfers: a part of a charge goes to a connected account, and comes back."""

from collections.abc import Mapping
from dataclasses import replace

from store import refusals
from store.connect import Share, is_account
from store.errors import Refused
from store.event import Actor
from store.extra import merged
from store.money import Money
from store.refusals import shares as share_refusals
from store.shape.shares import TRANSFER_SAID, transfer_shape
from store.sql import pulled, reads
from store.sql.transaction import Transaction
from store.transfer import PulledBack
from store.verbs import sharing, taking_back
from store.verbs.amend import Metadata
from store.verbs.currencies import currency_of
from store.verbs.metadata import checked
from store.verbs.parts import TransferParts, any_back
from store.verbs.release import release
from store.verbs.write import Request, Verbs


class Transfers(Verbs, TransferParts):
    """Verbs of transfers; a charge is shared once."""

    def create(
        self,
        *,
        source_transaction: str,
        destination: str,
        amount: int,
        actor: Actor,
        currency: str | None = None,
        metadata: Mapping[str, str] | None = None,
        extra: Mapping[str, object] | None = None,
        key: str | None = None,
    ) -> Share:
        """Transfer `amount` of a charge; it becomes available there with the charge.

        Raises:
            Refused: There is no such charge, it cannot be shared, or not by so much.
        """
        named = currency and currency_of(currency)
        params = {
            "source_transaction": source_transaction,
            "destination": destination,
            "amount": amount,
            "currency": named,
            "metadata": checked(metadata),
            "extra": merged({}, extra or {}),
        }
        request = Request("transfers.create", params, actor, key)

        def act(tx: Transaction) -> Share:
            charge = reads.charge(tx.connection, source_transaction)
            if charge is None:
                raise Refused(
                    refusals.no_such("charge", source_transaction, "source_transaction")
                )
            if not is_account(destination):
                raise Refused(
                    refusals.no_such("destination", destination, "destination")
                )
            settled = charge.settlement
            if settled is None or charge.share is not None:
                raise Refused(share_refusals.not_transferable(charge.id))
            if not 1 <= amount <= settled.amount:
                raise Refused(share_refusals.shares_too_much("amount"))
            money = Money(amount, settled.currency)
            if named and named != settled.currency:
                raise Refused(share_refusals.settled_otherwise(settled.currency))
            given = sharing.hand_over(tx, charge, destination, money)
            said = {"metadata": params["metadata"], **merged({}, extra or {})}
            given = replace(given, extra={**given.extra, TRANSFER_SAID: said})
            tx.set_charge(given)
            payment = charge.payment_intent or charge.id
            tx.tell("transfer.created", transfer_shape(given, 0), payment=payment)
            tx.touch(payment)
            release(tx, settled.currency, destination)
            return _share(tx, charge.id)

        return self._run(request, act, _share, lambda _: source_transaction)

    def reverse(
        self,
        transfer: str,
        *,
        amount: int | None = None,
        metadata: Metadata = None,
        refund_application_fee: bool = False,
        extra: Mapping[str, object] | None = None,
        actor: Actor,
        key: str | None = None,
        preview: bool = False,
    ) -> PulledBack:
        """Pull `amount` of a transfer back, or all that is left, without a refund.

        Raises:
            Refused: There is no such transfer, or not so much is left of it.
        """
        asked = taking_back.Asked(
            transfer, amount, metadata, refund_application_fee, extra
        )
        request = Request(
            "transfers.reverse", asked.params(), actor, key, preview=preview
        )
        return self._run(
            request,
            lambda tx: taking_back.reverse(tx, asked),
            lambda tx, back: any_back(tx.connection, pulled.TRANSFERS, back),
            lambda back: back.id,
        )


def _share(tx: Transaction, charge_id: str) -> Share:
    found = reads.charge(tx.connection, charge_id)
    if found is None or found.share is None:
        raise Refused(refusals.no_such("charge", charge_id, "source_transaction"))
    return found.share
