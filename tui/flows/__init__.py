"""Flows: from a key to an answered request; each returns the line that says what came.

A flow reads, asks in a dialog, and writes once. It returns None when the agent kept
things as they are. It must run in a worker of the screen it starts from.
"""

from tui.flows.attempt import Desk
from tui.flows.payments import cancel_payment
from tui.flows.references import look_up
from tui.flows.refunds import cancel_refund, refund
from tui.flows.topups import top_up

__all__ = [
    "Desk",
    "cancel_payment",
    "cancel_refund",
    "look_up",
    "refund",
    "top_up",
]
