"""FailedTable: refunds that failed, as a list of any length."""

from store.desk.follow_up import FailedRefund
from tui.widgets.failed_columns import FAILED_REFUNDS
from tui.widgets.row_table import RowTable


class FailedTable(RowTable[FailedRefund]):
    """A virtual list of failed refunds, the one that failed last on top."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(FAILED_REFUNDS, id)
