"""Top-ups: own money added to the balance, which lets waiting refunds go."""

from collections.abc import Mapping, Sequence
from typing import Unpack

from store.balance import Topup
from store.errors import Refused
from store.event import Actor
from store.extra import merged
from store.ledger import topup_arrived
from store.limits import why_not_move
from store.lists.window import Created, Listed, Window
from store.money import Money
from store.outcome import TopupOutcome
from store.refund import Refund
from store.refusals import desk as desk_refusals
from store.shape.objects import topup_shape
from store.sql import lists, reads
from store.sql.tables import TOPUP
from store.sql.transaction import Transaction
from store.verbs import movements
from store.verbs.currencies import currency_of
from store.verbs.metadata import checked
from store.verbs.reading import retrieve
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
        metadata: Mapping[str, str] | None = None,
        extra: Mapping[str, object] | None = None,
        key: str | None = None,
        preview: bool = False,
    ) -> TopupOutcome:
        """Add money to the available balance; refunds that waited for it go out.

        Raises:
            Refused: The amount is none that the currency can express.
        """
        money = Money(amount, currency_of(currency))
        said = merged({}, extra or {})
        params = {
            "amount": amount,
            "currency": money.currency,
            "metadata": checked(metadata),
            "extra": said,
        }
        request = Request("topups.create", params, actor, key, preview=preview)

        def act(tx: Transaction) -> TopupOutcome:
            _check(money)
            return _arrive(tx, money, checked(metadata), said)

        def recall(tx: Transaction, topup: str) -> TopupOutcome:
            return _outcome(tx, topup, money, (), replayed=True)

        return self._run(request, act, recall, lambda outcome: outcome.id)

    def retrieve(self, topup: str) -> Topup:
        """Return a top-up.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        return retrieve(self._database, lists.TOPUPS, topup)

    def list(
        self,
        *,
        status: str | None = None,
        amount: Created | int | None = None,
        **window: Unpack[Window],
    ) -> Listed[Topup]:
        """Return a page of top-ups, newest first, of an amount or of all.

        Raises:
            Refused: The cursor is unknown, or there are two.
        """
        if isinstance(amount, int):
            amount = Created(gte=amount, lte=amount)
        wanted = lists.bounded(TOPUP.c.amount, amount) if amount else ()
        with self._database.read() as connection:
            return lists.listed(
                connection, lists.TOPUPS, window, *wanted, status=status
            )

    def cover(
        self,
        *,
        amounts: Sequence[Money],
        actor: Actor,
        key: str | None = None,
        preview: bool = False,
    ) -> tuple[TopupOutcome, ...]:
        """Add money to several currencies at once, all of it or nothing.

        Raises:
            Refused: There is no amount, or one that its currency cannot express.
        """
        params = {"amounts": [[one.currency, one.amount] for one in amounts]}
        request = Request("topups.cover", params, actor, key, preview=preview)

        def act(tx: Transaction) -> tuple[TopupOutcome, ...]:
            if not amounts:
                raise Refused(desk_refusals.nothing_short())
            for money in amounts:
                _check(money)
            return tuple(_arrive(tx, money) for money in amounts)

        def recall(tx: Transaction, topups: str) -> tuple[TopupOutcome, ...]:
            return tuple(
                _outcome(tx, topup, money, (), replayed=True)
                for topup, money in zip(topups.split(AND), amounts, strict=True)
            )

        return self._run(
            request, act, recall, lambda all_: AND.join(one.id for one in all_)
        )


AND = ","
"""What stands between the ids of top-ups that one key made."""


def _arrive(
    tx: Transaction,
    money: Money,
    metadata: Mapping[str, str] | None = None,
    extra: Mapping[str, object] | None = None,
) -> TopupOutcome:
    given = Topup(
        id=tx.ids.new("tu"),
        money=money,
        status="succeeded",
        created=tx.now,
        actor=tx.actor.name,
        metadata=metadata or {},
        extra=extra or {},
    )
    topup = given.id
    tx.add_topup(given)
    tx.post(topup_arrived(money, topup))
    movements.topup(tx, given)
    shape = topup_shape(given)
    tx.tell("topup.created", {**shape, "status": "pending"})
    tx.tell("topup.succeeded", shape)
    return _outcome(tx, topup, money, release(tx, money.currency))


def _check(money: Money) -> None:
    currency_of(money.currency)
    if refusal := why_not_move(money):
        raise Refused(refusal)


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
