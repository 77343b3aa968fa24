"""The official client runs every call, and finds every field of its own types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import stripe
from serving import ROOT, Served, pay, serve
from typed import fitting, of_answer

from store.event import Actor


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the whole file."""
    with serve(tmp_path_factory.mktemp("served")) as one:
        yield one


@pytest.fixture
def api(served: Served) -> Any:
    """Return the official client."""
    return served.client().v1


def test_refunds(api: Any) -> None:
    """Create, retrieve, update, list; cancel where a customer was asked."""
    paid = pay(api)
    made = fitting(
        api.refunds.create(
            {
                "payment_intent": paid.id,
                "amount": 300,
                "reason": "requested_by_customer",
                "metadata": {"order_id": "6735"},
            }
        )
    )
    assert (made.status, made.amount, made.charge) == (
        "succeeded",
        300,
        paid.latest_charge,
    )
    told = fitting(api.refunds.retrieve(made.id))
    assert told.metadata.to_dict() == {"order_id": "6735"}
    changed = api.refunds.update(made.id, {"metadata": {"order_id": "", "a": "b"}})
    assert fitting(changed).metadata.to_dict() == {"a": "b"}
    assert (
        fitting(api.refunds.update(made.id, {"metadata": ""})).metadata.to_dict() == {}
    )
    listed = fitting(api.refunds.list({"payment_intent": paid.id}))
    assert [one.id for one in listed.data] == [made.id]
    assert listed.url == "/v1/refunds"


def test_a_refund_that_asks_its_customer_is_canceled_or_expires(api: Any) -> None:
    """The one by the API, the other by the test helper."""
    canceled, expired = (
        api.refunds.create(
            {
                "payment_intent": pay(api, "pm_konbini", currency="jpy").id,
                "instructions_email": "jane@example.com",
            }
        )
        for _ in range(2)
    )
    assert fitting(canceled).status == "requires_action"
    shown = canceled.next_action.display_details
    assert shown.email_sent.email_sent_to == "jane@example.com"
    assert fitting(api.refunds.cancel(canceled.id)).status == "canceled"
    done = fitting(api.test_helpers.refunds.expire(expired.id))
    assert (done.status, done.failure_balance_transaction is None) == ("failed", False)


def test_refunds_under_their_charge(served: Served, api: Any) -> None:
    """The nested endpoints, and the legacy one that answers with the charge."""
    charge = pay(api).latest_charge
    made = served.raw("POST", f"/v1/charges/{charge}/refunds", "amount=100")
    assert (made.status, made.body["object"]) == (200, "refund")
    given = made.body["id"]
    one = served.raw("GET", f"/v1/charges/{charge}/refunds/{given}")
    assert one.body["id"] == given
    other = pay(api).latest_charge
    assert served.raw("GET", f"/v1/charges/{other}/refunds/{given}").status == 404
    old = served.raw("POST", f"/v1/charges/{charge}/refund")
    assert (old.body["object"], old.body["refunded"]) == ("charge", True)
    assert old.body["refunds"]["total_count"] == 2
    listed = served.raw("GET", f"/v1/charges/{charge}/refunds?limit=1").body
    assert listed["url"] == f"/v1/charges/{charge}/refunds"
    assert listed["has_more"] is True


def test_lists_go_both_ways(api: Any) -> None:
    """Cursors, bounds on the time, and the client's own paging."""
    paid = pay(api)
    made = [
        api.refunds.create({"payment_intent": paid.id, "amount": n + 1}).id
        for n in range(5)
    ]
    listed = api.refunds.list({"payment_intent": paid.id, "limit": 2})
    assert [one.id for one in listed.auto_paging_iter()] == made[::-1]
    back = api.refunds.list({"payment_intent": paid.id, "ending_before": made[0]})
    assert [one.id for one in back.data] == made[:0:-1]
    now = api.refunds.retrieve(made[0]).created
    bounds = {"gte": now, "lt": now + 100}
    assert len(api.refunds.list({"charge": paid.latest_charge, "created": bounds}).data)
    assert not api.refunds.list({"created": {"gt": now + 1000}}).data


def test_the_account(api: Any) -> None:
    """Balance, balance transactions, top-ups, events."""
    pay(api)
    held = {
        one.currency: one.amount for one in fitting(api.balance.retrieve()).available
    }
    assert held["usd"] > 0
    moved = fitting(api.balance_transactions.list({"type": "charge", "limit": 1}))
    assert fitting(api.balance_transactions.retrieve(moved.data[0].id)).fee == 59
    made = fitting(api.topups.create({"amount": 500, "currency": "usd"}))
    assert fitting(api.topups.retrieve(made.id)).status == "succeeded"
    assert made.id in [one.id for one in fitting(api.topups.list()).data]
    events = fitting(api.events.list({"types": ["charge.succ*", "topup.succeeded"]}))
    assert {one.type for one in events.data} == {"charge.succeeded", "topup.succeeded"}
    assert fitting(api.events.retrieve(events.data[0].id)).request.id.startswith("req_")


