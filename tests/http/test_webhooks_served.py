"""Webhooks of a served store: signed, in order, tried again, and over a crash."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import stripe
from receiving import PATIENCE, Receiver, receiver, until
from serving import KEY, Served, serve
from typed import of_answer

from store.event import Actor
from store.webhook.delivery import PACES, DeliveryState

QUICK = ("--webhook-retries", "quick")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the whole file, but for what crashes."""
    with serve(tmp_path_factory.mktemp("served"), *QUICK) as one:
        yield one


@pytest.fixture
def api(served: Served) -> Any:
    """Return the official client."""
    return served.client().v1


@pytest.fixture
def program() -> Iterator[Receiver]:
    """Return a program that takes webhooks."""
    with receiver() as one:
        yield one


def pay(api: Any, **more: object) -> Any:
    """Let a customer pay 10.00 USD."""
    usual = {"amount": 1000, "currency": "usd", "confirm": True}
    method = {"payment_method": "pm_card_bypassPending"}
    return api.payment_intents.create({**usual, **method, **more})


def listen(api: Any, program: Receiver, *types: str, **more: object) -> Any:
    """Add the program as an endpoint."""
    given = {"url": program.url, "enabled_events": list(types or ("*",)), **more}
    return api.webhook_endpoints.create(given)


def test_endpoints_by_the_client(api: Any, program: Receiver) -> None:
    """Create, retrieve, update, list, delete; the secret is told once."""
    made = listen(api, program, description="shop", metadata={"a": "b"})
    assert of_answer(made) == []
    assert made.secret.startswith("whsec_")
    told = api.webhook_endpoints.retrieve(made.id)
    assert of_answer(told) == []
    assert "secret" not in told
    assert (told.url, told.status) == (program.url, "enabled")
    changed = api.webhook_endpoints.update(
        made.id, {"disabled": True, "enabled_events": ["charge.refunded"]}
    )
    assert (changed.status, changed.enabled_events) == ("disabled", ["charge.refunded"])
    assert made.id in [one.id for one in api.webhook_endpoints.list().data]
    gone = api.webhook_endpoints.delete(made.id)
    assert (gone.id, gone.deleted) == (made.id, True)
    with pytest.raises(stripe.InvalidRequestError, match="No such webhook endpoint"):
        api.webhook_endpoints.retrieve(made.id)


@pytest.mark.parametrize(
    ("given", "param"),
    [
        ({"url": "file:///etc/passwd", "enabled_events": ["*"]}, "url"),
        ({"url": "http://169.254.169.254/", "enabled_events": ["*"]}, "url"),
        ({"url": "http://x.example", "enabled_events": ["x"]}, "enabled_events[0]"),
        ({"url": "http://x.example"}, "enabled_events"),
    ],
)
def test_a_wrong_endpoint_is_refused(
    api: Any, given: dict[str, object], param: str
) -> None:
    """In a sentence that names the parameter."""
    with pytest.raises(stripe.InvalidRequestError) as raised:
        api.webhook_endpoints.create(given)
    assert raised.value.param == param


def test_what_arrives_is_signed_and_what_the_api_shows(
    api: Any, program: Receiver
) -> None:
    """The client's own check takes it, and takes nothing else."""
    secret = listen(api, program, "charge.succeeded", "charge.refunded").secret
    paid = pay(api)
    api.refunds.create({"payment_intent": paid.id, "amount": 100})
    for got in program.wait_for(2):
        signed = got.headers["Stripe-Signature"]
        event = stripe.Webhook.construct_event(got.body, signed, secret)
        told = api.events.retrieve(event.id).to_dict()
        # Others may listen as well, and take their time.
        sent = got.event
        assert sent.pop("pending_webhooks") >= 1
        assert told.pop("pending_webhooks") >= 0
        assert told == sent
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(got.body + b" ", signed, secret)
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(got.body, signed, KEY)
    types = [one.event["type"] for one in program.got]
    assert types == ["charge.succeeded", "charge.refunded"]


def test_an_event_is_pending_until_it_was_taken(api: Any, program: Receiver) -> None:
    """Retrieved and in lists; also while nobody has taken it."""
    for one in api.webhook_endpoints.list({"limit": 100}).data:
        api.webhook_endpoints.delete(one.id)
    gate = Gate(0)
    program.answers = gate
    made = listen(api, program, "charge.succeeded")
    about = pay(api).latest_charge
    assert gate.reached.wait(PATIENCE)
    (event,) = api.events.list({"type": "charge.succeeded", "limit": 1}).data
    assert (event.data.object.id, event.pending_webhooks) == (about, 1)
    assert api.events.retrieve(event.id).pending_webhooks == 1
    assert api.events.list({"type": "charge.*", "limit": 1}).data[0].id == event.id
    gate.opened.set()
    until(lambda: api.events.retrieve(event.id).pending_webhooks == 0)
    assert program.wait_for(1)[0].event["pending_webhooks"] == 1
    api.webhook_endpoints.delete(made.id)


def test_failures_are_tried_again_in_the_order_of_each_object(
    api: Any, program: Receiver
) -> None:
    """Every event arrives once, though every other answer is a failure."""
    calls = Counter[str]()

    def fails_first(event: dict[str, Any]) -> int:
        calls[event["id"]] += 1
        return 200 if calls[event["id"]] > 1 else 500

    program.answers = fails_first
    listen(api, program, "refund.created", "refund.updated", "charge.refunded")
    paid = [pay(api), pay(api)]
    for one in (*paid, *paid):
        made = api.refunds.create({"payment_intent": one.id, "amount": 100})
        api.refunds.update(made.id, {"metadata": {"a": "b"}})
    taken = program.wait_for(12)
    assert len({one.event["id"] for one in taken}) == len(taken)
    order: dict[str, list[int]] = {}
    log = [one.id for one in api.events.list({"limit": 100}).data][::-1]
    for one in taken:
        order.setdefault(one.object_id, []).append(log.index(one.event["id"]))
    assert all(seen == sorted(seen) for seen in order.values())
    assert all(number == 2 for number in calls.values())


