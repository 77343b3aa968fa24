"""Bulk refunds: planned first, then carried out in steps that survive anything."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from store.bulk import Bulk, BulkItem, BulkState, ItemState, Plan, begun, tried_again
from store.clock import Clock
from store.errors import Refused
from store.event import Actor
from store.ids import IdFactory
from store.lists.page import PAGE_SIZE, Cursor, Page
from store.moves import Kind, What, after
from store.rates import SANDBOX_RATES, Rates
from store.refund import Reason
from store.refusals import bulk as bulk_refusals
from store.search.filters import Filter
from store.shape.bulk import bulk_shape
from store.shape.objects import previous_attributes
from store.sql import Connection, bulks, many
from store.sql.batch import Batch
from store.sql.engine import Database
from store.sql.postgres import Outpaced
from store.sql.transaction import Transaction
from store.verbs.issue_refund import reason_of, why_not_reason
from store.verbs.plan_bulk import Planner
from store.verbs.run_bulk import Pace, carry_on
from store.verbs.write import Request, Verbs

_WRITTEN_AT_ONCE = 500
"""So many planned items are one transaction: nobody waits long for it."""
_AGAIN = 4
STARTED, UPDATED = "desk.bulk.started", "desk.bulk.updated"


class Bulks(Verbs):
    """Verbs of bulk refunds."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ids: IdFactory,
        rates: Rates = SANDBOX_RATES,
    ) -> None:
        super().__init__(database, clock, ids, rates)
        self._fits = Pace().fits

    def plan(
        self,
        *,
        payments: Sequence[str] | None = None,
        filter: Filter | None = None,  # noqa: A002 - what lists call it
        reason: Reason | str | None = None,
        note: str | None = None,
        reverse_transfer: bool = False,
        refund_application_fee: bool = False,
    ) -> Plan:
        """Return what a full refund of each of these payments would be; do nothing.

        Payments are named by the ids of their intents or charges, or by a filter.
        What comes back of those that are shared is one choice for all of them.

        Raises:
            Refused: Nobody may refund for that reason, or nothing is chosen.
        """
        unplanned = self.because(
            Plan(()),
            reason=reason,
            note=note,
            reverse_transfer=reverse_transfer,
            refund_application_fee=refund_application_fee,
        )
        with self._database.read() as connection:
            given = list(payments or ())
            if filter is not None:
                given += many.matching(connection, filter)
            if not given:
                raise Refused(bulk_refusals.nothing_chosen())
            planner = Planner(connection, self._clock.now(), self._rates)
            return replace(unplanned, items=tuple(planner.plan(given)))

    def because(
        self,
        plan: Plan,
        *,
        reason: Reason | str | None,
        note: str | None,
        reverse_transfer: bool = False,
        refund_application_fee: bool = False,
    ) -> Plan:
        """Return the same plan by other choices; no payment is looked at again.

        Raises:
            Refused: Nobody may refund for that reason.
        """
        why = reason_of(reason)
        if refusal := why_not_reason(why, note):
            raise Refused(refusal)
        return replace(
            plan,
            reason=why,
            note=note,
            reverse_transfer=reverse_transfer,
            refund_application_fee=refund_application_fee,
        )

    def start(self, plan: Plan, *, actor: Actor, key: str | None = None) -> Bulk:
        """Write a plan down as a job; from then on it survives whatever happens.

        Raises:
            Refused: Nothing of it can be refunded.
        """
        request = Request("bulk.start", plan.params(), actor, key)
        given = self._ids.new("blk")
        if not self._is_answered(request):
            if not plan.refundable:
                raise Refused(bulk_refusals.nothing_to_refund())
            self._write_items(given, plan, actor)

        def act(tx: Transaction) -> Bulk:
            bulk = begun(given, plan, actor.name, tx.now)
            bulks.add(tx.connection, bulk)
            tx.tell(STARTED, bulk_shape(bulk))
            return bulk

        return self._run(request, act, _recall, lambda bulk: bulk.id)

    def _is_answered(self, request: Request) -> bool:
        if request.key is None:
            return False
        with self._begin(request.actor) as tx:
            return tx.answer(request.key) is not None

    def _write_items(self, given: str, plan: Plan, actor: Actor) -> None:
        """Write the items first: nobody finds them before their job is there."""
        for part in many.chunks(plan.items, _WRITTEN_AT_ONCE):
            with self._begin(actor) as tx:
                bulks.add_items(tx.connection, given, part)
                tx.commit()

    def run(self, bulk_id: str, *, actor: Actor) -> Bulk:
        """Refund the next payments of a running job, in one short transaction.

        Call it again while the job runs. Several processes may at once: each payment
        has a key of its own, and is refunded once.

        Raises:
            Refused: There is no such job.
            StoreBusy: Others are writing; nothing was done.
        """
        for _ in range(_AGAIN):
            with suppress(Outpaced):
                return self._step(bulk_id, actor)
        return self._step(bulk_id, actor)

    def _step(self, bulk_id: str, actor: Actor) -> Bulk:
        with self._database.write() as connection:
            pace = Pace(self._fits)
            bulk = _found(connection, bulk_id)
            if bulk.state is not BulkState.RUNNING:
                return bulk
            now, ids = self._clock.now(), self._ids
            tx = Batch(connection, now, ids, actor, rates=self._rates)
            ran = carry_on(tx, bulk, pace)
            if not ran.queued:
                ran = replace(ran, state=BulkState.DONE)
            _write(tx, bulk, ran)
            tx.commit()
            self._fits = pace.end()
            return ran

    def pause(self, bulk_id: str, *, actor: Actor, key: str | None = None) -> Bulk:
        """Let a job wait; whoever runs it finds that it does not run.

        Raises:
            Refused: It is over.
        """
        return self._move(bulk_id, What.BULK_PAUSES, BulkState.PAUSED, actor, key)

    def resume(self, bulk_id: str, *, actor: Actor, key: str | None = None) -> Bulk:
        """Let a job that was paused or stopped go on.

        Raises:
            Refused: It is over.
        """
        return self._move(bulk_id, What.BULK_GOES_ON, BulkState.RUNNING, actor, key)

    def stop(self, bulk_id: str, *, actor: Actor, key: str | None = None) -> Bulk:
        """End a job before its time; what it has not come to stays as it is.

        Raises:
            Refused: It is over.
        """
        return self._move(bulk_id, What.BULK_STOPS, BulkState.STOPPED, actor, key)

    def _move(
        self,
        bulk_id: str,
        what: What,
        wanted: BulkState,
        actor: Actor,
        key: str | None,
    ) -> Bulk:
        request = Request(f"bulk.{what}", {"bulk": bulk_id}, actor, key)

        def act(tx: Transaction) -> Bulk:
            bulk = _found(tx.connection, bulk_id)
            if bulk.state is wanted:
                return bulk
            if not after(Kind.BULK, bulk.state, what):
                raise Refused(bulk_refusals.is_over(bulk.state, wanted))
            return _write(tx, bulk, replace(bulk, state=wanted))

        return self._run(request, act, _recall, lambda bulk: bulk.id)

    def retry(self, bulk_id: str, *, actor: Actor, key: str | None = None) -> Bulk:
        """Queue those failures again that may end otherwise; the job runs again.

        Raises:
            Refused: There is none, or no such job.
        """
        request = Request("bulk.retry", {"bulk": bulk_id}, actor, key)
        bulk, last = self._queue_again(request, bulk_id, 0)
        request = replace(request, key=None)
        while last:
            bulk, last = self._queue_again(request, bulk_id, last)
        return bulk

    def _queue_again(
        self, request: Request, bulk_id: str, last: int
    ) -> tuple[Bulk, int]:
        """Queue the next failures; return the place of the last, 0 where all are."""
        most = _WRITTEN_AT_ONCE

        def act(tx: Transaction) -> tuple[Bulk, int]:
            bulk = _found(tx.connection, bulk_id)
            failures = bulks.retryable(tx.connection, bulk_id, last, most)
            if not failures and not last:
                raise Refused(bulk_refusals.nothing_to_retry())
            if not failures:
                return bulk, 0
            again, items = tried_again(bulk, failures)
            bulks.write_items(tx.connection, items)
            more = failures[-1].seq if len(failures) == most else 0
            return _write(tx, bulk, again), more

        def recall(tx: Transaction, given: str) -> tuple[Bulk, int]:
            return _recall(tx, given), 0

        return self._run(request, act, recall, lambda queued: queued[0].id)

    def retrieve(self, bulk_id: str) -> Bulk:
        """Return a job as it stands.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        with self._database.read() as connection:
            return _found(connection, bulk_id)

    def unfinished(self) -> tuple[Bulk, ...]:
        """Return the jobs that run or pause, oldest first."""
        with self._database.read() as connection:
            return bulks.unfinished(connection)

    def list(
        self, *, after: Cursor | None = None, limit: int = PAGE_SIZE
    ) -> Page[Bulk]:
        """Return jobs, newest first; a page continues at its `last` place."""
        with self._database.read() as connection:
            return bulks.newest(connection, after, limit)

    def items(
        self,
        bulk_id: str,
        *,
        states: Sequence[ItemState] = (),
        after: Cursor | None = None,
        limit: int = PAGE_SIZE,
    ) -> Page[BulkItem]:
        """Return the payments of a job in its order, in these states or in any.

        Raises:
            Refused: There is no such job.
        """
        with self._database.read() as connection:
            _found(connection, bulk_id)
            return bulks.items(connection, bulk_id, states, after, limit)


def _found(connection: Connection, given: str) -> Bulk:
    found = bulks.find(connection, given)
    if found is None:
        raise Refused(bulk_refusals.no_such_bulk(given))
    return found


def _write(tx: Transaction, before: Bulk, bulk: Bulk) -> Bulk:
    """Keep where a job stands now; tell it where its state is another."""
    bulks.write(tx.connection, bulk)
    if bulk.state is not before.state:
        shape = bulk_shape(bulk)
        previous = previous_attributes(bulk_shape(before), shape)
        tx.tell(UPDATED, shape, previous=previous)
    return bulk


def _recall(tx: Transaction, bulk_id: str) -> Bulk:
    return _found(tx.connection, bulk_id)
