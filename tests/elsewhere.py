"""Elsewhere: what others do while a scene is played, each by a word among its keys."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from unittest import mock

from store.event import Actor
from store.search.language import parse
from store.sql import agenda

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Store

SHOP, TOM = Actor("shop"), Actor("tom")
MONTH = timedelta(days=30)
NOTICED_SECONDS = 2.5
"""By then every console has seen it."""


def _tom_refunds(store: Store) -> None:
    (jane,) = store.payments.page(parse("jane@example.com"), size=1).rows
    store.refunds.create(payment_intent=jane.id, amount=2000, actor=TOM)


def _three_pay(store: Store) -> None:
    for amount in (1900, 2900, 4900):
        store.payment_intents.create(
            amount=amount,
            currency="usd",
            payment_method="pm_card_visa",
            actor=SHOP,
        )


def _the_shop_shares(store: Store) -> None:
    """Let two payments come that are shared with a connected account."""
    for amount, fee in ((4900, 490), (12000, 1200)):
        store.payment_intents.create(
            amount=amount,
            currency="usd",
            payment_method="pm_card_visa",
            transfer_data={"destination": "acct_1Q5mAnnaPottery"},
            application_fee_amount=fee,
            actor=SHOP,
        )


def _a_deed_breaks(store: Store) -> None:
    """Let the next deed of the outside world break, and no other be due."""
    with store._database.read() as connection:
        due = agenda.overdue(connection, store.now() + MONTH)[0]
    broken = ValueError("the bank's answer cannot be read")
    with mock.patch("store.verbs.advance._do", side_effect=broken):
        store.advance(due.at)


def _the_file_goes(store: Store) -> None:
    file = store._database.file
    if file is not None:
        file.rename(f"{file}.gone")


TOM_REFUNDS, THREE_PAY, FILE_GOES = "<tom refunds>", "<three pay>", "<the file goes>"
DEED_BREAKS, SHOP_SHARES = "<a deed breaks>", "<the shop shares>"
DEEDS: dict[str, Callable[[Store], None]] = {
    TOM_REFUNDS: _tom_refunds,
    THREE_PAY: _three_pay,
    FILE_GOES: _the_file_goes,
    DEED_BREAKS: _a_deed_breaks,
    SHOP_SHARES: _the_shop_shares,
}
"""What each word lets happen."""
