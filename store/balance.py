"""Balance: pending, available, held; the queue of waiting refunds and its shortfall."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from store.money import Money, zero
from store.refund import Refund


@dataclass(frozen=True, slots=True)
class Balance:
    """What one currency holds, and what waiting refunds would take from it."""

    available: Money
    pending: Money
    held: Money
    holder: str | None = None
    """The connected account whose it is; None is the platform."""

    @property
    def short(self) -> Money:
        """Return what is missing until every waiting refund can go out."""
        missing = self.held.amount - self.available.amount
        return Money(max(0, missing) if self.held else 0, self.held.currency)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A refund in the queue of its currency, oldest first."""

    refund: Refund
    payment: str
    customer: str | None
    position: int | None
    """1 is the next to be released; None waits for something other than funds."""
    needs: Money
    """What must still come in for this one, once those before it are gone."""


@dataclass(frozen=True, slots=True)
class Release:
    """What an incoming amount would let go."""

    refunds: tuple[str, ...]
    left: Money


def releasable(queue: Iterable[Refund], available: Money) -> Release:
    """Return which waiting refunds go out, oldest first, with no overtaking."""
    gone: list[str] = []
    left = available
    for refund in queue:
        if left < refund.takes:
            break
        gone.append(refund.id)
        left -= refund.takes
    return Release(tuple(gone), left)


def needs(queue: Iterable[Refund], available: Money) -> list[Money]:
    """Return what each waiting refund lacks once those before it are gone."""
    missing: list[Money] = []
    total = zero(available.currency)
    for refund in queue:
        total += refund.takes
        short = total.amount - available.amount
        missing.append(
            Money(max(0, min(short, refund.takes.amount)), available.currency)
        )
    return missing


@dataclass(frozen=True, slots=True)
class Incoming:
    """Money that becomes available at a known time."""

    at: datetime
    money: Money


@dataclass(frozen=True, slots=True)
class PendingRefunds:
    """Everything the pending screen shows, read in one transaction."""

    balances: tuple[Balance, ...]
    waiting: tuple[Waiting, ...]
    incoming: tuple[Incoming, ...]
    connected: tuple[Balance, ...] = ()
    """What connected accounts hold."""
