"""Export: the list as it is filtered, in a file of its owner's; formulas are texts."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from at_work import (
    at_work,
    everything_said,
    reached,
    result_line,
    settled,
    until_shown,
    until_told,
)
from export_file import exported, rows
from failing import fail
from textual.widgets import Button

from conftest import Funds, Later, Pay
from store.errors import StoreBusy
from store.event import Actor
from store.lists.page import Page, Sort
from store.outcome import PaymentLine
from store.payment import Customer
from store.search.language import Filter
from tui.dialogs.export import ExportDialog
from tui.flows import exports
from tui.screens.payments import PaymentsScreen
from tui.widgets.still_input import StillInput

if TYPE_CHECKING:
    from store import Store

MALLORY = Customer("cus_m", '=HYPERLINK("http://x")', "+mallory@example.com")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An agent's folder, in which the console was started."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    return home


def in_it(folder: Path) -> list[Path]:
    """Return every file of a folder, hidden ones too."""
    return list(folder.iterdir())


async def test_payments_as_they_are_filtered(
    store: Store, mia: Actor, pay: Pay, folder: Path
) -> None:
    """Exact amounts of each currency, times in UTC, and no cell is a formula."""
    pay(9000, "jpy", customer=MALLORY)
    pay(1230, "kwd", customer=MALLORY)
    pay(5000, "usd")
    async with at_work(store, mia, size=(100, 30)) as desk:
        await desk.press("slash", *"hyperlink", "enter")
        await settled(desk)
        file = await exported(desk)
    assert file == folder / "payments-20260302-090000.csv"
    kwd, jpy = rows(file)
    assert (jpy["Amount"], jpy["Currency"]) == ("9000", "jpy")
    assert (kwd["Amount"], kwd["Currency"]) == ("1.230", "kwd")
    assert kwd["Created date (UTC)"] == "2026-03-02T09:00:00Z"
    assert kwd["Customer Name"] == '\'=HYPERLINK("http://x")'
    assert kwd["Customer Email"] == "'+mallory@example.com"
    assert b"\n=" not in file.read_bytes()
    assert b",=" not in file.read_bytes()


async def test_json_lines(store: Store, mia: Actor, pay: Pay) -> None:
    """The other format gets the other ending; texts are as they are stored."""
    paid = pay(1230, "kwd", customer=MALLORY)
    async with at_work(store, mia) as desk:
        file = await exported(desk, "shift+tab", "shift+tab", "right", "tab", "tab")
    assert file.suffix == ".ndjson"
    (line,) = file.read_text(encoding="utf-8").splitlines()
    data = json.loads(line)
    assert (data["id"], data["amount"], data["currency"]) == (paid.id, 1230, "kwd")
    assert data["customer_name"] == MALLORY.name


async def test_nothing_is_overwritten_without_a_word(
    store: Store, mia: Actor, folder: Path
) -> None:
    """Where a file is, the dialog says so and its button says `Replace file`."""
    there = folder / "payments-20260302-090000.csv"
    there.write_text("mine")
    async with at_work(store, mia) as desk:
        await desk.press("e")
        await until_shown(desk, ExportDialog)
        assert "it will be replaced" in everything_said(desk)
        button = desk.app.screen.query_one("#write", Button)
        assert str(button.label) == "Replace file"
        await desk.press("escape")
        assert there.read_text() == "mine"
        await exported(desk)
    assert there.read_text().startswith("id,")
    assert there.stat().st_mode & 0o777 == 0o600
    assert in_it(folder) == [there]


async def test_a_file_that_came_meanwhile_is_kept(
    store: Store, mia: Actor, folder: Path
) -> None:
    """What the dialog did not speak of is not replaced."""
    async with at_work(store, mia) as desk:
        await desk.press("e")
        await until_shown(desk, ExportDialog)
        there = folder / "payments-20260302-090000.csv"
        there.write_text("mine")
        await desk.press("enter")
        told = await until_told(desk)
        assert "nothing was written: there is a file of that name already" in told
    assert there.read_text() == "mine"


@pytest.mark.parametrize(
    ("typed", "why"),
    [("", "type a path"), ("none/x.csv", "no such folder"), (".", "is a folder")],
)
async def test_a_path_that_cannot_be_is_refused(
    store: Store, mia: Actor, typed: str, why: str
) -> None:
    """The dialog says why, and its button does not act."""
    async with at_work(store, mia, size=(60, 20)) as desk:
        await desk.press("e")
        await until_shown(desk, ExportDialog)
        desk.app.screen.query_one("#path", StillInput).value = typed
        await desk.pause()
        assert why in everything_said(desk)
        assert desk.app.screen.query_one("#write", Button).disabled
        for selector in (".box", "#write", "#nothing", "#path"):
            region = desk.app.screen.query_one(selector).region
            assert desk.app.screen.region.contains_region(region)


async def test_movements_of_a_currency(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """Amounts that leave are numbers, not texts; the balance after each is there."""
    funds(21380, "eur")
    payment = pay(31000, "eur", "pm_card_visa")
    store.refunds.create(payment_intent=payment.id, amount=1000, actor=mia)
    async with at_work(store, mia) as desk:
        await desk.press("4")
        await settled(desk)
        file = await exported(desk)
    found = rows(file)
    page = store.balance_transactions.movements(currency="eur")
    assert [row["id"] for row in found] == [one.id for one in page.rows]
    assert [row["Net"] for row in found] == [
        f"{one.net / 100:.2f}" for one in page.rows
    ]
    assert found[-1]["Balance"] == "213.80"


async def test_events_and_what_waits(store: Store, mia: Actor, pay: Pay) -> None:
    """Each list goes into a file of its own name, whatever it holds."""
    payment = pay(31000, "eur", "pm_card_visa", customer=MALLORY)
    waits = store.refunds.create(payment_intent=payment.id, actor=mia).refund
    assert waits.is_held
    async with at_work(store, mia) as desk:
        await desk.press("2")
        await settled(desk)
        (row,) = rows(await exported(desk))
        assert (row["id"], row["Needs"]) == (waits.id, "310.00")
        assert row["Customer"].startswith("'=")
        await desk.press("5")
        await settled(desk)
        file = await exported(desk)
        assert file.name.startswith("events-")
        assert "refund.created" in {row["Type"] for row in rows(file)}


async def test_failed_refunds(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """What failed, why, and what to do next, in sentences."""
    funds()
    made = fail(store, pay, later, amount=700)[1]
    async with at_work(store, mia) as desk:
        await desk.press("3")
        await settled(desk)
        (row,) = rows(await exported(desk))
    assert (row["id"], row["Amount"], row["Returned"]) == (made.id, "7.00", "7.00")
    assert row["Why"].endswith(".")
    assert row["Returned On (UTC)"].endswith("Z")


async def test_keys_work_while_a_long_list_is_written(
    store: Store, mia: Actor, pay: Pay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Page by page: the screen says how far it is, and the cursor moves meanwhile."""
    for _ in range(12):
        pay()
    monkeypatch.setattr(exports, "PAGE", 1)
    monkeypatch.setattr(exports, "_TOLD_EVERY", 5)
    goes_on, asked = threading.Event(), []
    read = store.payments.page

    def slowly(
        narrowed: Filter | None = None, sort: Sort | None = None, **place: Any
    ) -> Page[PaymentLine]:
        asked.append(place)
        if len(asked) == 6:
            goes_on.wait(30)
        return read(narrowed, sort, **place)

    async with at_work(store, mia) as desk:
        screen = desk.app.screen
        assert isinstance(screen, PaymentsScreen)
        monkeypatch.setattr(store.payments, "page", slowly)
        await desk.press("e")
        await until_shown(desk, ExportDialog)
        await desk.press("enter")
        await reached(desk, lambda: result_line(desk) == "exporting… 5 rows")
        first = screen.table.line
        await desk.press("j")
        assert screen.table.line is not first
        goes_on.set()
        told = await until_told(desk)
    assert told.startswith("✓ exported 12 rows to ")
    assert [place["size"] for place in asked] == [1] * 12
    assert len({row["id"] for row in rows(Path(told.partition(" to ")[2]))}) == 12


async def test_a_list_that_cannot_be_read_leaves_no_file(
    store: Store, mia: Actor, pay: Pay, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a file is no file."""
    pay()
    async with at_work(store, mia) as desk:

        def busy(*_: object, **__: object) -> None:
            raise StoreBusy("Another process holds the store; nothing was done.")

        monkeypatch.setattr(store.payments, "page", busy)
        await desk.press("e")
        await until_shown(desk, ExportDialog)
        await desk.press("enter")
        told = await until_told(desk)
        assert told.startswith("✗ nothing was written: Another process")
    assert in_it(folder) == []
