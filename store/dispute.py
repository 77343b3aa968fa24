"""Dispute: a customer's objection at the bank."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from store.money import Money


@dataclass(frozen=True, slots=True)
class Dispute:
    """A customer's objection at the bank."""

    id: str
    money: Money
    status: str
    created: datetime
    charge: str | None = None
    payment_intent: str | None = None
    reason: str | None = None
    is_charge_refundable: bool = False
    imported: bool = False
    metadata: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_inquiry(self) -> bool:
        """Tell whether no money has moved yet."""
        return self.status.startswith("warning_")
