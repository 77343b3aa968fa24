"""Log actions: what can be done about refunds that failed, and with events."""

from tui.action import Action

RETRY_REFUND = Action(
    "retry_refund",
    "a",
    "try again",
    "Try again…",
    "Refund the same amount again, in place of the refund that failed.",
    changes=True,
)
FINISH = Action(
    "finish",
    "d",
    "done",
    "Done, with a note…",
    "Take a failed refund out of the inbox and note what was done.",
    changes=True,
)
SHOW_DONE = Action(
    "show_done", "D", "", "Show done", "Show those that are done, or the open ones."
)
TO_PAYMENT = Action(
    "to_payment", "o", "payment", "Go to the payment", "Show the refund's payment."
)
ON_FAILED = (RETRY_REFUND, FINISH, TO_PAYMENT, SHOW_DONE)
"""What the inbox of failed refunds can do besides."""

TO_OBJECT = Action(
    "to_object",
    "o",
    "object",
    "Go to the object",
    "Show the refund, payment or bulk that the event is about.",
)
COPY_JSON = Action(
    "copy_json", "J", "copy JSON", "Copy JSON", "Copy the event as the API gives it."
)
ON_EVENT = (TO_OBJECT, COPY_JSON)
"""What can be done with an event besides."""
