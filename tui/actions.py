"""Actions: one declaration each → key, footer, menu, palette, help, keymap, README.

An action's id is the name of its method (`action_<id>`) and of its entry in a keymap.
No single key changes money: what follows the key is a dialog.
"""

from textual.binding import BindingType

from store.search.terms import HINT
from tui.action import Action
from tui.bulk_actions import BULK_RESUME, MARKED, MARKING, ON_BULK
from tui.log_actions import ON_EVENT, ON_FAILED
from tui.payment_actions import HISTORY, NOTE
from tui.view_actions import (
    COLUMNS,
    IN_COLUMNS,
    IN_VIEWS,
    RECALLING,
    TYPING,
    VIEWS,
)

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
COMMAND = Action(
    "command",
    "colon",
    "command",
    "Command line",
    "Type an action or a command such as pay, ref, refund, view, tz.",
)
BACK = Action("back", "escape", "", "Back", "Clear the filter, or go back.")
LEAVE = Action("leave", "q", "", "Back or quit", "Go back; quit from the first screen.")
QUIT = Action("quit", "Q", "", "Quit", "Leave Refund Desk; ctrl+q always does.")
PAYMENTS = Action("payments", "1", "", "Payments", "Go to the payments.")
PENDING = Action("pending", "2", "", "Pending", "Go to the refunds that wait.")
FAILED = Action("failed", "3", "", "Failed", "Go to the refunds that failed.")
BALANCE = Action("balance", "4", "", "Balance", "Go to the balance and what moved it.")
EVENTS = Action("events", "5", "", "Events", "Go to the log of what happened.")
RELOAD = Action("reload", "R,f5", "", "Reload", "Read the store again.")
ZONE = Action(
    "zone", "z", "", "Time zone", "Read times in the local zone, in UTC, or as ages."
)
THEME = Action("theme", "T", "", "Theme", "Change to the next theme.")
EVERYWHERE = (
    HELP,
    PALETTE,
    COMMAND,
    BACK,
    LEAVE,
    QUIT,
    PAYMENTS,
    PENDING,
    FAILED,
    BALANCE,
    EVENTS,
    BULK_RESUME,
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
OPEN = Action("open", "enter", "open", "Open", "Show what is under the cursor.")
ALONG = (COLUMNS_RIGHT, COLUMNS_LEFT, OPEN)
"""What every wide list can do with its rows."""
ROWS = (*ALONG, *MARKING)
"""What the list of payments can do with its rows."""

FILTER = Action(
    "filter",
    "slash",
    "filter",
    "Filter",
    f"Narrow the list as you type: {HINT}.",
)
FIND = Action(
    "find",
    "slash",
    "find",
    "Find a payment",
    "Go to the payments and narrow them as you type.",
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
LIST = (FILTER, NEXT_TAB, PREVIOUS_TAB, SORT, REVERSE, VIEWS, COLUMNS)
"""What the list of payments can do as a whole."""

REFUND = Action(
    "refund",
    "r",
    "refund",
    "Refund payment…",
    "Refund all that is left of the payment.",
    changes=True,
)
PARTIAL_REFUND = Action(
    "partial_refund",
    "p",
    "",
    "Partial refund…",
    "Refund a part of the payment.",
    changes=True,
)
CANCEL_REFUND = Action(
    "cancel_refund",
    "x",
    "cancel refund",
    "Cancel refund…",
    "Undo a refund: stop it before it is final.",
    changes=True,
)
CANCEL_PAYMENT = Action(
    "cancel_payment",
    "c",
    "",
    "Cancel payment…",
    "Give up an uncaptured payment; the customer's money is freed.",
    changes=True,
)
LOOK_UP = Action(
    "look_up",
    "l",
    "reference",
    "Look up reference…",
    "Show the ARN, RRN or STAN by which the bank traces the refund.",
)
LETTER = Action(
    "letter",
    "m",
    "letter",
    "Customer letter…",
    "Show what to tell the customer of a refund; copy or mail it.",
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
    LETTER,
    NOTE,
    HISTORY,
)
"""The rows of a payment's menu, in order."""
ON_REFUND = (CANCEL_REFUND, LOOK_UP, LETTER, COPY_ID, COPY_MORE)
"""What can be done to one refund."""

TOP_UP = Action(
    "top_up",
    "t",
    "top up",
    "Top up…",
    "Add funds, so that waiting refunds go out.",
    changes=True,
)
COVER = Action(
    "cover",
    "A",
    "cover all",
    "Cover all shortfalls…",
    "Add to every currency what its waiting refunds are short of.",
    changes=True,
)
EXPORT = Action(
    "export",
    "e",
    "export",
    "Export…",
    "Write the list as it is filtered into a file: CSV or JSON lines.",
)
ON_PENDING = (TOP_UP, COVER)
"""What the screen of waiting refunds can do besides."""
NEXT_CURRENCY = Action(
    "next_currency",
    "right_square_bracket",
    "",
    "Next currency",
    "Show the movements of the next currency.",
)
PREVIOUS_CURRENCY = Action(
    "previous_currency",
    "left_square_bracket",
    "",
    "Previous currency",
    "Show the movements of the currency before.",
)
KIND = Action(
    "kind", "slash", "filter", "Filter by kind…", "Show one kind of movement, or all."
)
PLOT = Action("plot", "p", "plot", "Plot", "Show or hide the plot of the last 30 days.")
ON_BALANCE = (NEXT_CURRENCY, PREVIOUS_CURRENCY, KIND, PLOT)
"""What the balance screen can do besides."""

ALL = (
    *EVERYWHERE,
    *LIST,
    *TYPING,
    *RECALLING,
    *ROWS,
    *MARKED,
    *ON_BULK,
    *MOVES,
    *ON_FAILED,
    *ON_EVENT,
    MENU,
    EXPORT,
    *ON_PENDING,
    *ON_BALANCE,
    *ON_PAYMENT,
    FIND,
    *IN_VIEWS,
    *IN_COLUMNS,
)
"""Every action there is, once."""
ACTIONS_NOT_TYPED = (COMMAND, *TYPING, *RECALLING, *IN_VIEWS, *IN_COLUMNS)
"""Those that only mean something while something is being typed or chosen."""
BY_ID = {action.id: action for action in ALL}
"""Every action by its id."""


def bindings(*groups: tuple[Action, ...] | Action) -> list[BindingType]:
    """Return the bindings of actions and groups, in that order."""
    found: list[BindingType] = []
    for group in groups:
        actions = (group,) if isinstance(group, Action) else group
        found.extend(action.binding for action in actions)
    return found
