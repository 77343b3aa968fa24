"""Mapping of how a charge is shared with a connected account."""

from typing import Any

from store.connect import ConnectType, Share
from store.money import Money
from store.sql.rows import NamedRow


def share_values(share: Share | None) -> dict[str, Any]:
    """Return a charge's columns about sharing; all empty when it is not shared."""
    moved = share.transferred if share else None
    fee = share.fee_money if share else None
    return {
        "connect_type": share.type.value if share else None,
        "connected_account": share.account if share else None,
        "on_behalf_of": share.on_behalf_of if share else None,
        "transfer": share.transfer if share else None,
        "transfer_amount": moved.amount if moved else None,
        "transfer_currency": moved.currency if moved else None,
        "transfer_reversed": share.reversed_elsewhere if share else 0,
        "application_fee": share.fee if share else None,
        "application_fee_amount": fee.amount if fee else None,
        "application_fee_currency": fee.currency if fee else None,
        "application_fee_refunded": share.fee_refunded_elsewhere if share else 0,
    }


def share_of(row: NamedRow) -> Share | None:
    """Return how the charge of a row is shared, if it is."""
    if row.connect_type is None:
        return None
    return Share(
        type=ConnectType(row.connect_type),
        account=row.connected_account,
        on_behalf_of=row.on_behalf_of,
        transfer=row.transfer,
        transferred=_money(row.transfer_amount, row.transfer_currency),
        fee=row.application_fee,
        fee_money=_money(row.application_fee_amount, row.application_fee_currency),
        reversed_elsewhere=row.transfer_reversed,
        fee_refunded_elsewhere=row.application_fee_refunded,
    )


def _money(amount: int | None, currency: str | None) -> Money | None:
    return Money(amount, currency) if amount is not None and currency else None
