"""Headers: every one that the API documents is obeyed or refused, by one table."""

import re
from collections.abc import Callable, Mapping

from starlette.datastructures import Headers

from store.errors import Refusal, Refused
from store.refusals import http as http_refusals

LONGEST_KEY = 255
_VERSION = re.compile(r"\d{4}-\d{2}-\d{2}(\.[a-z]{1,40})?", re.ASCII)
_ACCOUNT = re.compile(r"\w{1,100}", re.ASCII)
_JSON = ("application/json", "application/*", "*/*")
_OURS = "stripe-"


def _version(given: str) -> Refusal | None:
    return None if _VERSION.fullmatch(given) else http_refusals.bad_version(given)


def _idempotency_key(given: str) -> Refusal | None:
    fits = 0 < len(given) <= LONGEST_KEY
    return None if fits else http_refusals.key_too_long(LONGEST_KEY)


def _account(given: str) -> Refusal | None:
    if _ACCOUNT.fullmatch(given):
        return None
    return http_refusals.no_access("", http_refusals.masked(given))


def _context(given: str) -> Refusal | None:
    del given
    return http_refusals.unknown_header("Stripe-Context")


def _livemode(given: str) -> Refusal | None:
    return None if given.lower() == "false" else http_refusals.no_live_mode()


def _accept(given: str) -> Refusal | None:
    """Refuse who takes anything but what is answered; a weight of 0 takes nothing."""
    for one in given.lower().split(","):
        kind, _, weight = one.partition(";")
        taken = not re.fullmatch(r"\s*q=0(\.0*)?\s*", weight)
        if kind.strip() in _JSON and taken:
            return None
    return http_refusals.only_json() if given.strip() else None


def _elsewhere(given: str) -> Refusal | None:
    """Say nothing: the key and the form are read where they are used."""
    del given
    return None


HEADERS: Mapping[str, Callable[[str], Refusal | None]] = {
    "authorization": _elsewhere,
    "content-type": _elsewhere,
    "accept": _accept,
    "idempotency-key": _idempotency_key,
    "stripe-account": _account,
    "stripe-context": _context,
    "stripe-livemode": _livemode,
    "stripe-version": _version,
}
"""By a header's name, why a value of it is refused; what is not refused is obeyed."""
ECHOED = {
    "Idempotency-Key": re.compile(r"[ -~]{1,255}"),
    "Stripe-Version": _VERSION,
    "Stripe-Account": _ACCOUNT,
}
"""What an answer's headers say again, where it is what it should be."""


def check(headers: Headers) -> None:
    """Refuse a header that is none, said twice, or of the API's but not known.

    Raises:
        Refused: Nothing is carried out for it.
    """
    for name in headers:
        if name in HEADERS:
            values = set(headers.getlist(name))
            if len(values) > 1:
                raise Refused(http_refusals.said_twice(name.title()))
            if refusal := HEADERS[name](values.pop()):
                raise Refused(refusal)
        elif name.startswith(_OURS):
            raise Refused(http_refusals.unknown_header(name.title()))
