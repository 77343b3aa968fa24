"""Fraud: a fraudulent refund blocks its card and email, until that is lifted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import DatabaseError

from conftest import ADA, MONDAY, Funds, Pay
from store.badge import Badge
from store.block import BlockKind, Mark, marks
from store.errors import Refused
from store.method import Method
from store.money import Money
from store.payment import Charge, ChargeStatus, Customer, IntentStatus
from store.refund import Reason
from store.settings import Settings

if TYPE_CHECKING:
    from store import Store
    from store.event import Actor
    from store.payment import Payment

STOLEN = Method("card", "visa", "1111", 1, 2030, "US", "credit", "fp_stolen")
EVE = Customer("cus_eve", "Eve", "Eve@Example.com")
BOB = Customer("cus_bob", "Bob", "bob@example.com")
RISKY = "pm_card_riskLevelElevated"


def a_charge(**changes: object) -> Charge:
    """Return a captured charge of 10.00."""
    made = Charge(
        id="ch_1",
        money=Money(1_000, "usd"),
        status=ChargeStatus.SUCCEEDED,
        created=MONDAY,
        method=STOLEN,
        amount_captured=1_000,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("charge", "customer", "found"),
    [
        (a_charge(), None, [("card_fingerprint", "fp_stolen")]),
        (
            a_charge(email=" A@x.org "),
            None,
            [("card_fingerprint", "fp_stolen"), ("email", "a@x.org")],
        ),
        (
            a_charge(method=Method("sepa_debit", fingerprint="f"), receipt_email="b@x"),
            EVE,
            [("email", "eve@example.com"), ("email", "b@x")],
        ),
        (a_charge(method=Method("card"), email=""), Customer("cus_1"), []),
    ],
)
def test_marks(
    charge: Charge, customer: Customer | None, found: list[tuple[str, str]]
) -> None:
    """A payment is recognised by its card and by every email it names."""
    assert marks(charge, customer) == tuple(Mark(BlockKind(k), v) for k, v in found)


def defraud(store: Store, pay: Pay, mia: Actor) -> Payment:
    """Return a payment of the thief's, refunded as fraud."""
    paid = pay(method=STOLEN, customer=EVE)
    store.refunds.create(
        payment_intent=paid.id, amount=100, reason=Reason.FRAUDULENT, actor=mia
    )
    return paid


def test_the_block_lists(store: Store, pay: Pay, funds: Funds, mia: Actor) -> None:
    """Card and email are listed once, with the refund and who made it."""
    funds()
    paid = defraud(store, pay, mia)
    (refund,) = store.refunds.list()
    store.refunds.create(payment_intent=paid.id, reason=Reason.FRAUDULENT, actor=mia)
    email, card = store.blocks.list()
    assert (card.mark.kind, card.mark.value) == ("card_fingerprint", "fp_stolen")
    assert (email.mark.kind, email.mark.value) == ("email", "eve@example.com")
    assert {(one.refund, one.actor) for one in (email, card)} == {(refund.id, "mia")}
    assert [one.id for one in store.blocks.list(kind=BlockKind.EMAIL)] == [email.id]
    assert store.blocks.retrieve(card.id) == card
    assert store.examine() == ()


@pytest.mark.parametrize("reason", [None, Reason.DUPLICATE])
def test_other_reasons_block_nothing(
    store: Store, pay: Pay, funds: Funds, mia: Actor, reason: Reason | None
) -> None:
    """Only fraud does."""
    funds()
    store.refunds.create(payment_intent=pay().id, reason=reason, actor=mia)
    assert len(store.blocks.list()) == 0


def test_a_preview_blocks_nothing(
    store: Store, pay: Pay, funds: Funds, mia: Actor
) -> None:
    """Looking at what would happen leaves the lists alone."""
    funds()
    paid = pay()
    store.refunds.create(
        payment_intent=paid.id, reason=Reason.FRAUDULENT, actor=mia, preview=True
    )
    assert len(store.blocks.list()) == 0


@pytest.mark.parametrize(
    ("method", "customer"),
    [
        (STOLEN, BOB),
        (STOLEN, None),
        ("pm_card_visa", EVE),
        ("pm_sepa_debit", replace(BOB, email="EVE@example.com")),
    ],
)
def test_blocked_payments(
    store: Store,
    pay: Pay,
    funds: Funds,
    mia: Actor,
    method: str | Method,
    customer: Customer | None,
) -> None:
    """Neither the card nor the email pays again, whoever else is named."""
    funds()
    defraud(store, pay, mia)
    before = store.balance()
    paid = pay(method=method, customer=customer)
    charge = paid.charge
    assert charge
    assert paid.intent
    assert (charge.status, charge.outcome_type) == ("failed", "blocked")
    assert (charge.captured, charge.amount_captured) == (False, 0)
    assert paid.intent.status is IntentStatus.REQUIRES_PAYMENT_METHOD
    assert store.payments.detail(paid.id).badge is Badge.BLOCKED
    assert store.balance() == before
    told = [one.type for one in store.events.newest(limit=3)]
    assert told == [
        "payment_intent.payment_failed",
        "charge.failed",
        "payment_intent.created",
    ]
    assert store.examine() == ()


def test_others_pay_as_ever(store: Store, pay: Pay, funds: Funds, mia: Actor) -> None:
    """Another customer with another card, even of the same name, is let through."""
    funds()
    thief = pay(method="pm_card_visa", customer=EVE)
    store.refunds.create(payment_intent=thief.id, reason=Reason.FRAUDULENT, actor=mia)
    for method in ("pm_card_visa", replace(STOLEN, fingerprint="fp_own")):
        charge = pay(method=method, customer=BOB).charge
        assert charge
        assert charge.status == "succeeded"
    again = pay(method="pm_card_visa", customer=replace(EVE, email="new@x.org")).charge
    assert again
    assert again.outcome_type == "blocked"


def test_a_block_is_lifted(store: Store, pay: Pay, funds: Funds, mia: Actor) -> None:
    """A mistake is taken back; the list remembers it, and it can be put up again."""
    funds()
    defraud(store, pay, mia)
    for one in store.blocks.list():
        lifted = store.blocks.lift(one.id, actor=mia)
        assert (lifted.lifted, lifted.lifted_by) == (MONDAY, "mia")
        assert store.blocks.lift(one.id, actor=mia) == lifted
    defraud(store, pay, mia)
    assert len(store.blocks.list()) == 4
    with pytest.raises(Refused, match="No such value list item: 'rsli_x'"):
        store.blocks.lift("rsli_x", actor=mia)


@pytest.mark.parametrize("table", ["review", "block_list", "outbox"])
def test_nothing_of_it_is_deleted(
    store: Store, pay: Pay, funds: Funds, mia: Actor, table: str
) -> None:
    """Raw SQL cannot make a review or a block go away."""
    funds()
    store.configure(Settings(email_receipts=True))
    pay(method=RISKY, customer=ADA)
    defraud(store, pay, mia)
    with store._database.write() as connection, pytest.raises(DatabaseError):
        connection.exec_driver_sql(f"DELETE FROM {table}")
