"""Test payment methods: what each one is and how the outside world treats it."""

from dataclasses import dataclass, replace
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
    "pm_card_chargeCustomerFail": _card("visa", "0341", Behaviour.DECLINED),
    "pm_sepa_debit": TestMethod(Method("sepa_debit", last4="3000", country="DE")),
    "pm_sepa_debit_fails": TestMethod(
        Method("sepa_debit", last4="3027", country="DE"), Behaviour.FAILS_LATER
    ),
    "pm_us_bank_account": TestMethod(Method("us_bank_account", last4="6789")),
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
_NUMBERS = {
    "4242424242424242": "pm_card_visa",
    "4000056655665556": "pm_card_visa",
    "5555555555554444": "pm_card_mastercard",
    "5200828282828210": "pm_card_mastercard",
    "378282246310005": "pm_card_amex",
    "371449635398431": "pm_card_amex",
    "6011111111111117": "pm_card_discover",
    "6011981111111113": "pm_card_discover",
    "3566002020360505": "pm_card_jcb",
    "3056930009020004": "pm_card_diners",
    "4000000000007726": "pm_card_pendingRefund",
    "4000000000005126": "pm_card_refundFail",
    "4000000000000077": "pm_card_bypassPending",
    "4000000000000259": "pm_card_createDispute",
    "4000000000001976": "pm_card_createDisputeInquiry",
    "4000000000009235": "pm_card_riskLevelElevated",
    "4000000000004954": "pm_card_riskLevelHighest",
    "4100000000000019": "pm_card_riskLevelHighest",
    "4000000000000002": "pm_card_chargeDeclined",
    "4000000000000341": "pm_card_chargeCustomerFail",
}


def name_of_number(number: str) -> str | None:
    """Return the name of a test card by its number; nobody's real card is one."""
    return _NUMBERS.get(_digits(number))


def _digits(number: str) -> str:
    return number.replace(" ", "").replace("-", "")


def by_number(number: str) -> TestMethod | None:
    """Return a test card by its number, which its last digits are of."""
    name = name_of_number(number)
    if name is None:
        return None
    last4 = _digits(number)[-4:]
    return replace(CARDS[name], method=replace(CARDS[name].method, last4=last4))


def name_of_token(token: str) -> str | None:
    """Return the name of a test token's card: `tok_visa` is `pm_card_visa`."""
    name = f"pm_card_{token.removeprefix('tok_')}"
    return name if token.startswith("tok_") and name in CARDS else None
