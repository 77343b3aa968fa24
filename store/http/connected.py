"""Connected: what may be asked in the name of a connected account, and of what."""

from collections.abc import Callable, Mapping

from store.cards import CARDS
from store.connect import is_account
from store.errors import Refused
from store.http.routes import Call, Endpoint, Verb
from store.refusals import http as http_refusals
from store.refusals import lists as list_refusals
from store.refusals import no_such

_PAYING = "/v1/payment_intents"
_BEGINS = ("POST", _PAYING)
"""What an account is known by from then on."""


def _of_charge(call: Call) -> object:
    return call.store.connected_accounts.refunds(
        str(call.account), charge=call.id, **call.given
    )


def _listing(noun: str) -> Verb:
    def listed(call: Call) -> object:
        verbs: Callable[..., object] = getattr(call.store.connected_accounts, noun)
        return verbs(call.account, **call.given)

    return listed


OBEYED: Mapping[tuple[str, str], Verb | None] = {
    _BEGINS: None,
    ("GET", _PAYING): _listing("payment_intents"),
    ("GET", f"{_PAYING}/{{intent}}"): None,
    ("POST", f"{_PAYING}/{{intent}}"): None,
    ("POST", f"{_PAYING}/{{intent}}/confirm"): None,
    ("POST", f"{_PAYING}/{{intent}}/capture"): None,
    ("POST", f"{_PAYING}/{{intent}}/cancel"): None,
    ("GET", "/v1/charges"): _listing("charges"),
    ("GET", "/v1/charges/{charge}"): None,
    ("POST", "/v1/charges/{charge}"): None,
    ("POST", "/v1/charges/{charge}/capture"): None,
    ("POST", "/v1/charges/{charge}/refund"): None,
    ("POST", "/v1/charges/{charge}/refunds"): None,
    ("GET", "/v1/charges/{charge}/refunds"): _of_charge,
    ("GET", "/v1/charges/{charge}/refunds/{refund}"): None,
    ("POST", "/v1/charges/{charge}/refunds/{refund}"): None,
    ("POST", "/v1/refunds"): None,
    ("GET", "/v1/refunds"): _listing("refunds"),
    ("GET", "/v1/refunds/{refund}"): None,
    ("POST", "/v1/refunds/{refund}"): None,
    ("POST", "/v1/refunds/{refund}/cancel"): None,
    ("POST", "/v1/test_helpers/refunds/{refund}/expire"): None,
    ("GET", "/v1/disputes"): _listing("disputes"),
    ("GET", "/v1/disputes/{dispute}"): None,
    ("GET", "/v1/charges/{charge}/dispute"): None,
    ("POST", "/v1/disputes/{dispute}/close"): None,
    ("GET", "/v1/balance"): None,
    ("GET", "/v1/balance_transactions"): None,
    ("GET", "/v1/balance_transactions/{transaction}"): None,
    ("GET", "/v1/balance/history"): None,
    ("GET", "/v1/balance/history/{transaction}"): None,
}
"""Every endpoint that can be used so, and its verb where that is another than the
platform's; any other is refused by name. What belongs to the platform alone, such as
customers, top-ups and transfers, is not found in an account's name."""
_KINDS = {
    "charge": ("charge", "id"),
    "intent": ("payment_intent", "intent"),
    "payment_intent": ("payment_intent", "payment_intent"),
    "refund": ("refund", "refund"),
    "dispute": ("dispute", "dispute"),
    "transaction": ("balance transaction", "id"),
}
"""By the name of an id, what it is of, and the parameter that a path's id is."""
_CURSORS = ("starting_after", "ending_before")


def verb_of(endpoint: Endpoint, call: Call, shown_key: str) -> Verb:
    """Return what answers a call, in the name of whom it is asked.

    Raises:
        Refused: The account is not known, cannot ask for this, or not about these.
    """
    account = call.account
    if account is None:
        return endpoint.verb
    asked = endpoint.method, endpoint.path
    known = is_account(account) and (
        asked == _BEGINS or call.store.connected_accounts.is_known(account)
    )
    if not known:
        raise Refused(http_refusals.no_access(shown_key, account))
    if asked not in OBEYED:
        raise Refused(http_refusals.not_in_name_of_account(*asked))
    _check_ids(call, account)
    if asked == _BEGINS:
        _check_begin(call)
    return OBEYED[asked] or endpoint.verb


def _check_ids(call: Call, account: str) -> None:
    """Refuse what is not the account's own.

    Raises:
        Refused: As an id that nobody knows.
    """
    for name, given in call.ids.items():
        kind, param = _KINDS[name]
        if call.store.connected_accounts.owner(given) != account:
            raise Refused(no_such(kind, given, param))
    for name in (*_KINDS, *_CURSORS):
        named = call.given.get(name)
        if named and call.store.connected_accounts.owner(named) != account:
            kind = _KINDS[name][0] if name in _KINDS else _noun(call)
            raise Refused(no_such(kind, named, name))
    if customer := call.given.get("customer"):
        raise Refused(no_such("customer", customer, "customer"))
    method = call.given.get("payment_method")
    if method and method not in CARDS:
        raise Refused(no_such("payment_method", method, "payment_method"))


def _noun(call: Call) -> str:
    return call.path.rpartition("/")[2].removesuffix("s").replace("_", " ")


def _check_begin(call: Call) -> None:
    """Refuse a payment that would not stay the account's own.

    Raises:
        Refused: It waits for a second step, or is in another's name as well.
    """
    if not call.given.get("confirm"):
        raise Refused(http_refusals.in_one_step())
    if "on_behalf_of" in call.given:
        raise Refused(list_refusals.unknown_parameters(["on_behalf_of"]))
