"""Payment: an intent and its charge; its badge, what may be done, and why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from store import moves, refusals
from store.connect import Share
from store.dispute import Dispute
from store.errors import Refusal
from store.method import Method, RefundPath, refund_path, refundable_for
from store.money import Money, step, zero
from store.refund import Refund


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
    settles_in: str | None = None
    """The currency that the balance gets, where it is not the payment's."""
    fee: Money | None = None
    exchange_rate: str | None = None
    share: Share | None = None
    """How it is shared with a connected account."""
    available_on: datetime | None = None
    capture_before: datetime | None = None
    captured_at: datetime | None = None
    test_behaviour: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    imported: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def holder(self) -> str | None:
        """Return the connected account that earned it; None is the platform."""
        return self.share.holder if self.share else None

    @property
    def settlement_currency(self) -> str:
        """Return the currency that the balance gets and pays refunds in."""
        if self.settlement is not None:
            return self.settlement.currency
        return self.settles_in or self.money.currency

    @property
    def unrefunded(self) -> Money:
        """Return what is still left to refund."""
        return Money(self.amount_captured - self.amount_refunded, self.money.currency)

    @property
    def refunded(self) -> Money:
        """Return what was refunded or is on its way."""
        return Money(self.amount_refunded, self.money.currency)


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
    is_by_attempt: bool = False
    """Its charge is not the latest one: another attempt was named."""

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
    def is_given_up(self) -> bool:
        """Tell whether its charge will never settle: the intent has let go of it."""
        if self.intent is None or self.charge is None:
            return False
        settles = self.intent.status in (
            IntentStatus.PROCESSING,
            IntentStatus.SUCCEEDED,
        )
        return self.charge.status is ChargeStatus.PENDING and not settles

    @property
    def created(self) -> datetime | None:
        """Return when the customer paid or began to."""
        found = self.intent or self.charge
        return found.created if found else None


def why_not_refund(
    payment: Payment, amount: int | None = None, now: datetime | None = None
) -> Refusal | None:
    """Return why this payment cannot be refunded (by `amount`), or None when it can.

    The method's refund window counts only where the present is given.
    """
    charge = payment.charge
    if charge is None or charge.status is ChargeStatus.FAILED or payment.is_given_up:
        return refusals.no_successful_charge(payment.id)
    if not charge.captured:
        return refusals.uncaptured(charge.payment_intent or payment.id)
    if refund_path(charge.method) is RefundPath.NONE:
        return refusals.method_without_refunds(charge.method.type)
    window = refundable_for(charge.method)
    if now and window and now - charge.created > window:
        return refusals.refund_window_over(charge.id, charge.method.type, window.days)
    if charge.disputed and not _may_refund(payment.dispute):
        return refusals.charged_back(charge.id)
    if not charge.unrefunded:
        return refusals.already_refunded(charge.id)
    return None if amount is None else _why_not_amount(charge, amount)


def _may_refund(dispute: Dispute | None) -> bool:
    if dispute is None:
        return False
    inquiry_or_won = dispute.is_inquiry or dispute.status in ("won", "prevented")
    return dispute.is_charge_refundable or inquiry_or_won


def _why_not_amount(charge: Charge, amount: int) -> Refusal | None:
    asked = Money(amount, charge.money.currency)
    if amount < 1:
        return refusals.amount_below_one()
    if charge.unrefunded < asked:
        if charge.amount_refunded:
            return refusals.more_than_left(asked, charge.unrefunded)
        return refusals.more_than_charge(asked, charge.unrefunded)
    unit = Money(step(asked.currency), asked.currency)
    if amount % unit.amount:
        return refusals.amount_not_divisible(asked, unit)
    return None


def why_not_cancel(payment: Payment, *, by_console: bool) -> Refusal | None:
    """Return why this payment cannot be canceled, or None when it can."""
    intent = payment.intent
    if intent is None:
        return refusals.only_uncaptured()
    if by_console:
        uncaptured = intent.status is IntentStatus.REQUIRES_CAPTURE
        return None if uncaptured else refusals.only_uncaptured()
    if not moves.after(moves.Kind.PAYMENT_INTENT, intent.status, moves.What.CANCEL):
        return refusals.intent_not_cancelable(intent.status)
    debit = "us_bank_account" in intent.method_types
    if intent.status is IntentStatus.PROCESSING and not debit:
        return refusals.intent_not_cancelable(intent.status)
    return None
