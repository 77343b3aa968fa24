"""Trade: plain payments of two months, some of them refunded; repeatable by seed."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from store.cards import CARDS
from store.demo.names import GOODS, email_of, name_of
from store.demo.story import MIA, NOW, TOM, Deed, Refunding, Story
from store.method import Method
from store.money import Money, step
from store.refund import CHOSEN_REASONS, Reason

DAYS = 60
_CURRENCIES = ("usd",) * 14 + ("eur",) * 3 + ("jpy",) * 2 + ("kwd",) + ("gbp",)
_PRICES = {
    "usd": (500, 24_000),
    "eur": (400, 6_000),
    "gbp": (600, 15_000),
    "jpy": (300, 20_000),
    "kwd": (1_000, 40_000),
}
_CARDS = (
    *("pm_card_visa",) * 9,
    *("pm_card_mastercard",) * 6,
    *("pm_card_amex",) * 2,
    "pm_card_discover",
    "pm_card_jcb",
)
_DECLINED = "pm_card_chargeDeclined"
_EVERY_NTH_IS_DECLINED = 20
_NOTES = ("Changed their mind on the phone", "Goodwill, third late parcel")
_REFUNDED_IN_PERCENT = 18
_SETTLED_FIRST = timedelta(days=4)


def trade(seed: str, count: int) -> Iterator[Story]:
    """Yield that many plain payments, oldest first, ending just before the present."""
    chosen = random.Random(f"{seed} trade")  # noqa: S311 - repeatable is the point
    minutes = DAYS * 24 * 60
    times = sorted(chosen.sample(range(40, minutes), count), reverse=True)
    for number, minute in enumerate(times):
        at = NOW - timedelta(minutes=minute)
        yield _sale(chosen, number, at)


def _sale(chosen: random.Random, number: int, at: datetime) -> Story:
    customer = chosen.randrange(400)
    currency = chosen.choice(_CURRENCIES)
    money = price(chosen, currency)
    declined = chosen.randrange(_EVERY_NTH_IS_DECLINED) == 0
    return Story(
        at,
        name_of(customer),
        email_of(customer),
        money,
        _DECLINED if declined else _card(chosen, customer),
        () if declined else _refund(chosen, at, money),
        description=chosen.choice(GOODS),
        metadata={"order": str(7000 + number)},
    )


def _card(chosen: random.Random, customer: int) -> Method:
    card = CARDS[chosen.choice(_CARDS)].method
    return replace(card, last4=f"{customer * 7919 % 10_000:04d}")


def price(chosen: random.Random, currency: str) -> Money:
    """Return a price as shops make them: mostly small, in whole steps."""
    low, high = _PRICES[currency]
    drawn = low + int((high - low) * chosen.random() ** 3)
    unit = step(currency)
    return Money(drawn // unit * unit, currency)


def _refund(chosen: random.Random, at: datetime, money: Money) -> tuple[Deed, ...]:
    when = at + _SETTLED_FIRST + timedelta(minutes=chosen.randrange(9 * 24 * 60))
    if chosen.randrange(100) >= _REFUNDED_IN_PERCENT or when >= NOW:
        return ()
    reason = chosen.choice(CHOSEN_REASONS)
    if reason is Reason.FRAUDULENT:
        # Plain traders go on trading: their emails must not be blocked.
        reason = Reason.REQUESTED_BY_CUSTOMER
    unit = step(money.currency)
    part = money.amount // chosen.choice((2, 3, 4)) // unit * unit
    return (
        Refunding(
            when,
            part if chosen.randrange(2) and part else None,
            reason,
            chosen.choice(_NOTES) if reason is Reason.OTHER else None,
            chosen.choice((MIA, TOM)),
        ),
    )
