"""Settings: what a holder decides for the whole store."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """What a holder decides; every store begins with these."""

    auto_debit: bool = False
    """Whether the own bank account pays for refunds that the balance does not cover."""
    email_receipts: bool = False
    """Whether customers are told of their refunds by email."""
