"""Payment: an intent and its charge; its badge, what may be done, and why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from store import errors
from store.errors import Refusal
from store.method import Method, RefundPath, refund_path
from store.money import Money, step, zero
from store.refund import PendingReason, Refund, RefundStatus


class IntentStatus(StrEnum):
    """Where a payment intent stands."""

    REQUIRES_PAYMENT_METHOD = "requires_payment_method"
    REQUIRES_CONFIRMATION = "requires_confirmation"
    REQUIRES_ACTION = "requires_action"
    PROCESSING = "processing"
    REQUIRES_CAPTURE = "requires_capture"
    CANCELED = "canceled"
    SUCCEEDED = "succeeded"


class ChargeStatus(StrEnum):
    """Where a charge stands."""

    SUCCEEDED = "succeeded"
    PENDING = "pending"
    FAILED = "failed"


class CancellationReason(StrEnum):
    """Why a payment was canceled; OTHER is the console's, null in the API."""

    REQUESTED_BY_CUSTOMER = "requested_by_customer"
    DUPLICATE = "duplicate"
    FRAUDULENT = "fraudulent"
    ABANDONED = "abandoned"
    AUTOMATIC = "automatic"
    EXPIRED = "expired"
    FAILED_INVOICE = "failed_invoice"
    VOID_INVOICE = "void_invoice"
    OTHER = "other"


CHOSEN_CANCELLATION_REASONS = (
    CancellationReason.REQUESTED_BY_CUSTOMER,
    CancellationReason.DUPLICATE,
    CancellationReason.FRAUDULENT,
    CancellationReason.ABANDONED,
    CancellationReason.OTHER,
)


class Badge(StrEnum):
    """The one word that sums a payment up, by the Dashboard's precedence."""

    SUCCEEDED = "succeeded"
    PARTIAL_REFUND = "partial_refund"
    REFUNDED = "refunded"
    REVERSED = "reversed"
    PARTIALLY_REVERSED = "partially_reversed"
    REFUND_HELD = "refund_held"
    REFUND_PROCESSING = "refund_processing"
    REFUND_WAITS_FOR_CHARGE = "refund_waits_for_charge"
    REFUND_NEEDS_CUSTOMER = "refund_needs_customer"
    REFUND_FAILED = "refund_failed"
    UNCAPTURED = "uncaptured"
    PROCESSING = "processing"
    INCOMPLETE = "incomplete"
    CANCELED = "canceled"
    EXPIRED = "expired"
    FAILED = "failed"
    BLOCKED = "blocked"
    DISPUTE_NEEDS_RESPONSE = "dispute_needs_response"
    DISPUTE_UNDER_REVIEW = "dispute_under_review"
    DISPUTE_WON = "dispute_won"
    DISPUTE_LOST = "dispute_lost"


REFUND_PENDING = (
    Badge.REFUND_HELD,
    Badge.REFUND_NEEDS_CUSTOMER,
    Badge.REFUND_WAITS_FOR_CHARGE,
    Badge.REFUND_PROCESSING,
)
DISPUTED = (
    Badge.DISPUTE_NEEDS_RESPONSE,
    Badge.DISPUTE_UNDER_REVIEW,
    Badge.DISPUTE_WON,
    Badge.DISPUTE_LOST,
)


