"""`refund-desk refunds` and its kind: Stripe's names, Stripe's answers, exit codes."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from till import opened

from store import open_store


@pytest.mark.parametrize("option", ["--payment-intent", "--payment_intent"])
def test_refund_is_created_under_both_spellings(tmp_path: Path, option: str) -> None:
    """The answer is the refund as the API writes it; the event names who asked."""
    till = opened(tmp_path)
    refund = till.asked(
        *("refunds", "create", f"{option}={till.intent}", "--amount=1000"),
        *("--reason=duplicate", "--metadata", "order_no=6_735", "--actor", "ada"),
    )
    del refund["created"], refund["id"], refund["balance_transaction"]
    assert refund == {
        "object": "refund",
        "amount": 1000,
        "charge": till.charge,
        "currency": "usd",
        "metadata": {"order_no": "6_735"},
        "payment_intent": till.intent,
        "reason": "duplicate",
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
        "destination_details": refund["destination_details"],
    }
    with open_store(f"sqlite:///{till.file}") as store:
        assert "ada" in store.events.newest(limit=1)[0].actor


def test_refund_is_retrieved_updated_listed_and_canceled(tmp_path: Path) -> None:
    """Each verb sees what the one before it did."""
    till = opened(tmp_path)
    made = till.asked("refunds", "create", "--charge", till.charge)["id"]
    assert till.asked("refunds", "retrieve", made)["amount"] == 5000
    till.asked("refunds", "update", made, "--metadata", "a=1", "--metadata", "b=2")
    unset = till.asked("refunds", "update", made, "--metadata", "a=")
    assert unset["metadata"] == {"b": "2"}
    assert till.asked("refunds", "update", made, "--metadata=")["metadata"] == {}
    listed = till.asked("refunds", "list", "--charge", till.charge)
    assert listed["url"] == "/v1/refunds"
    assert [one["id"] for one in listed["data"]] == [made]
    later = ("refunds", "list", "--created-gte", "2199-01-01")
    assert till.asked(*later)["data"] == []


def test_refusal_is_the_error_body_in_a_pipe(tmp_path: Path) -> None:
    """The documented body on stderr, nothing on stdout, exit code 1."""
    till = opened(tmp_path)
    assert till.refused("refunds", "retrieve", "re_x") == {
        "type": "invalid_request_error",
        "code": "resource_missing",
        "doc_url": "https://stripe.com/docs/error-codes/resource-missing",
        "message": "No such refund: 're_x'",
        "param": "refund",
    }
    by = ("refunds", "create", "--payment-intent", till.intent)
    assert till.refused(*by, "--amount=abc")["message"] == "Invalid integer: abc"
    assert till.refused(*by, "--amount", "9" * 40)["param"] == "amount"
    assert till.refused(*by, "--amount=5001")["message"] == (
        "Refund amount ($50.01) is greater than charge amount ($50.00)"
    )
    assert till.refused(*by, "--reason=boredom")["param"] == "reason"


def test_refusal_is_a_sentence_beside_a_table(tmp_path: Path) -> None:
    """A person reads one sentence."""
    till = opened(tmp_path)
    answer = till("refunds", "retrieve", "re_x", "--format", "table")
    assert (answer.code, answer.err) == (1, "No such refund: 're_x'\n")


def test_dry_run_leaves_no_trace(tmp_path: Path) -> None:
    """What would come of it is shown; not a row of the store is another."""
    till = opened(tmp_path)
    before = dump(till.file)
    by = ("refunds", "create", "--payment-intent", till.intent, "--dry-run")
    answer = till(*by, "--idempotency-key", "k")
    assert answer.code == 0
    assert json.loads(answer.out)["amount"] == 5000
    assert answer.err == "This was a dry run: nothing was changed.\n"
    till("topups", "create", "--amount=5", "--currency=usd", "--dry-run")
    words = ("--description", "new", "--dry-run")
    till("payment_intents", "update", till.intent, *words)
    till("charges", "update", till.charge, *words)
    assert dump(till.file) == before


def dump(file: Path) -> list[str]:
    """Return every row of a store."""
    with closing(sqlite3.connect(file)) as database:
        return list(database.iterdump())


def test_key_refunds_once(tmp_path: Path) -> None:
    """The same key replays the answer; with other parameters it is refused."""
    till = opened(tmp_path)
    by = ("refunds", "create", "--charge", till.charge, "--idempotency-key", "k1")
    first = till.asked(*by, "--amount=100")
    again = till(*by, "--amount=100")
    assert json.loads(again.out)["id"] == first["id"]
    assert again.err == "This key was answered before: nothing was done again.\n"
    assert till.refused(*by, "--amount=101")["type"] == "idempotency_error"
    assert len(till.asked("refunds", "list")["data"]) == 1


def test_busy_store_ends_with_3(tmp_path: Path) -> None:
    """Another who holds the store makes it 3, with the API's own body."""
    till = opened(tmp_path)
    with closing(sqlite3.connect(till.file)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = till("refunds", "create", "--charge", till.charge)
    assert answer.code == 3
    assert json.loads(answer.err)["error"]["code"] == "lock_timeout"


@pytest.mark.parametrize(
    "words",
    [
        ("refunds",),
        ("refunds", "destroy"),
        ("refunds", "list", "--format", "xml"),
        ("refunds", "list", "--created-gte", "soon"),
        ("refunds", "update", "re_1", "--metadata", "no sign"),
        ("refunds", "create", "--note", "\udcff"),
        ("refunds", "create", "--charge", "ch_1", "--idempotency-key="),
        ("topups", "create", "--amount=5"),
        ("advance", "soon"),
        ("advance", "2001-01-01"),
        ("export", "--filter", "nonsense:1"),
    ],
)
def test_what_is_mistyped_ends_with_2(tmp_path: Path, words: tuple[str, ...]) -> None:
    """No traceback, nothing on stdout, a word on stderr."""
    answer = opened(tmp_path)(*words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err


def test_no_store_is_made_by_asking(tmp_path: Path) -> None:
    """A misspelt path is refused and stays empty."""
    till = opened(tmp_path)
    wrong = tmp_path / "wrong.db"
    asked = ("--store", str(wrong))
    for words in (("refunds", "list"), ("doctor",), ("migrate",), ("export",)):
        answer = till.desk(*words, *asked)
        assert answer.code == 1
        assert "There is no store at" in answer.err
    assert not wrong.exists()
