"""World: a fresh demo store, lived through by the real verbs, repeatable by seed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from store import Mode, Store, open_store
from store.clock import StandingClock
from store.demo.cast import CAST, OPENING, SAME_STAN
from store.demo.objects import found
from store.demo.rare import Rare
from store.demo.story import (
    NOW,
    SHOP,
    CancelingPayment,
    CancelingRefund,
    Capturing,
    Deed,
    Refunding,
    Story,
    ToppingUp,
)
from store.demo.trade import DAYS, trade
from store.ids import SeededIds
from store.payment import Customer
from store.reference import ReferenceStatus
from store.shape.objects import Json, refund_shape

SEED = "refund-desk"
TRADED = 240
"""How many plain payments there are beside the cast."""
_TRANSFERRED = "pm_customer_balance"
"""What pays only once the customer's transfer is there."""
_BEGIN = NOW - timedelta(days=DAYS + 2)


def open_demo(url: str, seed: str = SEED) -> Store:
    """Make a demo store at a URL where there is none, its clock standing at `NOW`.

    The same seed makes the same rows.

    Raises:
        StoreUnusable: There is something already, or it cannot be written.
    """
    clock = StandingClock(_BEGIN)
    ids = SeededIds(seed)
    store = open_store(url, clock=clock, ids=ids, mode=Mode.DEMO)
    try:
        world, stories = _World(store, clock, ids), (*trade(seed, TRADED), *CAST)
        world.live(stories)
        store.take_in("demo", found(Rare(seed).objects(), "demo"))
        store.take_in("demo", found(world.traced_alike(stories), "demo"))
    except BaseException:
        store.close()
        raise
    return store


class _World:
    """Plays stories in the order of time."""

    def __init__(self, store: Store, clock: StandingClock, ids: SeededIds) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids
        self._paid: dict[int, str] = {}
        self._refunded: dict[int, str] = {}

    def live(self, stories: tuple[Story, ...]) -> None:
        """Play every story and leave the clock standing at the present."""
        steps = [*self._top_ups(), *self._steps(stories)]
        for at, play in sorted(steps, key=lambda step: step[0]):
            self._advance(at)
            play()
        self._advance(NOW)

    def traced_alike(self, stories: tuple[Story, ...]) -> Iterator[Json]:
        """Yield a refund with the reference that an older one has already."""
        refunds = {
            story.email: self._refunded[number]
            for number, story in enumerate(stories)
            if story.email in SAME_STAN
        }
        older, newer = (
            self._store.refunds.retrieve(refunds[email]) for email in SAME_STAN
        )
        if older.destination and newer.destination:
            where = replace(
                newer.destination,
                reference=older.destination.reference,
                status=ReferenceStatus.AVAILABLE,
            )
            yield refund_shape(replace(newer, destination=where))

    def _advance(self, to: datetime) -> None:
        """Let the outside world act once for each day that passes."""
        passed = to.date() != self._clock.at.date()
        self._clock.at = to
        if passed or to == NOW:
            self._store.advance()

    def _top_ups(self) -> Iterator[tuple[datetime, Callable[[], None]]]:
        for one in OPENING:
            yield one.at, partial(self._top_up, one)

    def _steps(
        self, stories: tuple[Story, ...]
    ) -> Iterator[tuple[datetime, Callable[[], None]]]:
        for number, story in enumerate(stories):
            yield story.at, partial(self._pay, number, story)
            for deed in story.deeds:
                yield deed.at, partial(self._do, number, deed)

    def _top_up(self, topping: ToppingUp) -> None:
        money = topping.money
        self._store.topups.create(
            amount=money.amount, currency=money.currency, actor=topping.by
        )

    def _pay(self, number: int, story: Story) -> None:
        customer = Customer(self._ids.new("cus"), story.name, story.email)
        done = self._store.payment_intents.create(
            amount=story.money.amount,
            currency=story.money.currency,
            payment_method=story.method,
            capture_method="manual" if story.manual else "automatic",
            customer=customer,
            description=story.description,
            metadata=story.metadata,
            receipt_email=story.email,
            actor=SHOP,
        )
        self._paid[number] = done.payment.id
        if story.method == _TRANSFERRED:
            self._store.customers.fund_cash_balance(
                customer.id,
                amount=story.money.amount,
                currency=story.money.currency,
                actor=SHOP,
            )

    def _do(self, number: int, deed: Deed) -> None:
        payment = self._paid[number]
        match deed:
            case Refunding(_, amount, reason, note, by):
                done = self._store.refunds.create(
                    payment_intent=payment,
                    amount=amount,
                    reason=reason,
                    note=note,
                    actor=by,
                )
                self._refunded[number] = done.refund.id
            case CancelingRefund(_, by):
                self._store.refunds.cancel(self._refunded[number], actor=by)
            case Capturing(_, amount, by):
                self._store.payment_intents.capture(payment, amount=amount, actor=by)
            case CancelingPayment(_, reason, note, by):
                self._store.payment_intents.cancel(
                    payment, reason=reason, note=note, actor=by
                )
