"""Payments in two steps: begun, changed while nobody has paid, confirmed."""

from datetime import timedelta

import pytest

from conftest import ADA, FUNDED, Later, Pay
from store import Store
from store.badge import Badge, badge
from store.errors import Refused
from store.event import Actor, Face
from store.money import Money
from store.outcome import PaymentOutcome
from store.payment import IntentStatus

API = Actor("shop", Face.API)


def begin(store: Store, **more: object) -> PaymentOutcome:
    """Begin a payment of 9.00 USD, or what `more` says."""
    usual = {"amount": 900, "currency": "usd", "payment_method": None, "confirm": False}
    return store.payment_intents.create(**{**usual, **more}, actor=API)  # type: ignore[arg-type]


def test_an_intent_waits_for_a_method_then_for_a_yes(store: Store) -> None:
    """No charge is made, no money moves, and it is listed as incomplete."""
    bare = begin(store, customer=ADA).payment
    assert bare.intent is not None
    assert (bare.intent.status, bare.charge) == (
        IntentStatus.REQUIRES_PAYMENT_METHOD,
        None,
    )
    assert badge(bare) is Badge.INCOMPLETE
    chosen = begin(store, payment_method="pm_card_visa").payment
    assert chosen.intent is not None
    assert chosen.intent.status is IntentStatus.REQUIRES_CONFIRMATION
    assert chosen.intent.payment_method == "pm_card_visa"
    types = [one.type for one in store.events.newest()]
    assert types == ["payment_intent.created"] * 2
    assert store.refunds.pending().balances == ()
    assert store.examine() == ()


def test_confirming_pays_with_all_that_was_said(store: Store) -> None:
    """The charge carries the description, metadata and customer of the intent."""
    begun = begin(
        store,
        customer=ADA,
        description="Two lamps",
        metadata={"order": "6735"},
        payment_method=FUNDED,
    ).payment
    done = store.payment_intents.confirm(begun.id, actor=API).payment
    assert done.intent is not None
    assert done.charge is not None
    assert (done.intent.status, done.intent.received) == (IntentStatus.SUCCEEDED, 900)
    assert (done.charge.description, done.charge.metadata) == (
        "Two lamps",
        {"order": "6735"},
    )
    assert (done.charge.customer, done.charge.email) == (ADA.id, ADA.email)
    refund = store.refunds.create(payment_intent=begun.id, amount=1, actor=API).refund
    assert refund.charge == done.charge.id
    assert len(store.charges.search('metadata["order"]:"6735"')) == 1
    assert store.examine() == ()


def test_a_decline_leaves_it_open(store: Store) -> None:
    """The next attempt makes a charge of its own."""
    begun = begin(store).payment
    declined = store.payment_intents.confirm(
        begun.id, payment_method="pm_card_chargeDeclined", actor=API
    ).payment
    assert declined.intent is not None
    assert declined.intent.status is IntentStatus.REQUIRES_PAYMENT_METHOD
    done = store.payment_intents.confirm(
        begun.id, payment_method=FUNDED, actor=API
    ).payment
    assert len(done.attempts) == 1
    assert done.charge is not None
    assert done.charge.amount_captured == 900
    assert store.examine() == ()


@pytest.mark.parametrize(
    ("method", "how", "status"),
    [
        ("pm_sepa_debit", "automatic", IntentStatus.PROCESSING),
        ("pm_card_visa", "manual", IntentStatus.REQUIRES_CAPTURE),
    ],
)
def test_what_confirming_may_lead_to(
    store: Store, method: str, how: str, status: IntentStatus
) -> None:
    """A bank that takes days, or an authorisation."""
    begun = begin(store, capture_method=how, currency="eur").payment
    done = store.payment_intents.confirm(begun.id, payment_method=method, actor=API)
    assert done.payment.intent is not None
    assert done.payment.intent.status is status
    assert store.examine() == ()


