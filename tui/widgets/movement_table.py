"""MovementTable: what moved on the balance as a list of any length."""

from store.outcome import Movement
from tui.widgets.movement_columns import MOVEMENTS
from tui.widgets.row_table import RowTable


class MovementTable(RowTable[Movement]):
    """A virtual list of movements, the newest on top."""

    def __init__(self) -> None:
        super().__init__(MOVEMENTS)
