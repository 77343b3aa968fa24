"""Bulk columns: what a row of a bulk refund shows: one payment and its outcome."""

from store.bulk import BulkItem
from tui.status import BULK_ITEMS
from tui.widgets.row_table import RowTable
from tui.widgets.sheet import Column, Sheet
from tui.words.cells import plain
from tui.words.names import short, shortened
from tui.words.times import Times


def _status(item: BulkItem, _: Times) -> str:
    return BULK_ITEMS[item.state].tag


def _payment(item: BulkItem, _: Times) -> str:
    return short(item.payment)


def _amount(item: BulkItem, _: Times) -> str:
    return str(item.amount)


def outcome(item: BulkItem) -> str:
    """Return what became of a payment: a word, and why where there is a reason."""
    word = BULK_ITEMS[item.state].word
    if not item.message:
        return word
    said = plain(item.message)
    if said.lower().startswith(word):
        return said[:1].lower() + said[1:]
    return f"{word}: {said}"


def _outcome(item: BulkItem, _: Times) -> str:
    """Return why, where there is a reason: the word stands in the first column."""
    if not item.message:
        return BULK_ITEMS[item.state].word
    return shortened(plain(item.message))


def _refund(item: BulkItem, _: Times) -> str:
    return short(item.refund) if item.refund else plain(None)


def _customer(item: BulkItem, _: Times) -> str:
    return plain(item.customer)


def _variable(item: BulkItem) -> str:
    return BULK_ITEMS[item.state].variable


OUTCOME = Column("OUTCOME", 18, _outcome)
BULK = Sheet(
    fixed=(
        Column("STATUS", 6, _status),
        Column("AMOUNT", 14, _amount, right=True, whole=True),
        Column("PAYMENT", 12, _payment),
        OUTCOME,
    ),
    further=(
        Column("CUSTOMER", 22, _customer, quiet=True),
        Column("REFUND", 16, _refund, quiet=True),
    ),
    stretched=OUTCOME,
    widest=90,
    variable=_variable,
)
"""What the screen of a bulk refund lists."""


class BulkTable(RowTable[BulkItem]):
    """The payments of a bulk refund."""

    def __init__(self) -> None:
        super().__init__(BULK)
