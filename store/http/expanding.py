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
_CHARGE = {"charge": ("charge",)}
_BALANCE = {"balance_transaction": ("balance_transaction",)}
_FAILURE = {"failure_balance_transaction": ("balance_transaction",)}
_PAYMENT = {**_CHARGE, "payment_intent": ("payment_intent",)}
_CUSTOMER = {"customer": ("customer",)}
_REVERSAL = ("transfer_reversal",)
_SOURCES = (
    *("charge", "refund", "dispute", "topup", "transfer", "transfer_reversal"),
    *("application_fee", "fee_refund"),
)
"""What a balance transaction may be of."""
EXPANDABLE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "application_fee": {**_BALANCE, **_CHARGE},
    "balance_transaction": {"source": _SOURCES},
    "charge": {
        **_BALANCE,
        **_FAILURE,
        **_CUSTOMER,
        "application_fee": ("application_fee",),
        "dispute": ("dispute",),
        "payment_intent": ("payment_intent",),
        "refunds": ("refund",),
        "review": ("review",),
        "source_transfer": ("transfer",),
        "transfer": ("transfer",),
    },
    "customer": {"default_source": ()},
    "dispute": _PAYMENT,
    "fee_refund": {**_BALANCE, "fee": ("application_fee",)},
    "payment_intent": {
        **_CUSTOMER,
        "latest_charge": ("charge",),
        "payment_method": ("payment_method",),
        "review": ("review",),
    },
    "payment_method": _CUSTOMER,
    "refund": {
        **_PAYMENT,
        **_BALANCE,
        **_FAILURE,
        "source_transfer_reversal": _REVERSAL,
        "transfer_reversal": _REVERSAL,
    },
    "review": _PAYMENT,
    "topup": _BALANCE,
    "transfer": {
        **_BALANCE,
        "destination_payment": ("charge",),
        "source_transaction": ("charge",),
    },
    "transfer_reversal": {
        **_BALANCE,
        "source_refund": ("refund",),
        "transfer": ("transfer",),
    },
}
"""By the name of the object, the properties that hold the id of another, and of what
kinds that may be."""
_LISTS = {
    "charge": {"refunds": ("refund",)},
    "transfer": {"reversals": _REVERSAL},
    "application_fee": {"refunds": ("fee_refund",)},
}
"""By the name of the object, the lists inside it: a path goes on with `data`."""


def check(kind: str, paths: Sequence[str]) -> None:
    """Refuse a path before anything is written: what is refused was not done.

    Raises:
        Refused: It names nothing of such an object that can be expanded, or too much.
    """
    for path in paths:
        steps = path.split(".")
        _check_depth(path, steps)
        kinds: tuple[str, ...] = (kind,)
        while steps:
            step, *steps = steps
            inside = [_inside(one, step) for one in kinds]
            found = [one for one in inside if one is not None]
            if not found:
                raise Refused(http_refusals.not_expandable(path))
            if steps and any(step in _LISTS.get(one, ()) for one in kinds):
                into, *steps = steps
                if into != "data":
                    raise Refused(http_refusals.not_expandable(path))
            kinds = tuple(one for some in found for one in some)


def _inside(kind: str, step: str) -> tuple[str, ...] | None:
    """Return of what kinds a property may be; None where it cannot be expanded."""
    there = EXPANDABLE.get(kind, {}).get(step)
    return _LISTS.get(kind, {}).get(step) if there is None else there


def _check_depth(path: str, steps: Sequence[str]) -> None:
    if len(steps) - (steps[0] == "data") > DEEPEST:
        raise Refused(http_refusals.expands_too_deep(path, DEEPEST))


def expanded(
    store: "Store", shape: Json, paths: Sequence[str], *, written: bool = False
) -> Json:
    """Return an answer in which the objects at these paths stand in full.

    Where something was `written`, what is not there to be expanded is left out.

    Raises:
        Refused: A path names nothing that can be expanded, or is too deep.
    """
    for path in paths:
        steps = path.split(".")
        _check_depth(path, steps)
        try:
            shape = _walk(store, shape, steps, path)
        except Refused:
            if not written:
                raise
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
