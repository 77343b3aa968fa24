"""Plan a bulk refund: what each payment's refund would be, by the rules of one."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from store.bulk import Funds, ItemState, PlanItem, Purse, why_not_in_bulk
from store.errors import Refusal, Refused
from store.money import zero
from store.payment import Charge, Payment
from store.rates import Rates
from store.refund import FirstState, RefundStatus
from store.shared_refund import SharedRefund
from store.sql import Connection, attempts, follow_ups, many, queue, reads
from store.sql.settings import read as settings_of
from store.verbs import pulling
from store.verbs.issue_refund import ask_at, begins
from store.verbs.payments import missing
from store.verbs.pricing import price_at


@dataclass(slots=True)
class Planner:
    """Goes through payments in order, as a job will, and spends as it will."""

    connection: Connection
    now: datetime
    rates: Rates
    purses: dict[Purse, Funds] = field(default_factory=dict)

    def plan(self, given: Sequence[str]) -> Iterator[PlanItem]:
        """Yield what would become of each payment; one that is named twice, once."""
        seen: set[str] = set()
        for part in many.chunks(given):
            found = many.payments(self.connection, part)
            closed = self._closed(found.values())
            for one in part:
                payment = found.get(one)
                name = attempts.name_of(payment) if payment else one
                if name not in seen:
                    seen.add(name)
                    yield self._item(payment, closed) if payment else _unknown(one)

    def _closed(self, payments: Iterable[Payment]) -> set[str]:
        """Return the failed refunds of payments that were closed with a note."""
        failed = [
            refund.id
            for payment in payments
            for refund in payment.refunds
            if refund.status is RefundStatus.FAILED
        ]
        found = (follow_ups.closed(self.connection, p) for p in many.chunks(failed))
        return set().union(*found)

    def _item(self, payment: Payment, closed: Container[str]) -> PlanItem:
        charge = payment.charge
        left = charge.unrefunded if charge else zero(payment.money.currency)
        expects = ItemState.SKIPPED
        refusal = why_not_in_bulk(payment, self.now, closed)
        if refusal is None and charge:
            begin = self._begin(payment, charge)
            if isinstance(begin, Refusal):
                refusal = begin
            else:
                expects = self._spend(charge, begin)
        who = payment.customer
        name = (charge and charge.name) or (who and (who.name or who.email))
        name = name or (charge and charge.email) or None
        planned = PlanItem(
            attempts.name_of(payment), name, left, expects, version=payment.version
        )
        if refusal or charge is None:
            return _why(planned, refusal) if refusal else planned
        return replace(planned, shared=self._shared(charge))

    def _shared(self, charge: Charge) -> SharedRefund | None:
        left = charge.unrefunded
        takes = price_at(self.rates, self.now, charge, left).money
        return pulling.shared_refund(self.connection, charge, left, takes=takes)

    def _begin(self, payment: Payment, charge: Charge) -> FirstState | Refusal:
        takes = price_at(self.rates, self.now, charge, charge.unrefunded).money
        covered = self._purse(charge).covers(takes)
        try:
            ask_at(payment, charge, None)
        except Refused as refused:
            return refused.refusal
        return begins(charge, covered=covered, now=self.now)

    def _spend(self, charge: Charge, begin: FirstState) -> ItemState:
        takes = price_at(self.rates, self.now, charge, charge.unrefunded).money
        return self._purse(charge).foresee(begin, takes)

    def _purse(self, charge: Charge) -> Funds:
        purse = (charge.settlement_currency, charge.holder)
        if purse not in self.purses:
            currency, holder = purse
            self.purses[purse] = Funds(
                reads.available(self.connection, currency, holder).amount,
                waits=queue.waits(self.connection, currency, holder),
                filled=holder is None and settings_of(self.connection).auto_debit,
            )
        return self.purses[purse]


def _unknown(given: str) -> PlanItem:
    planned = PlanItem(given, None, zero("usd"), ItemState.SKIPPED)
    return _why(planned, missing(given))


def _why(planned: PlanItem, refusal: Refusal) -> PlanItem:
    brief = refusal.brief or refusal.message
    return replace(planned, message=refusal.message, brief=brief)