@dataclass(frozen=True, slots=True)
class Customer:
    """Who paid; every field is the customer's own text."""

    id: str
    name: str | None = None
    email: str | None = None
    created: datetime | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    imported: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Intent:
    """A payment intent; a refund never changes its status."""

    id: str
    money: Money
    status: IntentStatus
    created: datetime
    capturable: int = 0
    received: int = 0
    capture_method: str = "automatic"
    cancellation_reason: CancellationReason | None = None
    cancel_note: str | None = None
    canceled_at: datetime | None = None
    latest_charge: str | None = None
    customer: str | None = None
    description: str | None = None
    payment_method: str | None = None
    method_types: tuple[str, ...] = ("card",)
    receipt_email: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    imported: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Charge:
    """One attempt to take money; `refunded` counts live refunds, in flight included.

    `refunded_elsewhere` is the part that an import reported without its refunds.
    """

    id: str
    money: Money
    status: ChargeStatus
    created: datetime
    method: Method
    captured: bool = True
    amount_captured: int = 0
    amount_refunded: int = 0
    refunded_elsewhere: int = 0
    reported_refunded: int = 0
    disputed: bool = False
    payment_intent: str | None = None
    customer: str | None = None
    name: str | None = None
    email: str | None = None
    receipt_email: str | None = None
    description: str | None = None
    failure_code: str | None = None
    failure_message: str | None = None
    outcome_type: str | None = None
    risk_level: str | None = None
    balance_transaction: str | None = None
    settlement: Money | None = None
    fee: Money | None = None
    exchange_rate: str | None = None
    available_on: datetime | None = None
    capture_before: datetime | None = None
    captured_at: datetime | None = None
    test_behaviour: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    imported: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def unrefunded(self) -> Money:
        """Return what is still left to refund."""
        return Money(self.amount_captured - self.amount_refunded, self.money.currency)

    @property
    def refunded(self) -> Money:
        """Return what was refunded or is on its way."""
        return Money(self.amount_refunded, self.money.currency)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A customer's objection at the bank."""

    id: str
    money: Money
    status: str
    created: datetime
    charge: str | None = None
    payment_intent: str | None = None
    reason: str | None = None
    is_charge_refundable: bool = False
    metadata: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_inquiry(self) -> bool:
        """Tell whether no money has moved yet."""
        return self.status.startswith("warning_")


@dataclass(frozen=True, slots=True)
class Payment:
    """What an agent calls a payment: the intent, its latest charge and its refunds.

    At least one of intent and charge is there: an import may miss the other.
    """

    id: str
    intent: Intent | None
    charge: Charge | None
    customer: Customer | None = None
    dispute: Dispute | None = None
    refunds: tuple[Refund, ...] = ()
    attempts: tuple[Charge, ...] = ()
    version: int = 0

    @property
    def money(self) -> Money:
        """Return the gross amount."""
        if self.charge is not None:
            return self.charge.money
        return self.intent.money if self.intent else zero("usd")

    @property
    def refunded(self) -> Money:
        """Return what was refunded or is on its way."""
        return self.charge.refunded if self.charge else zero(self.money.currency)

    @property
    def refundable(self) -> Money:
        """Return what may still be refunded; nothing when the rules refuse."""
        if self.charge is None or why_not_refund(self) is not None:
            return zero(self.money.currency)
        return self.charge.unrefunded

    @property
    def created(self) -> datetime | None:
        """Return when the customer paid or began to."""
        found = self.intent or self.charge
        return found.created if found else None


def badge(payment: Payment) -> Badge:
    """Sum a payment up (precedence of refund-rules §4)."""
    charge = payment.charge
    if charge is None:
        return _badge_of_intent(payment.intent)
    if charge.status is ChargeStatus.FAILED:
        blocked = charge.outcome_type == "blocked"
        return Badge.BLOCKED if blocked else Badge.FAILED
    if charge.disputed and (found := _badge_of_dispute(payment.dispute)):
        return found
    if charge.status is ChargeStatus.PENDING:
        return _badge_of_refunds(payment, charge) or Badge.PROCESSING
    if not charge.captured:
        return _badge_of_authorisation(payment.intent)
    return _badge_of_refunds(payment, charge) or Badge.SUCCEEDED


def _badge_of_intent(intent: Intent | None) -> Badge:
    if intent is None:
        return Badge.INCOMPLETE
    match intent.status:
        case IntentStatus.SUCCEEDED:
            return Badge.SUCCEEDED
        case IntentStatus.CANCELED:
            return Badge.CANCELED
        case IntentStatus.PROCESSING:
            return Badge.PROCESSING
        case IntentStatus.REQUIRES_CAPTURE:
            return Badge.UNCAPTURED
        case _:
            return Badge.INCOMPLETE


def _badge_of_authorisation(intent: Intent | None) -> Badge:
    if intent is None or intent.status is not IntentStatus.CANCELED:
        return Badge.UNCAPTURED
    ended = (CancellationReason.AUTOMATIC, CancellationReason.EXPIRED)
    return Badge.EXPIRED if intent.cancellation_reason in ended else Badge.CANCELED


