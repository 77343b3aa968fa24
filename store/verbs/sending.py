"""Sending: a refund's money goes out, and what it pulls back of a share comes in."""

from dataclasses import replace

from store.payment import Charge
from store.refund import Refund
from store.sql import shared
from store.sql.transaction import Transaction
from store.transfer import PulledBack
from store.verbs import movements, pulling
from store.verbs.pulling import Whole, fee_of, transfer_of


def send(tx: Transaction, refund: Refund, charge: Charge) -> Refund:
    """Take a refund's money from the balance and pull back what it asks for.

    What a refund pulled back that came to nothing since is not pulled twice, nor what
    was pulled back without a refund.
    """
    sent = movements.send(tx, refund, charge)
    share = charge.share
    if share is None or share.account is None:
        return sent
    if sent.reverse_transfer and (back := _pull(tx, sent, charge, transfer_of(share))):
        sent = replace(sent, transfer_reversal=back.id)
    if sent.refund_application_fee:
        _pull(tx, sent, charge, fee_of(share))
    return sent


def _pull(
    tx: Transaction, refund: Refund, charge: Charge, whole: Whole | None
) -> PulledBack | None:
    """Pull back what one more refund makes due; None when that is nothing."""
    if whole is None:
        return None
    money = pulling.due(tx.connection, whole, charge, refund.money, refund.id)
    if not money:
        return None
    return pulling.take(tx, whole, charge, money, refund=refund.id)


def tell_pulled(tx: Transaction, refund: Refund, charge: Charge) -> bool:
    """Tell what a refund that was just sent has pulled back; return whether any."""
    wholes = (transfer_of(charge.share), fee_of(charge.share))
    told = False
    for whole in filter(None, wholes):
        for back in shared.of_refunds(tx.connection, whole.pool, (refund.id,)):
            pulling.tell(tx, whole, charge, back.money)
            told = True
    return told
