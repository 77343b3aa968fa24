"""Status: each state's code, glyph, word and colour, declared once.

The code is always there, the glyph helps the eye, the colour comes third.
"""

from dataclasses import dataclass

from store.badge import Badge
from store.bulk import ItemState
from store.refund import PendingReason, Refund, RefundStatus
from store.search.language import Tab
from store.timeline.story import Mark

GOOD, PART, GONE = "status-good", "status-part", "status-gone"
WAITS, BAD, DISPUTE = "status-waits", "status-bad", "status-dispute"
QUIET = "status-quiet"
VARIABLES = (GOOD, PART, GONE, WAITS, BAD, DISPUTE, QUIET)
"""The theme variables of statuses; every theme defines them all."""
CODE_WIDTH = 4


@dataclass(frozen=True, slots=True)
class Look:
    """How a state looks: a code of at most four letters, a glyph, a word, a colour."""

    code: str
    glyph: str
    word: str
    variable: str

    @property
    def style(self) -> str:
        """Return the style to draw it in, for content."""
        return f"${self.variable}"

    @property
    def tag(self) -> str:
        """Return code and glyph in a fixed width of six cells."""
        return f"{self.code:<{CODE_WIDTH}} {self.glyph}"


BADGES: dict[Badge, Look] = {
    Badge.SUCCEEDED: Look("OK", "✓", "Succeeded", GOOD),
    Badge.PARTIAL_REFUND: Look("PART", "◐", "Partial refund", PART),
    Badge.REFUNDED: Look("RFND", "↩", "Refunded", GONE),
    Badge.REVERSED: Look("RVSD", "⇤", "Reversed", GONE),
    Badge.PARTIALLY_REVERSED: Look("PRVS", "◑", "Partially reversed", PART),
    Badge.REFUND_HELD: Look("HELD", "!", "Refund waits for funds", WAITS),
    Badge.REFUND_PROCESSING: Look("PEND", "…", "Refund is at the bank", WAITS),
    Badge.REFUND_WAITS_FOR_CHARGE: Look(
        "WAIT", "◷", "Refund waits for the charge to settle", WAITS
    ),
    Badge.REFUND_NEEDS_CUSTOMER: Look(
        "INFO", "?", "Refund needs the customer's bank details", WAITS
    ),
    Badge.REFUND_FAILED: Look("FAIL", "✗", "Refund failed", BAD),
    Badge.UNCAPTURED: Look("AUTH", "○", "Uncaptured", PART),
    Badge.PROCESSING: Look("PROC", "…", "Processing", WAITS),
    Badge.INCOMPLETE: Look("INCO", "◌", "Incomplete", QUIET),
    Badge.CANCELED: Look("CANC", "⊘", "Canceled", QUIET),
    Badge.EXPIRED: Look("EXPD", "⊘", "Expired", QUIET),
    Badge.FAILED: Look("FAIL", "✗", "Failed", BAD),
    Badge.BLOCKED: Look("BLCK", "⊗", "Blocked", BAD),
    Badge.DISPUTE_NEEDS_RESPONSE: Look("DISP", "⚑", "Dispute needs response", DISPUTE),
    Badge.DISPUTE_UNDER_REVIEW: Look("DISP", "⚐", "Dispute under review", DISPUTE),
    Badge.DISPUTE_WON: Look("WON", "⚑", "Dispute won", GOOD),
    Badge.DISPUTE_LOST: Look("LOST", "⚑", "Dispute lost", BAD),
}
"""How each badge of a payment looks."""

PENDING_REASONS: dict[PendingReason, Look] = {
    PendingReason.INSUFFICIENT_FUNDS: Look("HELD", "!", "waits for funds", WAITS),
    PendingReason.PROCESSING: Look("PEND", "…", "at the bank", WAITS),
    PendingReason.CHARGE_PENDING: Look(
        "WAIT", "◷", "waits for the charge to settle", WAITS
    ),
}
REFUNDS: dict[RefundStatus, Look] = {
    RefundStatus.SUCCEEDED: Look("OK", "✓", "sent", GOOD),
    RefundStatus.PENDING: PENDING_REASONS[PendingReason.PROCESSING],
    RefundStatus.REQUIRES_ACTION: Look(
        "INFO", "?", "needs the customer's bank details", WAITS
    ),
    RefundStatus.FAILED: Look("FAIL", "✗", "failed", BAD),
    RefundStatus.CANCELED: Look("CANC", "⊘", "canceled", QUIET),
}
BULK_ITEMS: dict[ItemState, Look] = {
    ItemState.SENT: Look("OK", "✓", "sent", GOOD),
    ItemState.HELD: Look("HELD", "!", "held", WAITS),
    ItemState.FAILED: Look("FAIL", "✗", "failed", BAD),
    ItemState.STALE: Look("STAL", "~", "stale", WAITS),
    ItemState.SKIPPED: Look("SKIP", "–", "skipped", QUIET),
    ItemState.QUEUED: Look("QUEU", "·", "queued", QUIET),
}
"""How each outcome of a payment in a bulk looks."""
REVERSAL = Look("RVSD", "⇤", "reversed", GOOD)
DONE = Look("DONE", "✓", "done", QUIET)
"""A failed refund that somebody has dealt with."""


def of_refund(refund: Refund) -> Look:
    """Return how a refund looks: its state, and when it waits, what for."""
    if refund.status is RefundStatus.PENDING and refund.pending_reason:
        return PENDING_REASONS[refund.pending_reason]
    if refund.status is RefundStatus.SUCCEEDED and refund.is_reversal:
        return REVERSAL
    return REFUNDS[refund.status]


MARKS: dict[Mark, tuple[str, str]] = {
    Mark.PAID: ("●", GOOD),
    Mark.AUTHORISED: ("○", PART),
    Mark.FAILED: ("✗", BAD),
    Mark.CAPTURED: ("●", GOOD),
    Mark.CANCELED: ("⊘", QUIET),
    Mark.REFUND_SENT: ("↩", PART),
    Mark.REFUND_WAITS: ("!", WAITS),
    Mark.REFUND_FAILED: ("✗", BAD),
    Mark.REFUND_CANCELED: ("⊘", QUIET),
    Mark.REFERENCE: ("#", QUIET),
    Mark.DISPUTE: ("⚑", DISPUTE),
    Mark.NOTE: ("✎", QUIET),
    Mark.OTHER: ("·", QUIET),
}
"""The glyph and the theme variable of each kind of step in a timeline."""


@dataclass(frozen=True, slots=True)
class TabName:
    """What a tab is called, and how where there is little room."""

    title: str
    short: str


TABS: dict[Tab, TabName] = {
    Tab.ALL: TabName("All", "All"),
    Tab.SUCCEEDED: TabName("Succeeded", "Succ"),
    Tab.REFUNDED: TabName("Refunded", "Rfnd"),
    Tab.PENDING: TabName("Pending", "Pend"),
    Tab.DISPUTED: TabName("Disputed", "Disp"),
    Tab.FAILED: TabName("Failed", "Fail"),
    Tab.UNCAPTURED: TabName("Uncaptured", "Auth"),
}
"""The tabs over the payments, in order."""
