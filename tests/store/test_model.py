"""All verbs and the whole outside world, in any order, beside a plain model.

What is refused, what each move does to the money and which states may follow is the
model's to say; the store's own examination is made every few steps and at the end.
"""

import shutil
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from at_the_desk import MIA, AtTheDesk, begun
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
    run_state_machine_as_test,
)
from side_by_side import MOSTLY, Begin, Draw
from world import BY_HAND, LATER, LIVE, METHODS, REFUSED_BY_BANK, Payment

import server
from conftest import ADA
from store import Mode, open_store
from store import refund as domain
from store.event import Actor, Face
from store.refund import CANCEL_WINDOW, REVERSAL_WINDOW
from store.settings import Settings

API = Actor("shop", Face.API)
AMOUNTS = st.integers(50, 5_000)
OFTEN_LATER = st.sampled_from((*METHODS, *LATER, *LATER))
"""Days in which a payment is on its way are where most can happen to it."""
DEBIT = "pm_us_bank_account"
PARTS = 4
PAID = precondition(lambda self: self.world.payments)


def _promised(paid: Payment) -> bool:
    return paid.state == "promised" and paid.amount % 3 > 0


def _stoppable(paid: Payment) -> bool:
    return paid.state == "pending" and paid.method == DEBIT


class Everything(AtTheDesk):
    """What agents, customers, the business and its bank may do, in any order."""

    @rule(amount=AMOUNTS, method=OFTEN_LATER, promise=st.integers(0, 3))
    def pays(self, amount: int, method: str, promise: int) -> None:
        """A customer pays: at once, later, not at all, or only in promise."""
        manual = promise == 0
        made_of: dict[str, Any] = {
            "amount": amount,
            "currency": "usd",
            "payment_method": method,
            "capture_method": "manual" if manual else "automatic",
            "customer": ADA,
            "actor": MIA,
        }
        if manual and method not in BY_HAND:
            self.refuses(made_of)
            return
        done = self.store.payment_intents.create(**made_of).payment
        assert done.charge is not None
        made = Payment(
            done.id, done.charge.id, method, amount, self.clock.at, "pending"
        )
        self.world.payments[made.id] = made
        if method == "pm_card_chargeDeclined":
            made.state = "failed"
        elif manual:
            made.state = "promised"
        elif method in LATER:
            made.captured = amount
        else:
            self.takes(made, amount)
        self.hears()

    def refuses(self, made_of: dict[str, Any]) -> None:
        """A method that takes all at once holds nothing, whenever it is given."""
        intents = self.store.payment_intents
        assert not self.done(lambda: intents.create(**made_of), refused=True)
        card = {**made_of, "payment_method": "pm_card_visa", "confirm": False}
        begun, method = intents.create(**card).payment.id, made_of["payment_method"]
        self.hears()
        for later in (intents.confirm, intents.update):
            verb = partial(later, begun, payment_method=method, actor=MIA)
            assert not self.done(verb, refused=True)

    @PAID
    @rule(draw=st.data(), part=st.none() | AMOUNTS)
    def captures(self, draw: Draw, part: int | None) -> None:
        """What was promised is taken, in whole or in part."""
        paid = self.one(draw, lambda one: one.state == "promised")
        refused = paid.state != "promised" or (part or 0) > paid.amount

        def verb() -> object:
            return self.store.payment_intents.capture(paid.id, amount=part, actor=MIA)

        if self.done(verb, refused=refused):
            self.takes(paid, paid.amount if part is None else part)
            self.hears()

    @PAID
    @rule(draw=st.data(), by_api=st.booleans())
    def lets_go(self, draw: Draw, *, by_api: bool) -> None:
        """What was promised is let go; a shop stops a bank debit on its way, too."""
        paid = self.one(draw, _stoppable if by_api else _promised)
        refused = paid.state != "promised" and not (by_api and _stoppable(paid))
        if by_api and paid.state == "failed":
            refused = paid.method not in REFUSED_BY_BANK or paid.let_go
        actor = API if by_api else MIA

        def verb() -> object:
            return self.store.payment_intents.cancel(paid.id, actor=actor)

        if self.done(verb, refused=refused):
            self.hears()
            paid.let_go = True
            assert paid.state == "failed"
            assert all(one.state not in LIVE for one in self.world.of(paid))

    @rule(amount=st.integers(1, 3_000))
    def tops_up(self, amount: int) -> None:
        """The business adds its own money; what waited for it goes out."""
        held = len(self.world.held())
        done = self.store.topups.create(amount=amount, currency="usd", actor=MIA)
        self.world.available += amount
        self.hears()
        assert held - len(self.world.held()) == len(done.released)

    @rule(on=st.booleans())
    def decides(self, *, on: bool) -> None:
        """The business lets its bank pay what is missing, or stops that."""
        self.store.configure(Settings(auto_debit=on))
        self.debits = on

    @PAID
    @rule(draw=st.data(), share=st.sampled_from([1, 2, 3, None, -1]))
    def refunds(self, draw: Draw, share: int | None) -> None:
        """An agent refunds, in full or in part; the same key again is once."""
        self.refunded(draw, share, preview=False)

    @PAID
    @rule(draw=st.data(), share=st.sampled_from([1, 2, None]))
    def looks_first(self, draw: Draw, share: int | None) -> None:
        """An agent looks at what a refund would do, and does it."""
        self.refunded(draw, share, preview=True)

    def refunded(self, draw: Draw, share: int | None, *, preview: bool) -> None:
        """All that is left (no share), a part of it, or more than that is refunded."""
        world, key = self.world, f"key{next(self.keys)}"
        paid = self.one(draw, world.left)
        asked = world.left(paid)
        amount = None if share is None else asked + 1 if share < 0 else asked // share
        asked = asked if amount is None else amount
        state = self.foretold(paid, asked)
        refused = state is None
        fresh = paid.taken and self.clock.at - paid.taken < REVERSAL_WINDOW

        def verb(*, preview: bool = False) -> domain.Refund:
            return self.store.refunds.create(
                payment_intent=paid.id,
                amount=amount,
                actor=MIA,
                key=key,
                preview=preview,
            ).refund

        if preview and not refused:
            before = self.written()
            looked = verb(preview=True)
            assert begun(looked) == state
            assert self.written() == before
        if not self.done(verb, refused=refused):
            return
        refund = self.takes_in(verb(), paid)
        assert (refund.state, refund.amount) == (state, asked)
        if refund.reversal:
            assert fresh
            assert paid.is_card
        self.hears()

    @precondition(lambda self: self.world.refunds)
    @rule(draw=st.data(), by_api=st.booleans())
    def calls_back(self, draw: Draw, *, by_api: bool) -> None:
        """An agent or the shop cancels a refund, where its rule lets it go."""
        every = list(self.world.refunds.values())
        some = [one for one in every if one.state in LIVE]
        narrow = draw.draw(MOSTLY) and some
        refund = draw.draw(st.sampled_from(some if narrow else every))
        late = self.clock.at - refund.made > CANCEL_WINDOW
        sent = refund.state in ("succeeded", "processing")
        gone = sent and (late or refund.reversal or not refund.of.is_card)
        refused = refund.state in ("failed", "canceled") or gone
        if by_api:
            refused = refund.state != "requires_action"
        actor = API if by_api else MIA

        def verb() -> object:
            return self.store.refunds.cancel(refund.id, actor=actor)

        if self.done(verb, refused=refused):
            self.hears()
            assert refund.state == "canceled"

    @PAID
    @rule(draw=st.data(), inquiry=st.booleans())
    def objects(self, draw: Draw, *, inquiry: bool) -> None:
        """A customer objects at the bank."""
        paid = self.one(draw, lambda one: one.state == "succeeded")
        refused = paid.state != "succeeded" or paid.dispute is not None

        def verb() -> object:
            return self.store.disputes.create(
                charge=paid.charge, inquiry=inquiry, actor=MIA
            )

        if self.done(verb, refused=refused):
            self.hears()
            assert paid.dispute == ("inquiry" if inquiry else "chargeback")

    @precondition(lambda self: any(p.dispute for p in self.world.payments.values()))
    @rule(draw=st.data(), status=st.sampled_from(["won", "lost", "warning_closed"]))
    def decided(self, draw: Draw, status: str) -> None:
        """The bank decides, for the business or against it."""
        paid = self.one(draw, lambda one: one.dispute in ("inquiry", "chargeback"))
        ends = {"inquiry": ("warning_closed",), "chargeback": ("won", "lost")}
        refused = status not in ends.get(paid.dispute or "", ())

        def verb() -> object:
            return self.store.disputes.close(
                paid.dispute_id or "du_none", status=status, actor=MIA
            )

        if self.done(verb, refused=refused):
            self.hears()
            assert paid.dispute == status

    @rule(
        passes=st.sampled_from(
            [
                *(timedelta(minutes=10), timedelta(hours=3), timedelta(days=1)),
                *(timedelta(days=4), timedelta(days=50), timedelta(days=100)),
            ]
        ),
    )
    def time_passes(self, passes: timedelta) -> None:
        """Banks settle, return and give up; customers answer or do not."""
        self.clock.at += passes
        self.store.advance()
        self.hears()


def beginning(engine: str, url: str, request: pytest.FixtureRequest) -> Begin:
    """Return how each story gets a store that is laid out and empty."""
    open_store(url, mode=Mode.DEMO).close()
    if engine == "postgresql":
        schema: server.Schema = request.getfixturevalue("schema")

        def emptied() -> str:
            schema.empty()
            return url

        return emptied
    first = Path(url.removeprefix("sqlite:///"))
    story = first.with_name("story.db")

    def copied() -> str:
        shutil.copy(first, story)
        return f"sqlite:///{story}"

    return copied


@pytest.mark.parametrize("part", range(PARTS))
def test_the_store_is_as_the_model_says(
    engine: str, url: str, request: pytest.FixtureRequest, part: int
) -> None:
    """400 stories of 50 steps on each engine, told in parts by several workers.

    --machine-examples makes it more.
    """
    begin = beginning(engine, url, request)
    stories = int(request.config.getoption("machine_examples"))

    @seed(part)
    def machine() -> Everything:
        return Everything(begin)

    run_state_machine_as_test(
        machine,  # type: ignore[arg-type]  # any factory will do
        settings=settings(
            max_examples=max(1, stories // PARTS),
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
