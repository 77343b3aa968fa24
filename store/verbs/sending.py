"""Sending: a refund's money goes out, and what it pulls back of a share comes in."""

from dataclasses import dataclass, replace

from store import share_refusals
from store.connect import Pulled, Share, part
from store.errors import Refusal
from store.ledger import fee_refunded, transfer_reversed
from store.money import Money, proportion
from store.payment import Charge
from store.refund import Refund
from store.shape import previous_attributes
from store.share_shape import fee_shape, transfer_shape
from store.sql import shared
from store.sql.shared import FEES, TRANSFERS, Pool
from store.sql.transaction import Transaction
from store.verbs import movements
from store.verbs.movements import Sort, movement

_REVERSED = Sort("transfer_refund", "transfer_reversal", "REFUND FOR TRANSFER")
_PULLED = Sort("payment_refund", "refund", "REFUND FOR PAYMENT")
_FEE_BACK = Sort(
    "application_fee_refund", "platform_earning_refund", "REFUND FOR APPLICATION FEE"
)


@dataclass(frozen=True, slots=True)
class _Whole:
    """A transfer or application fee, and what an import says is back of it."""

    pool: Pool
    id: str
    money: Money
    elsewhere: int


def _transfer(share: Share) -> _Whole | None:
    if share.transfer is None or share.transferred is None:
        return None
    elsewhere = share.reversed_elsewhere
    return _Whole(TRANSFERS, share.transfer, share.transferred, elsewhere)


def _fee(share: Share) -> _Whole | None:
    if share.fee is None or share.fee_money is None:
        return None
    return _Whole(FEES, share.fee, share.fee_money, share.fee_refunded_elsewhere)


def why_not_pull(charge: Charge, *, transfer: bool, fee: bool) -> Refusal | None:
    """Return why a refund cannot pull back what it is asked to, or None."""
    share = charge.share
    if transfer and (share is None or _transfer(share) is None):
        return share_refusals.no_transfer(charge.id)
    if fee and (share is None or _fee(share) is None):
        return share_refusals.no_application_fee(charge.id)
    unknown = share is not None and share.account is None
    if (transfer or fee) and unknown:
        return share_refusals.account_unknown(charge.id)
    return None


def send(tx: Transaction, refund: Refund, charge: Charge) -> Refund:
    """Take a refund's money from the balance and pull back what it asks for.

    What a refund pulled back that came to nothing since is not pulled twice.
    """
    sent = movements.send(tx, refund, charge)
    share = charge.share
    if share is None or share.account is None:
        return sent
    if sent.reverse_transfer and (back := _pull(tx, sent, charge, _transfer(share))):
        tx.post(transfer_reversed(back.money, back.id, share.account))
        movement(tx, back.id, back.money, _REVERSED)
        movement(tx, back.id, -back.money, _PULLED, holder=share.account)
        sent = replace(sent, transfer_reversal=back.id)
    if sent.refund_application_fee and (back := _pull(tx, sent, charge, _fee(share))):
        tx.post(fee_refunded(back.money, back.id, share.account))
        movement(tx, back.id, -back.money, _FEE_BACK)
        movement(tx, back.id, back.money, _FEE_BACK, holder=share.account)
    return sent


def _pull(
    tx: Transaction, refund: Refund, charge: Charge, whole: _Whole | None
) -> Pulled | None:
    """Write what one more refund pulls back; None when that is nothing."""
    if whole is None:
        return None
    total = shared.asked(tx.connection, whole.pool, refund) + refund.money.amount
    already = _already(tx, refund, charge, whole)
    amount = part(whole.money, total, charge.amount_captured, already)
    if not amount:
        return None
    given = tx.ids.new(whole.pool.prefix)
    money = Money(amount, whole.money.currency)
    pulled = Pulled(given, whole.id, money, charge.id, refund.id)
    shared.add(tx, whole.pool, pulled)
    return pulled


def _already(tx: Transaction, refund: Refund, charge: Charge, whole: _Whole) -> int:
    """Return what is back already; of imported refunds their part at least."""
    imported = shared.asked(tx.connection, whole.pool, refund, imported=True)
    theirs = proportion(imported, whole.money.amount, charge.amount_captured)
    here = shared.pulled(tx.connection, whole.pool, charge.id)
    return here + max(theirs, whole.elsewhere)


def tell_pulled(tx: Transaction, refund: Refund, charge: Charge) -> bool:
    """Tell what a refund that was just sent has pulled back; return whether any."""
    share = charge.share
    wholes = (_transfer(share), _fee(share)) if share else ()
    told = False
    for whole in filter(None, wholes):
        for back in shared.of_refunds(tx.connection, whole.pool, (refund.id,)):
            now = shared.pulled(tx.connection, whole.pool, charge.id) + whole.elsewhere
            _tell(tx, charge, whole.pool, now, now - back.money.amount)
            told = True
    return told


def _tell(tx: Transaction, charge: Charge, pool: Pool, now: int, before: int) -> None:
    is_transfer = pool is TRANSFERS
    shape = transfer_shape if is_transfer else fee_shape
    after = shape(charge, now)
    previous = previous_attributes(shape(charge, before), after)
    kind = "transfer.reversed" if is_transfer else "application_fee.refunded"
    payment = charge.payment_intent or charge.id
    tx.tell(kind, after, previous=previous, payment=payment)
