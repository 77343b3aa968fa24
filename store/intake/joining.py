"""What objects mean to each other: settled charges, sums of refunds, postings."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from store.bank import Deed, Due
from store.intake.fields import Wrong
from store.ledger import Account, Posting, charge_postings, maturing
from store.money import Money
from store.outcome import Movement
from store.payment import Charge
from store.refund import Reason, Refund

CODE = "import"
"""Names the postings that only an import makes."""
_EARNED = frozenset(("charge", "payment"))
_AT_NETWORK = frozenset(
    (
        "refund",
        "payment_refund",
        "refund_failure",
        "payment_failure_refund",
    )
)


def settled(charge: Charge, movement: Movement | None) -> Charge:
    """Return a charge with what its balance transaction says it earned.

    Where the whole authorisation came in, what was not captured went back again.
    """
    if movement is None or movement.type not in _EARNED:
        return charge
    captured = Money(charge.amount_captured, charge.money.currency)
    partly = movement.money == charge.money and captured
    return replace(
        charge,
        balance_transaction=charge.balance_transaction or movement.id,
        settlement=captured if partly else movement.money,
        fee=Money(movement.fee, movement.money.currency),
        exchange_rate=movement.exchange_rate,
        available_on=movement.available_on,
    )


def is_earned(movement: Movement) -> bool:
    """Tell whether it is the income of a charge."""
    return movement.type in _EARNED


def converted(refund: Refund, movement: Movement | None) -> Refund:
    """Return a refund with what it took from the balance in another currency."""
    if movement is None or movement.money.currency == refund.money.currency:
        return refund
    taken = Money(abs(movement.money.amount), movement.money.currency)
    return replace(refund, settlement=taken)


@dataclass(frozen=True, slots=True)
class Booking:
    """What a balance transaction moves now, and what it moves later."""

    movement: Movement
    postings: tuple[Posting, ...]
    due: Due | None = None


def booked(movement: Movement, now: datetime) -> Booking:
    """Return the postings of a balance transaction (double entry, by its sign)."""
    if movement.type in _EARNED and movement.money.amount > 0 and movement.net > 0:
        return _earned(movement, now)
    other = Account.NETWORK if movement.type in _AT_NETWORK else Account.OPENING
    if movement.type in _EARNED:
        other = Account.NETWORK
    moves = (
        _moved(movement, other, movement.money.amount),
        _moved(movement, Account.FEES, -movement.fee),
    )
    there = replace(movement, status="available")
    return Booking(there, tuple(one for one in moves if one))


def _earned(movement: Movement, now: datetime) -> Booking:
    fee, currency = movement.fee, movement.money.currency
    postings = charge_postings(
        movement.money, Money(max(0, fee), currency), movement.id
    )
    if fee < 0:
        given = Money(-fee, currency)
        back = Posting(CODE, Account.FEES, Account.PENDING, given, movement.id)
        postings = (*postings, back)
    if movement.status != "available" and movement.available_on > now:
        due = Due(movement.available_on, Deed.FUNDS_AVAILABLE, movement.id)
        return Booking(movement, postings, due)
    there = replace(movement, status="available")
    net = maturing(Money(movement.net, currency), movement.id)
    return Booking(there, (*postings, net))


def _moved(movement: Movement, other: Account, amount: int) -> Posting | None:
    """Return money coming to available from another account, or going there."""
    if amount == 0:
        return None
    money = Money(abs(amount), movement.money.currency)
    sides = (other, Account.AVAILABLE) if amount > 0 else (Account.AVAILABLE, other)
    return Posting(CODE, *sides, money, movement.id)


def closing(currency: str, missing: int) -> Posting:
    """Return the posting that closes what a partial export leaves open.

    `missing` is what available lacks; below nothing, what it has too much.
    """
    money = Money(abs(missing), currency)
    sides = (Account.OPENING, Account.AVAILABLE)
    if missing < 0:
        sides = (Account.AVAILABLE, Account.OPENING)
    return Posting(CODE, *sides, money, CODE)


def reported(charge: Charge, refunds: Iterable[Refund]) -> int:
    """Return what the charge says was refunded, without refunds that came back.

    A snapshot from before a refund failed still counts it: where the refunds that
    returned explain the difference to the cent, it is no refund made elsewhere.
    """
    ours = [one for one in refunds if one.imported]
    live = sum(one.money.amount for one in ours if one.is_live)
    returned = sum(
        one.money.amount
        for one in ours
        if not one.is_live and one.failure_balance_transaction
    )
    gap = charge.reported_refunded - live
    return live if 0 < gap == returned else charge.reported_refunded


def check_sum(charge: Charge, refunds: Iterable[Refund]) -> None:
    """Hold the refund ceiling.

    Raises:
        Wrong: The refunds add up to more than what was captured.
    """
    live = [one for one in refunds if one.is_live]
    ours = sum(one.money.amount for one in live if one.imported)
    own = sum(one.money.amount for one in live if not one.imported)
    total = Money(max(charge.reported_refunded, ours) + own, charge.money.currency)
    captured = Money(charge.amount_captured, charge.money.currency)
    if captured < total:
        raise Wrong(
            f"the refunds of {charge.id} would be {total}, more than the {captured} "
            "that it captured."
        )


def beside(refund: Refund) -> Refund:
    """Return a refund that let go of an authorisation: no captured money went back."""
    if refund.charge is None:
        return refund
    return replace(refund, charge=None, extra={**refund.extra, "charge": refund.charge})


def releases(refund: Refund, charge: Charge) -> bool:
    """Tell whether a refund only let go of what was authorised and never captured."""
    if refund.reason is Reason.EXPIRED_UNCAPTURED_CHARGE:
        return True
    uncaptured = charge.money.amount - charge.amount_captured
    return refund.balance_transaction is None and refund.money.amount <= uncaptured
