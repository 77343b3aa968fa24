"""Whoever asks at the same moment: sums stay exact, one wins, one event tells it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from racers import Answer, Ask, race

from conftest import FUNDED, MONDAY
from store import Mode, Store, open_store
from store.clock import StandingClock
from store.event import Actor
from store.ids import SeededIds
from store.payment import IntentStatus, Payment
from store.refund import RefundStatus

MIA = Actor("mia")
WORTH = 5_000
PROCESSES = 8
EACH = 250
CAPTURED = 50
"""So many of those refunds the charge has money for."""
Pairs = list[tuple[Answer, Answer]]


@dataclass
class Arena:
    """A store that two or more processes will ask for different things at once."""

    url: str
    rounds: int
    clock: StandingClock = field(default_factory=lambda: StandingClock(MONDAY))

    def __post_init__(self) -> None:
        ids = SeededIds("races")
        self.store: Store = open_store(
            self.url, clock=self.clock, ids=ids, mode=Mode.DEMO
        )

    def funds(self, amount: int) -> None:
        """Add own money to the balance."""
        self.store.topups.create(amount=amount, currency="usd", actor=MIA)

    def pay(self, method: str = FUNDED, capture: str = "automatic") -> Payment:
        """Let a customer pay."""
        paid = self.store.payment_intents.create(
            amount=WORTH,
            currency="usd",
            payment_method=method,
            capture_method=capture,
            actor=MIA,
        )
        return paid.payment

    def payments(
        self, method: str = FUNDED, capture: str = "automatic"
    ) -> list[Payment]:
        """Let a payment be made for each round."""
        return [self.pay(method, capture) for _ in range(self.rounds)]

    def pairs(self, one: Sequence[Ask], other: Sequence[Ask]) -> Pairs:
        """Race two lanes; return what each round was answered."""
        first, second = race(self.url, self.clock, [one, other])
        return list(zip(first, second, strict=True))

    def told(self) -> Counter[tuple[str, str]]:
        """Count the events by type and object."""
        events = self.store.events.newest(limit=1_000_000)
        return Counter((event.type, event.object_id) for event in events)

    def now(self, payment: Payment) -> Payment:
        """Return a payment as it is now."""
        return self.store.payments.find(payment.id)


@pytest.fixture
def arena(url: str, pytestconfig: pytest.Config) -> Iterator[Arena]:
    """A store that may be lost with the power, so that races are quick and many."""
    made = Arena(url, int(pytestconfig.getoption("race_rounds")))
    yield made
    assert made.store.examine() == ()
    made.store.close()


def refund(payment: Payment, **given: object) -> Ask:
    """Ask for a refund of a payment."""
    return Ask("refunds.create", {"payment_intent": payment.id, **given})


def one_wins(pair: tuple[Answer, Answer]) -> str:
    """Check that exactly one of two was done; return the loser's sentence."""
    (won, _), (lost, why) = sorted(pair, reverse=True)
    assert (won, lost) == (True, False)
    return why


def test_eight_processes_over_one_charge(arena: Arena) -> None:
    """2,000 refunds over a charge for 50 of them: 50 go, 1,950 are told why not."""
    arena.funds(WORTH)
    payment = arena.pay()
    part = WORTH // CAPTURED
    lane = [refund(payment, amount=part)] * EACH
    lists = race(arena.url, arena.clock, [lane] * PROCESSES, in_step=False)
    answers = [answer for said in lists for answer in said]
    ids = {what for done, what in answers if done}
    charge = arena.now(payment).charge
    assert charge is not None
    assert len(answers) == PROCESSES * EACH
    assert len(ids) == CAPTURED == sum(done for done, _ in answers)
    assert {what for done, what in answers if not done} == {
        f"Charge {charge.id} has already been refunded."
    }
    assert charge.amount_refunded == charge.amount_captured == WORTH
    assert {one.id for one in arena.now(payment).refunds} == ids
    told = arena.told()
    assert all(told["refund.created", given] == 1 for given in ids)
    assert told["charge.refunded", charge.id] == CAPTURED


def test_refund_against_refund(arena: Arena) -> None:
    """Two agents refund the same payment in full: one does."""
    arena.funds(WORTH)
    payments = arena.payments()
    asks = [refund(payment) for payment in payments]
    for payment, pair in zip(payments, arena.pairs(asks, asks), strict=True):
        assert "has already been refunded" in one_wins(pair)
        assert [r.money.amount for r in arena.now(payment).refunds] == [WORTH]


