"""Cells of a row: apart from each other, and an amount is there whole or not at all."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from a_list import line as a_payment
from hypothesis import example, given
from hypothesis import strategies as st

from store.balance import Waiting
from store.cli import output
from store.desk.caution import PastRefund
from store.money import Money
from store.reference import ReferenceMatch, ReferenceType
from store.refund import Refund, RefundStatus
from tui.dialogs.history import HistoryDialog
from tui.dialogs.matches import MatchesDialog
from tui.dialogs.pick_refund import Candidate, PickRefundDialog
from tui.text import Zone, columns
from tui.widgets import payment_facts, pending_rows
from tui.widgets.bulk_columns import BULK
from tui.widgets.columns import PAYMENTS
from tui.widgets.event_columns import EVENTS
from tui.widgets.failed_columns import FAILED_REFUNDS
from tui.widgets.movement_columns import MOVEMENTS
from tui.widgets.sheet import Sheet, lay_out
from tui.words.cells import GAP, Cell, cells, spaced
from tui.words.times import Times

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TIMES = Times(Zone(UTC), NOW)
LARGEST = Money(999_999_999_999, "idr")
"""As wide as amounts get: 9,999,999,999.99 IDR."""
texts = st.text("aé佐藤👍🏽\u0301 1,0", max_size=30)
amounts = st.integers(-(10**14), 10**14).map(lambda n: str(Money(n, "usd")))
drawn_cells = st.builds(
    lambda text, width, right, amount: (
        Cell(amount, width, right=True, whole=True)
        if amount
        else Cell(text, width, right)
    ),
    texts,
    st.integers(1, 20),
    st.booleans(),
    st.none() | amounts,
)
rows = st.lists(drawn_cells, min_size=1, max_size=7)


def whole_or_nothing(cell: Cell, drawn: str) -> bool:
    """Tell whether a cell that must not be cut is there, or a sign that it is not."""
    return not cell.whole or drawn.strip() in (cell.text, "…")


@given(rows)
@example([Cell("pyr_1Q…xp8Gc", 12), Cell("12,010.00 USD", 9, right=True, whole=True)])
def test_a_row_has_its_width_and_its_cells_are_apart(row: list[Cell]) -> None:
    """Whatever stands in them, and however wide the letters are."""
    drawn = spaced(row)
    assert sum(map(cells, drawn)) == sum(one.width for one in row)
    for cell, text in zip(row, drawn, strict=True):
        assert whole_or_nothing(cell, text)
    line = GAP.join(drawn)
    at = 0
    for text in drawn[:-1]:
        at += len(text)
        assert line[at : at + len(GAP)] == GAP
        at += len(GAP)


@given(rows)
def test_a_row_that_may_grow_holds_every_amount(row: list[Cell]) -> None:
    """Rows of dialogs get wider before an amount is cut, or runs into an id."""
    drawn = spaced(row, grows=True)
    for cell, text in zip(row, drawn, strict=True):
        assert text.strip() == cell.text if cell.whole else cells(text) <= cell.width
    shown = columns(*row).plain
    assert shown == GAP.join(drawn)
    for cell in row:
        assert not cell.whole or cell.text in f" {shown} "


@pytest.mark.parametrize("sheet", [PAYMENTS, MOVEMENTS, EVENTS, BULK, FAILED_REFUNDS])
def test_no_list_cuts_its_amounts(sheet: Sheet[Any]) -> None:
    """Every column of amounts of every list says so."""
    titles = {"AMOUNT", "REFUNDED", "NET", "BALANCE", "FEE", "NEEDS"}
    for column in (*sheet.fixed, *sheet.further):
        assert column.whole == (column.title in titles), column.title


@given(st.integers(60, 200), st.integers(1, 999_999_999_999), texts)
def test_the_payments_show_any_amount(width: int, amount: int, name: str) -> None:
    """The row is as wide as its titles; the largest amount is read as what it is."""
    layout = lay_out(PAYMENTS, width)
    payment = replace(
        a_payment(1, name=name or "Ada"),
        money=Money(amount, "idr"),
        refunded=Money(amount, "idr"),
    )
    drawn = layout.texts(payment, TIMES)
    assert cells(GAP.join(drawn)) == cells(layout.title)
    assert str(Money(amount, "idr")) in [one.strip() for one in drawn]


def a_refund(number: int = 1) -> Refund:
    """Return a refund whose id and amount are as wide as they get."""
    return Refund(
        f"pyr_1QabcdefghijkLMNOPxp8Gc{number}",
        LARGEST,
        RefundStatus.SUCCEEDED,
        NOW,
        charge="ch_1",
    )


def prompts(dialog: HistoryDialog | MatchesDialog | PickRefundDialog) -> list[str]:
    """Return what the rows of a dialog say."""
    return [str(row.prompt) for row in dialog.rows(72)]


def rows_by_hand() -> list[str]:
    """Return rows of dialogs and panes that hold the widest of everything."""
    refund, payment = a_refund(), "pi_3NirD82eZvKYlo2C1QabcdX"
    past = PastRefund(
        refund.id, payment, LARGEST, refund.status, NOW, "a-long-name-of-an-agent"
    )
    match = ReferenceMatch(ReferenceType.STAN, "1", refund.id, payment, LARGEST, NOW)
    waiting = Waiting(refund, payment, "佐藤" * 20, 1, LARGEST)
    return [
        str(payment_facts.refund_row(refund, TIMES)[1]),
        *prompts(PickRefundDialog("Which", (Candidate(refund),), TIMES)),
        *prompts(HistoryDialog([past], "pi_other", TIMES))[1:2],
        *prompts(MatchesDialog("1", [match], TIMES)),
        *(str(pending_rows.row(waiting, width, TIMES)) for width in (76, 96, 130)),
    ]


@pytest.mark.parametrize("number", range(7))
def test_dialogs_and_panes_keep_amounts_apart(number: int) -> None:
    """The largest refund cannot be misread beside the longest id or name."""
    row = rows_by_hand()[number]
    before, found, after = row.partition(str(LARGEST))
    assert found
    assert before.endswith(" ")
    assert not after or after[0] in " \n"


@given(st.integers(20, 160), texts, st.integers(-(10**12), 10**12))
def test_tables_of_the_command_line(width: int, text: str, amount: int) -> None:
    """Ids and amounts are on one line each, apart from what is beside them."""
    id_ = "pyr_1QabcdefghijkLMNOPxp8Gc1"
    one = {"id": id_, "created": 0, "amount": amount, "currency": "usd"}
    shape = {"object": "list", "data": [{**one, "status": text}], "has_more": False}
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("COLUMNS", str(width))
        patched.setattr("sys.stdout", told := io.StringIO())
        output.show(shape, "refunds", output.Form.TABLE)
    line = next(line for line in told.getvalue().splitlines() if id_ in line)
    assert line.split()[0] == id_
    assert f" {Money(amount, 'usd')} " in f"{line} "
