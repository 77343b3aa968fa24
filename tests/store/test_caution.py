"""Cautions: each doubt about a refund is said once, in a sentence, and no more."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ADA, MONDAY, Funds, Later, Pay
from store import Store, open_store
from store.clock import StandingClock
from store.desk.caution import RECENT, Doubt, PastRefund, cautions
from store.dispute import Dispute
from store.errors import Refused
from store.event import Actor
from store.method import Method
from store.money import Money
from store.payment import Charge, ChargeStatus, Customer, Payment
from store.refund import Refund, RefundStatus
from store.settings import Settings
from store.sql.engine import Reached
from store.sql.tables import META

FORTY = Money(4_000, "usd")
CHARGE = Charge(
    id="ch_1",
    money=Money(8_000, "usd"),
    status=ChargeStatus.SUCCEEDED,
    created=MONDAY,
    method=Method("card", "visa", "4242"),
    amount_captured=8_000,
)
PAYMENT = Payment("pi_1", None, CHARGE)
PAST = PastRefund("re_0", "pi_0", FORTY, RefundStatus.SUCCEEDED, MONDAY, "tom")


def doubts(
    payment: Payment = PAYMENT,
    amount: Money = FORTY,
    recent: tuple[PastRefund, ...] = (),
    threshold: Money | None = None,
    days: int = 6,
) -> dict[Doubt, str]:
    """Return each doubt and its sentence, some days after Monday."""
    now = MONDAY + timedelta(days=days)
    found = cautions(payment, amount, recent, now, threshold)
    assert len({one.doubt for one in found}) == len(found)
    return {one.doubt: one.text for one in found}


def test_an_ordinary_refund_raises_no_doubt() -> None:
    """Nothing is said where there is nothing to say."""
    assert doubts() == {}
    assert doubts(recent=(replace(PAST, money=Money(3_999, "usd")),)) == {}
    assert doubts(recent=(replace(PAST, money=Money(4_000, "eur")),)) == {}


def test_the_same_amount_to_the_same_customer() -> None:
    """Who refunded it, how much, when and of what."""
    assert doubts(recent=(PAST,)) == {
        Doubt.SAME_AMOUNT: "tom refunded 40.00 USD to this customer (pi_0)"
        " 6 days ago: the same amount."
    }
    assert "a day ago" in doubts(recent=(PAST,), days=1)[Doubt.SAME_AMOUNT]
    text = doubts(recent=(replace(PAST, actor=None),), days=0)[Doubt.SAME_AMOUNT]
    assert text.startswith("Somebody refunded")
    assert "less than a day ago" in text


@pytest.mark.parametrize("status", RefundStatus)
def test_what_came_to_nothing_raises_no_doubt(status: RefundStatus) -> None:
    """A failed or canceled refund brought the customer nothing."""
    past = replace(PAST, status=status)
    dead = status in (RefundStatus.FAILED, RefundStatus.CANCELED)
    assert (Doubt.SAME_AMOUNT in doubts(recent=(past,))) is not dead


def test_thirty_days_count() -> None:
    """A day more, and it is long ago."""
    assert RECENT.days == 30
    assert Doubt.SAME_AMOUNT in doubts(recent=(PAST,), days=30)
    assert doubts(recent=(PAST,), days=31) == {}


def test_a_second_refund_of_a_payment() -> None:
    """A first one that is live, or that an import reports without showing it."""
    refund = Refund("re_1", Money(3_000, "usd"), RefundStatus.SUCCEEDED, MONDAY, "ch_1")
    part = replace(CHARGE, amount_refunded=3_000)
    once = replace(PAYMENT, charge=part, refunds=(refund,))
    assert doubts(once) == {
        Doubt.SECOND_REFUND: "This payment was refunded once already: 30.00 USD of it."
    }
    elsewhere = replace(PAYMENT, charge=part)
    assert Doubt.SECOND_REFUND in doubts(elsewhere)
    failed = replace(refund, status=RefundStatus.FAILED)
    assert doubts(replace(PAYMENT, refunds=(failed,))) == {}


def test_an_open_inquiry() -> None:
    """Only while the bank waits for an answer."""
    dispute = Dispute("du_1", Money(8_000, "usd"), "warning_needs_response", MONDAY)
    asked = replace(PAYMENT, dispute=dispute)
    assert doubts(asked) == {
        Doubt.INQUIRY: "The bank is inquiring about 80.00 USD of this payment."
    }
    closed = replace(dispute, status="warning_closed")
    assert doubts(replace(PAYMENT, dispute=closed)) == {}


@given(st.integers(1, 10_000), st.integers(0, 10_000))
def test_more_than_the_threshold(amount: int, above: int) -> None:
    """Exactly what is more is asked about; another currency has its own threshold."""
    found = doubts(amount=Money(amount, "usd"), threshold=Money(above, "usd"))
    assert (Doubt.LARGE in found) is (amount > above)
    assert doubts(amount=Money(amount, "usd"), threshold=Money(0, "jpy")) == {}


def test_the_threshold_is_the_stores(store: Store) -> None:
    """Each currency has one, or none; a store begins without."""
    assert store.settings.threshold("usd") is None
    store.configure(Settings(caution_above={"usd": 50_000}))
    assert store.settings.threshold("usd") == Money(50_000, "usd")
    assert store.settings.threshold("jpy") is None


def test_settings_of_another_version_are_left_alone(store: Store, url: str) -> None:
    """What this program does not know is skipped, what it does know still holds."""
    store.configure(Settings(caution_above={"usd": 50_000}))
    store.close()
    said = '{"caution_above": {"usd": 700}, "of_tomorrow": true}'
    reached = Reached(url)
    with reached.writing() as connection:
        kept = META.update().where(META.c.key == "settings").values(value=said)
        connection.execute(kept)
        connection.commit()
    reached.engine.dispose()
    with open_store(url) as again:
        assert again.settings == Settings(caution_above={"usd": 700})


def test_recent_refunds_of_the_same_customer(
    store: Store,
    pay: Pay,
    funds: Funds,
    later: Later,
    mia: Actor,
    clock: StandingClock,
) -> None:
    """By id or by email, whatever its spelling; of other payments and of this one."""
    funds()
    other = Customer("cus_bob", "Bob", "bob@example.com")
    alias = Customer("cus_ada2", "A. Lovelace", "ADA@example.com")
    payments = [pay(customer=who) for who in (ADA, ADA, alias, other, None)]
    made = [
        store.refunds.create(payment_intent=one.id, amount=100 + at, actor=mia).refund
        for at, one in enumerate(payments)
    ]
    found = store.payments.recent_refunds(payments[0].id)
    assert {one.refund for one in found} == {one.id for one in made[:3]}
    assert {(one.payment, one.money.amount, one.actor) for one in found} == {
        (payments[at].id, 100 + at, "mia") for at in range(3)
    }
    alone = store.payments.recent_refunds(payments[4].id)
    assert [one.refund for one in alone] == [made[4].id]
    clock.at += timedelta(days=29)
    newest = store.refunds.create(
        payment_intent=payments[1].id, amount=50, actor=mia
    ).refund
    assert store.payments.recent_refunds(payments[0].id)[0].refund == newest.id
    later(timedelta(days=2))
    found = store.payments.recent_refunds(payments[0].id)
    assert [one.refund for one in found] == [newest.id]


def test_recent_refunds_need_a_payment(store: Store) -> None:
    """The refusal is the API's."""
    with pytest.raises(Refused, match="No such payment_intent: 'pi_x'"):
        store.payments.recent_refunds("pi_x")
