"""Test payment methods: what each one is and how the outside world treats it."""

from dataclasses import dataclass
from enum import StrEnum

from store.method import Method


class Behaviour(StrEnum):
    """What a test payment method makes happen later (refund-rules §4)."""

    PENDING_REFUND = "pending_refund"
    """A refund starts pending, then succeeds."""
    REFUND_FAILS = "refund_fails"
    """A refund starts succeeded, then fails."""
    BYPASS_PENDING = "bypass_pending"
    """Funds are available at once."""
    DECLINED = "declined"
    """The payment is declined."""
    FAILS_LATER = "fails_later"
    """The payment is taken in, then returned by the customer's bank."""
    DISPUTED = "disputed"
    """The customer objects at the bank: a chargeback."""
    INQUIRY = "inquiry"
    """The bank asks first: an inquiry, no money moves."""
    ELEVATED_RISK = "elevated_risk"
    """The payment is taken, and a review of it is opened."""
    HIGHEST_RISK = "highest_risk"
    """The payment is blocked."""
    NO_REFERENCE = "no_reference"
    """The bank never gives a reference for the refund."""


@dataclass(frozen=True, slots=True)
class TestMethod:
    """A payment method by its test name."""

    method: Method
    behaviour: Behaviour | None = None


def _card(brand: str, last4: str, behaviour: Behaviour | None = None) -> TestMethod:
    card = Method("card", brand, last4, 12, 2030, "US", "credit", f"fp{brand}{last4}")
    return TestMethod(card, behaviour)


CARDS: dict[str, TestMethod] = {
    "pm_card_visa": _card("visa", "4242"),
    "pm_card_mastercard": _card("mastercard", "4444"),
    "pm_card_amex": _card("amex", "8431"),
    "pm_card_discover": _card("discover", "9424"),
    "pm_card_jcb": _card("jcb", "0505"),
    "pm_card_diners": _card("diners", "0004", Behaviour.NO_REFERENCE),
    "pm_card_pendingRefund": _card("visa", "7726", Behaviour.PENDING_REFUND),
    "pm_card_refundFail": _card("visa", "5126", Behaviour.REFUND_FAILS),
    "pm_card_bypassPending": _card("visa", "0077", Behaviour.BYPASS_PENDING),
    "pm_card_createDispute": _card("visa", "0259", Behaviour.DISPUTED),
    "pm_card_createDisputeInquiry": _card("visa", "1976", Behaviour.INQUIRY),
    "pm_card_riskLevelElevated": _card("visa", "9235", Behaviour.ELEVATED_RISK),
    "pm_card_riskLevelHighest": _card("visa", "4954", Behaviour.HIGHEST_RISK),
    "pm_card_chargeDeclined": _card("visa", "0002", Behaviour.DECLINED),
    "pm_sepa_debit": TestMethod(Method("sepa_debit", last4="3000", country="DE")),
    "pm_sepa_debit_fails": TestMethod(
        Method("sepa_debit", last4="3027", country="DE"), Behaviour.FAILS_LATER
    ),
    "pm_us_bank_account": TestMethod(
        Method("us_bank_account", last4="6789", country="US")
    ),
    **{
        f"pm_{kind}": TestMethod(Method(kind))
        for kind in [
            "afterpay_clearpay",
            "alipay",
            "bancontact",
            "boleto",
            "cashapp",
            "customer_balance",
            "ideal",
            "klarna",
            "konbini",
            "multibanco",
            "oxxo",
            "p24",
            "paypal",
            "wechat_pay",
        ]
    },
}
"""Every test payment method by name."""
