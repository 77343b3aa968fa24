"""What every test starts from: a standing clock, an empty store, an agent, a payer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import settings

import store as door
from store.clock import StandingClock
from store.event import Actor, Face
from store.ids import SeededIds
from store.method import Method
from store.payment import Customer, Payment

if TYPE_CHECKING:
    from store import Store

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""When every test begins: a Monday morning."""
ADA = Customer("cus_ada", "Ada Lovelace", "ada@example.com")
FUNDED = "pm_card_bypassPending"
"""A Visa card whose payments are available at once."""

AFTER_REVERSALS = timedelta(hours=3)
"""So long after paying, a refund is credited instead of reversed."""

settings.register_profile("desk", deadline=None, derandomize=True, database=None)
settings.load_profile("desk")


class Pay(Protocol):
    """A customer pays; the answer is the payment as the store now has it."""

    def __call__(
        self,
        amount: int = 5000,
        currency: str = "usd",
        method: str | Method = FUNDED,
        *,
        customer: Customer | None = ADA,
        capture_method: str = "automatic",
        description: str | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Payment:
        """Return the payment, captured unless the method or capture says otherwise."""


class Funds(Protocol):
    """The business adds its own money to the balance."""

    def __call__(self, amount: int = 100_000, currency: str = "usd") -> None:
        """Make that much available at once."""


class Later(Protocol):
    """Time passes, and the outside world acts as it does."""

    def __call__(self, passes: timedelta = AFTER_REVERSALS) -> None:
        """Move the clock on; everything due until then happens."""


@pytest.fixture
def clock() -> StandingClock:
    """Time stands still on a Monday morning until the test moves it."""
    return StandingClock(MONDAY)


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Where the test's store is."""
    return f"sqlite:///{tmp_path / 'desk.db'}"


@pytest.fixture
def store(url: str, clock: StandingClock) -> Iterator[Store]:
    """An empty sandbox with repeatable ids."""
    ids = SeededIds("test")
    with door.open_store(url, clock=clock, ids=ids, mode=door.Mode.SANDBOX) as made:
        yield made


@pytest.fixture
def mia() -> Actor:
    """An agent at the console."""
    return Actor("mia", Face.CONSOLE)


@pytest.fixture
def pay(store: Store, mia: Actor) -> Pay:
    """Make payments in the store."""

    def paying(
        amount: int = 5000,
        currency: str = "usd",
        method: str | Method = FUNDED,
        *,
        customer: Customer | None = ADA,
        capture_method: str = "automatic",
        description: str | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Payment:
        made = store.payment_intents.create(
            amount=amount,
            currency=currency,
            payment_method=method,
            customer=customer,
            capture_method=capture_method,
            description=description,
            metadata=metadata,
            actor=mia,
        )
        return made.payment

    return paying


@pytest.fixture
def funds(store: Store, mia: Actor) -> Funds:
    """Fill the store's balance."""

    def adding(amount: int = 100_000, currency: str = "usd") -> None:
        store.topups.create(amount=amount, currency=currency, actor=mia)

    return adding


@pytest.fixture
def later(store: Store, clock: StandingClock) -> Later:
    """Let time pass in the store."""

    def passing(passes: timedelta = AFTER_REVERSALS) -> None:
        clock.at += passes
        store.advance()

    return passing