def test_what_only_a_desk_does_is_no_event(served: Served, api: Any) -> None:
    """Notes, and changes that the API has no event for, are not told."""
    paid = pay(api)
    api.payment_intents.update(paid.id, {"description": "lamps"})
    types = {one.type for one in api.events.list({"limit": 100}).data}
    assert "payment_intent.created" in types
    assert "payment_intent.updated" not in types
    with served.store() as store:
        own = store.events.list(type="payment_intent.updated").data[0].id
    assert served.raw("GET", f"/v1/events/{own}").status == 404


def test_expanding(api: Any) -> None:
    """Objects in objects, in lists too."""
    ada = api.customers.create({"name": "Ada"})
    paid = pay(
        api, customer=ada.id, expand=["customer", "latest_charge.balance_transaction"]
    )
    assert paid.customer.name == "Ada"
    assert paid.latest_charge.balance_transaction.amount == 1000
    api.refunds.create({"payment_intent": paid.id, "amount": 100})
    listed = api.refunds.list({"limit": 1, "expand": ["data.charge.refunds"]})
    assert listed.data[0].charge.refunds.data[0].amount == 100
    assert of_answer(listed.data[0].charge) == []


@pytest.mark.parametrize(
    "path",
    ["charge.status", "no_such_thing", "data.charge", "charge.refunds.charge", ""],
)
def test_what_cannot_be_expanded_is_refused_before_anything_is_done(
    api: Any, path: str
) -> None:
    """Who is refused asks again: the refund must not be there yet."""
    paid = pay(api)
    with pytest.raises(stripe.InvalidRequestError) as told:
        api.refunds.create({"payment_intent": paid.id, "expand": [path]})
    assert (told.value.http_status, told.value.param) == (400, "expand")
    assert api.refunds.list({"payment_intent": paid.id}).data == []
    said = {"payment_intent": paid.id, "expand": ["charge.refunds.data.charge"]}
    back = api.refunds.create(said)
    assert back.charge.refunds.data[0].charge.amount_refunded == 1000


def test_what_a_write_has_not_to_be_expanded_is_left_out(api: Any) -> None:
    """It was done, whatever there is to be shown of it."""
    asked = ["review.charge", "latest_charge.transfer.source_transaction"]
    paid = pay(api, expand=asked)
    assert (paid.review, paid.latest_charge.status) == (None, "succeeded")


def test_shared_payments(api: Any) -> None:
    """A destination charge, its transfer and fee, and what a refund pulls back."""
    paid = pay(
        api,
        amount=1200,
        transfer_data={"destination": "acct_1"},
        application_fee_amount=120,
        expand=["latest_charge"],
    )
    charge = paid.latest_charge
    back = api.refunds.create(
        {
            "charge": charge.id,
            "amount": 500,
            "reverse_transfer": True,
            "refund_application_fee": True,
        }
    )
    given = fitting(api.transfers.retrieve(charge.transfer))
    assert (given.amount, given.amount_reversed) == (1200, 500)
    reversals = fitting(api.transfers.reversals.list(given.id))
    assert reversals.data[0].id == back.transfer_reversal
    one = fitting(api.transfers.reversals.retrieve(given.id, back.transfer_reversal))
    assert (one.source_refund, one.balance_transaction is None) == (back.id, False)
    seen = api.refunds.retrieve(
        back.id, {"expand": ["transfer_reversal.transfer", "charge.application_fee"]}
    )
    assert fitting(seen.transfer_reversal).transfer.id == given.id
    assert fitting(seen.charge.application_fee).id == charge.application_fee
    fee = fitting(api.application_fees.retrieve(charge.application_fee))
    assert (fee.amount, fee.amount_refunded) == (120, 50)
    assert fitting(api.application_fees.refunds.list(fee.id)).data[0].amount == 50
    assert given.id in [one.id for one in fitting(api.transfers.list()).data]
    assert fee.id in [one.id for one in fitting(api.application_fees.list()).data]


