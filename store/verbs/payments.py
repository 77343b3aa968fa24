"""Payments: what lists and screens read."""

from collections.abc import Sequence
from datetime import datetime

from store import refusals
from store.badge import badge
from store.clock import Clock, from_unix
from store.desk.caution import RECENT, PastRefund
from store.errors import Refusal, Refused
from store.event import Event
from store.lists.page import PAGE_SIZE, Count, Cursor, Page, Sort
from store.mail.receipt import Mail
from store.money import Money, zero
from store.outcome import Movement, PaymentDetail, PaymentGist, PaymentLine
from store.payment import Payment
from store.reference import ReferenceMatch
from store.search.language import TAB_BADGES, Filter, Tab
from store.sql import Connection, history, listing, lists, reads, settings, shared
from store.sql.engine import Database
from store.timeline.story import tell

COUNTED = 1001
_AT_DISPUTE = ("dispute", "dispute_reversal")
"""Reporting categories; exports name the dispute as the source, or the charge."""


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

    def preceding(
        self,
        line: PaymentLine,
        narrowed: Filter | None = None,
        sort: Sort | None = None,
        cap: int = COUNTED,
    ) -> Count:
        """Return how many rows a list has before that one; a search, up to the cap."""
        order = sort or Sort()
        place = self.cursor(line, order)
        with self._database.read() as connection:
            return listing.preceding(
                connection, narrowed or Filter(), order, place, cap
            )

    def gists(
        self,
        narrowed: Filter | None = None,
        sort: Sort | None = None,
        *,
        between: tuple[PaymentLine, PaymentLine] | None = None,
        most: int,
    ) -> tuple[PaymentGist, ...]:
        """Return all that match, so many at most, or those from one row to another."""
        order = sort or Sort()
        ends = between and (
            self.cursor(between[0], order),
            self.cursor(between[1], order),
        )
        with self._database.read() as connection:
            return listing.gists(
                connection, narrowed or Filter(), order, between=ends, most=most
            )

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
            charge = found.charge.id if found.charge else ""
            pulled = shared.sources_of(connection, charge)
            movements = reads.movements_of(connection, (*sources, *pulled))
            mails = _mails(connection, told)
            window = settings.read(connection).cancel_window
        fee = found.charge.fee if found.charge else None
        settled = found.charge.settlement if found.charge else None
        at_dispute = _disputed(found, movements, settled)
        return PaymentDetail(
            payment=found,
            badge=badge(found),
            timeline=tell(found, told, mails),
            movements=movements,
            events=told,
            fee=fee,
            net=_net(settled, fee, at_dispute),
            disputed=at_dispute,
            cancel_window=window,
        )

    def recent_refunds(self, payment_id: str) -> tuple[PastRefund, ...]:
        """Return the refunds of a payment's customer within 30 days, newest first.

        A customer is known by an id or an email; those of the payment itself count.

        Raises:
            Refused: There is no such payment (`resource_missing`).
        """
        return self._past_refunds(payment_id, self._clock.now() - RECENT)

    def refund_history(self, payment_id: str) -> tuple[PastRefund, ...]:
        """Return the refunds of a payment's customer, a hundred at most, newest first.

        Raises:
            Refused: There is no such payment (`resource_missing`).
        """
        return self._past_refunds(payment_id, from_unix(0))

    def _past_refunds(self, payment_id: str, since: datetime) -> tuple[PastRefund, ...]:
        with self._database.read() as connection:
            found = reads.payment(connection, payment_id)
            if found is None:
                raise Refused(missing(payment_id))
            line = listing.lines(connection, [found.id])[found.id]
            who = found.customer.id if found.customer else None
            return history.of_customer(connection, line, who, since)

    def by_reference(self, value: str) -> tuple[ReferenceMatch, ...]:
        """Return every refund that an ARN, RRN or STAN names, newest first."""
        typed = "".join(value.split())
        with self._database.read() as connection:
            return history.by_reference(connection, {typed, typed.upper()})


def missing(given: str, param: str | None = None) -> Refusal:
    """Return the sentence for an id that is no payment; `param` is what named it."""
    if given.startswith(("ch_", "py_")):
        return refusals.no_such("charge", given, param or "id")
    return refusals.no_such("payment_intent", given, param or "intent")


def _mails(connection: Connection, events: Sequence[Event]) -> dict[str, Mail]:
    """Return what became of the letters that events tell of, by id."""
    told = {one.object_id for one in events if one.data.get("object") == "letter"}
    found = (lists.find(connection, lists.MAILS, one) for one in told)
    return {mail.id: mail for mail in found if mail}


def _disputed(
    payment: Payment, movements: Sequence[Movement], settled: Money | None
) -> Money | None:
    """Return what a dispute took and gave back, its fee included; None without one."""
    of_dispute = payment.dispute.id if payment.dispute else None
    moved = [
        Money(one.net, one.money.currency)
        for one in movements
        if one.source == of_dispute or one.reporting_category in _AT_DISPUTE
    ]
    here = settled.currency if settled else moved[0].currency if moved else ""
    own = [one for one in moved if one.currency == here]
    return sum(own, zero(here)) if own else None


def _net(
    settled: Money | None, fee: Money | None, disputed: Money | None
) -> Money | None:
    """Return what is left of a payment after its fee and its dispute."""
    parts = [one for one in (-fee if fee else None, disputed) if one is not None]
    return sum(parts, settled) if settled is not None else None


def _sources(payment: Payment) -> tuple[str, ...]:
    charge = [payment.charge.id] if payment.charge else []
    dispute = [payment.dispute.id] if payment.dispute else []
    share = payment.charge.share if payment.charge else None
    given = (share.transfer, share.fee) if share else ()
    refunds = (refund.id for refund in payment.refunds)
    return (*charge, *filter(None, given), *dispute, *refunds)
