"""Block lists: whose payments are no longer taken, and since which refund."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from store.payment import Charge, Customer


class BlockKind(StrEnum):
    """What a payment is recognised by."""

    CARD_FINGERPRINT = "card_fingerprint"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that a payment is recognised by; emails in lower case."""

    kind: BlockKind
    value: str


@dataclass(frozen=True, slots=True)
class Block:
    """A mark whose payments are blocked; `refund` is the one that said fraudulent."""

    id: str
    mark: Mark
    created: datetime
    actor: str
    refund: str | None = None
    lifted: datetime | None = None
    """When an agent took it off the list again."""
    lifted_by: str | None = None


def marks(charge: Charge, customer: Customer | None) -> tuple[Mark, ...]:
    """Return what a payment is recognised by: its card, and every email it names."""
    emails = (charge.email, customer.email if customer else None, charge.receipt_email)
    known = dict.fromkeys(one.strip().lower() for one in emails if one)
    found = [Mark(BlockKind.EMAIL, email) for email in known if email]
    if charge.method.is_card and charge.method.fingerprint:
        card = Mark(BlockKind.CARD_FINGERPRINT, charge.method.fingerprint)
        found.insert(0, card)
    return tuple(found)
