"""Whose: the line of a dialog that says which payment it is, and of whom."""

from __future__ import annotations

import pytest

from conftest import ADA, Pay
from store.payment import Customer
from tui.words import names


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("customer", "who"),
    [
        (ADA, ["Ada Lovelace", "ada@example.com"]),
        (Customer("cus_a", None, "ada@example.com"), ["ada@example.com"]),
        (Customer("cus_b", "Ada Lovelace", None), ["Ada Lovelace"]),
        (None, ["–"]),
    ],
)
def test_an_address_stands_beside_the_name(
    pay: Pay, customer: Customer | None, who: list[str]
) -> None:
    """Once, and only where one is known."""
    payment = pay(customer=customer)
    parts = names.whose(payment).plain.split(" · ")
    assert parts == [names.short(payment.id), *who, "visa •••• 0077"]
