"""Fetching: an object by its id alone, as the API shows it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from store.http.whole import whole
from store.lists.window import Listed
from store.shape.account import list_shape
from store.shape.objects import Json
from store.shape.told import told
from store.transfer import ApplicationFee, PulledBack, Transfer

if TYPE_CHECKING:
    from store import Store

_NEWEST = 10
Fetch = Callable[["Store", str], object]


def fetched(store: "Store", given: str) -> Json | None:
    """Return an object in full; None where its kind is not known here.

    Raises:
        Refused: There is none of that id.
    """
    fetch = _BY_PREFIX.get(given.partition("_")[0])
    return None if fetch is None else shown(fetch(store, given))


def shown(one: object) -> Json:
    """Return an object with every field that the API shows of it."""
    return whole(one if isinstance(one, dict) else told(one))


def transfer_shown(store: "Store", given: str | Transfer) -> Json:
    """Return a transfer with its newest reversals.

    Raises:
        Refused: There is none of that id.
    """
    transfer = store.transfers.retrieve(given) if isinstance(given, str) else given
    backs = store.transfers.backs(transfer.id)
    url = f"/v1/transfers/{transfer.id}/reversals"
    return {**told(transfer), "reversals": _listed(backs, url)}


def fee_shown(store: "Store", given: str | ApplicationFee) -> Json:
    """Return an application fee with its newest refunds.

    Raises:
        Refused: There is none of that id.
    """
    fee = store.application_fees.retrieve(given) if isinstance(given, str) else given
    backs = store.application_fees.backs(fee.id)
    url = f"/v1/application_fees/{fee.id}/refunds"
    return {**told(fee), "refunds": _listed(backs, url)}


def _listed(backs: Listed[PulledBack], url: str) -> Json:
    return list_shape([told(one) for one in backs], url, has_more=backs.has_more)


def refunds_of(store: "Store", charge: str) -> Json:
    """Return the list of refunds that a charge carries: the newest ten."""
    listed = store.refunds.list(charge=charge, limit=_NEWEST)
    url = f"/v1/charges/{charge}/refunds"
    shape = list_shape([shown(one) for one in listed], url, has_more=listed.has_more)
    return {**shape, "total_count": store.refunds.count(charge)}


_BY_PREFIX: Mapping[str, Fetch] = {
    "ch": lambda store, given: store.charges.retrieve(given),
    "cus": lambda store, given: store.customers.retrieve(given),
    "du": lambda store, given: store.disputes.retrieve(given),
    "fee": fee_shown,
    "fr": lambda store, given: store.application_fees.any_back(given),
    "pi": lambda store, given: store.payment_intents.retrieve(given),
    "pm": lambda store, given: store.payment_methods.retrieve(given),
    "prv": lambda store, given: store.reviews.retrieve(given),
    "py": lambda store, given: store.charges.retrieve(given),
    "pyr": lambda store, given: store.refunds.retrieve(given),
    "re": lambda store, given: store.refunds.retrieve(given),
    "tr": transfer_shown,
    "trr": lambda store, given: store.transfers.any_back(given),
    "tu": lambda store, given: store.topups.retrieve(given),
    "txn": lambda store, given: store.balance_transactions.retrieve(given),
}
