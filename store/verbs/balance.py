"""Balance: what the holder has, and each movement that made it so."""

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Unpack

from store.balance import CurrencyBalance, DayFlow
from store.clock import Clock
from store.ledger import Account
from store.lists.page import PAGE_SIZE, Cursor, Page
from store.lists.window import Listed, Window
from store.money import Money
from store.outcome import Movement
from store.shape.account import balance_shape
from store.shape.objects import Json
from store.sql import Connection, flows, lists, reads
from store.sql.engine import Database
from store.sql.queue import account_currencies, connected_purses
from store.verbs.currencies import currency_of
from store.verbs.reading import retrieve


def balance(database: Database, holder: str | None = None) -> Json:
    """Return the balance of every currency, as the API does; the platform's or not."""
    with database.read() as connection:
        theirs = (one for who, one in connected_purses(connection) if who == holder)
        known = set(theirs) if holder else account_currencies(connection)
        return balance_shape(
            [
                (
                    reads.available(connection, currency, holder),
                    reads.of_account(connection, Account.PENDING, currency, holder),
                )
                for currency in sorted(known)
            ]
        )


def sheet(database: Database) -> tuple[CurrencyBalance, ...]:
    """Return what the platform has in every currency, and when more comes."""
    with database.read() as connection:
        return flows.sheet(connection)


class BalanceTransactions:
    """Read verbs of balance transactions."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def movements(
        self,
        *,
        currency: str,
        kind: str | None = None,
        after: Cursor | None = None,
        limit: int = PAGE_SIZE,
    ) -> Page[Movement]:
        """Return what moved on the platform's balance, newest first.

        Each says what the balance was after it, unless the list is narrowed to a
        `kind`, which is a reporting category such as `refund`.
        """
        with self._database.read() as connection:
            code = _held(connection, currency)
            return flows.page(connection, code, kind, after=after, limit=max(1, limit))

    def flows(
        self, *, currency: str, days: int = 30, zone: tzinfo = UTC
    ) -> tuple[DayFlow, ...]:
        """Return what refunds did to the balance on each of the last days, in order.

        A day is one of the `zone`; the last is today.
        """
        today = self._clock.now().astimezone(zone).date()
        first = today - timedelta(days=max(1, days) - 1)
        since = datetime.combine(first, time(), zone).astimezone(UTC)
        with self._database.read() as connection:
            currency = _held(connection, currency)
            moved = flows.of_refunds(connection, currency, since)
            waited = flows.held(connection, currency, since)
        out: dict[object, int] = defaultdict(int)
        back, held = out.copy(), out.copy()
        for at, left, came in moved:
            day = at.astimezone(zone).date()
            out[day] += left
            back[day] += came
        for at, waits in waited:
            held[at.astimezone(zone).date()] += waits
        shown = [first + timedelta(days=n) for n in range((today - first).days + 1)]
        return tuple(
            DayFlow(
                date=day,
                refunded=Money(out[day], currency),
                returned=Money(back[day], currency),
                held=Money(held[day], currency),
            )
            for day in shown
        )

    def retrieve(self, balance_transaction: str) -> Movement:
        """Return a balance transaction.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        return retrieve(self._database, lists.MOVEMENTS, balance_transaction)

    def list(
        self,
        *,
        source: str | None = None,
        type: str | None = None,  # noqa: A002 - the API's name
        currency: str | None = None,
        holder: str | None = None,
        own: bool = False,
        **window: Unpack[Window],
    ) -> Listed[Movement]:
        """Return a page of balance transactions, newest first.

        With `holder`, those of one connected account; with `own`, the platform's.

        Raises:
            Refused: The cursor is unknown, or there are two.
        """
        with self._database.read() as connection:
            code = _held(connection, currency) if currency else None
            equal = {"source": source, "type": type, "currency": code}
            whose = flows.OWN if own else ()
            return lists.listed(
                connection, lists.MOVEMENTS, window, *whose, holder=holder, **equal
            )


def _held(connection: Connection, given: str) -> str:
    """Return a currency's code; a store of before may hold one that there is not.

    Raises:
        Refused: There is none such, nor does the store hold it.
    """
    code = given.strip().lower()
    return code if code in account_currencies(connection) else currency_of(given)
