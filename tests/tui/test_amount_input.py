"""The amount field: it reads what was typed in its currency, or says why not."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from store.money import AmountError, Money
from tui.widgets.amount_input import AmountInput

USD = Money(4200, "usd")


class Field(App[None]):
    """One amount field."""

    def __init__(self, most: Money, typed: str, whole: Money | None = None) -> None:
        super().__init__()
        self._made = (most, typed, whole)

    @property
    def field(self) -> AmountInput:
        """Return the field."""
        return self.query_one(AmountInput)

    def compose(self) -> ComposeResult:
        """Show the field."""
        most, typed, whole = self._made
        yield AmountInput(most, typed, whole=whole, id="amount")


@pytest.mark.parametrize(
    ("most", "typed", "amount"),
    [
        (USD, "42", 4200),
        (USD, "42.00", 4200),
        (USD, "0.01", 1),
        (USD, "1,50", 150),
        (USD, "$20", 2000),
        (USD, " full ", 4200),
        (USD, "MAX", 4200),
        (USD, "50%", 2100),
        (Money(9000, "jpy"), "9000", 9000),
        (Money(1230, "kwd"), "1.23", 1230),
        (Money(99_999_999, "usd"), "999999.99", 99_999_999),
    ],
)
async def test_amounts_that_read(most: Money, typed: str, amount: int) -> None:
    """What a person types is exactly that many minor units."""
    app = Field(most, typed)
    async with app.run_test():
        assert app.field.read() == Money(amount, most.currency)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Type an amount"),
        ("1,50.5", "is not an amount"),
        ("1e3", "is not an amount"),
        ("−5", "is not an amount"),
        ("-5", "is not an amount"),
        ("٣", "is not an amount"),
        ("1.005", "2 decimals"),
        ("0", "more than nothing"),
        ("42.01", "at most 42.00 USD"),
        ("101%", "at most 42.00 USD"),
    ],
)
async def test_amounts_that_do_not(typed: str, says: str) -> None:
    """What cannot be read is refused with a sentence, and stays as it was typed."""
    app = Field(USD, typed)
    async with app.run_test():
        with pytest.raises(AmountError, match=says):
            app.field.read()
        assert app.field.value == typed


async def test_shares_are_of_the_whole() -> None:
    """Where the limit is not the whole, `full` and percentages mean the whole."""
    app = Field(Money(99_999_999, "eur"), "full", whole=Money(9620, "eur"))
    async with app.run_test():
        assert app.field.read() == Money(9620, "eur")


async def test_the_cursor_does_not_blink() -> None:
    """A field that waits writes nothing."""
    app = Field(USD, "42")
    async with app.run_test():
        assert not app.field.cursor_blink
