"""Fraud details: a charge says that it was refunded as fraudulent."""

import pytest

from conftest import Funds, Import, Later, Pay
from store import Store
from store.event import Actor
from store.shape.objects import charge_shape

REPORTED = {"user_report": "fraudulent"}


@pytest.mark.parametrize("reason", ["fraudulent", "duplicate", None])
def test_a_fraudulent_refund_is_on_its_charge(
    store: Store,
    pay: Pay,
    funds: Funds,
    later: Later,
    mia: Actor,
    reason: str | None,
) -> None:
    """The event that tells the refund shows what the charge said before."""
    funds()
    payment = pay()
    assert payment.charge
    assert charge_shape(payment.charge)["fraud_details"] == {}
    later()
    store.refunds.create(payment_intent=payment.id, reason=reason, actor=mia)
    is_fraud = reason == "fraudulent"
    charge = store.charges.retrieve(payment.charge.id)
    assert charge_shape(charge)["fraud_details"] == (REPORTED if is_fraud else {})
    (told,) = store.events.list(type="charge.refunded")
    assert told.data["fraud_details"] == (REPORTED if is_fraud else {})
    assert ("fraud_details" in told.previous) is is_fraud
    assert store.examine() == ()


def test_what_stripe_reported_stays(
    store: Store, bring: Import, funds: Funds, mia: Actor
) -> None:
    """An imported report is kept beside the agent's."""
    funds()
    bring(
        {
            "id": "ch_1",
            "object": "charge",
            "amount": 1_000,
            "amount_captured": 1_000,
            "amount_refunded": 0,
            "captured": True,
            "currency": "usd",
            "created": 1_700_000_000,
            "status": "succeeded",
            "paid": True,
            "refunded": False,
            "payment_method_details": {"type": "card", "card": {"last4": "4242"}},
            "fraud_details": {"stripe_report": "fraudulent"},
        }
    )
    store.refunds.create(charge="ch_1", reason="fraudulent", actor=mia)
    charge = store.charges.retrieve("ch_1")
    assert charge_shape(charge)["fraud_details"] == {
        "stripe_report": "fraudulent",
        "user_report": "fraudulent",
    }