def _badge_of_dispute(dispute: Dispute | None) -> Badge | None:
    match dispute.status if dispute else "needs_response":
        case "won":
            return Badge.DISPUTE_WON
        case "lost":
            return Badge.DISPUTE_LOST
        case "under_review" | "warning_under_review":
            return Badge.DISPUTE_UNDER_REVIEW
        case "warning_closed" | "prevented":
            return None
        case _:
            return Badge.DISPUTE_NEEDS_RESPONSE


def _badge_of_refunds(payment: Payment, charge: Charge) -> Badge | None:
    live = [refund for refund in payment.refunds if refund.is_live]
    if waiting := [b for refund in live if (b := _badge_of_waiting(refund))]:
        return min(waiting, key=REFUND_PENDING.index)
    if not charge.amount_refunded:
        failed = any(r.status is RefundStatus.FAILED for r in payment.refunds)
        return Badge.REFUND_FAILED if failed else None
    reversal = bool(live) and all(refund.is_reversal for refund in live)
    if charge.amount_refunded < charge.amount_captured:
        return Badge.PARTIALLY_REVERSED if reversal else Badge.PARTIAL_REFUND
    return Badge.REVERSED if reversal else Badge.REFUNDED


def _badge_of_waiting(refund: Refund) -> Badge | None:
    if refund.status is RefundStatus.REQUIRES_ACTION:
        return Badge.REFUND_NEEDS_CUSTOMER
    if refund.status is not RefundStatus.PENDING:
        return None
    match refund.pending_reason:
        case PendingReason.INSUFFICIENT_FUNDS:
            return Badge.REFUND_HELD
        case PendingReason.CHARGE_PENDING:
            return Badge.REFUND_WAITS_FOR_CHARGE
        case _:
            return Badge.REFUND_PROCESSING


def why_not_refund(payment: Payment, amount: int | None = None) -> Refusal | None:
    """Return why this payment cannot be refunded (by `amount`), or None when it can."""
    charge = payment.charge
    if charge is None or charge.status is ChargeStatus.FAILED:
        return errors.no_successful_charge(payment.id)
    if not charge.captured:
        return errors.uncaptured(charge.payment_intent or payment.id)
    if refund_path(charge.method) is RefundPath.NONE:
        return errors.method_without_refunds(charge.method.type)
    if charge.disputed and not _may_refund(payment.dispute):
        return errors.charged_back(charge.id)
    if not charge.unrefunded:
        return errors.already_refunded(charge.id)
    return None if amount is None else _why_not_amount(charge, amount)


def _may_refund(dispute: Dispute | None) -> bool:
    if dispute is None:
        return False
    inquiry_or_won = dispute.is_inquiry or dispute.status in ("won", "prevented")
    return dispute.is_charge_refundable or inquiry_or_won


def _why_not_amount(charge: Charge, amount: int) -> Refusal | None:
    asked = Money(amount, charge.money.currency)
    if amount < 1:
        return errors.amount_below_one()
    if charge.unrefunded < asked:
        if charge.amount_refunded:
            return errors.more_than_left(asked, charge.unrefunded)
        return errors.more_than_charge(asked, charge.unrefunded)
    unit = Money(step(asked.currency), asked.currency)
    if amount % unit.amount:
        return errors.amount_not_divisible(asked, unit)
    return None


def why_not_cancel(payment: Payment, *, by_console: bool) -> Refusal | None:
    """Return why this payment cannot be canceled, or None when it can."""
    intent = payment.intent
    if intent is None:
        return errors.only_uncaptured()
    if by_console:
        uncaptured = intent.status is IntentStatus.REQUIRES_CAPTURE
        return None if uncaptured else errors.only_uncaptured()
    if intent.status in (IntentStatus.SUCCEEDED, IntentStatus.CANCELED):
        return errors.intent_not_cancelable(intent.status)
    debit = "us_bank_account" in intent.method_types
    if intent.status is IntentStatus.PROCESSING and not debit:
        return errors.intent_not_cancelable(intent.status)
    return None


def why_not_capture(intent: Intent, amount: int | None) -> Refusal | None:
    """Return why this intent cannot be captured (by `amount`), or None when it can."""
    if intent.status is not IntentStatus.REQUIRES_CAPTURE:
        return errors.intent_not_capturable(intent.status)
    if amount is not None and amount < 1:
        return errors.amount_below_one()
    if amount is not None and amount > intent.capturable:
        return errors.captures_too_much()
    return None
