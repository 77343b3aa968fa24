"""Import: objects of Stripe's API come in and join, all of a file or nothing."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from store.clock import Clock
from store.errors import ImportFailed
from store.event import Actor, Event, Face
from store.ids import IdFactory
from store.intake.fields import Wrong
from store.intake.merging import merged
from store.intake.objects import Thing, understood
from store.intake.reading import Found, Problem, Sighting
from store.outcome import ImportReport, Movement
from store.payment import Charge, Customer, Dispute, Intent
from store.refund import Refund
from store.sql import bulk
from store.sql.engine import Database
from store.sql.relisting import relist
from store.sql.transaction import Transaction
from store.verbs.take_in_joins import join_charges, join_refunds
from store.verbs.take_in_money import book, close
from store.verbs.take_in_tally import MOST_PROBLEMS, Tally

IMPORTER = Actor("import", Face.IMPORT)
CHUNK = 2000
"""How many objects are joined and written together."""


def take_in(
    database: Database,
    clock: Clock,
    ids: IdFactory,
    source: str,
    objects: Iterable[Sighting],
) -> ImportReport:
    """Import objects of Stripe's API, all or nothing.

    Raises:
        ImportFailed: With every line that is wrong.
    """
    with database.write() as connection:
        tx = Transaction(connection, clock.now(), ids, IMPORTER)
        intake = _Intake(tx, source)
        for chunk in bulk.batches(objects, CHUNK):
            intake.take(chunk)
        report = intake.finish()
        tx.commit()
        return report
