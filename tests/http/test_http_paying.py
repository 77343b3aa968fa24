"""The official client makes payments, and finds every field of its own types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import stripe
from serving import Served, pay, serve
from typed import fitting


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the whole file."""
    with serve(tmp_path_factory.mktemp("served")) as one:
        yield one


@pytest.fixture
def api(served: Served) -> Any:
    """Return the official client."""
    return served.client().v1


def test_payment_intents_in_two_steps(api: Any) -> None:
    """Begun, changed, confirmed; captured in part; canceled."""
    begun = fitting(
        api.payment_intents.create({"amount": 900, "currency": "usd", "metadata": {}})
    )
    assert (begun.status, begun.latest_charge) == ("requires_payment_method", None)
    changed = api.payment_intents.update(
        begun.id, {"amount": 950, "payment_method": "pm_card_visa"}
    )
    assert (fitting(changed).amount, changed.status) == (950, "requires_confirmation")
    done = fitting(api.payment_intents.confirm(begun.id))
    assert (done.status, done.amount_received) == ("succeeded", 950)
    held = fitting(pay(api, capture_method="manual"))
    assert (held.status, held.amount_capturable) == ("requires_capture", 1000)
    taken = api.payment_intents.capture(held.id, {"amount_to_capture": 400})
    assert (fitting(taken).status, taken.amount_received) == ("succeeded", 400)
    other = pay(api, capture_method="manual")
    gone = api.payment_intents.cancel(
        other.id, {"cancellation_reason": "requested_by_customer"}
    )
    assert fitting(gone).status == "canceled"
    assert gone.cancellation_reason == "requested_by_customer"
    assert fitting(api.payment_intents.retrieve(begun.id)).id == begun.id
    assert begun.id in [one.id for one in fitting(api.payment_intents.list()).data]


def test_what_is_paid_with_may_be_described(api: Any) -> None:
    """By a test card's number or token, or by a type."""
    described: tuple[dict[str, object], ...] = (
        {"type": "card", "card": {"token": "tok_visa"}},
        {"type": "card", "card": {"number": "5555555555554444"}},
        {"type": "alipay"},
    )
    for data in described:
        begun = api.payment_intents.create({"amount": 900, "currency": "usd"})
        paid = api.payment_intents.confirm(begun.id, {"payment_method_data": data})
        assert paid.status == "succeeded"
        assert paid.payment_method_types == [data["type"]]


def test_charges(api: Any) -> None:
    """Retrieve, update, list, capture."""
    charge = pay(api).latest_charge
    assert fitting(api.charges.retrieve(charge)).paid is True
    changed = api.charges.update(charge, {"description": "Two lamps"})
    assert fitting(changed).description == "Two lamps"
    held = pay(api, capture_method="manual")
    taken = fitting(api.charges.capture(held.latest_charge, {"amount": 700}))
    assert (taken.amount_captured, taken.captured) == (700, True)
    assert fitting(api.charges.list({"payment_intent": held.id})).data[0].id == taken.id


def test_customers_and_what_they_pay_with(api: Any) -> None:
    """Create, update, search; a payment method is made, given and used."""
    ada = fitting(
        api.customers.create(
            {"name": "Ada", "email": "ada@example.com", "metadata": {"tier": "gold"}}
        )
    )
    changed = api.customers.update(
        ada.id, {"phone": "+44", "address": {"city": "London"}, "name": ""}
    )
    assert (fitting(changed).phone, changed.name) == ("+44", None)
    assert changed.address.city == "London"
    found = api.customers.search({"query": 'metadata["tier"]:"gold"'})
    assert [one.id for one in fitting(found).data] == [ada.id]
    assert (
        fitting(api.customers.list({"email": "ada@example.com"})).data[0].id == ada.id
    )
    card = {"number": "4242424242424242", "exp_month": 1, "exp_year": 2031}
    made = fitting(api.payment_methods.create({"type": "card", "card": card}))
    given = fitting(api.payment_methods.attach(made.id, {"customer": ada.id}))
    assert (given.customer, given.card.last4) == (ada.id, "4242")
    own = fitting(api.customers.payment_methods.list(ada.id))
    assert [one.id for one in own.data] == [made.id]
    paid = pay(api, made.id, customer=ada.id)
    assert (paid.status, paid.customer) == ("succeeded", ada.id)
    assert fitting(api.payment_methods.detach(made.id)).customer is None
    assert fitting(api.payment_methods.retrieve("pm_card_visa")).card.brand == "visa"


def test_a_bank_transfer_is_waited_for(api: Any) -> None:
    """Instructions first; the test helper plays the customer's bank."""
    ada = api.customers.create({"name": "Ada"})
    waits = fitting(pay(api, "pm_customer_balance", customer=ada.id))
    assert waits.status == "requires_action"
    assert waits.next_action.type == "display_bank_transfer_instructions"
    funded = api.test_helpers.customers.fund_cash_balance(
        ada.id, {"amount": 1200, "currency": "usd"}
    )
    assert (fitting(funded).net_amount, funded.ending_balance) == (1200, 1200)
    assert api.payment_intents.retrieve(waits.id).status == "succeeded"
    cash = fitting(api.customers.cash_balance.retrieve(ada.id))
    assert cash.available.to_dict() == {"usd": 200}


def test_a_debit_that_is_canceled_stops_no_other(api: Any, served: Served) -> None:
    """Its charge fails, its refund ends; the outside world goes on."""
    debit = "pm_us_bank_account"
    gone, stays = pay(api, debit), pay(api, debit)
    waiting = api.refunds.create({"payment_intent": gone.id})
    assert waiting.pending_reason == "charge_pending"
    assert fitting(api.payment_intents.cancel(gone.id)).status == "canceled"
    charge = api.charges.retrieve(gone.latest_charge)
    assert (charge.status, charge.paid) == ("failed", False)
    assert fitting(api.refunds.retrieve(waiting.id)).status == "canceled"
    told = [one.type for one in api.events.list({"limit": 10}).data]
    assert {"charge.failed", "payment_intent.canceled"} < set(told)
    assert served.raw("POST", "/v1/test_helpers/advance", "by=10d").status == 200
    assert api.payment_intents.retrieve(stays.id).status == "succeeded"
    with pytest.raises(stripe.InvalidRequestError, match="a successful charge"):
        api.refunds.create({"payment_intent": gone.id})


def test_searches_go_on_by_page(api: Any) -> None:
    """Every payment is found once, over pages of one."""
    paid = {pay(api, metadata={"batch": "s1"}).id for _ in range(3)}
    query = {"query": 'metadata["batch"]:"s1"', "limit": 1}
    first = fitting(api.payment_intents.search(query))
    assert (len(first.data), first.has_more) == (1, True)
    assert {one.id for one in first.auto_paging_iter()} == paid
    assert first.url == "/v1/payment_intents/search"
    found = fitting(
        api.charges.search({"query": 'refunded:null AND status:"succeeded"'})
    )
    assert found.data
