"""Statement: what a customer's card statement shows of a charge and a reversal."""

from collections.abc import Iterable

from store.money import Money
from store.payment import Charge
from store.refund import Refund


def charged(charge: Charge) -> Money:
    """Return what the customer was charged: what was captured, once it was."""
    captured = charge.captured and charge.amount_captured
    taken = Money(charge.amount_captured, charge.money.currency)
    return taken if captured else charge.money


def shown_of(
    refund: Refund, charge: Charge | None, refunds: Iterable[Refund] = ()
) -> str:
    """Return what a reversal does to the charge on the customer's statement.

    Args:
        refund: The reversal.
        charge: What it takes back, or a part of it.
        refunds: The refunds of the charge, among which other parts may be taken back.
    """
    if not refund.is_live:
        return "it came to nothing, the charge stays on the statement as it was"
    if charge is None:
        return _less(refund.money)
    if refund.money.amount >= charge.amount_captured:
        return "the charge drops off the statement"
    others = (one for one in refunds if one.id != refund.id and one.charge == charge.id)
    taken = (one.money.amount for one in others if one.is_live and one.is_reversal)
    if refund.money.amount + sum(taken) >= charge.amount_captured:
        return f"{_less(refund.money)}, and with the other parts it drops off"
    return _less(refund.money)


def _less(part: Money) -> str:
    return f"the charge shows {part} less on the statement"
