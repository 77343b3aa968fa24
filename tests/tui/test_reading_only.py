"""A console for reading only: every key that would change something says why not."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from at_work import Desk, count, everything_said, reached, settled, until
from failing import fail
from textual.content import Content

import store as door
from conftest import Funds, Later, Pay
from store.errors import Refusal
from store.event import Actor
from store.glance import glance
from tui.actions import ALL, BALANCE, FAILED, ON_PAYMENT, PENDING
from tui.app import RefundDesk
from tui.bulk_actions import BULK_PAUSE, BULK_RETRY
from tui.offers import of_failed, offers
from tui.parts.desk import DeskScreen
from tui.screens.bulk import BulkScreen
from tui.screens.payment import PaymentScreen
from tui.screens.payments import PaymentsScreen
from tui.screens.refund import RefundScreen

if TYPE_CHECKING:
    from store import Store

PATIENCE = 60
WHY = "This console was opened with --read-only: nothing can be changed."
NEVER_HERE = {BULK_RETRY.id, BULK_PAUSE.id}
"""Offered only where a bulk refund goes or failed in part, which none can here."""
CHANGES = {action.id for action in ALL if action.changes}


@pytest.fixture
def busy(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> tuple[str, str, str]:
    """Let there be a bulk refund, one that failed and one that waits; return ids."""
    funds()
    fail(store, pay, later)
    payment = pay(9000)
    refund = store.refunds.create(payment_intent=payment.id, amount=100, actor=mia)
    bulk = store.bulk.start(store.bulk.plan(payments=[pay(7000).id]), actor=mia)
    return payment.id, refund.refund.id, bulk.id


async def refused(desk: Desk) -> set[str]:
    """Press every key that would change something here; return which those are."""
    screen = desk.app.screen
    assert isinstance(screen, DeskScreen)
    tried = set()
    for one in list(screen.active_bindings.values()):
        if one.binding.id in CHANGES:
            screen.tell(Content(""))
            await desk.press(one.binding.key)
            await until(desk, lambda: screen.result.told.plain == f"✗ {WHY}")
            assert screen.is_active
            tried.add(one.binding.id)
    return tried


async def test_every_key_that_changes_something_says_why_not(
    store: Store, mia: Actor, busy: tuple[str, str, str], url: str
) -> None:
    """On each screen, each such key puts the sentence into the result line."""
    payment, refund, bulk = busy
    before = store.events.newest(limit=1)
    app = RefundDesk(lambda: store, mia, read_only=WHY)
    async with app.run_test(size=(100, 30)) as desk:
        await settled(desk)
        tried = await refused(desk)
        for screen in (
            PaymentScreen(payment),
            RefundScreen(refund),
            BulkScreen(store.bulk.retrieve(bulk)),
        ):
            await app.push_screen(screen)
            await settled(desk)
            tried |= await refused(desk)
        for action in (PENDING, FAILED, BALANCE):
            await desk.press(action.keys)
            await settled(desk)
            tried |= await refused(desk)
        assert "READ-ONLY" in everything_said(desk)
    assert tried == CHANGES - NEVER_HERE
    with door.open_store(url) as again:
        assert again.events.newest(limit=1) == before


def test_every_row_of_a_menu_that_changes_something_says_why_not(
    store: Store, busy: tuple[str, str, str]
) -> None:
    """Whether or not it would be allowed otherwise; what only looks stays."""
    payment, refund, _ = busy
    detail = store.payments.detail(payment)
    allowed = offers(detail.payment, store.now(), WHY)
    assert {action.id for action in ON_PAYMENT} <= allowed.keys()
    failed = store.refunds.failed(limit=1).rows[0]
    for id_, why in {**allowed, **of_failed(failed, WHY)}.items():
        assert (why == Refusal(WHY)) is (id_ in CHANGES)
    assert refund in {one.id for one in detail.payment.refunds}


async def test_a_store_that_a_newer_program_wrote_is_only_read(
    store: Store, mia: Actor, pay: Pay, url: str
) -> None:
    """The header says READ-ONLY, the list is there, and `r` says which program."""
    pay(4200)
    store.close()
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as newer, newer:
        newer.execute("UPDATE meta SET value = '9999' WHERE key = 'schema'")
    app = RefundDesk(lambda: door.open_store(url), mia)
    async with app.run_test(size=(100, 30)) as desk:
        await settled(desk)
        assert "READ-ONLY" in everything_said(desk)
        assert "42.00 USD" in everything_said(desk)
        await desk.press("r")
        screen = desk.app.screen
        assert isinstance(screen, PaymentsScreen)
        await until(desk, lambda: "newer Refund Desk" in screen.result.told.plain)
    assert count(url, "refund") == 0


@pytest.mark.parametrize("which", ["file", "folder"])
async def test_a_store_that_cannot_be_written_says_so_when_it_opens(
    store: Store,
    mia: Actor,
    pay: Pay,
    url: str,
    monkeypatch: pytest.MonkeyPatch,
    which: str,
) -> None:
    """The header says READ-ONLY before any key, and `r` says why."""
    pay(4200)
    store.close()
    file = Path(url.removeprefix("sqlite:///"))
    closed = file if which == "file" else file.parent

    def access(path: Path, mode: int) -> bool:
        return Path(path) != closed or mode != os.W_OK

    monkeypatch.setattr("store.file_access.os.access", access)
    opened = Event()

    def open_() -> Store:
        assert opened.wait(PATIENCE)
        return door.open_store(url)

    app = RefundDesk(open_, mia, glance=lambda: glance(url))
    async with app.run_test(size=(100, 30)) as desk:
        await reached(desk, lambda: "42.00 USD" in everything_said(desk))
        assert "READ-ONLY" in everything_said(desk)
        await desk.press("r")
        screen = desk.app.screen
        assert isinstance(screen, PaymentsScreen)
        await reached(
            desk, lambda: "this account may not write" in screen.result.told.plain
        )
        opened.set()
        await settled(desk)
        assert "READ-ONLY" in everything_said(desk)
        await until(
            desk, lambda: "this account may not write" in screen.result.told.plain
        )
    assert count(url, "refund") == 0
