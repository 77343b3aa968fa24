"""Expanding: an id in an answer becomes the object itself, where it is asked for."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from store.errors import Refused
from store.http.fetching import fetched, refunds_of
from store.refusals import http as http_refusals
from store.shape.objects import Json

if TYPE_CHECKING:
    from store import Store

DEEPEST = 4
_PAYMENT = frozenset(("charge", "payment_intent"))
EXPANDABLE: Mapping[str, frozenset[str]] = {
    "application_fee": frozenset(("balance_transaction", "charge")),
    "balance_transaction": frozenset(("source",)),
    "charge": frozenset(
        (
            *("application_fee", "balance_transaction", "customer", "dispute"),
            *("failure_balance_transaction", "payment_intent", "refunds", "review"),
            *("source_transfer", "transfer"),
        )
    ),
    "customer": frozenset(("default_source",)),
    "dispute": _PAYMENT,
    "fee_refund": frozenset(("balance_transaction", "fee")),
    "payment_intent": frozenset(
        ("customer", "latest_charge", "payment_method", "review")
    ),
    "payment_method": frozenset(("customer",)),
    "refund": _PAYMENT
    | {
        *("balance_transaction", "failure_balance_transaction"),
        *("source_transfer_reversal", "transfer_reversal"),
    },
    "review": _PAYMENT,
    "topup": frozenset(("balance_transaction",)),
    "transfer": frozenset(
        ("balance_transaction", "destination_payment", "source_transaction")
    ),
    "transfer_reversal": frozenset(
        ("balance_transaction", "source_refund", "transfer")
    ),
}
"""By the name of the object, the properties that hold the id of another."""


def expanded(store: "Store", shape: Json, paths: Sequence[str]) -> Json:
    """Return an answer in which the objects at these paths stand in full.

    Raises:
        Refused: A path names nothing that can be expanded, or is too deep.
    """
    for path in paths:
        steps = path.split(".")
        if len(steps) - (steps[0] == "data") > DEEPEST:
            raise Refused(http_refusals.expands_too_deep(path, DEEPEST))
        shape = _walk(store, shape, steps, path)
    return shape


def _walk(store: "Store", shape: Json, steps: Sequence[str], path: str) -> Json:
    step, rest = steps[0], steps[1:]
    there = shape.get(step)
    if step == "data" and isinstance(there, list) and rest:
        return {**shape, "data": [_walk(store, one, rest, path) for one in there]}
    kind = str(shape.get("object"))
    if not isinstance(there, dict):
        if step not in EXPANDABLE.get(kind, ()):
            raise Refused(http_refusals.not_expandable(path))
        there = _object(store, shape, step)
    if rest and isinstance(there, dict):
        there = _walk(store, there, rest, path)
    return shape if there is None else {**shape, step: there}


def _object(store: "Store", shape: Json, step: str) -> object:
    """Return the object that a property names; the id where an import left it out."""
    there = shape.get(step)
    if step == "refunds":
        return refunds_of(store, str(shape["id"]))
    if isinstance(there, str):
        with suppress(Refused):
            return fetched(store, there) or there
    return there
