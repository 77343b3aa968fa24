"""Store: the verbs by noun, one transaction each."""

import os
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Self

from store.clock import Clock, RunningClock
from store.ids import IdFactory, RandomIds
from store.outcome import ImportReport
from store.post import Postman, from_environment
from store.rates import SANDBOX_RATES, Rates
from store.settings import Settings
from store.shape import Json
from store.sql import settings
from store.sql.engine import Database, open_database
from store.verbs.advance import advance
from store.verbs.backup import backup, restore
from store.verbs.balance import BalanceTransactions, balance
from store.verbs.blocks import Blocks
from store.verbs.charges import Charges
from store.verbs.customers import Customers
from store.verbs.disputes import Disputes
from store.verbs.doctor import Finding, examine
from store.verbs.events import Events
from store.verbs.payment_intents import PaymentIntents
from store.verbs.payments import Payments
from store.verbs.receipts import Receipts
from store.verbs.refunds import Refunds
from store.verbs.reviews import Reviews
from store.verbs.take_in import take_in
from store.verbs.topups import Topups
from store.verbs.transfers import Transfers

if TYPE_CHECKING:
    from store.intake.reading import Sighting
    from store.sql.migrations import Migrated

__all__ = ["Mode", "Store", "migrate", "open_store", "restore"]


class Mode(StrEnum):
    """What kind of store this is; no store moves real money."""

    SANDBOX = "sandbox"
    DEMO = "demo"


class Store:
    """A whole refund system: payments, refunds, balance, events.

    Safe to use from several threads; every verb is one transaction.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ids: IdFactory,
        postman: Postman | None = None,
        rates: Rates = SANDBOX_RATES,
    ) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        self._rates = rates
        self.payments = Payments(database, clock)
        self.refunds = Refunds(database, clock, ids, rates)
        self.payment_intents = PaymentIntents(database, clock, ids, rates)
        self.charges = Charges(database, clock, ids)
        self.customers = Customers(database)
        self.balance_transactions = BalanceTransactions(database)
        self.topups = Topups(database, clock, ids, rates)
        self.transfers = Transfers(database, clock, ids, rates)
        self.disputes = Disputes(database, clock, ids, rates)
        self.reviews = Reviews(database, clock, ids)
        self.blocks = Blocks(database, clock, ids)
        self.events = Events(database)
        # The people of a demo are made up: nobody writes to them.
        real = None if self.mode is Mode.DEMO else postman
        self.receipts = Receipts(database, clock, ids, real)

    @property
    def mode(self) -> Mode:
        """Return whether this is a sandbox or the demo."""
        return Mode(self._database.setting("mode", Mode.SANDBOX.value))

    @property
    def label(self) -> str:
        """Return the store's short name for a header."""
        return self._database.label

    @property
    def read_only(self) -> str | None:
        """Return why nothing can be changed, in a sentence; None where it can."""
        return self._database.read_only

    def now(self) -> datetime:
        """Return the store's present, UTC."""
        return self._clock.now()

    @property
    def settings(self) -> Settings:
        """Return what the holder has decided for this store."""
        with self._database.read() as connection:
            return settings.read(connection)

    def configure(self, decided: Settings) -> None:
        """Decide anew for this store, from the next verb on."""
        with self._database.write() as connection:
            settings.write(connection, decided)
            connection.commit()

    def advance(self, to: datetime | None = None) -> int:
        """Let the outside world act until `to` (default: now); return its steps."""
        if self.read_only:
            return 0
        rates = self._rates
        steps = advance(self._database, self._clock, self._ids, to, rates=rates)
        self.receipts.deliver()
        return steps

    def take_in(self, source: str, objects: "Iterable[Sighting]") -> ImportReport:
        """Import objects of Stripe's API, all or nothing.

        Raises:
            ImportFailed: With every line that is wrong.
        """
        return take_in(
            self._database,
            self._clock,
            self._ids,
            source,
            objects,
            rates=self._rates,
        )

    def balance(self) -> Json:
        """Return what every currency has available and pending, as the API does."""
        return balance(self._database)

    def examine(self) -> tuple[Finding, ...]:
        """Check everything that must always hold; return what does not."""
        return examine(self._database)

    def backup(self, target: Path) -> None:
        """Copy the store into a new file and examine the copy.

        Raises:
            StoreError: The file is there already, or the store is on a server.
        """
        backup(self._database, target)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(
    url: str,
    *,
    clock: Clock | None = None,
    ids: IdFactory | None = None,
    mode: Mode = Mode.SANDBOX,
    postman: Postman | None = None,
    rates: Rates = SANDBOX_RATES,
) -> Store:
    """Open the store at a SQLite or PostgreSQL URL, made with `mode` when it is new.

    Currencies are converted at `rates`; the sandbox has its own.
    Receipts go out by `postman`, or by the mail server that the environment names.

    Raises:
        StoreUnusable: It is no store, an older one, or cannot be opened.
    """
    database = open_database(url, mode=mode.value)
    by = postman or from_environment(os.environ)
    return Store(database, clock or RunningClock(), ids or RandomIds(), by, rates)


def migrate(url: str) -> "Migrated":
    """Bring an older store up to date; a file is copied first.

    Raises:
        StoreError: It is no store, a newer one, or in use; nothing was changed.
    """
    # Alembic takes half a second to load, and few runs need it.
    from store.sql.migrations.run import migrate as carry_out  # noqa: PLC0415 - above

    return carry_out(url)
