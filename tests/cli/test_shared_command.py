"""Refunds of shared charges by command: what comes back, as the dry run said."""

from __future__ import annotations

from pathlib import Path

import pytest
from shares import ACCOUNT, MIA
from till import Till, opened

from conftest import FUNDED
from store import open_store


@pytest.fixture
def till(tmp_path: Path) -> Till:
    """A till with a balance, and a payment that nobody shares."""
    made = opened(tmp_path)
    with open_store(f"sqlite:///{made.file}") as store:
        store.topups.create(amount=100_000, currency="usd", actor=MIA)
    return made


def shared(till: Till) -> str:
    """Return a payment of 12.00 USD that is shared, 1.20 USD of it as a fee."""
    with open_store(f"sqlite:///{till.file}") as store:
        return store.payment_intents.create(
            amount=1_200,
            currency="usd",
            payment_method=FUNDED,
            transfer_data={"destination": ACCOUNT},
            application_fee_amount=120,
            actor=MIA,
        ).payment.id


def test_the_dry_run_says_who_pays(till: Till) -> None:
    """By each choice, and nothing of it where nobody shares."""
    asks = ("refunds", "create", "--payment-intent", shared(till), "--amount=600")
    kept = till(*asks, "--dry-run")
    assert "The platform pays 6.00 USD, nothing comes back from acct_ann." in kept.err
    asked = till(*asks, "--dry-run", "--reverse-transfer", "--refund-application-fee")
    assert (
        "6.00 USD comes back from acct_ann, 0.60 USD of the application fee goes back"
        " to it, the platform pays 0.60 USD." in asked.err
    )
    own = till("refunds", "create", "--payment-intent", till.intent, "--dry-run")
    assert "platform" not in own.err
    assert till.asked("refunds", "list")["data"] == []


def test_a_bulk_takes_one_choice_for_all_that_are_shared(till: Till) -> None:
    """The plan says how many are; the job keeps what was chosen, and does it."""
    payments = (till.intent, shared(till))
    plan = till("bulk", "plan", *payments, "--reverse-transfer")
    assert "1 of them shared: 12.00 USD comes back from connected" in plan.err
    done = till.asked("bulk", "start", *payments, "--reverse-transfer")
    assert (done["sent"], done["reverse_transfer"]) == (2, True)
    assert done["refund_application_fee"] is False
    own, theirs = (
        till.asked("refunds", "list", "--payment-intent", one)["data"][0]
        for one in payments
    )
    assert own["transfer_reversal"] is None
    assert theirs["transfer_reversal"].startswith("trr_")
