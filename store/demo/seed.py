"""Seed: a large, realistic account for measurements, lazily made, the same by seed."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import islice

from store import Store
from store.cards import CARDS
from store.demo.names import GOODS, email_of, name_of
from store.demo.objects import (
    Sale,
    customer_object,
    dispute_object,
    found,
    refund_objects,
    sale_objects,
)
from store.demo.story import NOW
from store.demo.trade import price
from store.dispute import Dispute
from store.method import Method
from store.money import step
from store.payment import ChargeStatus
from store.reference import (
    Destination,
    DestinationKind,
    ReferenceStatus,
    card_reference_type,
)
from store.refund import CHOSEN_REASONS, FailureReason, Reason, Refund, RefundStatus
from store.shape.objects import Json

_SECONDS = 730 * 24 * 60 * 60
"""How far back an account goes."""
CHUNK = 2_000
"""How many payments come in with one transaction."""
_CURRENCIES = ("usd",) * 14 + ("eur",) * 4 + ("gbp", "jpy")
_CARDS = ("pm_card_visa",) * 6 + ("pm_card_mastercard",) * 4 + ("pm_card_amex",)
_OTHERS = ("pm_paypal", "pm_ideal", "pm_klarna", "pm_us_bank_account")
_EVERY_NTH_IS_NEW = 3
_EVERY_NTH_IS_REFUNDED = 12
_EVERY_NTH_IS_ON_NO_CARD = 10
_EVERY_NTH_IS_DECLINED = 20
_EVERY_NTH_IS_UNCAPTURED = 12
_EVERY_NTH_IS_DISPUTED = 300
_EVERY_NTH_REFUND_FAILS = 40
_HELD_FOR = timedelta(days=6)
"""How long an authorisation may be left uncaptured here."""
_DISPUTED_AFTER = timedelta(days=9)
_REASONS = tuple(reason for reason in CHOSEN_REASONS if reason is not Reason.OTHER)


@dataclass(frozen=True, slots=True)
class Account:
    """The objects of an account with that many payments, oldest first."""

    seed: str
    payments: int

    def sales(self) -> Iterator[Iterator[Json]]:
        """Yield the objects of one payment after another."""
        chosen = random.Random(f"{self.seed} account")  # noqa: S311 - repeatable
        for number in range(self.payments):
            yield self._payment(chosen, number)

    def _payment(self, chosen: random.Random, number: int) -> Iterator[Json]:
        left = _SECONDS * (self.payments - number) // (self.payments + 1)
        at = NOW - timedelta(seconds=left)
        who, is_new = self._customer(chosen, number)
        customer = self._id("cus", who)
        if is_new:
            yield customer_object(customer, name_of(who), email_of(who), at)
        sale = self._sale(chosen, number, at)
        sale = replace(sale, name=name_of(who), email=email_of(who), customer=customer)
        refund = _refund(chosen, sale, number) if sale.has_moved_money else None
        if refund and refund.is_live:
            sale = replace(sale, refunded=refund.money.amount)
        disputed = chosen.randrange(_EVERY_NTH_IS_DISPUTED) == 0
        if disputed and sale.has_moved_money and refund is None:
            sale = replace(sale, disputed=True)
        yield from sale_objects(sale)
        if refund:
            yield from refund_objects(refund, sale)
        if sale.disputed:
            yield dispute_object(_dispute(chosen, sale))

    def _customer(self, chosen: random.Random, number: int) -> tuple[int, bool]:
        newest = number // _EVERY_NTH_IS_NEW
        if number % _EVERY_NTH_IS_NEW == 0:
            return newest, True
        return chosen.randrange(newest + 1), False

    def _sale(self, chosen: random.Random, number: int, at: datetime) -> Sale:
        method = _method(chosen, number)
        sale = Sale(
            self._id("", number)[1:],
            at,
            price(chosen, chosen.choice(_CURRENCIES)),
            method,
            "",
            None,
            description=chosen.choice(GOODS),
        )
        if chosen.randrange(_EVERY_NTH_IS_DECLINED) == 0:
            return replace(sale, status=ChargeStatus.FAILED, failure="card_declined")
        uncaptured = chosen.randrange(_EVERY_NTH_IS_UNCAPTURED) == 0
        if uncaptured and method.is_card and NOW - at < _HELD_FOR:
            return replace(sale, captured=False)
        return sale

    def _id(self, prefix: str, number: int) -> str:
        mark = blake2b(f"{self.seed} {prefix} {number}".encode(), digest_size=12)
        return f"{prefix}_{mark.hexdigest()}"


def _method(chosen: random.Random, number: int) -> Method:
    if chosen.randrange(_EVERY_NTH_IS_ON_NO_CARD) == 0:
        return CARDS[chosen.choice(_OTHERS)].method
    card = CARDS[chosen.choice(_CARDS)].method
    return replace(card, last4=f"{(number * 7919) % 10_000:04d}")


def _refund(chosen: random.Random, sale: Sale, number: int) -> Refund | None:
    created = sale.at + timedelta(minutes=chosen.randrange(30, 20_000))
    if chosen.randrange(_EVERY_NTH_IS_REFUNDED) or created >= NOW:
        return None
    unit = step(sale.money.currency)
    share = chosen.choice((1, 1, 2, 4))
    amount = max(unit, sale.money.amount // share // unit * unit)
    failed = chosen.randrange(_EVERY_NTH_REFUND_FAILS) == 0
    return Refund(
        f"{'re' if sale.method.is_card else 'pyr'}_{sale.number}",
        replace(sale.money, amount=amount),
        RefundStatus.FAILED if failed else RefundStatus.SUCCEEDED,
        created,
        sale.charge_id,
        reason=chosen.choice(_REASONS),
        failure_reason=FailureReason.EXPIRED_OR_CANCELED_CARD if failed else None,
        destination=None if failed else _destination(sale.method, number),
    )


def _dispute(chosen: random.Random, sale: Sale) -> Dispute:
    status = chosen.choice(("needs_response", "under_review", "won", "lost"))
    return Dispute(
        f"du_{sale.number}",
        sale.money,
        status,
        min(NOW, sale.at + _DISPUTED_AFTER),
        sale.charge_id,
        f"pi_{sale.number}",
        "fraudulent",
        is_charge_refundable=status == "won",
    )


def _destination(method: Method, number: int) -> Destination | None:
    if not method.is_card:
        return None
    return Destination(
        "card",
        DestinationKind.REFUND,
        f"7{number:022d}",
        ReferenceStatus.AVAILABLE,
        card_reference_type(method.brand, reversal=False),
    )


def sow(
    store: Store, account: Account, watch: Callable[[int], None] | None = None
) -> int:
    """Bring an account's payments into a store; return how many objects came in.

    Args:
        store: Where to.
        account: What.
        watch: Told how many payments are in, after each transaction.
    """
    sales = account.sales()
    done, objects = 0, 0
    while chunk := [list(sale) for sale in islice(sales, CHUNK)]:
        shapes = (shape for sale in chunk for shape in sale)
        report = store.take_in("seed", found(shapes, "seed"))
        done += len(chunk)
        objects += report.read
        if watch:
            watch(done)
    return objects
