"""The plain model of the whole world: payments, refunds, disputes and the balance.

What the outside world does, and when, it hears from the store's events. That each of
these moves is legal, what it does to the money, and what an agent may do next, it knows
by itself: from the tables here, which are written down a second time on purpose.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

DAYS = {"pm_paypal": 180, "pm_alipay": 90, "pm_ideal": 180, "pm_customer_balance": 180}
"""How long some methods can be refunded."""
NEVER = ("pm_boleto",)
ASKING = ("pm_konbini", "pm_customer_balance")
BY_BANK = ("pm_ideal", "pm_sepa_debit", "pm_sepa_debit_fails", "pm_us_bank_account")
LATER = ("pm_sepa_debit", "pm_sepa_debit_fails", "pm_us_bank_account")
DIRECT = ("pm_paypal", "pm_alipay")
CARDS = (
    *("pm_card_bypassPending", "pm_card_visa", "pm_card_amex", "pm_card_diners"),
    *("pm_card_pendingRefund", "pm_card_refundFail", "pm_card_chargeDeclined"),
    *("pm_card_createDispute", "pm_card_createDisputeInquiry"),
)
REFUSED_BY_BANK = ("pm_card_chargeDeclined", "pm_sepa_debit_fails")
BY_HAND = (*CARDS, "pm_paypal")
"""What can be captured by hand."""
METHODS = (*CARDS, *ASKING, *LATER, *DIRECT, *NEVER, "pm_ideal")
DISPUTE_FEE = 1_500
LIVE = ("succeeded", "processing", "requires_action", "held", "waits")
MOVED = ("succeeded", "processing", "requires_action")
MOVES = {
    "held": {"succeeded", "failed", "canceled"},
    "waits": {*MOVED, "held", "failed", "canceled"},
    "processing": {"succeeded", "failed", "canceled", "requires_action"},
    "requires_action": {"processing", "failed", "canceled"},
    "succeeded": {"failed", "canceled"},
}


@dataclass
class Payment:
    """What the model knows of a payment; `state` is that of its money."""

    id: str
    charge: str
    method: str
    amount: int
    made: datetime
    state: str
    captured: int = 0
    taken: datetime | None = None
    dispute: str | None = None
    dispute_id: str = ""
    disputed: int = 0
    let_go: bool = False

    @property
    def is_card(self) -> bool:
        """Tell whether its refunds may wait for funds."""
        return self.method in CARDS


@dataclass
class Refund:
    """What the model knows of a refund."""

    id: str
    of: Payment
    amount: int
    made: datetime
    state: str
    reversal: bool = False


@dataclass
class World:
    """Everything there is, as plain numbers."""

    available: int = 0
    maturing: list[tuple[datetime, int]] = field(default_factory=list)
    payments: dict[str, Payment] = field(default_factory=dict)
    refunds: dict[str, Refund] = field(default_factory=dict)

    def of(self, payment: Payment) -> list[Refund]:
        """Return the refunds of a payment."""
        return [one for one in self.refunds.values() if one.of is payment]

    def left(self, payment: Payment) -> int:
        """Return what may still be refunded."""
        live = [one.amount for one in self.of(payment) if one.state in LIVE]
        return payment.captured - sum(live)

    def held(self) -> list[Refund]:
        """Return the refunds that wait for funds."""
        return [one for one in self.refunds.values() if one.state == "held"]

    def why_not_refund(self, payment: Payment, amount: int, now: datetime) -> bool:
        """Tell whether the rules refuse a refund, whatever the balance is."""
        window = DAYS.get(payment.method)
        return (
            payment.state not in ("succeeded", "pending")
            or payment.method in NEVER
            or (window is not None and now - payment.made > timedelta(days=window))
            or payment.dispute in ("chargeback", "lost")
            or not 0 < amount <= self.left(payment)
        )

    def debit(self, amount: int) -> None:
        """Let the own bank pay for a refund, and for those that wait before it."""
        waiting = sum(one.amount for one in self.held())
        if waiting or amount > self.available:
            self.available = waiting + amount

    def first_state(self, payment: Payment, amount: int, *, debits: bool) -> str | None:
        """Return the state a refund begins in, or None where the balance refuses it."""
        if payment.state == "pending":
            return "waits"
        covered = debits or (amount <= self.available and not self.held())
        if not covered:
            return "held" if payment.is_card else None
        if payment.method in ASKING:
            return "requires_action"
        banked = (*BY_BANK, "pm_card_pendingRefund")
        return "processing" if payment.method in banked else "succeeded"

    def move(self, refund: Refund, state: str) -> None:
        """Move a refund on; only legal moves are known here."""
        assert state in MOVES[refund.state], (refund.id, refund.state, state)
        before, after = refund.state in MOVED, state in MOVED
        self.available += refund.amount * (before - after)
        refund.state = state

    def hear(self, type_: str, about: Mapping[str, object]) -> None:
        """Take in what the outside world has done."""
        given, payment = str(about["id"]), None
        if about["object"] == "dispute":
            payment = self.payments[str(about["payment_intent"])]
        match type_:
            case "refund.updated":
                refund, state = self.refunds[given], state_of(about)
                if refund.state != state:
                    self.move(refund, state)
            case "charge.failed" | "charge.expired":
                self.payments[str(about["payment_intent"])].state = "failed"
            case "payment_intent.canceled":
                self.payments[given].state = "failed"
            case "charge.dispute.created" if payment:
                status = str(about["status"])
                inquiry = status.startswith("warning_")
                payment.dispute = "inquiry" if inquiry else "chargeback"
                payment.dispute_id = given
                payment.disputed = int(str(about["amount"]))
            case "charge.dispute.funds_withdrawn" if payment:
                self.available -= payment.disputed + DISPUTE_FEE
            case "charge.dispute.funds_reinstated" if payment:
                self.available += payment.disputed
            case "charge.dispute.closed" if payment:
                payment.dispute = str(about["status"])


def state_of(about: Mapping[str, object]) -> str:
    """Return the model's name of a refund's state, from how the API tells it."""
    waits = {"insufficient_funds": "held", "charge_pending": "waits"}
    status, reason = str(about["status"]), str(about.get("pending_reason"))
    return waits.get(reason, "processing") if status == "pending" else status
