"""Actions: one declaration each → key, footer, menu, palette, help, keymap, README.

An action's id is the name of its method (`action_<id>`) and of its entry in a keymap.
No single key changes money: what follows the key is a dialog.
"""

from dataclasses import dataclass

from textual.binding import Binding, BindingType

from tui.text import pressable


@dataclass(frozen=True, slots=True)
class Action:
    """Something an agent can do: its keys, its words, and where it is offered."""

    id: str
    keys: str
    """Comma-separated, the first is the one that is shown."""
    label: str
    """What the footer calls it; empty keeps it out of the footer."""
    title: str
    """What menu, palette and help call it."""
    help: str
    """One sentence: what it does."""

    @property
    def binding(self) -> Binding:
        """Return the key binding that runs it."""
        return Binding(
            self.keys,
            self.id,
            self.label or self.title,
            show=bool(self.label),
            key_display=self.key,
            tooltip=self.help,
            id=self.id,
            priority=self.id == "quit",
        )

    @property
    def key(self) -> str:
        """Return the key to show for it."""
        return pressable(self.keys.split(",")[0])

    @property
    def all_keys(self) -> str:
        """Return every key that runs it, as they are printed on the keyboard."""
        return " ".join(pressable(key) for key in self.keys.split(","))


HELP = Action(
    "help",
    "question_mark,f1",
    "help",
    "Help",
    "List every key; typing filters, enter runs.",
)
PALETTE = Action(
    "command_palette",
    "ctrl+p",
    "",
    "Command palette",
    "Run an action by typing a part of its name.",
)
BACK = Action("back", "escape", "", "Back", "Clear the filter, or go back.")
LEAVE = Action("leave", "q", "", "Back or quit", "Go back; quit from the first screen.")
QUIT = Action("quit", "Q,ctrl+q", "", "Quit", "Leave Refund Desk.")
PAYMENTS = Action("payments", "1", "", "Payments", "Go to the payments.")
PENDING = Action("pending", "2", "", "Pending", "Go to the refunds that wait.")
RELOAD = Action("reload", "R,f5", "", "Reload", "Read the store again.")
ZONE = Action(
    "zone", "z", "", "Time zone", "Read times in the local zone, in UTC, or as ages."
)
THEME = Action("theme", "T", "", "Theme", "Change to the next theme.")
EVERYWHERE = (
    HELP,
    PALETTE,
    BACK,
    LEAVE,
    QUIT,
    PAYMENTS,
    PENDING,
    RELOAD,
    ZONE,
    THEME,
)
"""What every screen can do."""

DOWN = Action("down", "j,down", "", "Down", "Move to the next row.")
UP = Action("up", "k,up", "", "Up", "Move to the row before.")
TOP = Action("top", "g,home", "", "Top", "Move to the first row.")
BOTTOM = Action("bottom", "G,end", "", "Bottom", "Move to the last row.")
HALF_DOWN = Action("half_down", "ctrl+d", "", "Half a page down", "Move half a page.")
HALF_UP = Action("half_up", "ctrl+u", "", "Half a page up", "Move half a page back.")
PAGE_DOWN = Action("page_down", "pagedown", "", "Page down", "Move a page.")
PAGE_UP = Action("page_up", "pageup", "", "Page up", "Move a page back.")
MOVES = (DOWN, UP, TOP, BOTTOM, HALF_DOWN, HALF_UP, PAGE_DOWN, PAGE_UP)
"""How the cursor moves in every list."""

COLUMNS_RIGHT = Action(
    "columns_right", "right", "", "Columns right", "Show the columns further right."
)
COLUMNS_LEFT = Action(
    "columns_left", "left", "", "Columns left", "Show the columns further left."
)
MARK = Action(
    "mark", "space", "mark", "Mark", "Mark or unmark the payment and move down."
)
UNMARK = Action("unmark", "u", "", "Unmark all", "Take every mark away.")
OPEN = Action("open", "enter", "open", "Open", "Show what is under the cursor.")
ROWS = (COLUMNS_RIGHT, COLUMNS_LEFT, MARK, UNMARK, OPEN)
"""What the list of payments can do with its rows."""

FILTER = Action(
    "filter",
    "slash",
    "filter",
    "Filter",
    "Narrow the list as you type: words, status: amount> email: last4: currency:.",
)
NEXT_TAB = Action(
    "next_tab", "right_square_bracket", "", "Next tab", "Show the next status tab."
)
PREVIOUS_TAB = Action(
    "previous_tab",
    "left_square_bracket",
    "",
    "Previous tab",
    "Show the status tab before.",
)
SORT = Action("sort", "s", "", "Sort", "Order by time, or by amount.")
REVERSE = Action("reverse", "S", "", "Reverse order", "Turn the order round.")
KEEP = Action(
    "keep", "enter,down", "keep", "Keep the filter", "Go to the list; the filter stays."
)
CLEAR = Action("clear", "escape", "clear", "Clear the filter", "Take the filter away.")
TYPING = (KEEP, CLEAR)
"""What ends the typing of a filter."""
LIST = (FILTER, NEXT_TAB, PREVIOUS_TAB, SORT, REVERSE)
"""What the list of payments can do as a whole."""

REFUND = Action(
    "refund",
    "r",
    "refund",
    "Refund payment…",
    "Refund all that is left of the payment.",
)
PARTIAL_REFUND = Action(
    "partial_refund", "p", "", "Partial refund…", "Refund a part of the payment."
)
CANCEL_REFUND = Action(
    "cancel_refund",
    "x",
    "cancel refund",
    "Cancel refund…",
    "Stop a refund before it is final.",
)
CANCEL_PAYMENT = Action(
    "cancel_payment",
    "c",
    "",
    "Cancel payment…",
    "Give up an uncaptured payment; the customer's money is freed.",
)
LOOK_UP = Action(
    "look_up",
    "l",
    "reference",
    "Look up reference…",
    "Show the number by which the bank traces the refund.",
)
COPY_ID = Action("copy_id", "y", "copy", "Copy id", "Copy the id.")
COPY_MORE = Action(
    "copy_more",
    "Y",
    "",
    "Copy more…",
    "Choose what to copy: ids, the reference, the email address.",
)
MENU = Action(
    "menu", "full_stop,f10", "menu", "Menu", "List what can be done, and why not."
)
ON_PAYMENT = (
    REFUND,
    PARTIAL_REFUND,
    CANCEL_REFUND,
    CANCEL_PAYMENT,
    LOOK_UP,
    COPY_ID,
    COPY_MORE,
)
"""The rows of a payment's menu, in order."""
ON_REFUND = (CANCEL_REFUND, LOOK_UP, COPY_ID, COPY_MORE)
"""What can be done to one refund."""

TOP_UP = Action(
    "top_up", "t", "top up", "Top up…", "Add funds, so that waiting refunds go out."
)
ON_PENDING = (TOP_UP,)
"""What the screen of waiting refunds can do besides."""

ALL = (
    *EVERYWHERE,
    *LIST,
    *TYPING,
    *ROWS,
    *MOVES,
    MENU,
    *ON_PENDING,
    *ON_PAYMENT,
)
"""Every action there is, once."""
BY_ID = {action.id: action for action in ALL}
"""Every action by its id."""


def bindings(*groups: tuple[Action, ...] | Action) -> list[BindingType]:
    """Return the bindings of actions and groups, in that order."""
    found: list[BindingType] = []
    for group in groups:
        actions = (group,) if isinstance(group, Action) else group
        found.extend(action.binding for action in actions)
    return found
