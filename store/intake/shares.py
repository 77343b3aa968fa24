"""How a charge of Stripe's JSON is shared with a connected account → Share."""

from dataclasses import replace

from store.connect import ConnectType, Share
from store.intake.fields import Fields
from store.money import Money


def share_of(fields: Fields, captured: Money) -> Share | None:
    """Return how the charge is shared; None when it says nothing of it.

    A direct charge is exported by the account that owns it: its balance is the
    store's own, and the platform that took the fee is not in the store.
    """
    known = _with_fee(fields, captured)
    to = fields.inner("transfer_data", keep=True)
    transfer = fields.inner("transfer", keep=True)
    given = fields.ref("transfer")
    account = to.ref("destination") or transfer.ref("destination")
    account = account or fields.ref("destination")
    if given is None and account is None:
        return known if known.fee else None
    moved = _amount(transfer, captured) or _amount(to, captured) or captured
    return replace(
        known,
        type=ConnectType.DESTINATION,
        account=account,
        transfer=given,
        transferred=moved or None,
        reversed_elsewhere=transfer.number("amount_reversed", 0),
    )


def _with_fee(fields: Fields, captured: Money) -> Share:
    """Return what is known of the application fee, as a direct charge has it."""
    fee = fields.inner("application_fee", keep=True)
    plain = Money(fields.number("application_fee_amount", 0), captured.currency)
    return Share(
        ConnectType.DIRECT,
        None,
        fields.ref("on_behalf_of"),
        fee=fields.ref("application_fee"),
        fee_money=_amount(fee, captured) or plain or None,
        fee_refunded_elsewhere=fee.number("amount_refunded", 0),
    )


def _amount(fields: Fields, captured: Money) -> Money | None:
    """Return the amount of an object inside; in its own currency where it has one."""
    currency = (fields.text("currency") or captured.currency).lower()
    return Money(fields.number("amount", 0), currency) or None
