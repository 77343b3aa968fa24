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
    FX = "fx"
    """Where one currency becomes another."""
    OPENING = "opening"
    """What a partial export leaves open."""


_HELD = (Account.PENDING, Account.AVAILABLE, Account.OUTGOING, Account.DISPUTE_HOLD)
"""What each holder has of its own; the others are the world's."""


def account_id(account: Account, currency: str, holder: str | None = None) -> str:
    """Return the key of an account in one currency, such as `available:usd`.

    A connected account's own ends with its id: `available:usd:acct_…`.
    """
    key = f"{account}:{currency}"
    return f"{key}:{holder}" if holder and account in _HELD else key


@dataclass(frozen=True, slots=True)
class Side:
    """One account of a posting, as the database keeps it."""

    id: str
    account: Account
    currency: str
    holder: str | None


@dataclass(frozen=True, slots=True)
class Posting:
    """One movement; the amount is more than nothing.

    `payer` and `payee` are the connected accounts whose money it was and becomes;
    None is the platform, or the world outside.
    """

    code: str
    debit: Account
    credit: Account
    money: Money
    source: str
    payer: str | None = None
    payee: str | None = None

    @property
    def sides(self) -> tuple[Side, Side]:
        """Return the debited account, then the credited one."""
        currency = self.money.currency
        return (
            _side(self.debit, currency, self.payer),
            _side(self.credit, currency, self.payee),
        )


def _side(account: Account, currency: str, holder: str | None) -> Side:
    key = account_id(account, currency, holder)
    return Side(key, account, currency, holder if account in _HELD else None)


def crossing(
    code: str,
    sides: tuple[Account, Account],
    paid: Money,
    arrives: Money,
    source: str,
    *,
    holder: str | None,
) -> tuple[Posting, ...]:
    """Return money moving between two accounts of a holder, converted on the way.

    Where the currencies differ there are two postings, the second named `…_fx`.
    """
    debit, credit = sides
    if paid.currency == arrives.currency:
        return (Posting(code, debit, credit, paid, source, holder, holder),)
    return (
        Posting(code, debit, Account.FX, paid, source, holder),
        Posting(f"{code}_fx", Account.FX, credit, arrives, source, None, holder),
    )


def charge_postings(
    gross: Money,
    fee: Money,
    source: str,
    settled: Money | None = None,
    holder: str | None = None,
) -> tuple[Posting, ...]:
    """Return what a successful payment moves: gross in, converted, fee off."""
    sides = (Account.NETWORK, Account.PENDING)
    taken = crossing("charge", sides, gross, settled or gross, source, holder=holder)
    if not fee:
        return taken
    kept = Posting("fee", Account.PENDING, Account.FEES, fee, source, holder)
    return (*taken, kept)


def maturing(net: Money, source: str, holder: str | None = None) -> Posting:
    """Return earned money becoming available; a net loss is taken from there."""
    sides = (Account.PENDING, Account.AVAILABLE)
    if net.amount < 0:
        net, sides = -net, (Account.AVAILABLE, Account.PENDING)
    return Posting("available", *sides, net, source, holder, holder)


def refund_sent(refund: Refund) -> tuple[Posting, ...]:
    """Return the money that a refund takes from the available balance."""
    to = Account.NETWORK if refund.is_reversal else Account.OUTGOING
    code = "refund_reversal" if refund.is_reversal else "refund"
    sides = (Account.AVAILABLE, to)
    holder = refund.holder
    return crossing(code, sides, refund.takes, refund.money, refund.id, holder=holder)


def refund_settled(refund: Refund) -> Posting:
    """Return sent money arriving at the customer's bank."""
    return Posting(
        "refund_settled",
        Account.OUTGOING,
        Account.NETWORK,
        refund.money,
        refund.id,
        refund.holder,
    )


def refund_returned(
    refund: Refund, returns: Money, *, settled: bool, code: str
) -> tuple[Posting, ...]:
    """Return the money of a failed or canceled refund coming back to available.

    `returns` is what it is worth on the day, in the settlement currency.
    """
    gone = settled or refund.is_reversal
    source = Account.NETWORK if gone else Account.OUTGOING
    sides = (source, Account.AVAILABLE)
    holder = refund.holder
    return crossing(code, sides, refund.money, returns, refund.id, holder=holder)


def topup_arrived(money: Money, source: str) -> Posting:
    """Return the holder's own money arriving."""
    return Posting("topup", Account.BANK, Account.AVAILABLE, money, source)


def auto_debited(money: Money, source: str) -> Posting:
    """Return what the own bank account pays for a refund the balance lacks."""
    return Posting("auto_debit", Account.BANK, Account.AVAILABLE, money, source)


def dispute_withdrawn(
    money: Money, takes: Money, fee: Money, source: str, holder: str | None = None
) -> tuple[Posting, ...]:
    """Return what a chargeback takes: the amount on hold, and a fee."""
    sides = (Account.AVAILABLE, Account.DISPUTE_HOLD)
    held = crossing("dispute", sides, takes, money, source, holder=holder)
    kept = Posting("dispute_fee", Account.AVAILABLE, Account.FEES, fee, source, holder)
    return (*held, kept)


def dispute_settled(
    money: Money, returns: Money | None, source: str, holder: str | None = None
) -> tuple[Posting, ...]:
    """Return where the amount on hold goes: what returns, or all to the bank."""
    hold = Account.DISPUTE_HOLD
    if returns is None:
        lost = Posting("dispute_lost", hold, Account.NETWORK, money, source, holder)
        return (lost,)
    sides = (hold, Account.AVAILABLE)
    return crossing("dispute_won", sides, money, returns, source, holder=holder)


def transferred(money: Money, source: str, to: str, *, available: bool) -> Posting:
    """Return the connected account's part of a charge going to it."""
    account = Account.AVAILABLE if available else Account.PENDING
    return Posting("transfer", account, account, money, source, None, to)


def fee_collected(money: Money, source: str, account: str) -> Posting:
    """Return the platform's part of a connected account's earnings."""
    pending = Account.PENDING
    return Posting("application_fee", pending, pending, money, source, account)


def transfer_reversed(money: Money, source: str, account: str) -> Posting:
    """Return what is pulled back from a connected account."""
    available = Account.AVAILABLE
    return Posting("transfer_reversal", available, available, money, source, account)


def fee_refunded(money: Money, source: str, account: str) -> Posting:
    """Return what of its fee the platform gives back to a connected account."""
    available = Account.AVAILABLE
    return Posting("fee_refund", available, available, money, source, None, account)