def test_refund_against_dispute(arena: Arena) -> None:
    """A refund that comes after the chargeback is refused; before, it stands."""
    arena.funds(3 * WORTH * arena.rounds)
    payments = arena.payments()
    dispute = [
        Ask("disputes.create", {"charge": payment.charge.id})
        for payment in payments
        if payment.charge
    ]
    pairs = arena.pairs([refund(payment) for payment in payments], dispute)
    told = arena.told()
    for payment, ((refunded, why), (disputed, given)) in zip(
        payments, pairs, strict=True
    ):
        after = arena.now(payment)
        assert disputed
        assert after.dispute is not None
        assert after.dispute.id == given
        assert refunded or "has been charged back" in why
        assert after.refunded.amount == (WORTH if refunded else 0)
        assert told["charge.dispute.created", given] == 1
        assert told["charge.dispute.funds_withdrawn", given] == 1


def test_refund_against_cancel(arena: Arena) -> None:
    """The whole is refunded only once the part that was sent has been called back."""
    arena.funds(WORTH * arena.rounds)
    payments = arena.payments()
    arena.clock.at = MONDAY.replace(hour=14)
    parts = [
        arena.store.refunds.create(payment_intent=one.id, amount=2_000, actor=MIA)
        for one in payments
    ]
    cancel = [Ask("refunds.cancel", {"refund": part.refund.id}) for part in parts]
    whole = [refund(payment, amount=WORTH) for payment in payments]
    for payment, ((done, why), (canceled, given)) in zip(
        payments, arena.pairs(whole, cancel), strict=True
    ):
        after = arena.now(payment)
        assert canceled
        assert done or "greater than unrefunded amount" in why
        assert after.refunded.amount == (WORTH if done else 0)
        dead = [one for one in after.refunds if one.id == given]
        assert [one.status for one in dead] == [RefundStatus.CANCELED]


def test_cancel_against_cancel(arena: Arena) -> None:
    """Two agents call the same refund back: its money comes back once."""
    arena.funds(WORTH * arena.rounds)
    payments = arena.payments()
    arena.clock.at = MONDAY.replace(hour=14)
    sent = [
        arena.store.refunds.create(payment_intent=one.id, actor=MIA).refund
        for one in payments
    ]
    full = arena.store.refunds.pending().balances[0].available
    asks = [Ask("refunds.cancel", {"refund": one.id}) for one in sent]
    for pair in arena.pairs(asks, asks):
        assert one_wins(pair) == (
            "The refund is canceled already: nothing is left to cancel."
        )
    back = arena.store.refunds.pending().balances[0].available
    assert back.amount == full.amount + WORTH * len(payments)
    told = arena.told()
    assert {told["refund.updated", one.id] for one in sent} == {1}


def test_capture_against_cancel(arena: Arena) -> None:
    """An authorisation is either taken or let go."""
    payments = arena.payments(capture="manual")
    capture = [Ask("payment_intents.capture", {"intent": one.id}) for one in payments]
    cancel = [Ask("payment_intents.cancel", {"intent": one.id}) for one in payments]
    pairs = arena.pairs(capture, cancel)
    told = arena.told()
    ends = {True: IntentStatus.SUCCEEDED, False: IntentStatus.CANCELED}
    for payment, pair in zip(payments, pairs, strict=True):
        one_wins(pair)
        (captured, _), _ = pair
        after = arena.now(payment)
        assert after.intent is not None
        assert after.charge is not None
        assert after.intent.status is ends[captured]
        assert after.charge.amount_captured == (WORTH if captured else 0)
        assert told["payment_intent.succeeded", payment.id] == int(captured)
        assert told["payment_intent.canceled", payment.id] == int(not captured)


def test_release_against_release(url: str, arena: Arena) -> None:
    """Money that comes in twice at once lets each waiting refund go, once."""
    payments = arena.payments("pm_card_visa")
    waiting = [
        arena.store.refunds.create(payment_intent=one.id, actor=MIA).refund
        for one in payments
    ]
    assert {one.is_held for one in waiting} == {True}
    lane = [
        Ask("topups.create", {"amount": WORTH, "currency": "usd"}) for _ in payments
    ]
    race(url, arena.clock, [lane, lane])
    told = arena.told()
    for one in waiting:
        after = arena.store.refunds.retrieve(one.id)
        assert after.status is RefundStatus.SUCCEEDED
        assert told["refund.updated", one.id] == 1
        moved = arena.store.refunds.detail(one.id).movements
        assert [movement.money.amount for movement in moved] == [-WORTH]


def test_one_key_asked_eight_times_at_once(arena: Arena) -> None:
    """Eight processes ask with the same key: one refund is made, all are told it."""
    arena.funds(WORTH)
    payments = arena.payments()
    lane = [refund(one, amount=1_000, key=f"once-{one.id}") for one in payments]
    lists = race(arena.url, arena.clock, [lane] * PROCESSES)
    told = arena.told()
    for payment, *answers in zip(payments, *lists, strict=True):
        assert len(set(answers)) == 1
        (done, given) = answers[0]
        assert done
        assert [one.id for one in arena.now(payment).refunds] == [given]
        assert told["refund.created", given] == 1
