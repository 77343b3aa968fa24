"""Payment methods: how a refund travels back on each of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from store.errors import Refusal
from store.refusals import methods as refusals


class RefundPath(StrEnum):
    """How money finds its way back to the customer."""

    CARD = "card"
    """At once; waits for funds when the balance is short."""
    DIRECT = "direct"
    """At once; refused when the balance is short."""
    BANK = "bank"
    """Through a bank: pending at first, then settled or returned."""
    ASKS_CUSTOMER = "asks_customer"
    """The customer is asked for bank details first."""
    NONE = "none"
    """No refunds at all."""


_BANK = frozenset(
    (
        *("acss_debit", "au_becs_debit", "bacs_debit", "bancontact", "blik", "eps"),
        *("giropay", "ideal", "klarna", "mb_way", "p24", "sepa_debit", "sofort"),
        *("swish", "us_bank_account"),
    )
)
_SETTLES_LATER = frozenset(
    ("acss_debit", "au_becs_debit", "bacs_debit", "sepa_debit", "us_bank_account")
)
_ASKS_CUSTOMER = frozenset(("customer_balance", "konbini", "multibanco", "promptpay"))
_NO_REFUNDS = frozenset(("boleto", "oxxo"))
_REFUNDABLE_FOR_DAYS = {
    **dict.fromkeys(("alipay", "au_becs_debit", "cashapp", "paynow"), 90),
    **dict.fromkeys(("affirm", "afterpay_clearpay"), 120),
    **dict.fromkeys(
        (
            *("alma", "bacs_debit", "customer_balance", "eps", "ideal", "p24"),
            *("paypal", "revolut_pay", "sofort", "wechat_pay", "zip"),
        ),
        180,
    ),
    "swish": 365,
}
_CAPTURED_BY_HAND = frozenset(
    (
        *("affirm", "afterpay_clearpay", "alma", "amazon_pay", "billie", "card"),
        *("card_present", "cashapp", "kakao_pay", "klarna", "kr_card", "link"),
        *("mobilepay", "naver_pay", "payco", "paypal", "revolut_pay", "samsung_pay"),
        *("satispay", "scalapay", "sequra", "sunbit"),
    )
)
"""What can be authorised first; the others are paid at once, or days later."""
_WITH_REFERENCE = {
    "afterpay_clearpay": "afterpay_clearpay",
    "bacs_debit": "gb_bank_transfer",
    "blik": "blik",
    "customer_balance": "eu_bank_transfer",
    "klarna": "klarna",
    "konbini": "jp_bank_transfer",
    "mb_way": "mb_way",
    "multibanco": "multibanco",
    "p24": "p24",
    "paypal": "paypal",
    "promptpay": "th_bank_transfer",
    "sepa_debit": "eu_bank_transfer",
    "swish": "swish",
    "us_bank_account": "us_bank_transfer",
}
TYPES = (
    "card",
    *sorted(
        {*_BANK, *_ASKS_CUSTOMER, *_NO_REFUNDS, *_REFUNDABLE_FOR_DAYS, *_WITH_REFERENCE}
    ),
)
"""Every payment method whose rules are known, by the API's names."""
BRANDS = ("visa", "mastercard", "amex", "discover", "jcb", "diners", "unionpay")
"""The card networks, by the API's names."""
SHORT_BRANDS = {
    "mastercard": "mc",
    "american_express": "amex",
    "discover": "disc",
    "diners": "din",
    "unionpay": "cup",
    "eftpos_au": "eft",
    "cartes_bancaires": "cb",
}
SHORT_TYPES = {
    "acss_debit": "acss",
    "afterpay_clearpay": "afterpay",
    "au_becs_debit": "becs",
    "bacs_debit": "bacs",
    "card_present": "card",
    "customer_balance": "transfer",
    "interac_present": "intr",
    "sepa_debit": "sepa",
    "stripe_account": "stripe",
    "us_bank_account": "ach",
}
"""Names short enough for ten cells; the others are written as they are."""


@dataclass(frozen=True, slots=True)
class Method:
    """What the customer paid with; `type` is the API's name of the method."""

    type: str
    brand: str | None = None
    last4: str | None = None
    exp_month: int | None = None
    exp_year: int | None = None
    country: str | None = None
    funding: str | None = None
    fingerprint: str | None = None

    @property
    def is_card(self) -> bool:
        """Tell whether refunds follow the card rules (`re_…`, may wait for funds)."""
        return self.type in ("card", "card_present", "interac_present", "link")


def refund_path(method: Method) -> RefundPath:
    """Return how a refund of this method travels."""
    if method.is_card:
        return RefundPath.CARD
    if method.type in _NO_REFUNDS:
        return RefundPath.NONE
    if method.type in _ASKS_CUSTOMER:
        return RefundPath.ASKS_CUSTOMER
    return RefundPath.BANK if method.type in _BANK else RefundPath.DIRECT


def refundable_for(method: Method) -> timedelta | None:
    """Return how long after the payment it can be refunded; None is for ever."""
    days = _REFUNDABLE_FOR_DAYS.get(method.type)
    return None if days is None else timedelta(days=days)


def destination_type(method: Method) -> str:
    """Return the name of the refund's destination hash."""
    if method.is_card:
        return "card"
    return _WITH_REFERENCE.get(method.type, method.type)


def settles_later(method: Method) -> bool:
    """Tell whether the customer's bank takes days to pay."""
    return method.type in _SETTLES_LATER


def why_not_by_hand(types: Iterable[str]) -> Refusal | None:
    """Return why a payment with these cannot be captured by hand, or None if it can."""
    wrong = next((one for one in types if one not in _CAPTURED_BY_HAND), None)
    return None if wrong is None else refusals.not_captured_by_hand(wrong)


def carries_reference(method: Method) -> bool:
    """Tell whether the bank gives a reference for refunds to this method."""
    return method.is_card or method.type in _WITH_REFERENCE
