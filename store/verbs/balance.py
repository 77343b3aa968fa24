"""Balance: what the holder has, and each movement that made it so."""

from typing import Unpack

from store.account_shape import balance_shape
from store.ledger import Account
from store.outcome import Movement
from store.shape import Json
from store.sql import lists, reads
from store.sql.engine import Database
from store.sql.queue import account_currencies
from store.verbs.reading import page, retrieve
from store.window import Listed, Window


def balance(database: Database) -> Json:
    """Return the balance of every currency, as the API does."""
    with database.read() as connection:
        return balance_shape(
            [
                (
                    reads.available(connection, currency),
                    reads.of_account(connection, Account.PENDING, currency),
                )
                for currency in sorted(account_currencies(connection))
            ]
        )


class BalanceTransactions:
    """Read verbs of balance transactions."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
        **window: Unpack[Window],
    ) -> Listed[Movement]:
        """Return a page of balance transactions, newest first.

        Raises:
            Refused: The cursor is unknown, or there are two.
        """
        return page(
            self._database,
            lists.MOVEMENTS,
            window,
            source=source,
            type=type,
            currency=currency,
        )
