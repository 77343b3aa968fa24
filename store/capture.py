"""Capture: how much of an authorised payment is taken, and what becomes of the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from store import moves, refusals
from store.connect import Share
from store.errors import Refusal
from store.money import Money, step
from store.payment import Charge, Intent
from store.refusals import captures as capture_refusals
from store.refusals import shares as share_refusals

_OPTION = "request_multicapture"


@dataclass(frozen=True, slots=True)
class Capture:
    """What is asked of a capture; without an amount, all that is left is taken."""

    amount: int | None = None
    final: bool = True
    """Whether the rest is released; else it stays to be captured."""
    application_fee_amount: int | None = None
    """What the platform keeps of the whole payment from now on."""
    transfer_data: Mapping[str, int] | None = None
    receipt_email: str | None = None
    metadata: Mapping[str, str] | str | None = None
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def transfer_amount(self) -> int | None:
        """Return how much of the whole payment is to be transferred from now on."""
        return (self.transfer_data or {}).get("amount")

    def taken(self, intent: Intent) -> int:
        """Return how much it takes."""
        return intent.capturable if self.amount is None else self.amount

    def ends(self, intent: Intent) -> bool:
        """Tell whether nothing is left to be captured after it."""
        return self.final or self.taken(intent) == intent.capturable


def why_not_capture(intent: Intent, asked: Capture) -> Refusal | None:
    """Return why this intent cannot be captured so, or None when it can.

    Nothing may be captured, to release what is left, once something was.
    """
    if not moves.after(moves.Kind.PAYMENT_INTENT, intent.status, moves.What.CAPTURE):
        if 0 < intent.received < intent.money.amount:
            return capture_refusals.rest_released()
        return refusals.intent_not_capturable(intent.status)
    amount = asked.amount
    if amount is None:
        return None
    if amount < 1 and not (amount == 0 and asked.final and intent.received):
        return refusals.amount_below_one()
    if amount > intent.capturable:
        return refusals.captures_too_much()
    unit = Money(step(intent.money.currency), intent.money.currency)
    if amount != intent.capturable and amount % unit.amount:
        money = Money(amount, unit.currency)
        return refusals.amount_not_divisible(money, unit)
    return None


def why_not_in_parts(intent: Intent, charge: Charge) -> Refusal | None:
    """Return why more cannot be captured after this capture, or None when it can."""
    if not charge.method.is_card:
        return capture_refusals.not_in_parts(charge.method.type)
    options = intent.extra.get("payment_method_options")
    card = options.get("card") if isinstance(options, dict) else None
    if isinstance(card, dict) and card.get(_OPTION) == "never":
        return capture_refusals.parts_not_requested()
    return None


def why_not_share(charge: Charge, asked: Capture) -> Refusal | None:
    """Return why the payment cannot be shared as a capture asks, or None when it can.

    What was given out by earlier captures is not taken back.
    """
    fee, amount = asked.application_fee_amount, asked.transfer_amount
    share = charge.share
    if fee is None and amount is None:
        return None
    if share is None or share.account is None:
        if fee is not None:
            return share_refusals.fee_needs_account()
        return share_refusals.nothing_transferred()
    if fee is not None and amount is not None:
        return share_refusals.fee_beside_amount()
    return _why_not_parts(charge, share, fee, amount)


def _why_not_parts(
    charge: Charge, share: Share, fee: int | None, amount: int | None
) -> Refusal | None:
    most = charge.money.amount
    if fee is not None and not 0 <= fee <= most:
        return share_refusals.shares_too_much("application_fee_amount", 0)
    if amount is not None and not 1 <= amount <= most:
        return share_refusals.shares_too_much("transfer_data")
    collected = share.fee_money if share.fee else None
    if fee is not None and collected and fee < collected.amount:
        return capture_refusals.less_than_given("application_fee_amount", collected)
    given = share.transferred if share.transfer else None
    if amount is not None and given and amount < given.amount:
        return capture_refusals.less_than_given("transfer_data", given)
    return None
