"""Rare states that no verb leads to: they come into the demo as an import would."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from store.cards import CARDS
from store.demo.objects import Sale, dispute_object, refund_objects, sale_objects
from store.demo.story import ago, usd
from store.dispute import Dispute
from store.ids import SeededIds
from store.method import Method
from store.money import Money
from store.payment import ChargeStatus, Intent, IntentStatus
from store.refund import PendingReason, Refund, RefundStatus
from store.shape.objects import Json, intent_shape

_DISPUTES = (
    ("needs_response", "Tess Vogel", 6_000, "fraudulent"),
    ("under_review", "Malik Torres", 13_500, "product_not_received"),
    ("won", "Leyla Castillo", 8_250, "duplicate"),
    ("lost", "Emil Novák", 4_950, "product_unacceptable"),
    ("warning_needs_response", "Carmen Chen", 2_750, "general"),
    ("warning_closed", "Viktor Sato", 3_150, "general"),
)


class Rare:
    """Makes the rare payments of one seed."""

    def __init__(self, seed: str) -> None:
        self._ids = SeededIds(f"{seed} rare")

    def objects(self) -> Iterator[Json]:
        """Yield every object, oldest first."""
        yield from self._disputed()
        yield from self._blocked()
        yield from self._still_settling()
        yield from self._incomplete()

    def _number(self) -> str:
        return self._ids.new("x").partition("_")[2]

    def _sale(self, name: str, at: datetime, amount: int, method: Method) -> Sale:
        email = f"{name.partition(' ')[0].lower()}@example.net"
        return Sale(self._number(), at, usd(amount), method, name, email)

    def _disputed(self) -> Iterator[Json]:
        visa = CARDS["pm_card_visa"].method
        for days, (status, name, amount, reason) in enumerate(_DISPUTES):
            sale = self._sale(name, ago(40 - 5 * days), amount, visa)
            yield from sale_objects(replace(sale, disputed=True))
            yield dispute_object(
                Dispute(
                    self._ids.new("du"),
                    sale.money,
                    status,
                    sale.at + timedelta(days=6),
                    sale.charge_id,
                    f"pi_{sale.number}",
                    reason,
                    is_charge_refundable=status.startswith("warning")
                    or status == "won",
                )
            )

    def _blocked(self) -> Iterator[Json]:
        card = CARDS["pm_card_mastercard"].method
        sale = self._sale("Hugo Dahl", ago(10, 3), 99_000, card)
        yield from sale_objects(
            replace(
                sale,
                status=ChargeStatus.FAILED,
                outcome="blocked",
                failure="card_declined",
            )
        )

    def _still_settling(self) -> Iterator[Json]:
        sepa = CARDS["pm_sepa_debit"].method
        sale = self._sale("Greta Lehmann", ago(2, 5), 7_400, sepa)
        money = Money(7_400, "eur")
        yield from sale_objects(replace(sale, status=ChargeStatus.PENDING, money=money))
        bank = CARDS["pm_us_bank_account"].method
        sale = self._sale("Quinn Smith", ago(1, 7), 16_400, bank)
        waits = Refund(
            self._ids.new("pyr"),
            sale.money,
            RefundStatus.PENDING,
            ago(hours=6),
            None,
            pending_reason=PendingReason.CHARGE_PENDING,
        )
        yield from sale_objects(replace(sale, status=ChargeStatus.PENDING))
        yield from refund_objects(waits, sale)

    def _incomplete(self) -> Iterator[Json]:
        left = (IntentStatus.REQUIRES_PAYMENT_METHOD, IntentStatus.REQUIRES_ACTION)
        for hours, status in enumerate(left, 8):
            intent = self._ids.new("pi")
            yield intent_shape(Intent(intent, usd(2_000), status, ago(hours=hours)))
