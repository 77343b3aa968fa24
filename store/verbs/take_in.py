"""Import: objects of Stripe's API come in and join, all of a file or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from store.balance import releasable
from store.bounded import MIB
from store.clock import Clock, to_unix
from store.dispute import Dispute
from store.errors import ImportFailed
from store.event import Actor, Event, Face
from store.ids import IdFactory
from store.intake.fields import Wrong
from store.intake.joining import Booking, booked, closing
from store.intake.merging import merged
from store.intake.objects import Thing, understood
from store.intake.reading import Found, Problem, Sighting
from store.ledger import Posting
from store.outcome import ImportReport, Movement
from store.payment import Charge, Customer, Intent
from store.rates import SANDBOX_RATES, Rates
from store.refund import Refund
from store.review import Review
from store.sql import bulk, latest_charges, reads
from store.sql.bulk import Shelf
from store.sql.engine import Database
from store.sql.queue import account_currencies
from store.sql.relisting import relist
from store.sql.transaction import Transaction
from store.verbs import reconcile
from store.verbs.partly import Partly
from store.verbs.reconcile import Difference, T
from store.verbs.release import release
from store.verbs.tally import Tally

IMPORTER = Actor("import", Face.IMPORT)
CHUNK = 2000
"""How many objects are joined and written together."""
_MOST_TEXT = 16 * MIB
"""From so much text they are written, however few they are."""


def take_in(
    database: Database,
    clock: Clock,
    ids: IdFactory,
    source: str,
    objects: Iterable[Sighting],
    *,
    rates: Rates = SANDBOX_RATES,
) -> ImportReport:
    """Import objects of Stripe's API, all or nothing.

    Raises:
        ImportFailed: With every line that is wrong.
    """
    with database.write() as connection:
        tx = Transaction(connection, clock.now(), ids, IMPORTER, rates=rates)
        intake = _Intake(tx, source)
        try:
            for chunk in _chunks(objects):
                intake.take(chunk)
            report = intake.finish()
        except bulk.HeldBack as guard:
            said = f"{source}: the store's own guards refuse it: {guard}."
            raise ImportFailed(source, (said,)) from guard
        connection.commit()
        return report


class _Intake:
    """One file on its way in; refunds wait for the charges they belong to."""

    def __init__(self, tx: Transaction, source: str) -> None:
        self._tx = tx
        self._tally = Tally(source)
        self._refunds: dict[str, Refund] = {}
        self._partly = Partly()
        self._intents: set[str] = set()
        self._charges: set[str] = set()
        self._customers: set[str] = set()

    def take(self, sightings: list[Sighting]) -> None:
        """Join some objects with each other and with the store, and write them."""
        seen: dict[type, dict[str, Any]] = defaultdict(dict)
        seen[Refund] = self._refunds
        for sighting in sightings:
            if isinstance(sighting, Problem):
                self._tally.problem(sighting)
            else:
                self._see(seen, sighting)
        if not self._tally.is_wrong:
            self._write(seen)
            kinds = (
                "charge",
                "payment_intent",
                "customer",
                "dispute",
                "event",
                "review",
            )
            self._tally.forget_lines(
                (*kinds, "balance_transaction"), besides=self._partly.charges
            )

    def _see(self, seen: dict[type, dict[str, Any]], found: Found) -> None:
        try:
            thing = understood(found)
            if thing is None:
                self._tally.skip(found.kind)
                return
            shelf = seen[type(thing)]
            if isinstance(thing, Charge):
                shelf = self._partly.shelf(thing, found.data, shelf)
            known: Thing | None = shelf.get(thing.id)
            self._tally.see(found.kind, thing.id, found.line)
            shelf[thing.id] = merged(known, thing) if known else thing
        except Wrong as wrong:
            self._tally.problem(Problem(found.source, found.line, str(wrong)))

    def _write(self, seen: dict[type, dict[str, Any]]) -> None:
        customers = self._compare(bulk.CUSTOMERS, seen[Customer], reconcile.keep_origin)
        intents = self._compare(bulk.INTENTS, seen[Intent], reconcile.keep_origin)
        disputes = self._compare(bulk.DISPUTES, seen[Dispute], reconcile.keep_origin)
        reviews = self._compare(bulk.REVIEWS, seen[Review], lambda _old, new: new)
        movements = self._compare(
            bulk.MOVEMENTS, seen[Movement], reconcile.keep_movement
        )
        self._partly.hold_back(self._tx, seen[Charge])
        charges = reconcile.charges(
            self._tx,
            self._tally,
            seen[Charge],
            (*movements.new, *movements.changed),
            disputes.new,
        )
        if self._tally.is_wrong:
            return
        self._put(bulk.CUSTOMERS, customers)
        self._put(bulk.INTENTS, intents)
        self._put(bulk.DISPUTES, disputes)
        self._put(bulk.REVIEWS, reviews)
        self._book(movements)
        self._put(bulk.CHARGES, charges)
        self._tell(list(seen[Event].values()))
        self._customers |= customers.ids
        self._intents |= intents.ids
        self._charges |= charges.ids
        self._charges |= {
            one.charge for one in (*disputes.new, *disputes.changed) if one.charge
        }

    def _compare(self, shelf: Shelf[T], seen: dict[str, T], keep: Any) -> Difference[T]:
        return reconcile.differences(self._tx, self._tally, shelf, seen, keep)

    def _put(self, shelf: Shelf[T], found: Difference[T]) -> None:
        bulk.change(self._tx.connection, shelf, found.changed)
        bulk.add(self._tx.connection, shelf, found.new)
        self._tally.add(shelf.name, (one.id for one in found.new))
        self._tally.change(shelf.name, (one.id for one in found.changed))

    def _book(self, found: Difference[Movement]) -> None:
        bookings: list[Booking] = [booked(one, self._tx.now) for one in found.new]
        there = [one.movement for one in bookings]
        self._put(bulk.MOVEMENTS, Difference(there, found.changed))
        self._post([posting for one in bookings for posting in one.postings])
        due = [one.due for one in bookings if one.due]
        bulk.schedule(self._tx.connection, due)

    def _post(self, postings: list[Posting]) -> None:
        bulk.post(self._tx.connection, postings, to_unix(self._tx.now))

    def _tell(self, events: list[Event]) -> None:
        known = bulk.known_events(self._tx.connection, [one.id for one in events])
        new = [one for one in events if one.id not in known]
        new.sort(key=lambda one: one.created)
        bulk.add_events(self._tx.connection, new, IMPORTER.face.value)
        self._tally.add("event", (one.id for one in new))
        self._intents |= {one.payment for one in new if one.payment}
        self._charges |= {one.payment for one in new if one.payment}

    def finish(self) -> ImportReport:
        """Write the refunds, close what is open, bring the lists in step.

        Raises:
            ImportFailed: Anything was wrong.
        """
        self._tally.check()
        self._partly.charges |= {
            one.id: one
            for one in latest_charges.with_intents(
                self._tx.connection, self._partly.charges.values()
            )
        }
        for held, incomes in self._partly.read(self._tx, self._refunds):
            charges = reconcile.charges(self._tx, self._tally, held, incomes, ())
            self._tally.check()
            self._put(bulk.CHARGES, charges)
            self._charges |= charges.ids
        for batch in _by_charge(self._refunds):
            done = reconcile.refunds(self._tx, self._tally, batch)
            if self._tally.is_wrong:
                continue
            self._put(bulk.REFUNDS, done.found)
            bulk.change(self._tx.connection, bulk.CHARGES, done.charges)
            self._charges |= {
                one.charge
                for one in (*done.found.new, *done.found.changed)
                if one.charge
            }
        self._tally.check()
        self._name_intents()
        self._close()
        relist(
            self._tx.connection,
            intents=self._intents,
            charges=self._charges,
            customers=self._customers,
        )
        for currency in account_currencies(self._tx.connection):
            release(self._tx, currency)
        return self._tally.report()

    def _name_intents(self) -> None:
        """Say of charges which intent they are of, where only the intent says it."""
        connection = self._tx.connection
        silent = latest_charges.silent(
            connection, charges=self._charges, intents=self._intents
        )
        named = latest_charges.with_intents(connection, silent)
        bulk.change(connection, bulk.CHARGES, named)
        self._charges |= {one.id for one in named}

    def _close(self) -> None:
        """Close against the opening account what the export leaves open.

        Available is never below nothing; and where the export says that a refund
        waits for funds, there are none.
        """
        connection = self._tx.connection
        for currency in sorted(account_currencies(connection)):
            available = reads.available(connection, currency)
            queue = reads.held(connection, currency)
            going = releasable(queue, available).refunds
            contradicted = going and queue[0].imported
            if available.amount < 0 or contradicted:
                self._post([closing(currency, -available.amount)])


def _chunks(objects: Iterable[Sighting]) -> Iterator[list[Sighting]]:
    """Cut what a file holds into what fits into memory."""
    chunk: list[Sighting] = []
    text = 0
    for one in objects:
        chunk.append(one)
        text += one.size if isinstance(one, Found) else 0
        if len(chunk) >= CHUNK or text > _MOST_TEXT:
            yield chunk
            chunk, text = [], 0
    if chunk:
        yield chunk


def _by_charge(refunds: dict[str, Refund]) -> Iterator[dict[str, Refund]]:
    """Cut refunds into batches that hold all refunds of each charge in the file."""
    batch: dict[str, Refund] = {}
    ordered = sorted(refunds.values(), key=lambda one: (one.charge or "", one.id))
    for _, group in groupby(ordered, key=lambda one: one.charge):
        batch.update({one.id: one for one in group})
        if len(batch) >= CHUNK:
            yield batch
            batch = {}
    if batch:
        yield batch
