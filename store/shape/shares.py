"""Shape of transfers and application fees, as Stripe's API writes them."""

from store.clock import to_unix
from store.connect import FEE, ConnectType, Share
from store.payment import Charge
from store.transfer import PulledBack

Json = dict[str, object]
TRANSFER_SAID = "_transfer"
"""Where a charge keeps what was said of its transfer."""


def transfer_shape(charge: Charge, reversed_: int) -> Json:
    """Return the transfer of a charge, of which `reversed_` was pulled back."""
    share = charge.share
    money = share.transferred if share else None
    amount = money.amount if money else 0
    said = charge.extra.get(TRANSFER_SAID)
    return {
        "metadata": {},
        "transfer_group": charge.extra.get("transfer_group"),
        **(said if isinstance(said, dict) else {}),
        "id": share.transfer if share else None,
        "object": "transfer",
        "amount": amount,
        "amount_reversed": reversed_,
        "created": to_unix(charge.captured_at or charge.created),
        "currency": money.currency if money else charge.money.currency,
        "destination": share.account if share else None,
        "livemode": False,
        "reversed": 0 < amount <= reversed_,
        "source_transaction": charge.id,
    }


def fee_shape(charge: Charge, refunded: int) -> Json:
    """Return the application fee of a charge, of which `refunded` was given back."""
    share = charge.share
    money = share.fee_money if share else None
    amount = money.amount if money else 0
    return {
        "id": share.fee if share else None,
        "object": "application_fee",
        "account": share.account if share else None,
        "amount": amount,
        "amount_refunded": refunded,
        "charge": charge.id,
        "created": to_unix(charge.captured_at or charge.created),
        "currency": money.currency if money else charge.money.currency,
        "livemode": False,
        "refunded": 0 < amount <= refunded,
    }


def reversal_shape(back: PulledBack) -> Json:
    """Return a transfer reversal as the API does."""
    return {
        **_back_shape(back, "transfer_reversal"),
        "destination_payment_refund": None,
        "source_refund": back.pulled.refund,
        "transfer": back.pulled.of,
    }


def fee_refund_shape(back: PulledBack) -> Json:
    """Return an application fee refund as the API does."""
    return {**_back_shape(back, "fee_refund"), "fee": back.pulled.of}


def _back_shape(back: PulledBack, kind: str) -> Json:
    return {
        "id": back.id,
        "object": kind,
        "amount": back.pulled.money.amount,
        "balance_transaction": back.movement,
        "created": to_unix(back.created),
        "currency": back.pulled.money.currency,
        "metadata": dict(back.pulled.metadata),
    }


def pulled_shape(back: PulledBack) -> Json:
    """Return whichever of the two it is as the API does."""
    is_fee = back.id.startswith("fr_")
    return fee_refund_shape(back) if is_fee else reversal_shape(back)


def asked_keys(share: Share | None) -> Json:
    """Return what an intent says of how its payment is to be shared."""
    if share is None:
        return {}
    fee, money = share.fee_money, share.transferred
    asked: Json = {
        "application_fee_amount": None if fee is None else fee.amount,
        "on_behalf_of": share.on_behalf_of,
    }
    if share.type is ConnectType.DESTINATION:
        amount = money.amount if money else None
        asked["transfer_data"] = {"amount": amount, "destination": share.account}
    return asked


def share_keys(charge: Charge) -> Json:
    """Return what a charge itself says of how it is shared; nothing when it is not."""
    share = charge.share
    if share is None:
        return {}
    fee, money = share.fee_money, share.transferred
    kept = charge.extra.get(FEE)
    shape: Json = {
        "application_fee": share.fee,
        "application_fee_amount": fee.amount if fee else kept,
        "on_behalf_of": share.on_behalf_of,
    }
    if share.transfer is not None:
        shape["transfer"] = share.transfer
    if money is not None and share.account is not None:
        shape["transfer_data"] = {"amount": money.amount, "destination": share.account}
    return shape
