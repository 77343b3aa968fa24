"""Currencies: what every verb that takes one asks of it."""

from store.currencies import code_of
from store.errors import Refused
from store.refusals import currencies as currency_refusals


def currency_of(given: str, param: str = "currency") -> str:
    """Return the code of a currency, which may be given in either case.

    Raises:
        Refused: There is none such.
    """
    code = code_of(given)
    if code is None:
        raise Refused(currency_refusals.no_currency(given, param))
    return code
