"""Settings: what a holder decides for the whole store."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from store.money import Money


@dataclass(frozen=True, slots=True)
class Settings:
    """What a holder decides; every store begins with these."""

    auto_debit: bool = False
    """Whether the own bank account pays for refunds that the balance does not cover."""
    email_receipts: bool = False
    """Whether customers are told of their refunds by email."""
    caution_above: Mapping[str, int] = field(default_factory=dict)
    """By currency, the minor units above which a refund is asked about twice."""

    settlement_currency: str | None = None
    """What payments over the API are converted to; None keeps each currency."""
    cancel_minutes: int = 30
    """How long a card refund that was sent can be called back."""
    reversal_minutes: int = 120
    """How long after capture a refund drops the charge instead of crediting it."""

    def __post_init__(self) -> None:
        """Refuse a window that ends before it begins.

        Raises:
            ValueError: A number of minutes is below nothing.
        """
        if min(self.cancel_minutes, self.reversal_minutes) < 0:
            raise ValueError("A window of less than no minutes is no window.")

    @property
    def currencies(self) -> frozenset[str]:
        """Return every currency that something was decided about."""
        own = self.settlement_currency
        return frozenset((*self.caution_above, *((own,) if own else ())))

    @property
    def cancel_window(self) -> timedelta:
        """Return how long a card refund that was sent can be called back."""
        return timedelta(minutes=self.cancel_minutes)

    @property
    def reversal_window(self) -> timedelta:
        """Return how long after capture a refund drops the charge."""
        return timedelta(minutes=self.reversal_minutes)

    def threshold(self, currency: str) -> Money | None:
        """Return the amount above which a refund is asked about twice, if any."""
        above = self.caution_above.get(currency)
        return None if above is None else Money(above, currency)
