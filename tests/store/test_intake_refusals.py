"""What an import refuses, and that it then leaves nothing behind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bringing import dump
from exported import (
    charge,
    intent,
    movement,
    refund,
)

from conftest import Import
from store.badge import Badge
from store.errors import ImportFailed
from store.event import Actor
from store.intake.reading import read
from store.money import Money
from store.search.language import Tab
from store.verbs import take_in

if TYPE_CHECKING:
    from store import Store


def test_more_refunded_than_captured_is_refused(bring: Import, url: str) -> None:
    """Nothing of the file comes in; the line is named."""
    before = dump(url)
    with pytest.raises(ImportFailed) as failed:
        bring(charge(), refund("1", amount=1500), refund("2", amount=600))
    assert failed.value.problems == (
        (
            "export.json, line 2: the refunds of ch_1 would be 21.00 USD, more than"
            " the 20.00 USD that it captured."
        ),
    )
    assert dump(url) == before
    with pytest.raises(ImportFailed, match="re_1 is in another currency than ch_1"):
        bring(charge(), refund(currency="eur"))
    assert dump(url) == before


def test_later_imports_hold_the_ceiling_too(store: Store, bring: Import) -> None:
    """Against refunds that are there, and against those made here."""
    bring(charge(), refund(amount=1500))
    with pytest.raises(ImportFailed, match=r"25\.00 USD, more than the 20\.00 USD"):
        bring(refund("2", amount=1000))
    bring(charge("2"), movement("2", status="available"))
    mia = Actor("mia")
    store.refunds.create(charge="ch_2", amount=800, reason=None, actor=mia)
    with pytest.raises(ImportFailed, match=r"28\.00 USD, more than the 20\.00 USD"):
        bring(charge("2", amount_refunded=2000))
    assert store.payments.detail("ch_2").payment.refunded == Money(800, "usd")


def test_kinds_that_are_not_kept_are_counted(store: Store, bring: Import) -> None:
    """They are no mistake."""
    report = bring({"object": "payout", "id": "po_1"}, {"object": "balance"}, charge())
    assert report.skipped == {"payout": 1, "balance": 1}
    assert report.added == {"charge": 1}
    assert store.payments.tabs()[Tab.ALL] == 1


def test_all_or_nothing(bring: Import, url: str) -> None:
    """Every line that is wrong is told, and no other comes in."""
    before = dump(url)
    with pytest.raises(ImportFailed) as failed:
        bring(charge(), charge("2", amount=1.5), {"object": "charge"}, refund())
    assert [one.split(":")[0] for one in failed.value.problems] == [
        "export.json, line 2",
        "export.json, line 3",
    ]
    assert str(failed.value).endswith("export.json: nothing was imported.")
    assert dump(url) == before


def test_a_hopeless_file_is_given_up(bring: Import) -> None:
    """Twenty problems are enough."""
    with pytest.raises(ImportFailed) as failed:
        bring(*({"object": "charge", "id": f"ch_{n}"} for n in range(500)))
    assert len(failed.value.problems) == 21
    assert failed.value.problems[-1] == "export.json: reading stopped here."


def test_a_large_import_holds_little_at_a_time(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chunk after chunk is written; the refunds find their charges at the end."""
    monkeypatch.setattr(take_in, "CHUNK", 7)
    file = tmp_path / "many.json"
    with file.open("w") as out:
        for n in range(50):
            made = refund(str(n), of=str(n))
            out.write(json.dumps(made) + "\n")
        for n in range(50):
            out.write(json.dumps(charge(str(n), amount_refunded=500)) + "\n")
            out.write(json.dumps(intent(str(n))) + "\n")
    report = store.take_in("many.json", read(file))
    assert report.added == {"charge": 50, "payment_intent": 50, "refund": 50}
    rows = store.payments.page().rows
    assert {one.badge for one in rows} == {Badge.PARTIAL_REFUND}
    assert len(rows) == 50
    assert store.examine() == ()