def test_a_redirect_is_no_success_and_not_followed(
    served: Served, api: Any, program: Receiver
) -> None:
    """What is not taken after every attempt is given up, and the next one goes."""
    with receiver() as elsewhere:
        program.location = elsewhere.url
        program.answers = lambda event: (
            302 if event["type"] == "charge.succeeded" else 200
        )
        made = listen(api, program, "charge.succeeded", "charge.refunded")
        paid = pay(api)
        api.refunds.create({"payment_intent": paid.id})
        program.wait_for(1)
        assert elsewhere.got == []
    pace = PACES["quick"]
    assert [one.status for one in program.got] == [302] * pace.tries + [200]
    with served.store() as store:
        until(lambda: all(one.has_ended for one in store.webhooks.sent(made.id)))
        first, _ = store.webhooks.sent(made.id)
    assert (first.state, first.status) == (DeliveryState.GIVEN_UP, 302)
    assert first.said == "done"


def test_a_disabled_endpoint_is_left_alone(api: Any, program: Receiver) -> None:
    """Others are not."""
    with receiver() as other:
        made = listen(api, program, "charge.succeeded")
        listen(api, other, "charge.succeeded")
        api.webhook_endpoints.update(made.id, {"disabled": True})
        pay(api)
        other.wait_for(1)
        api.webhook_endpoints.update(made.id, {"disabled": False})
        charge = pay(api).latest_charge
        assert [one.object_id for one in program.wait_for(1)] == [charge]
        other.wait_for(2)


def test_what_only_the_desk_has_is_not_sent(
    served: Served, api: Any, program: Receiver
) -> None:
    """Notes are written beside the server; what follows arrives."""
    listen(api, program)
    with served.store() as store:
        paid = pay(api)
        store.notes.add(payment=paid.id, text="angry", actor=Actor("mia"))
    pay(api, metadata={"last": "1"})
    program.wait(lambda: any(_is_last(one.event) for one in program.taken))
    assert not any(one.event["type"].startswith("desk.") for one in program.got)


def _is_last(event: dict[str, Any]) -> bool:
    about = event["data"]["object"]
    return event["type"] == "payment_intent.succeeded" and bool(about["metadata"])


def test_time_passes_when_a_test_says_so(api: Any, served: Served) -> None:
    """By a span or to a time; what happens from then on is dated then."""
    url = "/v1/test_helpers/advance"
    before = served.raw("GET", "/v1/balance_transactions?limit=1").body["data"][0]
    first = served.raw("POST", url, "by=7d").body
    assert first["object"] == "test_helpers.advance"
    assert first["now"] >= before["created"] + 7 * 86_400
    second = served.raw("POST", url, "by=7d").body
    assert second["now"] - first["now"] == 7 * 86_400
    paid = pay(api, payment_method="pm_card_visa")
    assert paid.created >= second["now"]
    charge = api.charges.retrieve(
        paid.latest_charge, {"expand": ["balance_transaction"]}
    )
    assert charge.balance_transaction.status == "pending"
    later = charge.balance_transaction.available_on + 60
    done = served.raw("POST", url, f"to={later}").body
    assert (done["now"], done["steps"] > 0) == (later, True)
    moved = api.balance_transactions.retrieve(charge.balance_transaction.id)
    assert moved.status == "available"
    for wrong in ("", "by=7x", "to=yesterday", "to=1", "by=1d&to=2", "by=99999w"):
        assert served.raw("POST", url, wrong).status in (200, 400)
    for wrong in ("", "by=7x", "to=yesterday", "to=1", "by=1d&to=2"):
        refused = served.raw("POST", url, wrong)
        assert (refused.status, refused.error["type"]) == (400, "invalid_request_error")


class Gate:
    """Lets so many calls through and holds the next one."""

    def __init__(self, number: int) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()
        self._left = number

    def __call__(self, _: object) -> int:
        """Answer with success, sooner or later."""
        self._left -= 1
        if self._left == -1:
            self.reached.set()
            self.opened.wait(PATIENCE)
        return 200


def test_a_server_that_is_killed_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """Nothing is lost, and what was under way is all that is repeated."""
    gate = Gate(4)
    with receiver() as program:
        program.answers = gate
        with serve(tmp_path, *QUICK) as first:
            api = first.client().v1
            listen(api, program, "charge.succeeded", "charge.refunded")
            paid = [pay(api) for _ in range(5)]
            for one in paid:
                api.refunds.create({"payment_intent": one.id})
            assert gate.reached.wait(PATIENCE)
            first.kill()
        gate.opened.set()
        with serve(tmp_path, *QUICK):
            program.wait(lambda: len({one.event["id"] for one in program.got}) == 10)
            program.wait(lambda: len(program.got) == 11)
        known = Counter(one.event["id"] for one in program.got)
        assert sorted(known.values()) == [*[1] * 9, 2]
        for one in paid:
            types = [
                got.event["type"]
                for got in program.got
                if got.object_id == one.latest_charge
            ]
            assert list(dict.fromkeys(types)) == ["charge.succeeded", "charge.refunded"]
