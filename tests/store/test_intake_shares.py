"""Imported charges say how they are shared, whichever way the export writes it."""

from pathlib import Path

import pytest
from exported import charge, refund
from shared_import import TRANSFER, bring

from store import Store
from store.connect import ConnectType, Share
from store.errors import Refused
from store.event import Actor
from store.intake.fields import Fields
from store.intake.shares import share_of
from store.money import Money

TAKEN = Money(2_000, "usd")
MIA = Actor("mia")
FEE = {
    "id": "fee_1",
    "object": "application_fee",
    "amount": 200,
    "amount_refunded": 50,
    "currency": "usd",
    "account": "acct_1",
}


def of(**said: object) -> Share | None:
    """Return how a charge that says this is shared."""
    return share_of(Fields(said), TAKEN)


def test_a_charge_of_ones_own_is_not_shared() -> None:
    """Nor is one that only carries another's name."""
    assert of() is None
    assert of(transfer_data=None, on_behalf_of="acct_1", application_fee=None) is None


def test_a_destination_charge_names_its_account() -> None:
    """All of it is transferred unless an amount is said."""
    plain = of(transfer="tr_1", transfer_data={"destination": "acct_1", "amount": None})
    assert plain is not None
    assert (plain.type, plain.account) == (ConnectType.DESTINATION, "acct_1")
    assert plain.transferred == TAKEN
    part = of(transfer="tr_1", transfer_data={"destination": "acct_1", "amount": 880})
    assert part is not None
    assert part.transferred == Money(880, "usd")


def test_expanded_objects_say_what_is_back() -> None:
    """Reversals and fee refunds made elsewhere count."""
    found = of(transfer=TRANSFER, application_fee=FEE, on_behalf_of="acct_1")
    assert found == Share(
        ConnectType.DESTINATION,
        "acct_1",
        "acct_1",
        "tr_1",
        Money(1_500, "usd"),
        "fee_1",
        Money(200, "usd"),
        375,
        50,
    )


def test_a_fee_alone_is_a_direct_charge() -> None:
    """It is the exporting account's own; the platform is not in the store."""
    found = of(application_fee="fee_1", application_fee_amount=200)
    assert found is not None
    assert (found.type, found.holder) == (ConnectType.DIRECT, None)
    assert (found.fee, found.fee_money) == ("fee_1", Money(200, "usd"))


def test_refunds_pull_back_what_is_left(store: Store, tmp_path: Path) -> None:
    """After what was reversed elsewhere, to the cent; twice imported, the same."""
    shared = charge(transfer=TRANSFER, amount_refunded=500)
    made = refund(transfer_reversal="trr_old")
    for _ in range(2):
        bring(store, tmp_path, shared, made)
    store.topups.create(amount=9_000, currency="usd", actor=MIA)
    rest = store.refunds.create(charge="ch_1", reverse_transfer=True, actor=MIA)
    moved = store.refunds.detail(rest.refund.id).movements
    back = [one.net for one in moved if one.type == "transfer_refund"]
    assert back == [1_500 - 375]
    assert store.examine() == ()


def test_what_an_import_does_not_say_cannot_be_moved(
    store: Store, tmp_path: Path
) -> None:
    """The platform of a direct charge is not in the store."""
    bring(store, tmp_path, charge(application_fee="fee_1", application_fee_amount=200))
    with pytest.raises(Refused) as refused:
        store.refunds.create(charge="ch_1", refund_application_fee=True, actor=MIA)
    assert "imported without its connected account" in str(refused.value)
