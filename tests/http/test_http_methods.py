"""Test payment methods over HTTP: each behaves as it is documented to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import stripe
from serving import Served, serve

AFTER_REFERENCES = timedelta(days=20)
AFTER_SETTLING = timedelta(days=6)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the whole file."""
    with serve(tmp_path_factory.mktemp("served")) as one:
        yield one


@pytest.fixture
def api(served: Served) -> Any:
    """Return the official client."""
    return served.client().v1


def pay(api: Any, method: str, **more: object) -> str:
    """Let a customer pay 50.00 USD, or what `more` says; return the charge."""
    usual = {"amount": 5000, "currency": "usd", "confirm": True}
    asked = {**usual, "payment_method": method, **more}
    return str(api.payment_intents.create(asked).latest_charge)


def later(served: Served, passes: timedelta) -> None:
    """Let the outside world act ahead of time."""
    with served.store() as store:
        newest = store.events.newest(limit=1)[0].created
        store.advance(max(newest, store.now()) + passes)


def seen(api: Any, refund: str) -> dict[str, Any]:
    """Return a refund as the API now shows it."""
    shown: dict[str, Any] = api.refunds.retrieve(refund).to_dict()
    return shown


def test_a_refund_that_starts_pending(served: Served, api: Any) -> None:
    """Then it succeeds."""
    charge = pay(api, "pm_card_pendingRefund")
    made = api.refunds.create({"charge": charge}).to_dict()
    assert (made["status"], made["pending_reason"]) == ("pending", "processing")
    later(served, AFTER_REFERENCES)
    shown = seen(api, made["id"])
    assert shown["status"] == "succeeded"
    assert "pending_reason" not in shown


def test_a_refund_that_starts_succeeded_and_fails(served: Served, api: Any) -> None:
    """The money comes back, and the charge can be refunded again."""
    charge = pay(api, "pm_card_refundFail")
    made = api.refunds.create({"charge": charge})
    assert made.status == "succeeded"
    later(served, AFTER_REFERENCES)
    shown = seen(api, made.id)
    assert (shown["status"], shown["failure_reason"]) == (
        "failed",
        "expired_or_canceled_card",
    )
    back = api.balance_transactions.retrieve(shown["failure_balance_transaction"])
    assert (back.type, back.amount) == ("refund_failure", 5000)
    assert api.charges.retrieve(charge).amount_refunded == 0
    failed = api.events.list({"type": "refund.failed", "limit": 1}).data[0]
    assert failed.data.previous_attributes.to_dict() == {
        "failure_balance_transaction": None,
        "failure_reason": None,
        "status": "succeeded",
    }


def test_a_reversal_and_a_reference(served: Served, api: Any) -> None:
    """At once it is a reversal; later a refund, whose ARN arrives."""
    charge = pay(api, "pm_card_visa")
    early = api.refunds.create({"charge": charge, "amount": 100}).to_dict()
    assert early["destination_details"]["card"]["type"] == "reversal"
    later(served, AFTER_SETTLING)
    made = api.refunds.create({"charge": charge, "amount": 100}).to_dict()
    card = made["destination_details"]["card"]
    assert (card["type"], card["reference_status"]) == ("refund", "pending")
    assert "reference" not in card
    later(served, AFTER_REFERENCES)
    card = seen(api, made["id"])["destination_details"]["card"]
    assert card["reference_type"] == "acquirer_reference_number"
    assert (card["reference_status"], len(card["reference"])) == ("available", 23)


def test_a_disputed_payment_is_not_refunded(served: Served, api: Any) -> None:
    """An inquiry is."""
    charged_back = pay(api, "pm_card_createDispute")
    asked_about = pay(api, "pm_card_createDisputeInquiry")
    later(served, AFTER_SETTLING)
    with pytest.raises(stripe.InvalidRequestError) as caught:
        api.refunds.create({"charge": charged_back})
    assert caught.value.code == "charge_disputed"
    assert caught.value.user_message == (
        f"Charge {charged_back} has been charged back; cannot issue a refund."
    )
    assert api.refunds.create({"charge": asked_about}).status == "succeeded"
    disputed = api.disputes.list({"charge": charged_back}).data[0]
    assert (disputed.status, disputed.amount) == ("needs_response", 5000)


def test_a_method_that_asks_the_customer(api: Any) -> None:
    """It needs an address to ask at."""
    charge = pay(api, "pm_konbini", currency="jpy")
    with pytest.raises(stripe.InvalidRequestError) as caught:
        api.refunds.create({"charge": charge})
    assert caught.value.param == "instructions_email"
    made = api.refunds.create({"charge": charge, "instructions_email": "a@example.com"})
    assert (made.status, made.next_action.type) == (
        "requires_action",
        "display_details",
    )


def test_a_payment_that_settles_later(served: Served, api: Any) -> None:
    """Its refund waits for it; both succeed, or the refund is canceled."""
    good, bad = (pay(api, one) for one in ("pm_sepa_debit", "pm_sepa_debit_fails"))
    refunds = [api.refunds.create({"charge": one}) for one in (good, bad)]
    assert [one.pending_reason for one in refunds] == ["charge_pending"] * 2
    later(served, AFTER_REFERENCES)
    shown = [seen(api, one.id)["status"] for one in refunds]
    assert shown == ["succeeded", "canceled"]


def test_another_currency_settles_in_the_account_s_own(api: Any) -> None:
    """The balance moves in it, at a rate that is kept."""
    charge = pay(api, "pm_card_bypassPending", currency="eur")
    made = api.refunds.create({"charge": charge, "expand": ["balance_transaction"]})
    moved = made.balance_transaction
    assert (made.currency, made.amount) == ("eur", 5000)
    assert moved.currency == "usd"
    assert moved.exchange_rate > 0
    assert moved.amount == -round(5000 * moved.exchange_rate)


def test_a_held_refund_goes_out_when_money_comes_in(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """With no opening balance; a method that cannot wait is refused."""
    folder = tmp_path_factory.mktemp("poor")
    with serve(folder, "--opening-balance", "0") as poor:
        api = poor.client().v1
        held = api.refunds.create({"charge": pay(api, "pm_card_visa")})
        assert (held.status, held.pending_reason) == ("pending", "insufficient_funds")
        with pytest.raises(stripe.InvalidRequestError) as caught:
            api.refunds.create({"charge": pay(api, "pm_alipay")})
        api.topups.create({"amount": 10_000, "currency": "usd"})
        assert api.refunds.retrieve(held.id).status == "succeeded"
    assert caught.value.user_message == (
        "Insufficient funds in your Stripe balance to refund this amount."
    )
