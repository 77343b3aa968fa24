"""Refund: reasons, states, legal transitions, and when it may be canceled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from store import moves, refusals
from store.errors import Refusal
from store.method import Method, RefundPath, refund_path
from store.money import Money
from store.reference import Destination, DestinationKind
from store.refusals import refunds as refund_refusals
from store.settings import Settings

HELD_FOR = timedelta(days=45)
CANCEL_WINDOW = Settings().cancel_window
REVERSAL_WINDOW = Settings().reversal_window
"""The two windows of a store whose holder has decided nothing."""


class RefundStatus(StrEnum):
    """Where a refund stands."""

    PENDING = "pending"
    REQUIRES_ACTION = "requires_action"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"


class PendingReason(StrEnum):
    """What a pending refund waits for."""

    PROCESSING = "processing"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    CHARGE_PENDING = "charge_pending"


class FailureReason(StrEnum):
    """Why a refund failed or was canceled."""

    LOST_OR_STOLEN_CARD = "lost_or_stolen_card"
    EXPIRED_OR_CANCELED_CARD = "expired_or_canceled_card"
    CHARGE_FOR_PENDING_REFUND_DISPUTED = "charge_for_pending_refund_disputed"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    DECLINED = "declined"
    MERCHANT_REQUEST = "merchant_request"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why the agent refunds; OTHER is the console's, null in the API."""

    REQUESTED_BY_CUSTOMER = "requested_by_customer"
    DUPLICATE = "duplicate"
    FRAUDULENT = "fraudulent"
    EXPIRED_UNCAPTURED_CHARGE = "expired_uncaptured_charge"
    OTHER = "other"


CHOSEN_REASONS = (
    Reason.REQUESTED_BY_CUSTOMER,
    Reason.DUPLICATE,
    Reason.FRAUDULENT,
    Reason.OTHER,
)
DEAD = frozenset((RefundStatus.FAILED, RefundStatus.CANCELED))
TRANSITIONS: frozenset[tuple[RefundStatus, RefundStatus]] = frozenset(
    (RefundStatus(src), RefundStatus(dst))
    for kind, src, dst in moves.transitions()
    if kind is moves.Kind.REFUND
)
"""Every legal change of status; a part of the table of all moves."""


_UNMOVED = (PendingReason.INSUFFICIENT_FUNDS, PendingReason.CHARGE_PENDING)


@dataclass(frozen=True, slots=True)
class Refund:
    """Money sent back to the payment method that paid a charge."""

    id: str
    money: Money
    status: RefundStatus
    created: datetime
    charge: str | None
    payment_intent: str | None = None
    settlement: Money | None = None
    """What it takes from the balance where the charge was converted."""
    holder: str | None = None
    """The connected account whose balance pays it; None is the platform."""
    reverse_transfer: bool = False
    refund_application_fee: bool = False
    transfer_reversal: str | None = None
    reason: Reason | None = None
    note: str | None = None
    pending_reason: PendingReason | None = None
    failure_reason: FailureReason | None = None
    destination: Destination | None = None
    balance_transaction: str | None = None
    failure_balance_transaction: str | None = None
    instructions_email: str | None = None
    expires_at: datetime | None = None
    receipt_number: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    actor: str | None = None
    key: str | None = None
    imported: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def takes(self) -> Money:
        """Return what it takes from the balance, in the settlement currency."""
        return self.settlement or self.money

    @property
    def is_live(self) -> bool:
        """Tell whether it counts against what is left to refund."""
        return self.status not in DEAD

    @property
    def state(self) -> str:
        """Return where it stands, and why, as the table of moves names it."""
        why = self.pending_reason
        return f"{self.status}/{why}" if why else self.status.value

    def may(self, what: moves.What) -> bool:
        """Tell whether that can happen to it as it stands."""
        return bool(moves.after(moves.Kind.REFUND, self.state, what))

    @property
    def is_held(self) -> bool:
        """Tell whether it waits for funds, so that no money has moved."""
        return self.pending_reason is PendingReason.INSUFFICIENT_FUNDS

    @property
    def has_moved_money(self) -> bool:
        """Tell whether money left the balance for it and has not come back."""
        return self.is_live and self.pending_reason not in _UNMOVED

    @property
    def is_reversal(self) -> bool:
        """Tell whether it drops the charge instead of crediting it."""
        return self.destination is not None and self.destination.is_reversal


