"""Balance: pending, available, held; the queue of waiting refunds and its shortfall."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

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
        return short_of(self.held, self.available)


def short_of(held: Money, available: Money) -> Money:
    """Return what is missing until every refund can go out that is held."""
    missing = held.amount - available.amount
    return Money(max(0, missing) if held else 0, held.currency)


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


@dataclass(frozen=True, slots=True)
class Topup:
    """Own money that was added to the balance."""

    id: str
    money: Money
    status: str
    created: datetime
    actor: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CurrencyBalance:
    """What the platform has in one currency, and when what is pending comes."""

    currency: str
    available: Money
    pending: tuple[tuple[date, Money], ...]
    """What becomes available on which day (UTC), soonest first."""
    held: Money
    """What refunds take that wait for funds."""
    short: Money
    """What is missing until each of them can go out."""
    pending_total: Money
    """All that is pending; more or less than the days where an import was partial."""


@dataclass(frozen=True, slots=True)
class DayFlow:
    """What refunds did to the balance of one currency on one day."""

    date: date
    refunded: Money
    """What left the balance."""
    returned: Money
    """What came back of refunds that failed or were canceled."""
    held: Money
    """What refunds of that day take that had to wait for funds."""
