"""Method: what a customer paid with, in the words of a list and of a sentence."""

from store.method import SHORT_BRANDS, SHORT_TYPES, Method
from tui.words.cells import plain

_SHORT = {**SHORT_BRANDS, **SHORT_TYPES}
_BRAND_WIDTH = 4
_LONGEST = 12


def brief(method: Method) -> str:
    """Return the method for a list: `visa 4242`, `mc   5556`, `ideal`."""
    word = method.brand or method.type
    name = _SHORT.get(word, plain(word.replace("_", " "), _LONGEST))
    if not method.last4:
        return name
    return f"{name:<{_BRAND_WIDTH}} {plain(method.last4, _LONGEST)}"


def full(method: Method) -> str:
    """Return the method for a sentence: `visa •••• 4242`, `ideal`."""
    name = plain(method.brand or method.type).replace("_", " ")
    return f"{name} •••• {plain(method.last4, _LONGEST)}" if method.last4 else name
