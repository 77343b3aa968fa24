"""The yardstick: a bare Textual app with one DataTable of N rows."""

import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable

COLUMNS = ("ST", "AMOUNT", "REFUNDED", "CUSTOMER", "METHOD", "CREATED", "BY", "ID")
"""The columns of the console's own list."""


class Bare(App[None]):
    """Nothing but a table."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "down", "Down"),
    ]

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        """Show the table."""
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Fill the table before the first frame."""
        table = self.query_one(DataTable)
        table.add_columns(*COLUMNS)
        table.add_rows(
            (
                "OK   ✓",
                f"{n}.00 USD",
                "0.00",
                f"customer{n}@example.com",
                "visa 4242",
                "21 Nov 13:40",
                "mia",
                f"pi_3NirD82eZvKYlo2C{n:08d}",
            )
            for n in range(self._rows)
        )
        table.focus()

    def action_down(self) -> None:
        """Move the cursor down."""
        self.query_one(DataTable).action_cursor_down()


if __name__ == "__main__":
    Bare(int(sys.argv[1])).run()