@dataclass(frozen=True, slots=True)
class FirstState:
    """The state a new refund begins in, or why there is none."""

    status: RefundStatus
    pending_reason: PendingReason | None = None
    kind: DestinationKind | None = None

    @property
    def is_held(self) -> bool:
        """Tell whether it waits for funds."""
        return self.pending_reason is PendingReason.INSUFFICIENT_FUNDS

    @property
    def moves_money(self) -> bool:
        """Tell whether money leaves the balance at once."""
        return self.pending_reason not in _UNMOVED


def first_state(
    method: Method, *, covered: bool, starts_pending: bool, reversal: bool
) -> FirstState | Refusal:
    """Decide how a new refund of a settled charge begins (refund-rules §2).

    Args:
        method: What the customer paid with.
        covered: The available balance covers it and no older refund waits.
        starts_pending: The bank takes this one in without settling it at once.
        reversal: The charge has not settled with the bank, so it is dropped.
    """
    path = refund_path(method)
    kind = DestinationKind.REFUND if path is RefundPath.CARD else None
    if path is RefundPath.NONE:
        return refusals.method_without_refunds(method.type)
    if not covered and path is RefundPath.CARD:
        return FirstState(
            RefundStatus.PENDING,
            PendingReason.INSUFFICIENT_FUNDS,
            DestinationKind.PENDING,
        )
    if not covered:
        return refusals.insufficient_balance()
    if path is RefundPath.ASKS_CUSTOMER:
        return FirstState(RefundStatus.REQUIRES_ACTION)
    if path is RefundPath.BANK or starts_pending:
        return FirstState(RefundStatus.PENDING, PendingReason.PROCESSING, kind)
    if path is RefundPath.CARD and reversal:
        kind = DestinationKind.REVERSAL
    return FirstState(RefundStatus.SUCCEEDED, kind=kind)


def why_not_cancel(
    refund: Refund, method: Method, now: datetime, window: timedelta = CANCEL_WINDOW
) -> Refusal | None:
    """Return why the console may not cancel this refund, or None when it may.

    A refund for which no money has moved yet may be canceled at any time; one that was
    sent, within the store's `window`.
    """
    if not refund.may(moves.What.CANCEL):
        return refusals.refund_already(refund.status)
    if not refund.has_moved_money or refund.status is RefundStatus.REQUIRES_ACTION:
        return None
    if not method.is_card:
        return refusals.refund_cannot_be_canceled(method.type)
    if refund.is_reversal:
        return refusals.refund_is_reversal()
    if now - refund.created > window:
        return refusals.refund_at_bank(int(window.total_seconds()) // 60)
    return None


def why_not_cancel_by_api(refund: Refund) -> Refusal | None:
    """Return why the API may not cancel this refund, or None when it may."""
    if refund.status is RefundStatus.REQUIRES_ACTION:
        return None
    return refusals.refund_not_cancelable()


def why_not_asked_of(
    charged: str, payer: str | None, currency: str | None, customer: str | None
) -> Refusal | None:
    """Return why a charge is not what a refund was asked of, or None when it is.

    Args:
        charged: The charge's currency.
        payer: The charge's customer.
        currency: The currency that was asked for, if any.
        customer: The customer that was asked for, if any.
    """
    if currency is not None and currency.lower() != charged:
        return refund_refusals.another_currency(currency, charged)
    if customer is not None and customer != payer:
        return refund_refusals.another_customer(customer)
    return None
