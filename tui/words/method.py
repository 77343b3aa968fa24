"""Method: what a customer paid with, in the words of a list and of a sentence."""

from store.method import Method
from tui.words.cells import plain

_BRIEF = {
    "mastercard": "mc",
    "american_express": "amex",
    "discover": "disc",
    "diners": "din",
    "unionpay": "cup",
    "eftpos_au": "eft",
    "cartes_bancaires": "cb",
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
_BRAND_WIDTH = 4
_LONGEST = 12


def brief(method: Method) -> str:
    """Return the method for a list: `visa 4242`, `mc   5556`, `ideal`."""
    word = method.brand or method.type
    name = _BRIEF.get(word, plain(word.replace("_", " "), _LONGEST))
    if not method.last4:
        return name
    return f"{name:<{_BRAND_WIDTH}} {plain(method.last4, _LONGEST)}"


def full(method: Method) -> str:
    """Return the method for a sentence: `visa •••• 4242`, `ideal`."""
    name = plain(method.brand or method.type).replace("_", " ")
    return f"{name} •••• {plain(method.last4, _LONGEST)}" if method.last4 else name
