"""An export of payments comes in again as what it was."""

import json
from pathlib import Path
from typing import Any

import pytest
from desk import Desk

Json = dict[str, Any]
AT = 1_700_000_000


def refund(given: str, amount: int, **changed: Any) -> Json:
    """Return a refund."""
    usual: Json = {"object": "refund", "charge": "ch_1", "currency": "usd"}
    made = {"amount": amount, "created": AT + 60, "status": "succeeded"}
    txn = f"txn_{given}"
    return {**usual, **made, "id": given, "balance_transaction": txn, **changed}


def charge(*refunds: Json, **changed: Any) -> Json:
    """Return a charge of 20.00 USD, of which 12.00 were captured."""
    gone = sum(one["amount"] for one in refunds)
    return {
        "id": "ch_1",
        "object": "charge",
        "amount": 2000,
        "amount_captured": 1200,
        "amount_refunded": gone,
        "captured": True,
        "created": AT,
        "currency": "usd",
        "payment_intent": None,
        "refunds": {"object": "list", "data": list(refunds), "has_more": False},
        "status": "succeeded",
        **changed,
    }


REST = refund("re_rest", 800, created=AT)
REAL = refund("re_real", 300)
AS_LARGE = refund("re_large", 800, reason="duplicate")


@pytest.mark.parametrize(
    ("said", "refunded"),
    [
        (charge(REST), 0),
        (charge(REST, REAL), 300),
        (charge(REAL), 300),
        (charge(AS_LARGE), 800),
        (charge(REST, AS_LARGE), 800),
        (charge(), 0),
    ],
)
def test_a_partial_capture_is_exported_and_imported(
    tmp_path: Path, said: Json, refunded: int
) -> None:
    """Whichever shape it came in; also into the store that it came from."""
    desk = Desk(tmp_path)
    (tmp_path / "first.json").write_text(json.dumps(said))
    source, found = "first.json", []
    for name, target in (("a.db", "a.out"), ("b.db", "b.out"), ("a.db", "c.out")):
        store = ("--store", str(tmp_path / name))
        brought = desk("import", str(tmp_path / source), *store)
        assert brought.code == 0, brought.err
        written = desk("export", str(tmp_path / target), "--format=json", *store)
        assert written.code == 0, written.err
        found.append(json.loads((tmp_path / target).read_text()))
        source = target
    first, second, third = found
    assert first["amount_refunded"] == refunded
    assert first == second == third


def test_a_refund_made_here_counts_once(tmp_path: Path) -> None:
    """When the export that lists it comes back."""
    desk = Desk(tmp_path)
    store = ("--store", str(tmp_path / "a.db"))
    (tmp_path / "first.json").write_text(json.dumps(charge(REST)))
    desk("import", str(tmp_path / "first.json"), *store)
    assert desk("topups", "create", "--amount=9000", "--currency=usd", *store).code == 0
    done = desk("refunds", "create", "--charge=ch_1", "--amount=800", *store)
    assert done.code == 0, done.err
    desk("export", str(tmp_path / "out"), "--format=json", *store)
    for _ in range(2):
        brought = desk("import", str(tmp_path / "out"), *store)
        assert brought.code == 0, brought.err
        left = json.loads(desk("charges", "retrieve", "ch_1", *store).out)
        assert left["amount_refunded"] == 800
