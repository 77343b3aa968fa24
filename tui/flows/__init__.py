"""Flows: from a key to an answered request; each returns the line that says what came.

A flow reads, asks in a dialog, and writes once. It returns None when the agent kept
things as they are. It must run in a worker of the screen it starts from.
"""

from tui.flows.attempt import Desk
from tui.flows.failed import finish_failed, retry_refund
from tui.flows.letters import letter
from tui.flows.notes import add_note
from tui.flows.payments import cancel_payment
from tui.flows.references import look_up
from tui.flows.refunds import cancel_refund, refund
from tui.flows.topups import cover, top_up

__all__ = [
    "Desk",
    "add_note",
    "cancel_payment",
    "cancel_refund",
    "cover",
    "finish_failed",
    "letter",
    "look_up",
    "refund",
    "retry_refund",
    "top_up",
]
