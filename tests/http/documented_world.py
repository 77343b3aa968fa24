"""A store with an object of every kind, asked one request at a time, each anew."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conftest import FUNDED, MONDAY
from rows import rows
from store import Store, open_store
from store.clock import StandingClock
from store.customer import About
from store.event import Actor
from store.http.carrying import Asked, carry_out
from store.http.forms import grown
from store.http.routes import Endpoint
from store.ids import SeededIds

ACCOUNT = "acct_ann"
_SHOP = Actor("shop")
_OF_THE_REQUEST = {"answer", "reply"}
"""Tables that hold what was asked, not what it did."""
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What came back of a request, and all that the store holds after it."""

    status: int
    body: dict[str, Any]
    rows: dict[str, Any] = field(repr=False)

    @property
    def param(self) -> str:
        """Return which parameter an error names."""
        return str(self.body.get("error", {}).get("param", ""))

    @property
    def says(self) -> str:
        """Return what an error says."""
        return str(self.body.get("error", {}).get("message", ""))


class World:
    """A store that is laid out once, and copied for every request."""

    def __init__(self, folder: Path) -> None:
        self._made, self._copy = folder / "made.db", folder / "copy.db"
        self._known: dict[object, Done] = {}
        ids = SeededIds("documented")
        url = f"sqlite:///{self._made}"
        with open_store(url, clock=StandingClock(MONDAY), ids=ids) as store:
            self.ids = _laid_out(store)

    def asked(self, endpoint: Endpoint, pairs: Pairs) -> Done:
        """Ask for something, as nobody has asked for anything before."""
        key = (endpoint.method, endpoint.path, pairs)
        if key not in self._known:
            self._known[key] = self._asked(endpoint, pairs)
        return self._known[key]

    def _asked(self, endpoint: Endpoint, pairs: Pairs) -> Done:
        shutil.copyfile(self._made, self._copy)
        url, ids = f"sqlite:///{self._copy}", SeededIds("asked")
        path = endpoint.path.format_map(self.of(endpoint))
        with open_store(url, clock=StandingClock(MONDAY), ids=ids) as store:
            request = Asked(
                endpoint=endpoint,
                path=path,
                ids=endpoint.ids(path) or {},
                form=grown(pairs),
                who="shop",
                request="req_1",
            )
            reply = carry_out(store, request)
        found = rows(url)
        kept = {name: one for name, one in found.items() if name not in _OF_THE_REQUEST}
        return Done(reply.status, json.loads(reply.body), kept)

    def of(self, endpoint: Endpoint) -> dict[str, str]:
        """Return the ids that the path of an endpoint names."""
        own = {
            name.partition(" ")[2]: one
            for name, one in self.ids.items()
            if name.partition(" ")[0] == endpoint.path
        }
        return {**self.ids, **own}


def _laid_out(store: Store) -> dict[str, str]:
    """Lay out an object of every kind; return their ids, by what paths call them."""
    topups = [
        store.topups.create(amount=amount, currency="usd", actor=_SHOP)
        for amount in (10_000_000, 700)
    ]
    customers, intents = store.customers, store.payment_intents
    ada = customers.create(About("Ada", "ada@example.com"), actor=_SHOP)
    bob = customers.create(About("Bob", "bob@example.com"), actor=_SHOP)
    to = {"destination": ACCOUNT}
    usual: dict[str, Any] = {"amount": 1_000, "currency": "usd", "actor": _SHOP}
    shared = {**usual, "transfer_data": to, "application_fee_amount": 50}
    waits = intents.create(**shared, confirm=False, customer=ada).payment
    held = intents.create(**shared, capture_method="manual", customer=ada).payment
    paid = intents.create(**shared, payment_method=FUNDED, customer=ada).payment
    other = intents.create(**usual, payment_method=FUNDED, customer=bob).payment
    plain = intents.create(**usual, payment_method=FUNDED).payment
    voucher = intents.create(**usual, payment_method="pm_konbini").payment
    risky = intents.create(**usual, payment_method="pm_card_riskLevelElevated").payment
    refund = store.refunds.create(
        payment_intent=paid.id,
        amount=200,
        reverse_transfer=True,
        refund_application_fee=True,
        actor=_SHOP,
    ).refund
    asks = store.refunds.create(
        payment_intent=voucher.id, instructions_email="a@example.com", actor=_SHOP
    ).refund
    for charge in (held, paid, other, plain, risky, voucher):
        assert charge.charge is not None
    assert paid.charge is not None
    assert held.charge is not None
    assert plain.charge is not None
    assert other.charge is not None
    dispute = store.disputes.create(charge=other.charge.id, inquiry=True, actor=_SHOP)
    own = store.payment_methods.attach("pm_card_visa", customer=ada.id, actor=_SHOP)
    token = {"card": {"token": "tok_visa"}}
    free = store.payment_methods.create(type="card", details=token, actor=_SHOP)
    hook = store.webhook_endpoints.create(
        url="https://example.com/hook", enabled_events=("*",), actor=_SHOP
    )
    share = store.charges.retrieve(paid.charge.id).share
    assert share is not None
    return {
        "customer": ada.id,
        "bob": bob.id,
        "refund": refund.id,
        "charge": paid.charge.id,
        "plain": plain.charge.id,
        "intent": waits.id,
        "paid": paid.id,
        "method": free.id,
        "/v1/payment_methods/{method}/detach method": own.id,
        "transaction": str(refund.balance_transaction),
        "topup": topups[0].id,
        "event": store.events.of_api(types=("refund.created",)).data[0].id,
        "dispute": dispute.id,
        "/v1/charges/{charge}/dispute charge": other.charge.id,
        "review": store.reviews.list().data[0].id,
        "given": str(share.transfer),
        "webhook_endpoint": hook.id,
        **_elsewhere(store, held.id, held.charge.id, asks.id, str(share.fee)),
        "/v1/transfers/{given}/reversals/{back} back": str(refund.transfer_reversal),
    }


def _elsewhere(
    store: Store, held: str, authorised: str, asks: str, fee: str
) -> dict[str, str]:
    """Return the ids of the paths that need an object of their own."""
    back = store.application_fees.backs(fee).data[0].id
    of_fee = "/v1/application_fees/{given}"
    return {
        "/v1/payment_intents/{intent}/capture intent": held,
        "/v1/payment_intents/{intent}/cancel intent": held,
        "/v1/charges/{charge}/capture charge": authorised,
        "/v1/refunds/{refund}/cancel refund": asks,
        "/v1/test_helpers/refunds/{refund}/expire refund": asks,
        f"{of_fee} given": fee,
        f"{of_fee}/refunds given": fee,
        f"{of_fee}/refunds/{{back}} given": fee,
        f"{of_fee}/refunds/{{back}} back": back,
    }
