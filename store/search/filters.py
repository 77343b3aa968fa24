"""Filters: what a list of payments is narrowed to, tab by tab and term by term."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from store.badge import DISPUTED, REFUND_PENDING, Badge


class Tab(StrEnum):
    """The status tabs over the list of payments."""

    ALL = "all"
    SUCCEEDED = "succeeded"
    REFUNDED = "refunded"
    PENDING = "pending"
    DISPUTED = "disputed"
    FAILED = "failed"
    UNCAPTURED = "uncaptured"


TAB_BADGES: dict[Tab, tuple[Badge, ...]] = {
    Tab.ALL: (),
    Tab.SUCCEEDED: (Badge.SUCCEEDED,),
    Tab.REFUNDED: (
        Badge.REFUNDED,
        Badge.REVERSED,
        Badge.PARTIAL_REFUND,
        Badge.PARTIALLY_REVERSED,
    ),
    Tab.PENDING: REFUND_PENDING,
    Tab.DISPUTED: DISPUTED,
    Tab.FAILED: (Badge.FAILED, Badge.BLOCKED, Badge.REFUND_FAILED),
    Tab.UNCAPTURED: (Badge.UNCAPTURED,),
}
"""Which badges a tab shows; none means every one."""


@dataclass(frozen=True, slots=True)
class AmountRange:
    """A bound on the amount, in thousandths of the currency's major unit."""

    sign: str
    milli: int


@dataclass(frozen=True, slots=True)
class Period:
    """When a payment was made: from `begin` on, before `end`; None is open."""

    begin: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list of payments is narrowed to; the empty filter matches all."""

    words: tuple[str, ...] = ()
    tab: Tab = Tab.ALL
    badges: tuple[Badge, ...] = ()
    amounts: tuple[AmountRange, ...] = ()
    email: str | None = None
    last4: str | None = None
    currency: str | None = None
    brand: str | None = None
    country: str | None = None
    type: str | None = None
    risk_level: str | None = None
    receipt: str | None = None
    created: tuple[Period, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    without: tuple["Filter", ...] = ()
    """Terms that may not match, each a filter of its own."""

    @property
    def is_only_tab(self) -> bool:
        """Tell whether the tab's own counter answers how many match."""
        return self == Filter(tab=self.tab)
