"""`refund-desk bulk`: planned, run to its end, resumed; each payment refunded once."""

import sys
from io import StringIO
from pathlib import Path

import pytest
from till import KIM, Till, opened

from conftest import FUNDED
from store import open_store
from store.bulk import ItemState


@pytest.fixture
def till(tmp_path: Path) -> Till:
    """A till with a balance."""
    made = opened(tmp_path)
    with open_store(f"sqlite:///{made.file}") as store:
        store.topups.create(amount=100_000, currency="usd", actor=KIM)
    return made


def paid(till: Till, amount: int, method: str = FUNDED) -> str:
    """Let a customer pay at the till."""
    with open_store(f"sqlite:///{till.file}") as store:
        made = store.payment_intents.create(
            amount=amount, currency="usd", payment_method=method, actor=KIM
        )
    return made.payment.id


def refunds(till: Till, payment: str) -> list[int]:
    """Return the amounts that were refunded of a payment."""
    with open_store(f"sqlite:///{till.file}") as store:
        return [one.money.amount for one in store.payments.find(payment).refunds]


@pytest.mark.parametrize("ask", [("plan",), ("start", "--dry-run")])
def test_a_plan_changes_nothing(till: Till, ask: tuple[str, ...]) -> None:
    """It names every payment, and why one is skipped."""
    cash = paid(till, 700, "pm_boleto")
    plan = till.asked("bulk", *ask, till.intent, cash, "--reason=duplicate")
    assert (plan["object"], plan["reason"]) == ("bulk_plan", "duplicate")
    assert (plan["total"], plan["sent"], plan["skipped"]) == (2, 1, 1)
    assert plan["amounts"] == {"usd": 5000}
    assert [one["status"] for one in plan["items"]] == ["sent", "skipped"]
    assert "cannot be refunded" in plan["items"][1]["message"]
    assert refunds(till, till.intent) == []
    assert till.asked("bulk", "list")["data"] == []


def test_a_job_runs_to_its_end(till: Till) -> None:
    """Its answer counts what became of the payments; items say it of each."""
    other = paid(till, 700)
    done = till.asked("bulk", "start", till.intent, other, "--reason=duplicate")
    assert (done["status"], done["sent"], done["total"]) == ("done", 2, 2)
    assert refunds(till, till.intent) == [5000]
    items = till.asked("bulk", "items", done["id"])["data"]
    assert [one["payment"] for one in items] == [till.intent, other]
    assert all(one["refund"].startswith("re_") for one in items)
    assert till.asked("bulk", "items", done["id"], "--state=failed")["data"] == []
    assert till.asked("bulk", "retrieve", done["id"]) == done
    assert till.asked("bulk", "list")["data"] == [done]
    shown = till("bulk", "items", done["id"], "--format=csv").out.splitlines()
    assert shown[0] == "payment,amount,currency,status,message,refund"
    assert len(shown) == 3


def test_payments_come_from_the_standard_input_or_a_search(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One a line, or everything that the console's search finds."""
    small = paid(till, 700)
    monkeypatch.setattr(sys, "stdin", StringIO(f"{small}\n{till.intent}\n"))
    plan = till.asked("bulk", "plan", "-")
    assert [one["payment"] for one in plan["items"]] == [small, till.intent]
    found = till.asked("bulk", "plan", "--query=amount<10")
    assert [one["payment"] for one in found["items"]] == [small]
    assert till("bulk", "plan", "--query=amount<x").code == 2
    assert "No payment is chosen" in till.refused("bulk", "plan")["message"]


def test_what_was_begun_is_resumed(till: Till) -> None:
    """A job that was paused or interrupted goes on where it was."""
    with open_store(f"sqlite:///{till.file}") as store:
        plan = store.bulk.plan(payments=[till.intent])
        bulk = store.bulk.start(plan, actor=KIM)
    paused = till.asked("bulk", "pause", bulk.id)
    assert (paused["status"], paused["queued"]) == ("paused", 1)
    assert till.asked("bulk", "resume", bulk.id)["status"] == "done"
    assert refunds(till, till.intent) == [5000]
    assert "is done" in till.refused("bulk", "stop", bulk.id)["message"]
    assert "nothing is tried again" in till.refused("bulk", "retry", bulk.id)["message"]
    assert till("bulk", "resume", bulk.id, "--dry-run").code == 2
    assert "No such" in till.refused("bulk", "retrieve", "blk_none")["message"]
    assert till("bulk", "items", bulk.id, "--state=lost").code == 2


def test_what_was_not_refunded_is_an_exit_code(till: Till) -> None:
    """A payment that changed since it was planned is left to an agent."""
    with open_store(f"sqlite:///{till.file}") as store:
        plan = store.bulk.plan(payments=[till.intent])
        bulk = store.bulk.start(plan, actor=KIM)
        store.refunds.create(payment_intent=till.intent, amount=1, actor=KIM)
    answer = till("bulk", "resume", bulk.id)
    assert answer.code == 1
    assert f"bulk items {bulk.id}" in answer.err
    with open_store(f"sqlite:///{till.file}") as store:
        assert store.bulk.retrieve(bulk.id).counts[ItemState.STALE] == 1
    assert refunds(till, till.intent) == [1]


def test_the_same_key_starts_one_job(till: Till) -> None:
    """Sent twice, the second finds what the first did."""
    ask = ("bulk", "start", till.intent, "--idempotency-key=once")
    done = till.asked(*ask)
    assert done["sent"] == 1
    assert till.asked(*ask) == done
    assert refunds(till, till.intent) == [5000]
    assert len(till.asked("bulk", "list")["data"]) == 1
