"""Payments: what lists and screens read."""

from collections.abc import Sequence

from store import refusals
from store.badge import badge
from store.clock import Clock
from store.errors import Refusal, Refused
from store.event import Event
from store.money import Money
from store.outcome import PaymentDetail, PaymentLine
from store.page import PAGE_SIZE, Count, Cursor, Page, Sort
from store.payment import Payment
from store.search import TAB_BADGES, Filter, Tab
from store.sql import listing, reads, shared
from store.sql.engine import Database
from store.timeline import tell

COUNTED = 1001


class Payments:
    """Read verbs of payments."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def page(
        self,
        narrowed: Filter | None = None,
        sort: Sort | None = None,
        *,
        after: Cursor | None = None,
        before: Cursor | None = None,
        last: bool = False,
        size: int = PAGE_SIZE,
    ) -> Page[PaymentLine]:
        """Return rows after or before a place, or at either end of the list."""
        with self._database.read() as connection:
            return listing.page(
                connection,
                narrowed or Filter(),
                sort or Sort(),
                after=after,
                before=before,
                last=last,
                size=size,
            )

    def count(self, narrowed: Filter | None = None, cap: int = COUNTED) -> Count:
        """Return how many payments match; counting stops at the cap."""
        with self._database.read() as connection:
            return listing.count(connection, narrowed or Filter(), cap)

    def tabs(self) -> dict[Tab, int]:
        """Return how many payments each tab holds, from the counters."""
        with self._database.read() as connection:
            worn = listing.badges(connection)
        return {
            tab: sum(n for one, n in worn.items() if not badges or one in badges)
            for tab, badges in TAB_BADGES.items()
        }

    def lines(self, ids: Sequence[str]) -> dict[str, PaymentLine]:
        """Return the rows of these payments as they are now, by id."""
        with self._database.read() as connection:
            return listing.lines(connection, ids)

    def cursor(self, line: PaymentLine, sort: Sort) -> Cursor:
        """Return the place of a row in a list of that order."""
        return listing.cursor_of(line, sort)

    def find(self, given: str) -> Payment:
        """Return a payment by the id of its intent or charge.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        with self._database.read() as connection:
            found = reads.payment(connection, given)
        if found is None:
            raise Refused(missing(given))
        return found

    def detail(self, given: str) -> PaymentDetail:
        """Return a payment with its story, movements and events.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        with self._database.read() as connection:
            found = reads.payment(connection, given)
            if found is None:
                raise Refused(missing(given))
            told = reads.events_of_payment(connection, found.id)
            sources = _sources(found)
            refunds = tuple(one.id for one in found.refunds)
            pulled = shared.sources(connection, refunds)
            movements = reads.movements_of(connection, (*sources, *pulled))
        fee = found.charge.fee if found.charge else None
        settled = found.charge.settlement if found.charge else None
        return PaymentDetail(
            payment=found,
            badge=badge(found),
            timeline=tell(found, told),
            movements=movements,
            events=told,
            fee=fee,
            net=settled - fee if settled and fee else settled,
        )


def missing(given: str, param: str | None = None) -> Refusal:
    """Return the sentence for an id that is no payment; `param` is what named it."""
    if given.startswith(("ch_", "py_")):
        return refusals.no_such("charge", given, param or "id")
    return refusals.no_such("payment_intent", given, param or "intent")


def _sources(payment: Payment) -> tuple[str, ...]:
    charge = [payment.charge.id] if payment.charge else []
    dispute = [payment.dispute.id] if payment.dispute else []
    share = payment.charge.share if payment.charge else None
    given = (share.transfer, share.fee) if share else ()
    refunds = (refund.id for refund in payment.refunds)
    return (*charge, *filter(None, given), *dispute, *refunds)


def last_change(events: Sequence[Event], payment: Payment) -> str:
    """Return who changed a payment last and what is left of it, in a sentence."""
    left = payment.charge.unrefunded if payment.charge else Money(0, "usd")
    if not events:
        return f"{left} is left."
    last = events[-1]
    return f"{last.actor}, {last.type} at {last.created:%H:%M} UTC; {left} is left."
