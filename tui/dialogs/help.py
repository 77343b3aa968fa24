"""Help: every key that works here; typing filters by word or key, enter runs.

What a narrow terminal cuts is said in full under the list, of the row under the cursor.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Resize
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.action import Action
from tui.actions import BACK, bindings
from tui.dialogs.dialog import Dialog
from tui.status import QUIET
from tui.text import GAP, Cell, cells, columns, fit, line
from tui.widgets.still_input import StillInput

WIDEST = 100
_FRAME = 5
"""Cells that border, padding and scrollbar need."""
_EDGES = 4
"""Of them, what border and padding need."""
_KEYS_WIDTH, _TITLE_WIDTH = 10, 20
_LONGEST = 40


class HelpDialog(Dialog[str | None]):
    """Returns the id of the action to run, or None when it was closed."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(BACK),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    def __init__(self, offered: Sequence[Action]) -> None:
        super().__init__()
        self._offered = offered
        self._width: int | None = None

    def compose(self) -> ComposeResult:
        """Put the field over the list."""
        with Vertical(classes="box") as box:
            box.border_title = Content("Keys")
            box.border_subtitle = Content("type a word or a key · enter runs · esc")
            yield StillInput(
                placeholder="cancel refund, copy, x …", longest=_LONGEST, id="word"
            )
            yield OptionList(compact=True)
            yield Static(id="whole")

    def on_mount(self) -> None:
        """Begin with every action and the cursor in the field."""
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()
        self._list("")

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Show the actions that have every word, or that key, an exact key first."""
        self._list(event.value.strip())

    def on_resize(self, event: Resize) -> None:
        """Draw the rows anew where they have another width."""
        rows = self.query_one(OptionList)
        width = min(WIDEST, event.size.width)
        longest = max(cells(one.help) for one in self._offered)
        self.query_one("#whole").styles.height = 1 if longest <= width - _EDGES else 2
        if self._width not in (None, width):
            place = rows.highlighted
            self._list(self.query_one(Input).value.strip())
            rows.highlighted = place
        self._width = width

    @on(OptionList.OptionHighlighted)
    def tell(self, event: OptionList.OptionHighlighted) -> None:
        """Say in full what the row under the cursor has no room for."""
        (under,) = (one for one in self._offered if one.id == event.option_id)
        whole = under.help if cells(under.help) > self._room else ""
        self.query_one("#whole", Static).update(line((whole, f"${QUIET}")))

    @property
    def _room(self) -> int:
        """Return how many cells a row has for what its action does."""
        width = min(WIDEST, self.app.size.width)
        return width - _FRAME - _KEYS_WIDTH - _TITLE_WIDTH

    @on(Input.Submitted)
    def run(self) -> None:
        """Return the action under the cursor."""
        rows = self.query_one(OptionList)
        if rows.highlighted is not None:
            self.dismiss(rows.get_option_at_index(rows.highlighted).id)

    @on(OptionList.OptionSelected)
    def run_clicked(self, event: OptionList.OptionSelected) -> None:
        """Return the action that was clicked."""
        self.dismiss(event.option.id)

    def action_move(self, step: int) -> None:
        """Move in the list while the cursor stays in the field."""
        rows = self.query_one(OptionList)
        if step > 0:
            rows.action_cursor_down()
        else:
            rows.action_cursor_up()

    def action_back(self) -> None:
        """Close without running anything."""
        self.dismiss(None)

    def _list(self, typed: str) -> None:
        rows = self.query_one(OptionList)
        rows.clear_options()
        found = matching(self._offered, typed)
        rows.add_options(_row(action, self._room) for action in found)
        rows.highlighted = 0 if rows.option_count else None
        if not rows.option_count:
            self.query_one("#whole", Static).update("")


def matching(offered: Sequence[Action], typed: str) -> list[Action]:
    """Return the actions with that key first, then those with every typed word."""
    if not typed:
        return list(offered)
    by_key = [action for action in offered if typed in action.all_keys.split()]
    words = typed.lower().split()
    by_word = [
        action
        for action in offered
        if action not in by_key
        and all(word in f"{action.title} {action.help}".lower() for word in words)
    ]
    return by_key + by_word


def _row(action: Action, room: int) -> Option:
    prompt = line(
        columns(
            (Cell(action.all_keys, _KEYS_WIDTH - len(GAP)), "bold $accent"),
            Cell(action.title, _TITLE_WIDTH - len(GAP), whole=True),
        ),
        GAP,
        (fit(action.help, room).rstrip(), f"${QUIET}"),
    )
    return Option(prompt, id=action.id)
