"""What a desk does beside the API, as commands: failures, notes, movements, the log."""

from pathlib import Path

import pytest
from till import Till, opened

from store import open_store
from store.event import Actor

FAILS = "pm_card_refundFail"


@pytest.fixture
def till(tmp_path: Path) -> Till:
    """Return a till with one payment."""
    return opened(tmp_path)


def failed(till: Till) -> str:
    """Fail a refund in the till; return its id."""
    agent = Actor("tom")
    with open_store(f"sqlite:///{till.file}") as store:
        store.topups.create(amount=10_000, currency="usd", actor=agent)
        paid = store.payment_intents.create(
            amount=5_000, currency="usd", payment_method=FAILS, actor=agent
        ).payment
        made = store.refunds.create(payment_intent=paid.id, amount=2_000, actor=agent)
    till("advance", "5d")
    return made.refund.id


def test_a_failed_refund_is_listed_and_tried_again(till: Till) -> None:
    """The dry run changes nothing; the new one is linked to the old."""
    given = failed(till)
    (found,) = till.asked("refunds", "failed")["data"]
    assert (found["id"], found["amount"], found["returned"]) == (given, 2_000, 2_000)
    assert found["why"].endswith(".")
    assert found["next_step"].endswith(".")
    shown = till.asked("refunds", "retry", given, "--dry-run")
    assert till.asked("refunds", "failed")["data"] == [found]
    made = till.asked("refunds", "retry", given, "--actor=mia")
    assert made["id"] not in (given, shown["id"])
    assert made["amount"] == 2_000
    (done,) = till.asked("refunds", "failed", "--done")["data"]
    assert (done["retried_as"], done["done_by"]) == (made["id"], "mia")
    refused = till.refused("refunds", "retry", given)
    assert "was tried again already" in refused["message"]


def test_a_failed_refund_is_closed_with_a_note(till: Till) -> None:
    """The note is needed, and kept."""
    given = failed(till)
    assert till("refunds", "close_failed", given).code == 2
    closed = till.asked("refunds", "close_failed", given, "--note=paid by transfer")
    assert closed["done_note"] == "paid by transfer"
    assert till.asked("refunds", "failed")["data"] == []


def test_notes_are_written_and_read(till: Till) -> None:
    """Newest first, with who wrote them."""
    for text in ("first", "second"):
        till.asked("notes", "add", till.intent, f"--text={text}", "--actor=mia")
    found = till.asked("notes", "of", till.charge)["data"]
    assert [(one["text"], one["actor"]) for one in found] == [
        ("second", "mia"),
        ("first", "mia"),
    ]
    assert till.refused("notes", "of", "pi_none")["code"] == "resource_missing"


def test_movements_say_what_was_left(till: Till) -> None:
    """The balance after the newest is what there is."""
    failed(till)
    moved = till.asked("balance_transactions", "movements", "--currency=usd")["data"]
    funds = till.asked("balance")
    (there,) = (one for one in funds["available"] if one["currency"] == "usd")
    (coming,) = (one for one in funds["pending"] if one["currency"] == "usd")
    assert moved[0]["balance"] == there["amount"] + coming["amount"]
    assert moved[-1]["balance"] == moved[-1]["net"]
    (sent,) = till.asked(
        *("balance_transactions", "movements", "--currency=usd", "--kind=refund")
    )["data"]
    assert sent == till.asked("balance_transactions", "retrieve", sent["id"])
    assert "balance" not in sent
    lines = till(
        *("balance_transactions", "movements", "--currency=usd", "--format=table")
    ).out.splitlines()
    assert lines[0].split() == ["id", "created", "type", "net", "balance"]
    days = till.asked("balance_transactions", "flows", "--currency=usd", "--days=3")
    assert len(days["data"]) == 3


def test_the_log_is_narrowed(till: Till) -> None:
    """By the beginning of a type, by object, by actor; with who acted."""
    given = failed(till)
    told = till.asked("events", "log", "--type=refund.", "--actor=tom")["data"]
    assert [(one["type"], one["actor"]) for one in told] == [("refund.created", "tom")]
    about = till.asked("events", "log", f"--object={given}")["data"]
    assert {one["data"]["object"]["id"] for one in about} == {given}
    few = till("events", "log", "--limit=1", "--format=table")
    assert few.out.count("evt_") == 1
    assert "There are more" in few.err


def test_top_ups_are_listed(till: Till) -> None:
    """As the API has them; one is found again by its id."""
    made = till.asked("topups", "create", "--amount=700", "--currency=eur")
    (found,) = till.asked("topups", "list", "--created-gte=2020-01-01")["data"]
    assert found == made
    assert till.asked("topups", "retrieve", made["id"]) == made
