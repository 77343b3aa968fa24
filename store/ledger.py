"""Ledger: every movement is one posting from a debit to a credit account."""

from dataclasses import dataclass
from enum import StrEnum

from store.money import Money
from store.refund import Refund


class Account(StrEnum):
    """Where money can be, per currency (store-guards §3.3)."""

    NETWORK = "network"
    """Card schemes and banks outside."""
    PENDING = "pending"
    """Earned, not yet available."""
    AVAILABLE = "available"
    """What refunds are paid from."""
    OUTGOING = "outgoing"
    """Sent to the bank, not yet settled."""
    DISPUTE_HOLD = "dispute_hold"
    BANK = "bank"
    """The holder's own bank account."""
    FEES = "fees"
    OPENING = "opening"
    """What a partial export leaves open."""


def account_id(account: Account, currency: str) -> str:
    """Return the key of an account in one currency, such as `available:usd`."""
    return f"{account}:{currency}"


@dataclass(frozen=True, slots=True)
class Posting:
    """One movement; the amount is more than nothing."""

    code: str
    debit: Account
    credit: Account
    money: Money
    source: str


def charge_postings(gross: Money, fee: Money, source: str) -> tuple[Posting, ...]:
    """Return what a successful payment moves: gross in, fee off."""
    taken = Posting("charge", Account.NETWORK, Account.PENDING, gross, source)
    if not fee:
        return (taken,)
    return (taken, Posting("fee", Account.PENDING, Account.FEES, fee, source))


def maturing(net: Money, source: str) -> Posting:
    """Return earned money becoming available."""
    return Posting("available", Account.PENDING, Account.AVAILABLE, net, source)


def refund_sent(refund: Refund) -> Posting:
    """Return the money that a refund takes from the available balance."""
    to = Account.NETWORK if refund.is_reversal else Account.OUTGOING
    code = "refund_reversal" if refund.is_reversal else "refund"
    return Posting(code, Account.AVAILABLE, to, refund.takes, refund.id)


def refund_settled(refund: Refund) -> Posting:
    """Return sent money arriving at the customer's bank."""
    return Posting(
        "refund_settled",
        Account.OUTGOING,
        Account.NETWORK,
        refund.takes,
        refund.id,
    )


def refund_returned(refund: Refund, *, settled: bool, code: str) -> Posting:
    """Return the money of a failed or canceled refund coming back to available."""
    gone = settled or refund.is_reversal
    source = Account.NETWORK if gone else Account.OUTGOING
    return Posting(code, source, Account.AVAILABLE, refund.takes, refund.id)


def topup_arrived(money: Money, source: str) -> Posting:
    """Return the holder's own money arriving."""
    return Posting("topup", Account.BANK, Account.AVAILABLE, money, source)


def auto_debited(money: Money, source: str) -> Posting:
    """Return what the own bank account pays for a refund the balance lacks."""
    return Posting("auto_debit", Account.BANK, Account.AVAILABLE, money, source)


def dispute_withdrawn(money: Money, fee: Money, source: str) -> tuple[Posting, ...]:
    """Return what a chargeback takes: the amount on hold, and a fee."""
    available = Account.AVAILABLE
    return (
        Posting("dispute", available, Account.DISPUTE_HOLD, money, source),
        Posting("dispute_fee", available, Account.FEES, fee, source),
    )


def dispute_settled(money: Money, source: str, *, won: bool) -> Posting:
    """Return where the amount on hold goes: back to available, or to the bank."""
    if won:
        to, code = Account.AVAILABLE, "dispute_won"
    else:
        to, code = Account.NETWORK, "dispute_lost"
    return Posting(code, Account.DISPUTE_HOLD, to, money, source)
