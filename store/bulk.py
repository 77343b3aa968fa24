"""Bulk: a plan of full refunds, then one outcome for each of its payments."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from store.errors import Refusal
from store.money import Money, sums
from store.payment import Payment, why_not_refund
from store.refund import FirstState, Reason, Refund, RefundStatus
from store.refusals import bulk as bulk_refusals
from store.shared_refund import SharedRefund


class ItemState(StrEnum):
    """What is planned for a payment, or what became of it."""

    QUEUED = "queued"
    SENT = "sent"
    HELD = "held"
    FAILED = "failed"
    STALE = "stale"
    SKIPPED = "skipped"


class BulkState(StrEnum):
    """Where a job stands; only a running one goes on."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"


REFUNDED = (ItemState.SENT, ItemState.HELD)
"""The states of an item that has a refund."""
STOPPED_BEFORE = "Stopped before its turn."
ON_ITS_WAY = "On its way through the bank."
UNSETTLED = "Waits for the charge to settle."
Purse = tuple[str, str | None]
"""A currency and the connected account that holds it; None is the platform."""


@dataclass(frozen=True, slots=True)
class PlanItem:
    """What would become of a payment now: sent, held, or skipped and why."""

    payment: str
    customer: str | None
    amount: Money
    """What is left of the payment; a refund would be for all of it."""
    expects: ItemState
    message: str | None = None
    version: int = 0
    brief: str = ""
    """The message in two or three words, where many are counted."""
    shared: SharedRefund | None = None
    """Who would pay it, where the charge is shared with a connected account."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a bulk refund would do; nothing is done until it is started."""

    items: tuple[PlanItem, ...]
    reason: Reason | None = None
    note: str | None = None
    reverse_transfer: bool = False
    """Whether the transfers of those that are shared are reversed."""
    refund_application_fee: bool = False
    """Whether their application fees go back."""

    @property
    def refundable(self) -> tuple[PlanItem, ...]:
        """Return what would be refunded, held refunds among it, in order."""
        return tuple(one for one in self.items if one.expects in REFUNDED)

    @property
    def skipped(self) -> tuple[PlanItem, ...]:
        """Return what would not be tried, each with the reason why."""
        return self._expecting(ItemState.SKIPPED)

    @property
    def skipped_as(self) -> tuple[tuple[str, int], ...]:
        """Return how many are skipped for which reason, the most frequent first."""
        return tuple(Counter(one.brief for one in self.skipped).most_common())

    @property
    def held(self) -> tuple[PlanItem, ...]:
        """Return what would wait for funds."""
        return self._expecting(ItemState.HELD)

    @property
    def sums(self) -> tuple[Money, ...]:
        """Return what would be refunded in each currency, in order of their names."""
        return sums(one.amount for one in self.refundable)

    def _expecting(self, state: ItemState) -> tuple[PlanItem, ...]:
        return tuple(one for one in self.items if one.expects is state)

    def params(self) -> dict[str, object]:
        """Return what an idempotency key is bound to: planned again, it is the same."""
        return {
            "payments": [one.payment for one in self.items],
            "reason": self.reason,
            "note": self.note,
            "reverse_transfer": self.reverse_transfer,
            "refund_application_fee": self.refund_application_fee,
        }

    @property
    def shared(self) -> tuple[SharedRefund, ...]:
        """Return who would pay those refunds whose charges are shared."""
        return tuple(
            one.shared.by(
                reverse_transfer=self.reverse_transfer,
                refund_application_fee=self.refund_application_fee,
            )
            for one in self.refundable
            if one.shared
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """How many items stand in a state, and what they come to in each currency."""

    number: int = 0
    amounts: Mapping[str, int] = field(default_factory=dict)

    def plus(self, money: Money, number: int = 1) -> "Tally":
        """Return it with one item more, or, for a number of -1, one less."""
        amount = self.amounts.get(money.currency, 0) + number * money.amount
        amounts = {**self.amounts, money.currency: amount}
        return Tally(self.number + number, amounts)


@dataclass(frozen=True, slots=True)
class Bulk:
    """A bulk refund that was started."""

    id: str
    state: BulkState
    reason: Reason | None
    note: str | None
    actor: str
    created: datetime
    total: int
    tallies: Mapping[ItemState, Tally]
    reverse_transfer: bool = False
    refund_application_fee: bool = False

    @property
    def counts(self) -> dict[ItemState, int]:
        """Return how many payments stand in each state; every state is there."""
        return {state: self._tally(state).number for state in ItemState}

    @property
    def queued(self) -> int:
        """Return how many payments wait for their turn."""
        return self._tally(ItemState.QUEUED).number

    def sums(self, *states: ItemState) -> tuple[Money, ...]:
        """Return what items in these states (any, where none is named) come to."""
        return sums(
            Money(amount, currency)
            for state in states or tuple(ItemState)
            for currency, amount in self._tally(state).amounts.items()
            if amount
        )

    def _tally(self, state: ItemState) -> Tally:
        return self.tallies.get(state, Tally())


@dataclass(frozen=True, slots=True)
class BulkItem:
    """One payment of a job, and what became of it."""

    payment: str
    customer: str | None
    amount: Money
    state: ItemState
    refund: str | None = None
    message: str | None = None
    again: bool = False
    """Whether a failure may end otherwise when it is tried again."""
    actor: str | None = None
    """Who ran it."""
    ended: datetime | None = None
    seq: int = 0
    version: int = 0

    @property
    def id(self) -> str:
        """Return what it goes by in a list: a job has a payment once."""
        return self.payment


def key_of(bulk: str, payment: str) -> str:
    """Return the idempotency key under which a job refunds a payment, at most once."""
    return f"{bulk}/{payment}"


def moved(
    tallies: Mapping[ItemState, Tally], money: Money, src: ItemState, dst: ItemState
) -> dict[ItemState, Tally]:
    """Return the tallies once an item has gone from a state to another."""
    left = {**tallies, src: tallies.get(src, Tally()).plus(money, -1)}
    return {**left, dst: left.get(dst, Tally()).plus(money)}


def why_not_in_bulk(
    payment: Payment, now: datetime, closed: Container[str] = ()
) -> Refusal | None:
    """Return why a payment cannot be refunded in full, or None when it can.

    One with a failed refund that was `closed` with a note may be paid another way.
    """
    if refusal := why_not_refund(payment, now=now):
        return refusal
    charge = payment.charge
    if charge and charge.amount_refunded:
        return bulk_refusals.partly_refunded(charge.refunded, charge.unrefunded)
    failed = next((one for one in payment.refunds if one.id in closed), None)
    return bulk_refusals.closed_with_a_note(failed.money) if failed else None


@dataclass(slots=True)
class Funds:
    """What a purse can still give while a plan is made."""

    available: int
    waits: bool = False
    """Whether a refund waits for funds already: then no other card refund goes out."""
    filled: bool = False
    """Whether the own bank account pays for whatever is missing."""

    def covers(self, takes: Money) -> bool:
        """Tell whether a refund would go out now."""
        return self.filled or (takes.amount <= self.available and not self.waits)

    def foresee(self, begins: FirstState | Refusal, takes: Money) -> ItemState:
        """Return what becomes of a refund that begins so, and give it its money."""
        if isinstance(begins, Refusal):
            return ItemState.SKIPPED
        if begins.is_held:
            self.waits = True
            return ItemState.HELD
        if begins.moves_money and not self.filled:
            self.available -= takes.amount
        return ItemState.SENT


def sent_message(refund: Refund, place: int | None) -> str | None:
    """Return what is worth saying of a refund that a job has made."""
    if refund.is_held:
        where = "first in line" if place == 1 else f"number {place} in line"
        return f"Held: insufficient funds, {where}."
    if refund.status is RefundStatus.REQUIRES_ACTION:
        return "Asks the customer for bank details."
    if refund.status is RefundStatus.PENDING:
        return ON_ITS_WAY if refund.has_moved_money else UNSETTLED
    return None


def as_it_ends(item: BulkItem, bulk: Bulk) -> BulkItem:
    """Return an item as it stands: what a stopped job had not come to is skipped."""
    if bulk.state is not BulkState.STOPPED or item.state is not ItemState.QUEUED:
        return item
    return replace(item, state=ItemState.SKIPPED, message=STOPPED_BEFORE)


def begun(given: str, plan: Plan, actor: str, now: datetime) -> Bulk:
    """Return the job of a plan before its first refund."""
    tallies: dict[ItemState, Tally] = {}
    for one in plan.items:
        queued = one.expects in REFUNDED
        state = ItemState.QUEUED if queued else ItemState.SKIPPED
        tallies[state] = tallies.get(state, Tally()).plus(one.amount)
    return Bulk(
        id=given,
        state=BulkState.RUNNING,
        reason=plan.reason,
        note=plan.note,
        actor=actor,
        created=now,
        total=len(plan.items),
        tallies=tallies,
        reverse_transfer=plan.reverse_transfer,
        refund_application_fee=plan.refund_application_fee,
    )


def tried_again(
    bulk: Bulk, failures: Iterable[BulkItem]
) -> tuple[Bulk, tuple[BulkItem, ...]]:
    """Return a job that goes on, and its failures in the queue again."""
    tallies = dict(bulk.tallies)
    items: list[BulkItem] = []
    for one in failures:
        tallies = moved(tallies, one.amount, one.state, ItemState.QUEUED)
        queued = replace(one, state=ItemState.QUEUED, message=None, again=False)
        items.append(replace(queued, actor=None, ended=None))
    return replace(bulk, state=BulkState.RUNNING, tallies=tallies), tuple(items)
