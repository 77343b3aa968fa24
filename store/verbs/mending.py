"""Mending: what older programs left standing in the way of time ends."""

from sqlalchemy import Connection, text

from store.event import BANK
from store.ids import RandomIds
from store.sql import agenda, audit, reads, settings
from store.sql.transaction import Transaction
from store.verbs import taking


def mend(connection: Connection) -> None:
    """Fail the charges that can never settle, and try again what was set aside.

    The refunds that wait for such a charge are canceled; its deeds leave the agenda.
    """
    now = settings.reached(connection)
    tx = Transaction(connection, now, RandomIds(), BANK)
    for given in connection.execute(text(audit.UNSETTLED)).scalars().all():
        if charge := reads.charge(connection, given):
            taking.settle(tx, charge)
    agenda.try_again(connection)
