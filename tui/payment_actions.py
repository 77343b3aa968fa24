"""Actions on a payment that move no money."""

from tui.action import Action

NOTE = Action(
    "note",
    "n",
    "",
    "Add note…",
    "Write something down about the payment, for whoever looks next.",
    changes=True,
)
HISTORY = Action(
    "history",
    "h",
    "",
    "Refund history…",
    "Show what the customer was refunded: who, when, how much, on any payment.",
)
