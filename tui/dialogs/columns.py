"""Columns: which columns the list shows after the fixed ones, and in which order."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.actions import OPEN, bindings
from tui.dialogs.choosing import ListDialog
from tui.status import QUIET
from tui.text import line
from tui.view_actions import EARLIER, IN_COLUMNS, LATER, TOGGLE
from tui.widgets.columns import TITLES

SHOWN, HIDDEN = "✓", " "


class ColumnsDialog(ListDialog[tuple[str, ...]]):
    """Returns the titles of the columns to show, in order."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(IN_COLUMNS)

    def __init__(self, shown: Sequence[str]) -> None:
        super().__init__()
        self._order = [*shown, *(title for title in TITLES if title not in shown)]
        self._shown = set(shown)

    def title_line(self) -> Content:
        """Return what is chosen here."""
        return Content("Columns")

    def hint(self) -> str:
        """Return the keys."""
        moves = f"{EARLIER.key} {LATER.key} moves"
        return f"{TOGGLE.key} shows or hides · {moves} · {OPEN.key} keeps · esc"

    def rows(self, width: int) -> list[Option]:
        """Return every column, those that are shown with a sign."""
        del width
        return [
            Option(
                line(
                    (SHOWN if title in self._shown else HIDDEN, "bold $accent"),
                    (f" {title}", "" if title in self._shown else f"${QUIET}"),
                ),
                id=title,
            )
            for title in self._order
        ]

    def chosen(self, id_: str) -> None:
        """Return what is shown now; a list without columns shows what there is."""
        del id_
        self.dismiss(tuple(title for title in self._order if title in self._shown))

    def action_show_column(self) -> None:
        """Show the column under the cursor, or hide it."""
        if (place := self._place) is not None:
            self._shown ^= {self._order[place]}
            self._again(place)

    def action_earlier(self) -> None:
        """Move the column under the cursor to the left."""
        self._swap(-1)

    def action_later(self) -> None:
        """Move the column under the cursor to the right."""
        self._swap(1)

    @property
    def _place(self) -> int | None:
        return self.query_one(OptionList).highlighted

    def _swap(self, step: int) -> None:
        place = self._place
        if place is not None and 0 <= place + step < len(self._order):
            titles = self._order
            titles[place], titles[place + step] = titles[place + step], titles[place]
            self._again(place + step)

    def _again(self, place: int) -> None:
        rows = self.query_one(OptionList)
        rows.clear_options()
        rows.add_options(self.rows(0))
        rows.highlighted = place
