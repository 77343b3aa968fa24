"""Objects: what a transaction writes, domain objects in, rows out."""

from functools import cache

from sqlalchemy import (
    BindParameter,
    Connection,
    Table,
    bindparam,
    insert,
    update,
)

from store.dispute import Dispute
from store.outcome import Movement
from store.payment import Charge, Customer, Intent
from store.refund import Refund
from store.sql.agenda import Agenda
from store.sql.mapping.money import movement_values, refund_values
from store.sql.mapping.payments import (
    Values,
    charge_values,
    customer_values,
    dispute_values,
    intent_values,
)
from store.sql.prepared import Prepared
from store.sql.tables import CHARGE, CUSTOMER, DISPUTE, INTENT, MOVEMENT, REFUND

# Built once: building a statement takes four times as long as running it.
_GIVEN: BindParameter[str] = bindparam("given")
_MATURE = update(MOVEMENT).where(MOVEMENT.c.id == _GIVEN).values(status="available")


@cache
def _adding(table: Table) -> Prepared:
    return Prepared(insert(table))


@cache
def _rewriting(table: Table) -> Prepared:
    return Prepared(update(table).where(table.c.id == bindparam("this")))


class Objects(Agenda):
    """The objects of a store, as a transaction writes them."""

    connection: Connection
    _rewritten: set[str]
    """The charges of which something else was written than a new refund."""

    def _insert(self, table: Table, values: Values) -> None:
        """Write a row."""
        _adding(table).do(self.connection, values)

    def _update(self, table: Table, values: Values) -> None:
        """Rewrite the row of that id."""
        _rewriting(table).do(self.connection, {**values, "this": values["id"]})

    def add_customer(self, customer: Customer) -> None:
        """Write a new customer."""
        self._insert(CUSTOMER, customer_values(customer))

    def add_intent(self, intent: Intent) -> None:
        """Write a new payment intent."""
        self._insert(INTENT, intent_values(intent))

    def set_intent(self, intent: Intent) -> None:
        """Rewrite a payment intent."""
        self._update(INTENT, intent_values(intent))

    def add_charge(self, charge: Charge) -> None:
        """Write a new charge; what was refunded is derived."""
        self._insert(CHARGE, charge_values(charge))

    def set_charge(self, charge: Charge) -> None:
        """Rewrite a charge; what was refunded is derived."""
        self._rewritten.add(charge.id)
        self._update(CHARGE, charge_values(charge))

    def add_dispute(self, dispute: Dispute) -> None:
        """Write a new dispute."""
        self._insert(DISPUTE, dispute_values(dispute))

    def set_dispute(self, dispute: Dispute) -> None:
        """Rewrite a dispute."""
        self._update(DISPUTE, dispute_values(dispute))

    def add_refund(self, refund: Refund) -> None:
        """Write a new refund; the guards refuse one that is too much."""
        self._insert(REFUND, refund_values(refund))

    def set_refund(self, refund: Refund) -> None:
        """Rewrite a refund; the guards refuse an illegal move."""
        self._rewritten.add(refund.charge or "")
        self._update(REFUND, refund_values(refund))

    def add_movement(self, movement: Movement) -> None:
        """Write a new balance transaction."""
        values = movement_values(movement, {}, imported=False)
        self._insert(MOVEMENT, values)

    def mature(self, movement: Movement) -> None:
        """Mark a balance transaction available."""
        self.connection.execute(_MATURE, {"given": movement.id})
