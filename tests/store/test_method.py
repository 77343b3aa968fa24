"""How a refund travels depends on what the customer paid with."""

import pytest

from store.cards import CARDS, Behaviour
from store.method import (
    Method,
    RefundPath,
    carries_reference,
    destination_type,
    refund_path,
)

WAYS = {
    RefundPath.CARD: ("card", "card_present", "link"),
    RefundPath.DIRECT: ("alipay", "cashapp", "paypal", "afterpay_clearpay"),
    RefundPath.BANK: ("sepa_debit", "us_bank_account", "ideal", "p24", "bacs_debit"),
    RefundPath.ASKS_CUSTOMER: ("customer_balance", "konbini", "multibanco"),
    RefundPath.NONE: ("oxxo", "boleto"),
}


@pytest.mark.parametrize(
    ("kind", "path"), [(kind, path) for path, kinds in WAYS.items() for kind in kinds]
)
def test_each_method_has_its_way_back(kind: str, path: RefundPath) -> None:
    """Cards, direct methods, banks and those that ask the customer go their own way."""
    assert refund_path(Method(kind)) is path


def test_every_way_back_can_be_tried() -> None:
    """The test payment methods cover every way back and every behaviour."""
    tried = {refund_path(test.method) for test in CARDS.values()}
    behaved = {test.behaviour for test in CARDS.values() if test.behaviour}
    assert tried == set(RefundPath)
    assert behaved == set(Behaviour)


@pytest.mark.parametrize(
    ("kind", "destination", "traced"),
    [
        ("card", "card", True),
        ("link", "card", True),
        ("us_bank_account", "us_bank_transfer", True),
        ("sepa_debit", "eu_bank_transfer", True),
        ("klarna", "klarna", True),
        ("paypal", "paypal", True),
        ("alipay", "alipay", False),
        ("cashapp", "cashapp", False),
    ],
)
def test_destination_and_reference(
    kind: str, destination: str, *, traced: bool
) -> None:
    """A destination has the API's name, and a reference where banks give one."""
    assert destination_type(Method(kind)) == destination
    assert carries_reference(Method(kind)) is traced
