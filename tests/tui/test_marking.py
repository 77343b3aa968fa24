"""Marking over the whole list: by the filter, by a range, and always by id."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from at_work import Desk, at_work, confirm, everything_said, settled, until, until_shown
from payments_list import on, screen, type_filter

from conftest import Funds, Pay
from store.event import Actor
from store.refund import Refund
from tui.dialogs.armed import ArmedDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.parts import marked as limits
from tui.screens.payments import PaymentsScreen
from tui.words import names

if TYPE_CHECKING:
    import pytest

    from store import Store

MANY = 100_000


def many(url: str, number: int) -> None:
    """Let the store's list have that many rows more, each like its first."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file, file:
        file.row_factory = sqlite3.Row
        row = dict(file.execute("SELECT * FROM payment").fetchone())
        for own in ("seq", "id", "charge", "intent"):
            del row[own]
        columns = ", ".join(row)
        file.execute(
            "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n"
            f" WHERE i < ?) INSERT INTO payment (id, {columns})"
            f" SELECT 'pi_' || i, {', '.join('?' for _ in row)} FROM n",
            (number, *row.values()),
        )


async def until_marked(desk: Desk, number: int) -> None:
    """Wait until so many payments are marked."""
    await until(desk, lambda: len(screen(desk).table.marks) == number)


async def test_all_that_the_filter_finds_are_marked(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """`*` marks what the filter finds and nothing else; the marks outlive it."""
    euros = {pay(100, "eur").id for _ in range(3)}
    pay(4200)
    async with at_work(store, mia, size=(100, 30)) as desk:
        await type_filter(desk, "currency:eur")
        await desk.press("enter", "asterisk")
        await until_marked(desk, 3)
        await desk.press("escape")
        await settled(desk)
        assert set(screen(desk).table.marks) == euros
        assert "3 marked: 3 full refunds 3.00 EUR" in everything_said(desk)


async def test_marks_sum_up_to_what_their_plan_would_refund(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """Captured in part: that part. Refunded in part: not in it. Not settled: in it."""
    funds(1_000_000)
    part = pay(10_000, capture_method="manual").id
    store.payment_intents.capture(part, amount=6_000, actor=mia)
    store.refunds.create(payment_intent=pay(8_000).id, amount=3_000, actor=mia)
    pay(4_200, method="pm_us_bank_account")
    async with at_work(store, mia, size=(100, 30)) as desk:
        await desk.press("asterisk")
        await until_marked(desk, 3)
        plan = store.bulk.plan(payments=tuple(screen(desk).table.marks))
        sums = " + ".join(map(str, plan.sums))
        told = f"3 marked: {len(plan.refundable)} full refunds {sums}, 1 part"
        assert (len(plan.refundable), sums) == (2, "102.00 USD")
        await until(desk, lambda: told in everything_said(desk))
        await desk.press("G", "space")  # no longer the one that was captured in part
        await until(desk, lambda: "1 full refund 42.00 USD" in everything_said(desk))


async def test_inverting_marks_the_others(store: Store, mia: Actor, pay: Pay) -> None:
    """`~` turns round the marks of what the filter finds."""
    older, newer = pay(100).id, pay(200).id
    async with at_work(store, mia) as desk:
        await desk.press("space", "tilde")
        await settled(desk)
        assert newer != older
        assert list(screen(desk).table.marks) == [older]


async def test_marking_very_many_asks_and_loads_no_rows(
    store: Store, mia: Actor, pay: Pay, url: str
) -> None:
    """More than a hundred are asked about, with count and sums; no page is read."""
    pay(4200)
    many(url, MANY - 1)
    async with at_work(store, mia, size=(100, 30)) as desk:
        held = len(screen(desk).table.held)
        await desk.press("asterisk")
        await until_shown(desk, ConfirmDialog)
        said = everything_said(desk)
        assert "Mark 100,000 payments?" in said
        assert "100,000 full refunds of about 4,200,000.00 USD" in said
        await desk.press("enter")
        await until_shown(desk, PaymentsScreen)
        assert not screen(desk).table.marks
        await desk.press("asterisk")
        await until_shown(desk, ConfirmDialog)
        await desk.press("down", "enter")
        await until_marked(desk, MANY)
        assert len(screen(desk).table.held) == held
        await desk.press("space")
        assert len(screen(desk).table.marks) == MANY - 1
        assert "99,999 full refunds of about 4,199,958.00 USD" in everything_said(desk)
        await desk.press("u")
        assert not screen(desk).table.marks


async def test_a_range_over_many_pages_is_read_by_its_ends(
    store: Store, mia: Actor, pay: Pay, url: str
) -> None:
    """From the third row to the last of the list, though its middle is not held."""
    pay(4200)
    many(url, 1_999)
    async with at_work(store, mia, size=(100, 30)) as desk:
        await desk.press("j", "j", "v", "G")
        await settled(desk)
        assert "range: space marks it, esc drops it" in everything_said(desk)
        await desk.press("space")
        await until_shown(desk, ConfirmDialog)
        assert "Mark 1,998 payments?" in everything_said(desk)
        await desk.press("down", "enter")
        await until_marked(desk, 1_998)
        assert not screen(desk).table.ranging


async def test_escape_leaves_a_range_before_it_clears_the_filter(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """One key, one step back."""
    pay(100, "eur")
    async with at_work(store, mia) as desk:
        await type_filter(desk, "currency:eur")
        await desk.press("enter", "v", "escape")
        await settled(desk)
        assert not screen(desk).table.ranging
        assert screen(desk).bar.query_text == "currency:eur"
        await desk.press("escape")
        await settled(desk)
        assert screen(desk).bar.query_text == ""


async def test_too_many_are_refused_in_a_sentence(
    store: Store, mia: Actor, pay: Pay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the limit nothing is marked, and it says what helps."""
    monkeypatch.setattr(limits, "MOST", 2)
    for _ in range(3):
        pay()
    async with at_work(store, mia) as desk:
        await desk.press("asterisk")
        await settled(desk)
        assert not screen(desk).table.marks
        told = screen(desk).result.told.plain
        assert told.startswith("✗ nothing was marked: more than 2 payments")
        assert "narrow the filter" in told


async def test_cursor_marks_and_target_are_ids(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """Rows come and go around the cursor, order and filter change: it stays on P."""
    funds(1_000_000)
    made = [pay(1000 + number) for number in range(9)]
    chosen, neighbours = made[4], (made[3], made[5])
    marks = [made[index].id for index in (8, 7, 0)]
    async with at_work(store, mia, size=(100, 30)) as desk:
        await type_filter(desk, "status:succeeded")
        await desk.press("enter", "space", "space", "G", "space", "k", "k", "k", "k")
        await settled(desk)
        assert on(desk) == chosen.id
        for _ in range(50):
            pay(5000)
        for one in neighbours:
            store.refunds.create(payment_intent=one.id, actor=mia)
        for key in ("R", "s", "S"):
            await desk.press(key)
            await settled(desk)
            assert on(desk) == chosen.id
            assert list(screen(desk).table.marks) == marks
        held = screen(desk).table.held
        assert not {one.id for one in neighbours} & set(held)
        await desk.press("r")
        await until_shown(desk, ArmedDialog)
        assert names.short(chosen.id) in everything_said(desk)
        await confirm(desk)
        assert [one.money.amount for one in _refunds(store, chosen.id)] == [1004]


def _refunds(store: Store, payment: str) -> tuple[Refund, ...]:
    return store.payments.find(payment).refunds
