"""Lists over HTTP say of each object what retrieving it says, whatever was shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from serving import Served, serve

PAY = "amount=1000&currency=usd&confirm=true&payment_method=pm_card_bypassPending"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the whole file."""
    with serve(tmp_path_factory.mktemp("served")) as one:
        yield one


@pytest.mark.parametrize("kind", ["charges", "payment_intents", "refunds", "events"])
def test_what_changes_between_two_lists_is_shown(served: Served, kind: str) -> None:
    """An object is written once for many lists, until it is another."""
    for change in (
        ("/v1/payment_intents", PAY),
        ("/v1/refunds", "payment_intent={payment}&amount=300"),
        ("/v1/charges/{charge}", "metadata[order]=7"),
        ("/v1/charges/{charge}", "metadata[order]="),
        ("/v1/payment_intents/{payment}", "description=%E2%80%AEodd"),
        ("/v1/refunds", "payment_intent={payment}"),
    ):
        found = served.raw("GET", "/v1/payment_intents?limit=1").body["data"]
        newest = found[0] if found else {"id": "", "latest_charge": ""}
        names = {"payment": newest["id"], "charge": newest["latest_charge"]}
        path, body = (part.format(**names) for part in change)
        assert served.raw("POST", path, body).status == 200
        listed = served.raw("GET", f"/v1/{kind}?limit=3").body
        assert listed == served.raw("GET", f"/v1/{kind}?limit=3").body
        for one in listed["data"]:
            alone = served.raw("GET", f"/v1/{kind}/{one['id']}").body
            assert alone == one
        assert set(listed) == {"object", "data", "has_more", "url"}
        expanded = served.raw("GET", f"/v1/{kind}?limit=3&expand[]=data.charge")
        assert expanded.status == (200 if kind == "refunds" else 400)
