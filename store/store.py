"""Store: the verbs by noun, one transaction each."""

import os
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Self

from store.balance import CurrencyBalance
from store.clock import Clock, RunningClock
from store.desk.answered import Answered
from store.ids import IdFactory, RandomIds
from store.mail.environment import from_environment
from store.mail.post import Postman
from store.outcome import ImportReport
from store.rates import SANDBOX_RATES, Rates
from store.settings import Settings
from store.shape.objects import Json
from store.sql import settings
from store.sql.engine import Database, open_database
from store.verbs.advance import advance
from store.verbs.agenda import Agenda
from store.verbs.answers import answer
from store.verbs.application_fees import ApplicationFees
from store.verbs.backup import backup, restore
from store.verbs.balance import BalanceTransactions, balance, sheet
from store.verbs.blocks import Blocks
from store.verbs.bulk import Bulks
from store.verbs.charges import Charges
from store.verbs.connected_accounts import ConnectedAccounts
from store.verbs.currencies import currency_of
from store.verbs.customers import Customers
from store.verbs.disputes import Disputes
from store.verbs.doctor import Finding, examine
from store.verbs.events import Events
from store.verbs.letters import Letters
from store.verbs.mending import mend
from store.verbs.notes import Notes
from store.verbs.payment_intents import PaymentIntents
from store.verbs.payment_methods import PaymentMethods
from store.verbs.payments import Payments
from store.verbs.receipts import Receipts
from store.verbs.refunds import Refunds
from store.verbs.replies import Replies
from store.verbs.reviews import Reviews
from store.verbs.take_in import take_in
from store.verbs.topups import Topups
from store.verbs.transfers import Transfers
from store.verbs.webhook_endpoints import WebhookEndpoints
from store.verbs.webhooks import Webhooks

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
        self.agenda = Agenda(database, clock)
        self.bulk = Bulks(database, clock, ids, rates)
        self.payment_intents = PaymentIntents(database, clock, ids, rates)
        self.payment_methods = PaymentMethods(database, clock, ids)
        self.charges = Charges(database, clock, ids)
        self.connected_accounts = ConnectedAccounts(database)
        self.customers = Customers(database, clock, ids)
        self.balance_transactions = BalanceTransactions(database, clock)
        self.topups = Topups(database, clock, ids, rates)
        self.transfers = Transfers(database, clock, ids, rates)
        self.application_fees = ApplicationFees(database, clock, ids, rates)
        self.disputes = Disputes(database, clock, ids, rates)
        self.reviews = Reviews(database, clock, ids)
        self.blocks = Blocks(database, clock, ids)
        self.events = Events(database)
        self.webhook_endpoints = WebhookEndpoints(database, clock, ids)
        self.webhooks = Webhooks(database, clock, ids)
        self.notes = Notes(database, clock, ids)
        # The people of a demo are made up: nobody writes to them.
        real = None if self.mode is Mode.DEMO else postman
        self.receipts = Receipts(database, clock, ids, real)
        self.replies = Replies(database, clock)
        self.letters = Letters(database, clock, ids, self.receipts)

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
    def runs(self) -> bool:
        """Tell whether its time passes by itself; a demo's stands still."""
        return isinstance(self._clock, RunningClock)

    @property
    def settings(self) -> Settings:
        """Return what the holder has decided for this store."""
        with self._database.read() as connection:
            return settings.read(connection)

    def settles_in(self, currency: str) -> str | None:
        """Return what a payment in a currency is converted to; None where it is not."""
        own = self.settings.settlement_currency
        if own in (None, currency):
            return None
        rate = self._rates.rate(currency, own or "", self.now())
        return own if rate else None

    def configure(self, decided: Settings) -> None:
        """Decide anew for this store, from the next verb on.

        Raises:
            Refused: A currency that was not there before is none.
        """
        with self._database.write() as connection:
            before = settings.read(connection)
            for one in decided.currencies - before.currencies:
                currency_of(one)
            settings.write(connection, decided)
            connection.commit()

    def advance(self, to: datetime | None = None) -> int:
        """Let the outside world act until `to` (default: now); return its steps.

        What breaks is no step: it is set aside, and the rest goes on. A store that is
        only read stands still, and refuses to be told a time.
        """
        if self.read_only and to is None:
            return 0
        self._database.check_writable()
        rates = self._rates
        steps = advance(self._database, self._clock, self._ids, to, rates=rates)
        self.receipts.deliver()
        return steps

    def present(self) -> datetime:
        """Return the time that a change would be dated now: never before the last."""
        with self._database.read() as connection:
            return max(self.now(), settings.reached(connection))

    def pass_time(self, to: datetime) -> int:
        """Let the outside world act until `to`, and date every change from then on.

        So a test says that days have passed; return the steps of the outside world.
        """
        steps = self.advance(to)
        with self._database.write() as connection:
            if to > settings.reached(connection):
                settings.reach(connection, to)
                connection.commit()
        return steps

    def together(self) -> AbstractContextManager[None]:
        """Make all changes of this thread lasting at once, when the block ends."""
        return self._database.together()

    def at_once(self) -> AbstractContextManager[None]:
        """Let what this thread asks for fail where it would wait, until the block ends.

        After a write nothing in the block fails so any more.
        """
        return self._database.at_once()

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

    def balance(self, holder: str | None = None) -> Json:
        """Return what every currency has available and pending, as the API does.

        With `holder`, what a connected account has.
        """
        return balance(self._database, holder)

    def balance_sheet(self) -> tuple[CurrencyBalance, ...]:
        """Return what the platform has in each currency, and when more comes."""
        return sheet(self._database)

    def answer(self, key: str) -> Answered | None:
        """Return what became of an idempotency key; None: it was never carried out."""
        return answer(self._database, key)

    def changes(self) -> int:
        """Return a number that is another once any process has changed the store.

        It may be asked every second; only the numbers of one open store compare.
        """
        return self._database.changes()

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
    read_only: str | None = None,
    create: bool = True,
) -> Store:
    """Open the store at a SQLite or PostgreSQL URL, made with `mode` when it is new.

    Currencies are converted at `rates`; the sandbox has its own.
    Receipts go out by `postman`, or by the mail server that the environment names.
    With `read_only`, a sentence that says why, every change is refused with it.
    Without `create` there must be a store already.

    Raises:
        StoreUnusable: It is no store, an older one, or cannot be opened.
    """
    database = open_database(url, mode=mode.value, read_only=read_only, create=create)
    by = postman or from_environment(os.environ)
    return Store(database, clock or RunningClock(), ids or RandomIds(), by, rates)


def migrate(url: str) -> "Migrated":
    """Bring an older store up to date; a file is copied first.

    Raises:
        StoreError: It is no store, a newer one, or in use; nothing was changed.
    """
    # Alembic takes half a second to load, and few runs need it.
    from store.sql.migrations.run import migrate as carry_out  # noqa: PLC0415 - above

    return carry_out(url, mend=mend)
