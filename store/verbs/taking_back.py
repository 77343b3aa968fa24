"""Taking back: a transfer is reversed, or a fee given back, without any refund."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from store import connect
from store.errors import Refused
from store.money import Money
from store.payment import Charge
from store.refusals import shares as share_refusals
from store.sql import pulled, reads
from store.sql.transaction import Transaction
from store.transfer import PulledBack
from store.verbs import pulling
from store.verbs.amend import Metadata
from store.verbs.metadata import merged
from store.verbs.parts import charge_of
from store.verbs.pulling import Whole, fee_of, transfer_of
from store.verbs.release import release


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to come back of a transfer or fee; without an amount, what is left."""

    of: str
    amount: int | None = None
    metadata: Metadata = None
    refund_application_fee: bool = False
    extra: Mapping[str, object] | None = None

    def params(self) -> dict[str, object]:
        """Return what an idempotency key is bound to."""
        return asdict(self)


def reverse(tx: Transaction, asked: Asked) -> PulledBack:
    """Pull back a part of a transfer, and of the application fee where it is asked.

    Raises:
        Refused: There is no such transfer, or a rule says no.
    """
    charge = charge_of(tx.connection, pulled.TRANSFERS, asked.of)
    beside = asked.refund_application_fee
    if refusal := pulling.why_not_pull(charge, transfer=True, fee=beside):
        raise Refused(refusal)
    share, whole = charge.share, transfer_of(charge.share)
    if share is None or whole is None:
        raise Refused(share_refusals.no_transfer(charge.id))
    left, currency = _left(tx, whole, charge), whole.money.currency
    has = reads.available(tx.connection, currency, share.account)
    if refusal := connect.why_not_reverse(share, left, asked.amount, has):
        raise Refused(refusal)
    money = left if asked.amount is None else Money(asked.amount, currency)
    before = whole.money - left
    metadata = merged({}, asked.metadata)
    back = pulling.take(tx, whole, charge, money, metadata=metadata, extra=asked.extra)
    fee = fee_of(share) if beside else None
    given = _fee_beside(tx, fee, charge, (money, before, whole.money)) if fee else None
    pulling.tell(tx, whole, charge, money)
    if fee and given:
        pulling.tell(tx, fee, charge, given)
    tx.touch(charge.payment_intent or charge.id)
    release(tx, currency)
    if given:
        release(tx, currency, share.account)
    return back


def _fee_beside(
    tx: Transaction, fee: Whole, charge: Charge, reversed_: tuple[Money, Money, Money]
) -> Money:
    """Give the part of a fee back that goes with a reversal; return how much it is."""
    now, before, whole = (one.amount for one in reversed_)
    left = _left(tx, fee, charge)
    given = connect.fee_beside(fee.money, left, now, before, whole)
    if given:
        pulling.take(tx, fee, charge, given)
    return given


def give_back(tx: Transaction, asked: Asked) -> PulledBack:
    """Give back a part of an application fee to the connected account.

    Raises:
        Refused: There is no such fee, or a rule says no.
    """
    charge = charge_of(tx.connection, pulled.FEES, asked.of)
    if refusal := pulling.why_not_pull(charge, transfer=False, fee=True):
        raise Refused(refusal)
    share, whole = charge.share, fee_of(charge.share)
    if share is None or whole is None:
        raise Refused(share_refusals.no_application_fee(charge.id))
    left, currency = _left(tx, whole, charge), whole.money.currency
    if refusal := connect.why_not_give_back(whole.id, left, asked.amount):
        raise Refused(refusal)
    money = left if asked.amount is None else Money(asked.amount, currency)
    metadata = merged({}, asked.metadata)
    back = pulling.take(tx, whole, charge, money, metadata=metadata)
    pulling.tell(tx, whole, charge, money)
    tx.touch(charge.payment_intent or charge.id)
    release(tx, currency, share.account)
    return back


def _left(tx: Transaction, whole: Whole, charge: Charge) -> Money:
    """Return what nobody has pulled back yet."""
    back = pulling.already(tx.connection, whole, charge)
    return Money(max(0, whole.money.amount - back), whole.money.currency)
