"""Seed: a large, realistic account for measurements, made lazily, repeatable by seed."""

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
    found,
    refund_objects,
    sale_objects,
)
from store.demo.story import NOW
from store.demo.trade import price
from store.method import Method
from store.money import step
from store.payment import ChargeStatus
from store.reference import (
    Destination,
    DestinationKind,
    ReferenceStatus,
    card_reference_type,
)
from store.refund import CHOSEN_REASONS, Reason, Refund, RefundStatus
from store.shape import Json

PERIOD = timedelta(days=730)
CHUNK = 2_000
"""How many payments come in with one transaction."""
_CURRENCIES = ("usd",) * 14 + ("eur",) * 4 + ("gbp", "jpy")
_CARDS = ("pm_card_visa",) * 6 + ("pm_card_mastercard",) * 4 + ("pm_card_amex",)
_OTHERS = ("pm_paypal", "pm_ideal", "pm_klarna", "pm_us_bank_account")
_EVERY_NTH_IS_NEW = 3
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
        at = NOW - PERIOD * (self.payments - number) / (self.payments + 1)
        at = at.replace(microsecond=0)
        who, is_new = self._customer(chosen, number)
        customer = self._id("cus", who)
        if is_new:
            yield customer_object(customer, name_of(who), email_of(who), at)
        sale = self._sale(chosen, number, at)
        sale = replace(sale, name=name_of(who), email=email_of(who), customer=customer)
        refund = _refund(chosen, sale, number) if sale.has_moved_money else None
        if refund and refund.is_live:
            sale = replace(sale, refunded=refund.money.amount)
        yield from sale_objects(sale)
        if refund:
            yield from refund_objects(refund, sale)

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
        luck = chosen.randrange(100)
        if luck < 5:
            return replace(sale, status=ChargeStatus.FAILED, failure="card_declined")
        if luck < 7 and method.is_card and NOW - at < timedelta(days=6):
            return replace(sale, captured=False)
        return sale

    def _id(self, prefix: str, number: int) -> str:
        mark = blake2b(f"{self.seed} {prefix} {number}".encode(), digest_size=12)
        return f"{prefix}_{mark.hexdigest()}"


def _method(chosen: random.Random, number: int) -> Method:
    if chosen.randrange(10) == 0:
        return CARDS[chosen.choice(_OTHERS)].method
    card = CARDS[chosen.choice(_CARDS)].method
    return replace(card, last4=f"{(number * 7919) % 10_000:04d}")


def _refund(chosen: random.Random, sale: Sale, number: int) -> Refund | None:
    created = sale.at + timedelta(minutes=chosen.randrange(30, 20_000))
    if chosen.randrange(12) or created >= NOW:
        return None
    unit = step(sale.money.currency)
    share = chosen.choice((1, 1, 2, 4))
    amount = max(unit, sale.money.amount // share // unit * unit)
    return Refund(
        f"{'re' if sale.method.is_card else 'pyr'}_{sale.number}",
        replace(sale.money, amount=amount),
        RefundStatus.SUCCEEDED,
        created,
        sale.charge_id,
        reason=chosen.choice(_REASONS),
        destination=_destination(sale.method, number),
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
