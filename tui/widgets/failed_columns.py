"""Failed columns: what a row of the failed refunds shows, by priority."""

from store.desk.follow_up import FailedRefund
from tui import status
from tui.status import DONE
from tui.widgets.sheet import Column, Sheet
from tui.words.cells import plain
from tui.words.method import brief
from tui.words.names import short
from tui.words.times import Times


def look(failed: FailedRefund) -> status.Look:
    """Return how it looks: failed until somebody has dealt with it."""
    return DONE if failed.is_done else status.of_refund(failed.refund)


def _status(failed: FailedRefund, _: Times) -> str:
    return look(failed).tag


def _age(failed: FailedRefund, times: Times) -> str:
    return times.age(failed.returned_at or failed.refund.created)


def _amount(failed: FailedRefund, _: Times) -> str:
    return str(failed.refund.money)


def _why(failed: FailedRefund, _: Times) -> str:
    return plain(failed.why)


def _customer(failed: FailedRefund, _: Times) -> str:
    return plain(failed.customer)


def _refund(failed: FailedRefund, _: Times) -> str:
    return short(failed.refund.id)


def _method(failed: FailedRefund, _: Times) -> str:
    return brief(failed.method)


def _by(failed: FailedRefund, _: Times) -> str:
    return plain(failed.done_by if failed.is_done else failed.refund.actor)


def _variable(failed: FailedRefund) -> str:
    return look(failed).variable


WHY = Column("WHY", 20, _why)
FAILED_REFUNDS = Sheet(
    fixed=(
        Column("STATUS", 6, _status),
        Column("AGE", 6, _age, right=True),
        Column("AMOUNT", 14, _amount, right=True, whole=True),
    ),
    further=(
        WHY,
        Column("CUSTOMER", 16, _customer),
        Column("REFUND", 12, _refund, quiet=True),
        Column("METHOD", 10, _method, quiet=True),
        Column("BY", 8, _by, quiet=True),
    ),
    stretched=WHY,
    widest=52,
    variable=_variable,
)
"""What the inbox of failed refunds shows."""
