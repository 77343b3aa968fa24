"""Moves: every legal move of every object; code, database and tests share them."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What moves."""

    REFUND = "refund"
    PAYMENT_INTENT = "payment_intent"
    CHARGE = "charge"
    DISPUTE = "dispute"
    TOPUP = "topup"
    REVIEW = "review"
    BULK = "bulk"
    BULK_ITEM = "bulk_item"


class What(StrEnum):
    """What makes an object move; deeds of the outside world go by the same names."""

    SENT = "sent"
    SENT_TO_BANK = "sent_to_bank"
    BALANCE_SHORT = "balance_short"
    CHARGE_UNSETTLED = "charge_unsettled"
    CUSTOMER_ASKED = "customer_asked"
    REFUSED = "refused"
    FUNDS_ARRIVE = "funds_arrive"
    REFUND_SUCCEEDS = "refund_succeeds"
    REFUND_FAILS = "refund_fails"
    REFUND_RETURNED = "refund_returned"
    REFUND_EXPIRES = "refund_expires"
    CUSTOMER_REPLIES = "customer_replies"
    DISPUTE_OPENS = "dispute_opens"
    CANCEL = "cancel"
    CHARGE_SUCCEEDS = "charge_succeeds"
    CHARGE_FAILS = "charge_fails"
    METHOD_GIVEN = "method_given"
    METHOD_TAKEN_BACK = "method_taken_back"
    CUSTOMER_MUST_ACT = "customer_must_act"
    BANK_WORKS = "bank_works"
    AUTHORISED = "authorised"
    CAPTURE = "capture"
    AUTHORISATION_EXPIRES = "authorisation_expires"
    EVIDENCE_SENT = "evidence_sent"
    ESCALATED = "escalated"
    PREVENTED = "prevented"
    CLOSED = "warning_closed"
    WON = "won"
    LOST = "lost"
    ARRIVES = "arrives"
    FAILS = "fails"
    REVERSED = "reversed"
    REVIEW_OPENS = "review_opens"
    REVIEW_ENDS = "review_ends"
    BULK_STARTS = "bulk_starts"
    BULK_PAUSES = "bulk_pauses"
    BULK_GOES_ON = "bulk_goes_on"
    BULK_STOPS = "bulk_stops"
    BULK_ENDS = "bulk_ends"
    LEFT_OUT = "left_out"
    CHANGED_MEANWHILE = "changed_meanwhile"
    TRIED_AGAIN = "tried_again"


NAMES = frozenset(one.value for one in What)


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """One legal move between states; after a `/` a state says why it stands so."""

    kind: Kind
    src: str
    what: What
    dst: str


NEW = ""
HELD = "pending/insufficient_funds"
AT_BANK = "pending/processing"
UNSETTLED = "pending/charge_pending"
ASKED = "requires_action"

