"""Pulling: parts of a transfer or an application fee come back, whoever asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from store.connect import Pulled, Share, part
from store.errors import Refusal
from store.ledger import fee_refunded, transfer_reversed
from store.money import Money, proportion
from store.payment import Charge
from store.refund import Refund
from store.refusals import shares as share_refusals
from store.shape.objects import previous_attributes
from store.shape.shares import fee_shape, transfer_shape
from store.shared_refund import SharedRefund
from store.sql import Connection, shared
from store.sql.shared import FEES, TRANSFERS, Pool
from store.sql.transaction import Transaction
from store.transfer import PulledBack
from store.verbs.movements import Sort, movement

_REVERSED = Sort("transfer_refund", "transfer_reversal", "REFUND FOR TRANSFER")
_PULLED = Sort("payment_refund", "refund", "REFUND FOR PAYMENT")
_FEE_BACK = Sort(
    "application_fee_refund", "platform_earning_refund", "REFUND FOR APPLICATION FEE"
)


@dataclass(frozen=True, slots=True)
class Whole:
    """A transfer or application fee, and what an import says is back of it."""

    pool: Pool
    id: str
    money: Money
    elsewhere: int


def transfer_of(share: Share | None) -> Whole | None:
    """Return the transfer of a shared charge, where the money has moved."""
    if share is None or share.transfer is None or share.transferred is None:
        return None
    elsewhere = share.reversed_elsewhere
    return Whole(TRANSFERS, share.transfer, share.transferred, elsewhere)


def fee_of(share: Share | None) -> Whole | None:
    """Return the application fee of a shared charge, where the money has moved."""
    if share is None or share.fee is None or share.fee_money is None:
        return None
    return Whole(FEES, share.fee, share.fee_money, share.fee_refunded_elsewhere)


def why_not_pull(charge: Charge, *, transfer: bool, fee: bool) -> Refusal | None:
    """Return why nothing can be pulled back of what is asked for, or None."""
    share = charge.share
    if transfer and transfer_of(share) is None:
        return share_refusals.no_transfer(charge.id)
    if fee and fee_of(share) is None:
        return share_refusals.no_application_fee(charge.id)
    unknown = share is not None and share.account is None
    if (transfer or fee) and unknown:
        return share_refusals.account_unknown(charge.id)
    return None


def shared_refund(
    connection: Connection,
    charge: Charge,
    money: Money,
    *,
    takes: Money,
    transfer: bool = False,
    fee: bool = False,
) -> SharedRefund | None:
    """Return what one more refund takes from whom; None where nobody shares it.

    It refunds `money` of the charge, which `takes` that from a balance.
    """
    share = charge.share
    if share is None or share.account is None:
        return None
    moved, taken = transfer_of(share), fee_of(share)
    parts = [one for one in (moved, taken) if one]
    if not parts or any(one.money.currency != takes.currency for one in parts):
        return None
    return SharedRefund(
        share.type,
        share.account,
        takes,
        due(connection, moved, charge, money) if moved else None,
        due(connection, taken, charge, money) if taken else None,
        reverse_transfer=transfer,
        refund_application_fee=fee,
    )


def foretold(
    connection: Connection, charge: Charge, refund: Refund
) -> SharedRefund | None:
    """Return what a refund takes from whom, before any money of it moves."""
    return shared_refund(
        connection,
        charge,
        refund.money,
        takes=refund.takes,
        transfer=refund.reverse_transfer,
        fee=refund.refund_application_fee,
    )


def due(
    connection: Connection,
    whole: Whole,
    charge: Charge,
    refunded: Money,
    besides: str = "",
) -> Money:
    """Return what one more refund makes due of a transfer or an application fee."""
    others = shared.asked(connection, whole.pool, charge.id, besides=besides)
    total = others + refunded.amount
    before = already(connection, whole, charge, besides)
    amount = part(whole.money, total, charge.amount_captured, before)
    return Money(amount, whole.money.currency)


def already(
    connection: Connection, whole: Whole, charge: Charge, besides: str = ""
) -> int:
    """Return what is back already; of imported refunds their part at least.

    One refund is left out: the one that asks `besides`.
    """
    imported = shared.asked(
        connection, whole.pool, charge.id, besides=besides, imported=True
    )
    theirs = proportion(imported, whole.money.amount, charge.amount_captured)
    here = shared.pulled(connection, whole.pool, charge.id)
    return here + max(theirs, whole.elsewhere)


def take(
    tx: Transaction,
    whole: Whole,
    charge: Charge,
    money: Money,
    *,
    refund: str | None = None,
    metadata: Mapping[str, str] | None = None,
    extra: Mapping[str, object] | None = None,
) -> PulledBack:
    """Pull that much back: the row, the posting, and both holders' movements.

    The transfer's money comes from the connected account, the fee's goes to it.
    """
    given = tx.ids.new(whole.pool.prefix)
    pulled = Pulled(
        given, whole.id, money, charge.id, refund, metadata or {}, extra or {}
    )
    shared.add(tx, whole.pool, pulled)
    account = (charge.share and charge.share.account) or ""
    if whole.pool is TRANSFERS:
        tx.post(transfer_reversed(money, given, account))
        made = movement(tx, given, money, _REVERSED)
        movement(tx, given, -money, _PULLED, holder=account)
    else:
        tx.post(fee_refunded(money, given, account))
        made = movement(tx, given, -money, _FEE_BACK)
        movement(tx, given, money, _FEE_BACK, holder=account)
    return PulledBack(pulled, tx.now, made.id)


def tell(tx: Transaction, whole: Whole, charge: Charge, money: Money) -> None:
    """Tell that this much was just pulled back."""
    is_transfer = whole.pool is TRANSFERS
    now = shared.pulled(tx.connection, whole.pool, charge.id) + whole.elsewhere
    shape = transfer_shape if is_transfer else fee_shape
    after = shape(charge, now)
    previous = previous_attributes(shape(charge, now - money.amount), after)
    kind = "transfer.reversed" if is_transfer else "application_fee.refunded"
    payment = charge.payment_intent or charge.id
    tx.tell(kind, after, previous=previous, payment=payment)
