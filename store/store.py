"""Store: the verbs by noun, one transaction each."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from store.clock import Clock, RunningClock
from store.ids import IdFactory, RandomIds
from store.outcome import ImportReport
from store.settings import Settings
from store.sql import settings
from store.sql.engine import Database, open_database
from store.verbs.advance import advance
from store.verbs.disputes import Disputes
from store.verbs.doctor import Finding, examine
from store.verbs.events import Events
from store.verbs.payment_intents import PaymentIntents
from store.verbs.payments import Payments
from store.verbs.refunds import Refunds
from store.verbs.take_in import take_in
from store.verbs.topups import Topups

if TYPE_CHECKING:
    from store.intake.reading import Sighting


class Mode(StrEnum):
    """What kind of store this is; no store moves real money."""

    SANDBOX = "sandbox"
    DEMO = "demo"


class Store:
    """A whole refund system: payments, refunds, balance, events.

    Safe to use from several threads; every verb is one transaction.
    """

    def __init__(self, database: Database, clock: Clock, ids: IdFactory) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        self.payments = Payments(database, clock)
        self.refunds = Refunds(database, clock, ids)
        self.payment_intents = PaymentIntents(database, clock, ids)
        self.topups = Topups(database, clock, ids)
        self.disputes = Disputes(database, clock, ids)
        self.events = Events(database)

    @property
    def mode(self) -> Mode:
        """Return whether this is a sandbox or the demo."""
        return Mode(self._database.setting("mode", Mode.SANDBOX.value))

    @property
    def label(self) -> str:
        """Return the store's short name for a header."""
        return self._database.label

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
        return advance(self._database, self._clock, self._ids, to)

    def take_in(self, source: str, objects: "Iterable[Sighting]") -> ImportReport:
        """Import objects of Stripe's API, all or nothing.

        Raises:
            ImportFailed: With every line that is wrong.
        """
        return take_in(self._database, self._clock, self._ids, source, objects)

    def examine(self) -> tuple[Finding, ...]:
        """Check everything that must always hold; return what does not."""
        return examine(self._database)

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
) -> Store:
    """Open the store at a SQLite URL, creating it with `mode` when it is new.

    Raises:
        StoreUnusable: The file is not a store, or cannot be opened.
    """
    database = open_database(url, mode=mode.value)
    return Store(database, clock or RunningClock(), ids or RandomIds())
