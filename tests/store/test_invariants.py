"""Whatever agents, customers and banks do, in any order, the books hold.

A plain model says what each step must lead to; after every step the store's sums, queue
and states are the model's, and the store finds nothing wrong with itself.
"""

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
)
from model import CURRENCIES, FAILS, Model, Payment, Refund

from conftest import FUNDED, MONDAY
from store import Mode, open_store
from store.clock import StandingClock
from store.errors import Refused
from store.event import Actor
from store.ids import SeededIds
from store.refund import CANCEL_WINDOW, REVERSAL_WINDOW

METHODS = (FUNDED, "pm_card_pendingRefund", FAILS, "pm_paypal")
MOSTLY = ("usd", "usd", "usd", "jpy")
MIA = Actor("mia")


class Desk(RuleBasedStateMachine):
    """A store and its model, side by side."""

    payments: Bundle[Payment] = Bundle("payments")
    held: Bundle[Payment] = Bundle("held")
    refunds: Bundle[Refund] = Bundle("refunds")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = StandingClock(MONDAY)
        self.store = open_store(
            f"sqlite:///{self.folder / 'desk.db'}",
            clock=self.clock,
            ids=SeededIds("model"),
            mode=Mode.DEMO,
        )
        self.model = Model()
        self.keys = 0

    def teardown(self) -> None:
        """Put the store away."""
        self.store.close()
        shutil.rmtree(self.folder)

    @rule(
        target=payments,
        amount=st.integers(50, 5_000),
        currency=st.sampled_from(MOSTLY),
        method=st.sampled_from(METHODS),
    )
    def pays(self, amount: int, currency: str, method: str) -> Payment:
        """A customer pays."""
        done = self.store.payment_intents.create(
            amount=amount, currency=currency, payment_method=method, actor=MIA
        ).payment
        made = Payment(done.id, currency, method, amount)
        fee = done.charge.fee.amount if done.charge and done.charge.fee else 0
        self.model.take(made, amount, amount - fee, self.clock.at)
        return made

    @rule(target=held, amount=st.integers(50, 5_000), method=st.sampled_from(METHODS))
    def authorises(self, amount: int, method: str) -> Payment:
        """A customer lets money be held; none moves yet."""
        done = self.store.payment_intents.create(
            amount=amount,
            currency="usd",
            payment_method=method,
            capture_method="manual",
            actor=MIA,
        )
        return Payment(done.payment.id, "usd", method, amount)

    @rule(target=payments, paid=consumes(held), part=st.integers(1, 6_000))
    def captures(self, paid: Payment, part: int) -> Payment | MultipleResults[Payment]:
        """What was held is taken, all or in part, unless it expired or is less."""
        verb = self.store.payment_intents.capture
        now = self.store.payments.find(paid.id)
        gone = now.intent is not None and now.intent.status == "canceled"
        if gone or part > paid.authorised:
            self.refuses(lambda: verb(paid.id, amount=part, actor=MIA))
            return multiple()
        done = verb(paid.id, amount=part, actor=MIA)
        assert done.released.amount == paid.authorised - part
        charge = done.payment.charge
        fee = charge.fee.amount if charge and charge.fee else 0
        self.model.take(paid, part, part - fee, self.clock.at)
        return paid

    @rule(paid=consumes(held))
    def releases(self, paid: Payment) -> None:
        """An authorisation is canceled; nothing was taken, nothing comes back."""
        now = self.store.payments.find(paid.id)
        if now.intent is not None and now.intent.status == "canceled":
            return
        done = self.store.payment_intents.cancel(paid.id, actor=MIA)
        assert done.released.amount == paid.authorised
        self.refuses(
            lambda: self.store.refunds.create(payment_intent=paid.id, actor=MIA)
        )

    @rule(amount=st.integers(1, 9_000), currency=st.sampled_from(CURRENCIES))
    def tops_up(self, amount: int, currency: str) -> None:
        """The business adds its own money."""
        before = {r.id for r in self.model.queue(currency)}
        done = self.store.topups.create(amount=amount, currency=currency, actor=MIA)
        self.model.add(currency, amount, self.clock.at)
        after = {r.id for r in self.model.queue(currency)}
        assert {r.id for r in done.released} == before - after
        assert done.available_after.amount == self.model.available[currency]

    @rule(
        target=refunds,
        paid=payments,
        amount=st.none() | st.integers(1, 6_000),
        preview=st.booleans(),
    )
    def refunded(
        self, paid: Payment, amount: int | None, *, preview: bool
    ) -> Refund | MultipleResults[Refund]:
        """An agent refunds, in full or in part; twice under one key is once."""
        model, left = self.model, self.model.left(paid)
        asked = left if amount is None else amount
        covered = asked <= model.available[paid.currency]
        covered = covered and not model.queue(paid.currency)
        self.keys += 1
        key = f"key{self.keys}"

        def verb(*, preview: bool = False) -> tuple[str, str, bool]:
            done = self.store.refunds.create(
                payment_intent=paid.id,
                amount=amount,
                actor=MIA,
                key=key,
                preview=preview,
            )
            state = "held" if done.refund.is_held else "sent"
            return done.refund.id, state, done.refund.is_reversal

        if not left or asked > left or (not covered and not paid.is_card):
            self.refuses(verb)
            return multiple()
        if preview:
            _, state, _ = verb(preview=True)
            assert state == ("sent" if covered else "held")
            self.agrees()
        given, state, reversal = verb()
        assert state == ("sent" if covered else "held")
        assert verb() == (given, state, reversal)
        refund = Refund(given, paid, asked, self.clock.at, "held", reversal)
        model.refunds.append(refund)
        if covered:
            model.send(refund, self.clock.at)
        now, taken = self.clock.at, paid.taken_at
        fresh = taken is not None and now - taken < REVERSAL_WINDOW
        waits = paid.method == "pm_card_pendingRefund"
        assert reversal is (fresh and covered and paid.is_card and not waits)
        return refund

    @rule(refund=refunds)
    def calls_back(self, refund: Refund) -> None:
        """An agent cancels a refund, where the rules still let it go."""
        late = self.clock.at - refund.made > CANCEL_WINDOW
        gone = late or refund.reversal or not refund.of.is_card
        if refund.state == "dead" or (refund.state == "sent" and gone):
            self.refuses(lambda: self.store.refunds.cancel(refund.id, actor=MIA))
            return
        done = self.store.refunds.cancel(refund.id, actor=MIA)
        assert done.refund.status == "canceled"
        self.model.end(refund, self.clock.at)

    @rule(
        passes=st.sampled_from(
            [timedelta(minutes=10), timedelta(hours=3), timedelta(days=4)]
        )
    )
    def time_passes(self, passes: timedelta) -> None:
        """Banks settle, return and give up."""
        self.clock.at += passes
        self.store.advance()
        self.model.pass_until(self.clock.at)

    def refuses(self, verb: Callable[[], object]) -> None:
        """The rules say no, and nothing has changed."""
        told = self.store.events.newest(limit=1)
        with pytest.raises(Refused):
            verb()
        assert self.store.events.newest(limit=1) == told

    @invariant()
    def agrees(self) -> None:
        """Balances, the queue and every refund are what the model says."""
        shown = self.store.refunds.pending()
        balances = {b.available.currency: b.available.amount for b in shown.balances}
        for currency, amount in self.model.available.items():
            assert balances.get(currency, 0) == amount
            queue = [
                one.refund.id
                for one in shown.waiting
                if one.refund.is_held and one.refund.money.currency == currency
            ]
            assert queue == [refund.id for refund in self.model.queue(currency)]
        for refund in self.model.refunds:
            found = self.store.refunds.detail(refund.id)
            assert found.refund.is_live is (refund.state != "dead")
            assert found.refund.is_held is (refund.state == "held")
            assert found.payment is not None
            assert found.payment.refundable.amount == self.model.left(refund.of)

    @invariant()
    def is_sound(self) -> None:
        """The store's own examination finds nothing (I1 to I5)."""
        assert self.store.examine() == ()


TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
