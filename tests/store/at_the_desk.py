"""At the desk: bulk refunds and second tries, beside the same plain model."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from side_by_side import Begin, Draw, SideBySide
from world import MOVED, Payment, Refund, state_of

from store import refund as domain
from store.bulk import BulkState, ItemState
from store.event import Actor

MIA = Actor("mia")
MOST = 5


def begun(made: domain.Refund) -> str:
    """Return the model's name of the state in which a refund is."""
    reason = made.pending_reason
    return state_of({"status": made.status, "pending_reason": reason and reason.value})


class AtTheDesk(SideBySide):
    """What a desk does with refunds besides making one of them."""

    def __init__(self, begin: Begin) -> None:
        super().__init__(begin)
        self.tried_again: set[str] = set()

    def foretold(self, paid: Payment, amount: int) -> str | None:
        """Return the state in which a refund would begin; None where it is refused."""
        if self.world.why_not_refund(paid, amount, self.clock.at):
            return None
        return self.world.first_state(paid, amount, debits=self.debits)

    def takes_in(self, made: domain.Refund, paid: Payment) -> Refund:
        """Add a new refund to the model, and take its money from the balance."""
        refund = Refund(
            made.id,
            paid,
            made.money.amount,
            made.created,
            begun(made),
            made.is_reversal,
        )
        if refund.state in MOVED:
            if self.debits:
                self.world.debit(refund.amount)
            self.world.available -= refund.amount
        self.world.refunds[refund.id] = refund
        return refund

    @precondition(lambda self: self.world.payments)
    @rule(draw=st.data())
    def in_bulk(self, draw: Draw) -> None:
        """Several payments are refunded in full, as the plan says, in its order."""
        every = list(self.world.payments.values())
        chosen = draw.draw(
            st.lists(st.sampled_from(every), min_size=1, max_size=MOST, unique_by=id)
        )
        plan = self.store.bulk.plan(payments=[one.id for one in chosen])
        assert [one.payment for one in plan.items] == [one.id for one in chosen]

        def verb() -> object:
            return self.store.bulk.start(plan, actor=MIA)

        if not self.done(verb, refused=not plan.refundable):
            assert all(self.expected(one)[0] is ItemState.SKIPPED for one in chosen)
            return
        (bulk,) = self.store.bulk.unfinished()
        while bulk.state is BulkState.RUNNING:
            bulk = self.store.bulk.run(bulk.id, actor=MIA)
        items = self.store.bulk.items(bulk.id).rows
        for paid, planned, item in zip(chosen, plan.items, items, strict=True):
            expects, state = self.expected(paid)
            assert item.state is planned.expects is expects
            if item.refund:
                made = self.takes_in(self.store.refunds.retrieve(item.refund), paid)
                assert (made.state, made.amount) == (state, paid.captured)
        self.hears()

    def expected(self, paid: Payment) -> tuple[ItemState, str | None]:
        """Return what becomes of a payment in bulk now, and its refund's state."""
        left = self.world.left(paid)
        state = self.foretold(paid, left) if left == paid.captured else None
        if state is None:
            return ItemState.SKIPPED, None
        return ItemState.HELD if state == "held" else ItemState.SENT, state

    @precondition(lambda self: self.world.refunds)
    @rule(draw=st.data())
    def tries_again(self, draw: Draw) -> None:
        """A refund that failed is made once more, and never a third time."""
        old = draw.draw(st.sampled_from(list(self.world.refunds.values())))
        state = self.foretold(old.of, old.amount)
        refused = old.state != "failed" or old.id in self.tried_again or state is None
        key = f"key{next(self.keys)}"

        def verb() -> domain.Refund:
            return self.store.refunds.retry(old.id, actor=MIA, key=key).refund

        if self.done(verb, refused=refused):
            self.tried_again.add(old.id)
            assert self.takes_in(verb(), old.of).state == state
            self.hears()
