"""Batch: many requests in one transaction, each done whole or not at all."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from store.errors import Refused, StaleView
from store.event import Actor
from store.ids import IdFactory
from store.payment import Payment
from store.rates import SANDBOX_RATES, Rates
from store.refund import Refund
from store.refusals import bulk as bulk_refusals
from store.review import Review
from store.sql import listed, many, risk
from store.sql.mapping.payments import Values
from store.sql.transaction import UNDO, Transaction


class Batch(Transaction):
    """A transaction in which one request after another is carried out."""

    LATER = True

    def __init__(
        self,
        connection: Connection,
        now: datetime,
        ids: IdFactory,
        actor: Actor,
        *,
        rates: Rates = SANDBOX_RATES,
    ) -> None:
        super().__init__(connection, now, ids, actor, rates=rates)
        self._known: dict[str, Payment] = {}
        self._unreviewed: set[str] = set()
        self._rows: list[Values] = []
        """Rows of the list that wait: the text index takes them best all at once."""
        self._waits: dict[tuple[str, str | None], bool] = {}

    def learn(self, payments: Sequence[str]) -> None:
        """Read payments ahead, all at once: each costs many questions alone."""
        known = many.payments(self.connection, payments)
        charges = [one.charge.id for one in known.values() if one.charge]
        reviewed = risk.under_review(self.connection, charges)
        self._unreviewed.update(one for one in charges if one not in reviewed)
        self._known |= {
            name: one for name, one in known.items() if not one.is_by_attempt
        }

    def waits(self, currency: str, holder: str | None = None) -> bool:
        """Tell whether any refund waits for a holder's funds in a currency."""
        purse = currency, holder
        if purse not in self._waits:
            self._waits[purse] = super().waits(*purse)
        return self._waits[purse]

    def add_refund(self, refund: Refund) -> None:
        """Write a new refund; the guards refuse one that is too much."""
        if refund.is_held:
            self._waits.clear()
        super().add_refund(refund)

    def set_refund(self, refund: Refund) -> None:
        """Rewrite a refund; the guards refuse an illegal move."""
        self._waits.clear()
        super().set_refund(refund)

    def open_review(self, charge: str) -> Review | None:
        """Return the review of a charge that nothing has closed."""
        return None if charge in self._unreviewed else super().open_review(charge)

    def known(self, payment: str) -> Payment | None:
        """Return a payment that was read ahead and has not changed since."""
        found = self._known.get(payment)
        if found is None:
            self._write_rows()
        return found

    def touch(self, payment_id: str, *, by_agent: bool = False) -> Payment | None:
        """Bring a payment's row of the list in step with its objects; return it."""
        self._known.pop(payment_id, None)
        self._write_rows()
        return super().touch(payment_id, by_agent=by_agent)

    def _relist(self, payment: Payment) -> None:
        self._known.pop(payment.id, None)
        self._rows.append(listed.values(payment, self.actor.name))

    def _write_rows(self) -> None:
        listed.rewrite(self.connection, self._rows)
        self._rows = []

    def commit(self) -> None:
        """Make it lasting."""
        self._write_rows()
        self._log.write()
        super().commit()

    @contextmanager
    def attempt(self, key: str) -> Iterator[None]:
        """Carry out one request under its own key; undo it alone when it fails.

        Raises:
            Refused: A rule says no, or a guard of the database does.
            StaleView: The payment changed since the caller looked.
        """
        self.key, self._request = key, self.ids.new("req")
        forget = self._from_here()
        try:
            with self.step():
                yield
        except StaleView:
            self.connection.exec_driver_sql(UNDO)
            forget()
            raise
        except IntegrityError as error:
            # A broken rule ends the statement alone; the savepoint is still there.
            self.connection.exec_driver_sql(UNDO)
            forget()
            said = str(error.orig).strip().splitlines()[0]
            raise Refused(bulk_refusals.guarded(said)) from error
        finally:
            self.key = self._request = None

    def _from_here(self) -> Callable[[], None]:
        before, rows = super()._from_here(), tuple(self._rows)

        def forget() -> None:
            before()
            self._rows = list(rows)
            self._waits.clear()

        return forget
