"""Actions on many payments at once: marks, and the bulk refund they are for."""

from tui.action import Action

MARK = Action(
    "mark", "space", "mark", "Mark", "Mark or unmark the payment and move down."
)
MARK_RANGE = Action(
    "mark_range",
    "v",
    "",
    "Mark a range",
    "Begin a range: moving extends it, space or enter marks it, esc drops it.",
)
UNMARK = Action("unmark", "u", "", "Unmark all", "Take every mark away.")
MARKING = (MARK, MARK_RANGE, UNMARK)
"""What marks payments."""

MARK_ALL = Action(
    "mark_all",
    "asterisk",
    "",
    "Mark all",
    "Mark every payment that the filter finds, on all pages.",
)
INVERT = Action(
    "invert",
    "tilde",
    "",
    "Invert the marks",
    "Mark what the filter finds and is not marked, unmark the rest of it.",
)
BULK_REFUND = Action(
    "bulk_refund",
    "B",
    "",
    "Bulk refund…",
    "Refund all marked payments in full, after a plan and a typed phrase.",
    changes=True,
)
MARKED = (MARK_ALL, INVERT, BULK_REFUND)
"""What the list of payments can do with many of them at once."""

BULK_RESUME = Action(
    "bulk_resume",
    "b",
    "",
    "Bulk resume…",
    "Show the bulk refund that goes on, or resume one that was left.",
)
BULK_PAUSE = Action(
    "bulk_pause", "p", "pause", "Pause", "Stand still after this piece.", changes=True
)
BULK_GO_ON = Action(
    "bulk_go_on", "p", "go on", "Go on", "Refund what is left of it.", changes=True
)
BULK_STOP = Action(
    "bulk_stop",
    "s",
    "stop",
    "Stop…",
    "End the bulk: what is queued is not refunded.",
    changes=True,
)
BULK_RETRY = Action(
    "bulk_retry",
    "R",
    "retry failed",
    "Retry failed only…",
    "Try again what failed and may be tried again, and nothing else.",
    changes=True,
)
BULK_FAILED = Action(
    "bulk_failed", "f", "failed only", "Failed only", "Show only what was not refunded."
)
BULK_ALL = Action(
    "bulk_all", "v", "show all", "Show all", "Show every payment of the bulk again."
)
ON_BULK = (BULK_PAUSE, BULK_GO_ON, BULK_STOP, BULK_RETRY, BULK_FAILED, BULK_ALL)
"""What can be done to a bulk refund."""
