"""The plain model of a desk: what every step must lead to, without a database."""

from dataclasses import dataclass, field
from datetime import datetime

from conftest import FUNDED
from store.reference import business_days_after
from store.refund import HELD_FOR

FAILS = "pm_card_refundFail"
CURRENCIES = ("usd", "jpy")


@dataclass
class Payment:
    """What the model knows of a payment."""

    id: str
    currency: str
    method: str
    authorised: int
    taken_at: datetime | None = None
    captured: int = 0
    canceled: bool = False

    @property
    def is_card(self) -> bool:
        """Tell whether its refunds may wait."""
        return self.method != "pm_paypal"


@dataclass
class Refund:
    """What the model knows of a refund."""

    id: str
    of: Payment
    amount: int
    made: datetime
    state: str
    reversal: bool = False
    fails_at: datetime | None = None


@dataclass
class Model:
    """Balances, queue and agenda as plain numbers and lists."""

    available: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(CURRENCIES, 0)
    )
    refunds: list[Refund] = field(default_factory=list)
    maturing: list[tuple[datetime, str, int]] = field(default_factory=list)

    def left(self, payment: Payment) -> int:
        """Return what may still be refunded."""
        live = [r.amount for r in self.refunds if r.of is payment and r.state != "dead"]
        return payment.captured - sum(live)

    def queue(self, currency: str) -> list[Refund]:
        """Return the refunds that wait, oldest first."""
        held = [r for r in self.refunds if r.state == "held"]
        return [r for r in held if r.of.currency == currency]

    def add(self, currency: str, amount: int, now: datetime) -> None:
        """Let money come in; what it covers goes out in order."""
        self.available[currency] += amount
        for refund in self.queue(currency):
            if refund.amount > self.available[currency]:
                return
            self.send(refund, now)

    def send(self, refund: Refund, now: datetime) -> None:
        """Let a refund's money leave."""
        self.available[refund.of.currency] -= refund.amount
        refund.state = "sent"
        if refund.of.method == FAILS:
            refund.fails_at = business_days_after(now, 2)

    def end(self, refund: Refund, now: datetime) -> None:
        """End a refund; what had left comes back."""
        back = refund.amount if refund.state == "sent" else 0
        refund.state, refund.fails_at = "dead", None
        self.add(refund.of.currency, back, now)

    def take(self, payment: Payment, amount: int, net: int, now: datetime) -> None:
        """Take a payment's money, available at once or in two business days."""
        payment.captured, payment.taken_at = amount, now
        if payment.method == FUNDED:
            self.add(payment.currency, net, now)
        else:
            at = business_days_after(now, 2)
            self.maturing.append((at, payment.currency, net))

    def pass_until(self, now: datetime) -> None:
        """Do what is due, in the order of time."""
        while True:
            due: list[tuple[datetime, int, Refund | None]] = [
                (at, place, None) for place, (at, _, _) in enumerate(self.maturing)
            ]
            for refund in self.refunds:
                if refund.fails_at:
                    due.append((refund.fails_at, 0, refund))
                if refund.state == "held":
                    due.append((refund.made + HELD_FOR, 0, refund))
            at, place, ends = min(due, key=lambda one: one[0], default=(now, 0, None))
            if not due or at > now:
                return
            if ends is not None:
                self.end(ends, at)
            else:
                _, currency, net = self.maturing.pop(place)
                self.add(currency, net, at)
