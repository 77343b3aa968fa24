"""One amount in every place: list, field, dry run, answer, badge, letter and file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from at_work import (
    at_work,
    confirm,
    count,
    everything_said,
    said,
    settled,
    until_armed,
    until_shown,
    until_told,
)
from textual.widgets import Button

from conftest import Funds, Later, Pay
from store.event import Actor
from store.money import Money
from tui.dialogs.export import ExportDialog
from tui.dialogs.issue_refund import IssueRefundDialog
from tui.dialogs.letter import LetterDialog
from tui.screens.payments import PaymentsScreen
from tui.widgets.amount_input import AmountInput

if TYPE_CHECKING:
    from store import Store

AMOUNTS = [
    (Money(9_000, "jpy"), "9,000", "9000"),
    (Money(1_230, "kwd"), "1.230", "1.230"),
    (Money(50, "usd"), "0.50", "0.50"),
    (Money(99_999_999, "usd"), "999,999.99", "999999.99"),
]
"""Each class of decimals, the least and the most that can be paid."""


@pytest.mark.parametrize(("money", "grouped", "digits"), AMOUNTS)
async def test_an_amount_is_the_same_everywhere(
    store: Store,
    mia: Actor,
    pay: Pay,
    funds: Funds,
    later: Later,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    money: Money,
    grouped: str,
    digits: str,
) -> None:
    """What was paid is what is typed, shown, sent, told, written and kept."""
    monkeypatch.chdir(tmp_path)
    payment = pay(money.amount, money.currency)
    for _ in range(2):
        funds(60_000_000, money.currency)
    later()
    whole = f"{grouped} {money.currency.upper()}"
    before = store.payments.detail(payment.id).payment.refundable
    async with at_work(store, mia, size=(132, 43)) as desk:
        assert isinstance(desk.app.screen, PaymentsScreen)
        assert whole in everything_said(desk)
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        await until_armed(desk)
        assert desk.app.screen.query_one(AmountInput).value == digits
        assert said(desk, "#about").endswith(f"left {grouped}")
        (had, has) = said(desk, "#foresight").split(" · ")[0].split(" → ")
        had, has = had.removeprefix("available "), has.removesuffix(f" {whole[-3:]}")
        assert _minor(had) - _minor(has) == money.amount
        button = desk.app.screen.query_one("#confirm", Button)
        assert str(button.render()) == f"Refund {whole}"
        told = await confirm(desk)
        assert told.startswith(f"✓ sent {whole} re_")
        rows = everything_said(desk).splitlines()
        row = next(row for row in rows if row.startswith("▸"))
        assert row.split()[1:3] == ["RFND", "↩"]
        assert row.count(grouped) == 2
        await desk.press("m")
        await until_shown(desk, LetterDialog)
        assert whole in everything_said(desk)
        await desk.press("escape")
        await settled(desk)
        await desk.press("e")
        await until_shown(desk, ExportDialog)
        await desk.press("enter")
        told = await until_told(desk, told)
        file = Path(told.partition(" to ")[2])
    (written,) = _rows(file)
    assert (written["Amount"], written["Amount Refunded"]) == (digits, digits)
    (refund,) = store.payments.detail(payment.id).payment.refunds
    assert refund.money == money == before


def _rows(file: Path) -> list[dict[str, str]]:
    """Return what a spreadsheet reads."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _minor(shown: str) -> int:
    """Return digits in minor units."""
    return int(shown.replace(",", "").replace(".", ""))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1,50.5", "is not an amount"),
        ("1e3", "is not an amount"),
        ("−5", "is not an amount"),
        ("٣", "is not an amount"),
        ("", "Type an amount"),
        ("42.01", "at most 42.00 USD"),
    ],
)
async def test_what_is_no_amount_is_refused_in_words(
    store: Store, mia: Actor, pay: Pay, funds: Funds, url: str, typed: str, says: str
) -> None:
    """The dialog says why and stays locked; what was typed stays, unclamped."""
    payment = pay(4_200)
    funds()
    async with at_work(store, mia) as desk:
        await desk.press("p")
        await until_shown(desk, IssueRefundDialog)
        field = desk.app.screen.query_one(AmountInput)
        field.value = typed
        await desk.pause(0.6)
        await settled(desk)
        assert says in everything_said(desk)
        assert field.value == typed
        dialog = desk.app.screen
        assert isinstance(dialog, IssueRefundDialog)
        assert not dialog.armed
        dialog.query_one("#confirm").focus()
        await desk.press("enter", "enter")
        assert desk.app.screen is dialog
    assert count(url, "refund") == 0
    assert store.payments.find(payment.id).refundable == Money(4_200, "usd")


@pytest.mark.parametrize("typed", ["full ", " full", "42", "100%"])
async def test_words_for_all_of_it_are_all_of_it(
    store: Store, mia: Actor, pay: Pay, funds: Funds, typed: str
) -> None:
    """A space beside the word does not matter."""
    pay(4_200)
    funds()
    async with at_work(store, mia) as desk:
        await desk.press("p")
        await until_shown(desk, IssueRefundDialog)
        desk.app.screen.query_one(AmountInput).value = typed
        await until_armed(desk)
        button = desk.app.screen.query_one("#confirm", Button)
        assert str(button.render()) == "Refund 42.00 USD"