_REFUND = (
    (NEW, What.SENT, "succeeded"),
    (NEW, What.SENT_TO_BANK, AT_BANK),
    (NEW, What.BALANCE_SHORT, HELD),
    (NEW, What.CHARGE_UNSETTLED, UNSETTLED),
    (NEW, What.CUSTOMER_ASKED, ASKED),
    (UNSETTLED, What.SENT, "succeeded"),
    (UNSETTLED, What.SENT_TO_BANK, AT_BANK),
    (UNSETTLED, What.BALANCE_SHORT, HELD),
    (UNSETTLED, What.CUSTOMER_ASKED, ASKED),
    (UNSETTLED, What.REFUSED, "failed"),
    (UNSETTLED, What.CHARGE_FAILS, "canceled"),
    (UNSETTLED, What.DISPUTE_OPENS, "failed"),
    (UNSETTLED, What.CANCEL, "canceled"),
    (HELD, What.FUNDS_ARRIVE, "succeeded"),
    (HELD, What.REFUND_EXPIRES, "failed"),
    (HELD, What.DISPUTE_OPENS, "failed"),
    (HELD, What.CANCEL, "canceled"),
    (AT_BANK, What.REFUND_SUCCEEDS, "succeeded"),
    (AT_BANK, What.REFUND_FAILS, "failed"),
    (AT_BANK, What.REFUND_RETURNED, ASKED),
    (AT_BANK, What.CANCEL, "canceled"),
    (ASKED, What.CUSTOMER_REPLIES, AT_BANK),
    (ASKED, What.REFUND_EXPIRES, "failed"),
    (ASKED, What.CANCEL, "canceled"),
    ("succeeded", What.REFUND_FAILS, "failed"),
    ("succeeded", What.CANCEL, "canceled"),
)
_OPEN_INTENTS = ("requires_payment_method", "requires_confirmation", "requires_action")
_INTENT = (
    (NEW, What.METHOD_TAKEN_BACK, "requires_payment_method"),
    (NEW, What.BANK_WORKS, "processing"),
    (NEW, What.AUTHORISED, "requires_capture"),
    (NEW, What.CHARGE_SUCCEEDS, "succeeded"),
    *((src, What.CHARGE_SUCCEEDS, "succeeded") for src in _OPEN_INTENTS),
    *((src, What.AUTHORISED, "requires_capture") for src in _OPEN_INTENTS),
    *((src, What.BANK_WORKS, "processing") for src in _OPEN_INTENTS),
    *((src, What.CANCEL, "canceled") for src in _OPEN_INTENTS),
    ("requires_payment_method", What.METHOD_GIVEN, "requires_confirmation"),
    ("requires_action", What.METHOD_GIVEN, "requires_confirmation"),
    ("requires_payment_method", What.CUSTOMER_MUST_ACT, "requires_action"),
    ("requires_confirmation", What.CUSTOMER_MUST_ACT, "requires_action"),
    ("requires_confirmation", What.METHOD_TAKEN_BACK, "requires_payment_method"),
    ("requires_action", What.METHOD_TAKEN_BACK, "requires_payment_method"),
    ("processing", What.CHARGE_SUCCEEDS, "succeeded"),
    ("processing", What.AUTHORISED, "requires_capture"),
    ("processing", What.CHARGE_FAILS, "requires_payment_method"),
    ("processing", What.CANCEL, "canceled"),
    ("requires_capture", What.CAPTURE, "succeeded"),
    ("requires_capture", What.CAPTURE, "requires_capture"),
    *(
        ("requires_capture", what, dst)
        for what in (What.CANCEL, What.AUTHORISATION_EXPIRES)
        for dst in ("canceled", "succeeded")
    ),
)
UNCAPTURED = "succeeded/uncaptured"
CAPTURED = "succeeded/captured"
_CHARGE = (
    (NEW, What.CHARGE_SUCCEEDS, CAPTURED),
    (NEW, What.AUTHORISED, UNCAPTURED),
    (NEW, What.BANK_WORKS, "pending"),
    (NEW, What.CHARGE_FAILS, "failed"),
    ("pending", What.CHARGE_SUCCEEDS, CAPTURED),
    ("pending", What.CHARGE_FAILS, "failed"),
    (UNCAPTURED, What.CAPTURE, CAPTURED),
)
_INQUIRIES = ("warning_needs_response", "warning_under_review")
_CHARGEBACKS = ("needs_response", "under_review")
_DISPUTE = (
    (NEW, What.DISPUTE_OPENS, "needs_response"),
    (NEW, What.DISPUTE_OPENS, "warning_needs_response"),
    (NEW, What.PREVENTED, "prevented"),
    ("warning_needs_response", What.EVIDENCE_SENT, "warning_under_review"),
    ("needs_response", What.EVIDENCE_SENT, "under_review"),
    *((src, What.CLOSED, "warning_closed") for src in _INQUIRIES),
    *((src, What.ESCALATED, "needs_response") for src in _INQUIRIES),
    *((src, What.WON, "won") for src in _CHARGEBACKS),
    *((src, What.LOST, "lost") for src in _CHARGEBACKS),
)
_TOPUP = (
    (NEW, What.BANK_WORKS, "pending"),
    (NEW, What.ARRIVES, "succeeded"),
    ("pending", What.ARRIVES, "succeeded"),
    ("pending", What.FAILS, "failed"),
    ("pending", What.CANCEL, "canceled"),
    ("succeeded", What.REVERSED, "reversed"),
)
_REVIEW = (
    (NEW, What.REVIEW_OPENS, "open"),
    ("open", What.REVIEW_ENDS, "closed"),
)
_BULK = (
    (NEW, What.BULK_STARTS, "running"),
    ("running", What.BULK_PAUSES, "paused"),
    ("paused", What.BULK_GOES_ON, "running"),
    ("running", What.BULK_STOPS, "stopped"),
    ("paused", What.BULK_STOPS, "stopped"),
    ("stopped", What.BULK_GOES_ON, "running"),
    ("running", What.BULK_ENDS, "done"),
    *((src, What.TRIED_AGAIN, "running") for src in ("paused", "stopped", "done")),
)
_BULK_ITEM = (
    (NEW, What.BULK_STARTS, "queued"),
    (NEW, What.LEFT_OUT, "skipped"),
    ("queued", What.SENT, "sent"),
    ("queued", What.BALANCE_SHORT, "held"),
    ("queued", What.REFUSED, "failed"),
    ("queued", What.CHANGED_MEANWHILE, "stale"),
    ("failed", What.TRIED_AGAIN, "queued"),
)
MOVES: tuple[Move, ...] = tuple(
    Move(kind, *row)
    for kind, rows in {
        Kind.REFUND: _REFUND,
        Kind.PAYMENT_INTENT: _INTENT,
        Kind.CHARGE: _CHARGE,
        Kind.DISPUTE: _DISPUTE,
        Kind.TOPUP: _TOPUP,
        Kind.REVIEW: _REVIEW,
        Kind.BULK: _BULK,
        Kind.BULK_ITEM: _BULK_ITEM,
    }.items()
    for row in rows
)
"""Every legal move (refund-rules §2, store-guards §4); anything else is an error."""
_AFTER = {
    (kind, src, what): frozenset(
        one.dst for one in MOVES if (one.kind, one.src, one.what) == (kind, src, what)
    )
    for kind, src, what in {(one.kind, one.src, one.what) for one in MOVES}
}


def after(kind: Kind, state: str, what: What) -> frozenset[str]:
    """Return the states that follow; none when it cannot happen in that state."""
    return _AFTER.get((kind, state, what), frozenset())


def states(kind: Kind) -> frozenset[str]:
    """Return every state that an object of the kind can stand in."""
    ends = {state for one in MOVES if one.kind is kind for state in (one.src, one.dst)}
    return frozenset(ends - {NEW})


def status(state: str) -> str:
    """Return the API's status of a state, which does not say why."""
    return state.partition("/")[0]


def begins() -> frozenset[tuple[Kind, str]]:
    """Return the statuses in which each kind of object may begin."""
    return frozenset((one.kind, status(one.dst)) for one in MOVES if one.src == NEW)


def transitions() -> frozenset[tuple[Kind, str, str]]:
    """Return every change of status that the database allows."""
    return frozenset(
        (one.kind, status(one.src), status(one.dst))
        for one in MOVES
        if one.src != NEW and status(one.src) != status(one.dst)
    )
