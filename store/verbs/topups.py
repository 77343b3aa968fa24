"""Top-ups: own money added to the balance, which lets waiting refunds go."""

from store import refusals
from store.errors import Refused
from store.event import Actor
from store.ledger import topup_arrived
from store.money import LARGEST_TOPUP, Money, step
from store.outcome import TopupOutcome
from store.refund import Refund
from store.shape import topup_shape
from store.sql import reads
from store.sql.transaction import Transaction
from store.verbs import movements
from store.verbs.release import release
from store.verbs.write import Request, Verbs


class Topups(Verbs):
    """Verbs of top-ups."""

    def create(
        self,
        *,
        amount: int,
        currency: str,
        actor: Actor,
        key: str | None = None,
        preview: bool = False,
    ) -> TopupOutcome:
        """Add money to the available balance; refunds that waited for it go out.

        Raises:
            Refused: The amount is none that the currency can express.
        """
        money = Money(amount, currency.lower())
        params = {"amount": amount, "currency": money.currency}
        request = Request("topups.create", params, actor, key, preview=preview)

        def act(tx: Transaction) -> TopupOutcome:
            _check(money)
            topup = tx.ids.new("tu")
            tx.add_topup(topup, money)
            tx.post(topup_arrived(money, topup))
            movements.topup(tx, topup, money)
            shape = topup_shape(topup, money, tx.now)
            tx.tell("topup.created", {**shape, "status": "pending"})
            tx.tell("topup.succeeded", shape)
            released = release(tx, money.currency)
            return _outcome(tx, topup, money, released)

        def recall(tx: Transaction, topup: str) -> TopupOutcome:
            return _outcome(tx, topup, money, (), replayed=True)

        return self._run(request, act, recall, lambda outcome: outcome.id)


def _check(money: Money) -> None:
    if money.amount < 1:
        raise Refused(refusals.amount_below_one())
    if money.amount > LARGEST_TOPUP:
        raise Refused(refusals.amount_too_large(Money(LARGEST_TOPUP, money.currency)))
    unit = Money(step(money.currency), money.currency)
    if money.amount % unit.amount:
        raise Refused(refusals.amount_not_divisible(money, unit))


def _outcome(
    tx: Transaction,
    topup: str,
    money: Money,
    released: tuple[Refund, ...],
    *,
    replayed: bool = False,
) -> TopupOutcome:
    left = reads.available(tx.connection, money.currency)
    return TopupOutcome(topup, money, released, left, replayed)
