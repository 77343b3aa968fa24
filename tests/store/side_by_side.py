"""A store and its model, side by side: how the one is asked and the other is told."""

import itertools
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant
from world import Payment, World

from conftest import MONDAY
from rows import behind
from store import Mode, open_store
from store.clock import StandingClock
from store.errors import Refused
from store.ids import SeededIds
from store.reference import business_days_after

EXAMINED_EVERY = 10
MOSTLY = st.sampled_from([True, True, True, False])
Draw = st.DataObject
Begin = Callable[[], str]
"""Returns the URL of a store in which nothing has happened yet."""


class SideBySide(RuleBasedStateMachine):
    """A machine without rules: whoever adds them says what is refused."""

    def __init__(self, begin: Begin) -> None:
        super().__init__()
        self.clock = StandingClock(MONDAY)
        url = begin()
        self.store = open_store(
            url, clock=self.clock, ids=SeededIds("model"), mode=Mode.DEMO
        )
        self.database: Any = behind(url)
        self.world = World()
        self.heard = 0
        self.steps = 0
        self.keys = itertools.count()
        self.debits = False

    def teardown(self) -> None:
        """Examine the store a last time and put it away."""
        try:
            assert self.store.examine() == ()
        finally:
            self.database.close()
            self.store.close()

    def asks(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the database itself, which sees what is lasting and nothing else."""
        return list(self.database.execute(query).fetchall())

    def one(self, draw: Draw, likely: Callable[[Payment], object]) -> Payment:
        """Pick a payment: mostly one for which something may be done."""
        every = list(self.world.payments.values())
        some = [one for one in every if likely(one)]
        narrow = draw.draw(MOSTLY) and some
        return draw.draw(st.sampled_from(some if narrow else every))

    def takes(self, made: Payment, amount: int) -> None:
        """A payment's money comes in, less the fee."""
        charge = self.store.charges.retrieve(made.charge)
        assert charge.fee is not None
        assert charge.amount_captured == amount
        made.state, made.captured, made.taken = "succeeded", amount, self.clock.at
        net = amount - charge.fee.amount
        if made.method == "pm_card_bypassPending":
            self.world.available += net
        else:
            due = business_days_after(self.clock.at, 2)
            self.world.maturing.append((due, net))

    def done(self, verb: Callable[[], object], *, refused: bool) -> bool:
        """Do something, or see it refused, as the model says; refused is nothing."""
        before = self.written()
        try:
            verb()
        except Refused as said:
            if not refused:
                raise
            assert self.written() == before
            return not str(said)
        assert not refused, "It should have been refused."
        return True

    def written(self) -> int:
        """Return how many events were written."""
        ((seq,),) = self.asks("SELECT max(seq) FROM event")
        return int(seq or 0)

    def hears(self) -> None:
        """Tell the model what has happened since, and which money came of age."""
        since, self.heard = self.heard, self.written()
        for event in reversed(self.store.events.newest(limit=self.heard - since)):
            self.settles(event.type, event.actor, event.data["id"])
            self.world.hear(event.type, event.data)
        ripe = [one for one in self.world.maturing if one[0] <= self.clock.at]
        self.world.maturing = [
            one for one in self.world.maturing if one[0] > self.clock.at
        ]
        self.world.available += sum(net for _, net in ripe)

    def settles(self, type_: str, actor: str, given: object) -> None:
        """Take in that a bank has paid what it had promised days before."""
        if (type_, actor) != ("charge.succeeded", "bank"):
            return
        charge = self.store.charges.retrieve(str(given))
        paid = self.world.payments[charge.payment_intent or ""]
        assert paid.state == "pending"
        assert charge.fee is not None
        assert charge.available_on is not None
        paid.state, paid.taken = "succeeded", charge.available_on
        net = charge.amount_captured - charge.fee.amount
        self.world.maturing.append((charge.available_on, net))

    @invariant()
    def agrees(self) -> None:
        """The balance is the model's, to the cent; no payment gave back too much."""
        owed = "SELECT credits - debits FROM account WHERE id = 'available:usd'"
        available = sum(row[0] for row in self.asks(owed))
        extra = available - self.world.available
        if extra > 0 and self.debits:
            # The bank paid for refunds that had waited for their payment to settle.
            paid = "SELECT amount FROM posting WHERE code = 'auto_debit'"
            assert sum(row[0] for row in self.asks(paid)) >= extra
            assert self.world.held() == []
            self.world.available = available
        assert available == self.world.available
        sums = dict(self.asks("SELECT id, amount_refunded FROM charge"))
        for payment in self.world.payments.values():
            left = payment.captured - sums[payment.charge]
            assert left == self.world.left(payment) >= 0
        self.steps += 1
        if self.steps % EXAMINED_EVERY == 0:
            assert self.store.examine() == ()
