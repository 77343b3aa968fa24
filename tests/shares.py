"""Payments that are shared with a connected account, and what each holder has."""

from conftest import FUNDED
from store import Store
from store.event import Actor
from store.ledger import Account
from store.outcome import RefundOutcome
from store.payment import Payment
from store.sql import reads

ACCOUNT = "acct_ann"
MIA = Actor("mia")


def share(
    store: Store,
    amount: int = 1_200,
    *,
    transfer: int | None = None,
    fee: int | None = None,
    direct: bool = False,
    method: str = FUNDED,
    manual: bool = False,
) -> Payment:
    """Let a customer pay; a destination charge unless it is direct."""
    to: dict[str, str | int] = {"destination": ACCOUNT}
    if transfer is not None:
        to["amount"] = transfer
    return store.payment_intents.create(
        amount=amount,
        currency="usd",
        payment_method=method,
        capture_method="manual" if manual else "automatic",
        transfer_data=None if direct else to,
        stripe_account=ACCOUNT if direct else None,
        application_fee_amount=fee,
        actor=MIA,
    ).payment


def available(store: Store, holder: str | None = None) -> int:
    """Return what a holder has available."""
    with store._database.read() as connection:
        return reads.available(connection, "usd", holder).amount


def pending(store: Store, holder: str | None = None) -> int:
    """Return what a holder has earned that is not available yet."""
    with store._database.read() as connection:
        return reads.of_account(connection, Account.PENDING, "usd", holder).amount


def back(outcome: RefundOutcome, store: Store, kind: str) -> int:
    """Return what a refund's movements of a type come to, on the platform."""
    moved = store.refunds.detail(outcome.refund.id).movements
    return sum(one.net for one in moved if one.type == kind and one.holder is None)