def test_shares_come_back_without_a_refund(served: Served, api: Any) -> None:
    """A transfer is reversed in parts, its fee with it; once under one key."""
    paid = pay(
        api,
        amount=1200,
        transfer_data={"destination": "acct_1"},
        application_fee_amount=120,
        expand=["latest_charge"],
    )
    transfer = paid.latest_charge.transfer
    reversals = api.transfers.reversals
    asked = {
        "amount": 400,
        "refund_application_fee": True,
        "description": "wrong account",
        "metadata": {"order_id": "6735"},
        "expand": ["balance_transaction", "transfer"],
    }
    first, again = (
        reversals.create(transfer, asked, options={"idempotency_key": transfer})
        for _ in range(2)
    )
    assert again.to_dict() == fitting(first).to_dict()
    assert (first.amount, first.source_refund) == (400, None)
    assert first.metadata.to_dict() == {"order_id": "6735"}
    assert fitting(first.transfer).amount_reversed == 400
    moved = fitting(first.balance_transaction)
    assert (moved.type, moved.net, moved.source) == ("transfer_refund", 400, first.id)
    rest = fitting(reversals.create(transfer))
    assert rest.amount == 800
    assert [one.id for one in reversals.list(transfer).data] == [rest.id, first.id]
    assert reversals.retrieve(transfer, rest.id).amount == 800
    assert fitting(api.transfers.retrieve(transfer)).reversed is True
    fee = paid.latest_charge.application_fee
    url, key = f"/v1/application_fees/{fee}/refunds", f"back-{fee}"
    one, same = (
        served.raw("POST", url, "amount=20", Idempotency_Key=key) for _ in range(2)
    )
    assert (one.body["amount"], same.body) == (20, one.body)
    assert same.headers["idempotent-replayed"] == "true"
    given = fitting(api.application_fees.refunds.create(fee, {"metadata": {"a": "b"}}))
    assert (given.amount, given.metadata.to_dict()) == (60, {"a": "b"})
    assert fitting(api.application_fees.refunds.retrieve(fee, given.id)).fee == fee
    assert fitting(api.application_fees.retrieve(fee)).refunded is True
    types = {"types": ["transfer.reversed", "application_fee.refunded"]}
    told = [one.to_dict()["data"] for one in api.events.list(types).data[:5]]
    assert [one["previous_attributes"] for one in told] == [
        {"amount_refunded": 60, "refunded": False},
        {"amount_refunded": 40},
        {"amount_reversed": 400, "reversed": False},
        {"amount_refunded": 0},
        {"amount_reversed": 0},
    ]


def test_a_charge_of_a_connected_account_is_its_own(api: Any) -> None:
    """Its movements are asked for in its name; the platform's list has only the fee."""
    its = {"stripe_account": "acct_7"}
    paid = api.payment_intents.create(
        {
            "amount": 1000,
            "currency": "usd",
            "payment_method": "pm_card_bypassPending",
            "confirm": True,
            "application_fee_amount": 100,
        },
        options=its,
    )
    made = api.refunds.create(
        {"payment_intent": paid.id, "amount": 300, "refund_application_fee": True}
    )
    moved = fitting(api.balance_transactions.list(options=its))
    assert {one.source for one in moved.data} >= {paid.latest_charge, made.id}
    held = fitting(api.balance.retrieve(options=its)).available
    assert [(one.amount, one.currency) for one in held] == [(571, "usd")]
    own = api.balance_transactions.list({"limit": 100}).data
    assert made.id not in {one.source for one in own}
    assert "application_fee" in {one.type for one in own}


def test_disputes_and_reviews(served: Served, api: Any) -> None:
    """A chargeback is seen, holds refunds up, and is given up; a review is approved."""
    charge = pay(api).latest_charge
    with served.store() as store:
        store.disputes.create(charge=charge, actor=Actor("bank"))
    found = fitting(api.disputes.list({"charge": charge})).data[0]
    assert fitting(api.disputes.close(found.id)).status == "lost"
    assert fitting(api.disputes.retrieve(found.id)).status == "lost"
    pay(api, "pm_card_riskLevelElevated")
    review = fitting(api.reviews.list()).data[0]
    assert fitting(api.reviews.retrieve(review.id)).open is True
    assert fitting(api.reviews.approve(review.id)).closed_reason == "approved"


def test_what_the_readme_shows_works(served: Served, api: Any) -> None:
    """Its lines are run as they stand, but for the port."""
    readme = (ROOT / "README.md").read_text("utf-8")
    (shown,) = re.findall(r"```python\n(.+?)```", readme, re.DOTALL)
    lines = shown.replace(":12111", f":{served.port}")
    exec(lines, {"stripe": stripe})  # noqa: S102 - it is our own
    assert api.refunds.list({"limit": 1}).data[0].amount == 1000
