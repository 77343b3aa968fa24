"""Shape of what customers have transferred, as Stripe's API writes it."""

from datetime import datetime

from store.clock import to_unix
from store.money import Money
from store.payment import Customer
from store.shape.objects import Json

CASH = "_cash"
"""Where a customer keeps it, by currency; the API shows it elsewhere."""
_SAID = "_cash_balance"
"""Where it keeps how it is to be reconciled."""
_BANKS = {
    "eur": "eu_bank_transfer",
    "gbp": "gb_bank_transfer",
    "jpy": "jp_bank_transfer",
    "mxn": "mx_bank_transfer",
}


def cash_of(customer: Customer, currency: str) -> int:
    """Return what a customer has transferred and not spent, in minor units."""
    held = customer.extra.get(CASH)
    return int(held.get(currency, 0)) if isinstance(held, dict) else 0


def cash_shape(customer: Customer) -> Json:
    """Return a customer's cash balance as the API does."""
    held, said = customer.extra.get(CASH), customer.extra.get(_SAID)
    own = said.get("settings") if isinstance(said, dict) else None
    mode = own.get("reconciliation_mode") if isinstance(own, dict) else None
    return {
        "object": "cash_balance",
        "available": dict(held) if isinstance(held, dict) else None,
        "customer": customer.id,
        "livemode": False,
        "settings": {
            "reconciliation_mode": "automatic",
            "using_merchant_default": mode != "automatic",
        },
    }


def funded_shape(
    given: str,
    customer: str,
    money: Money,
    *,
    held: int,
    at: datetime,
    reference: str | None,
) -> Json:
    """Return a transfer that came in as the API does."""
    how = _BANKS.get(money.currency, "us_bank_transfer")
    return {
        "id": given,
        "object": "customer_cash_balance_transaction",
        "created": to_unix(at),
        "currency": money.currency,
        "customer": customer,
        "ending_balance": held,
        "funded": {"bank_transfer": {"reference": reference, "type": how}},
        "livemode": False,
        "net_amount": money.amount,
        "type": "funded",
    }