def test_a_bank_that_takes_days_settles_it(store: Store, later: Later) -> None:
    """As it does a payment that was made at once."""
    begun = begin(store, currency="eur").payment
    store.payment_intents.confirm(begun.id, payment_method="pm_sepa_debit", actor=API)
    later(timedelta(days=10))
    assert store.payment_intents.retrieve(begun.id).status is IntentStatus.SUCCEEDED
    assert store.examine() == ()


def test_a_shared_intent_is_shared_when_it_is_paid(store: Store) -> None:
    """The transfer and the fee that it was begun with."""
    begun = begin(
        store,
        amount=1_200,
        transfer_data={"destination": "acct_1"},
        application_fee_amount=120,
        payment_method=FUNDED,
    ).payment
    done = store.payment_intents.confirm(begun.id, actor=API).payment
    assert done.charge is not None
    share = done.charge.share
    assert share is not None
    assert (share.account, share.fee_money) == ("acct_1", Money(120, "usd"))
    assert store.examine() == ()


def test_what_is_paid_cannot_be_confirmed_or_changed(store: Store, pay: Pay) -> None:
    """The sentence names the status and those that would do."""
    paid = pay()
    with pytest.raises(Refused, match="has a status of succeeded") as caught:
        store.payment_intents.confirm(paid.id, payment_method=FUNDED, actor=API)
    assert caught.value.refusal.code == "payment_intent_unexpected_state"
    with pytest.raises(Refused, match="This PaymentIntent's amount could not be"):
        store.payment_intents.update(paid.id, amount=1, actor=API)


def test_nothing_can_be_paid_with_nothing(store: Store) -> None:
    """At once or later."""
    begun = begin(store).payment
    with pytest.raises(Refused, match="missing a payment method"):
        store.payment_intents.confirm(begun.id, actor=API)
    with pytest.raises(Refused, match="missing a payment method"):
        begin(store, confirm=True)
    with pytest.raises(Refused, match="No such payment_method: 'pm_none'"):
        store.payment_intents.confirm(begun.id, payment_method="pm_none", actor=API)
    with pytest.raises(Refused, match="No such payment_intent: 'pi_none'"):
        store.payment_intents.confirm("pi_none", actor=API)


def test_an_open_intent_is_changed(store: Store) -> None:
    """Amount, method and customer; the log knows, the API has no event for it."""
    begun = begin(store, customer=ADA).payment
    changed = store.payment_intents.update(
        begun.id,
        amount=950,
        payment_method="pm_card_visa",
        metadata={"a": "b"},
        actor=API,
    )
    assert (changed.money, changed.status) == (
        Money(950, "usd"),
        IntentStatus.REQUIRES_CONFIRMATION,
    )
    assert changed.metadata == {"a": "b"}
    types = [one.type for one in store.events.newest()]
    assert types.count("payment_intent.updated") == 2
    with pytest.raises(Refused, match="No such customer: 'cus_none'"):
        store.payment_intents.update(begun.id, customer="cus_none", actor=API)
    with pytest.raises(
        Refused, match="greater than or equal to the minimum charge amount"
    ):
        store.payment_intents.update(begun.id, amount=0, actor=API)
    assert store.payment_intents.confirm(begun.id, actor=API).payment.money == Money(
        950, "usd"
    )
    assert store.examine() == ()


def test_a_key_confirms_once(store: Store) -> None:
    """The second answer is the first one's payment."""
    begun = begin(store, payment_method=FUNDED).payment
    first = store.payment_intents.confirm(begun.id, actor=API, key="k")
    again = store.payment_intents.confirm(begun.id, actor=API, key="k")
    assert (first.replayed, again.replayed) == (False, True)
    assert again.payment.attempts == ()


def test_an_open_intent_is_canceled(store: Store) -> None:
    """Nothing was authorised, so nothing is released."""
    begun = begin(store).payment
    gone = store.payment_intents.cancel(begun.id, actor=API)
    assert gone.payment.intent is not None
    assert gone.payment.intent.status is IntentStatus.CANCELED
    assert store.examine() == ()
