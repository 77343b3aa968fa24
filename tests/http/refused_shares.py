"""Calls about transfers and fees that are refused, and every word of how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from refused_calls import MISSING, Case
from serving import pay


def _shared(api: Any) -> Any:
    """Return a charge of 10.00 USD that is shared, with a fee of 0.10."""
    return pay(
        api,
        transfer_data={"destination": "acct_1"},
        application_fee_amount=10,
        expand=["latest_charge"],
    ).latest_charge


def _fee_back(amount: int, before: int = 0) -> Callable[[Any], object]:
    def act(api: Any) -> object:
        refunds, fee = api.application_fees.refunds, _shared(api).application_fee
        if before:
            refunds.create(fee, {"amount": before})
        return refunds.create(fee, {"amount": amount})

    return act


CASES = (
    Case(
        "unknown transfer",
        lambda api: api.transfers.reversals.create("tr_X"),
        "No such transfer: 'tr_X'",
        404,
        MISSING,
        "id",
    ),
    Case(
        "unknown application fee",
        lambda api: api.application_fees.refunds.create("fee_X", {"amount": 1}),
        "No such application_fee: 'fee_X'",
        404,
        MISSING,
        "id",
    ),
    Case(
        "more than is left of a fee",
        _fee_back(12, before=5),
        "Refund amount ($0.12) is greater than unrefunded amount on fee ($0.05)",
        param="amount",
    ),
    Case(
        "nothing of a fee",
        _fee_back(0),
        "This value must be greater than or equal to 1.",
        code="parameter_invalid_integer",
        param="amount",
    ),
    Case(
        "more than is left of a transfer",
        lambda api: api.transfers.reversals.create(
            _shared(api).transfer, {"amount": 1001}
        ),
        "Transfer reversal amount ($10.01) is greater than unreversed amount on "
        "transfer ($10.00)",
        param="amount",
    ),
)
