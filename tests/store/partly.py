"""A charge that was captured in part, as versions of 2019 and of 2026 write it."""

from typing import Any

from exported import AT, charge, event, intent, movement, refund, refund_movement

Json = dict[str, Any]
AUTHORISED, CAPTURED = 2000, 1200
REST = AUTHORISED - CAPTURED


def release(**changed: Any) -> Json:
    """Return what lists the rest of the authorisation as a refund."""
    usual = {"amount": REST, "balance_transaction": None, "created": AT}
    return refund("rest", **{**usual, "destination_details": None, **changed})


def listed(*refunds: Json) -> Json:
    """Return the refunds of a charge, as it lists them."""
    return {"object": "list", "data": list(refunds), "has_more": False}


def old(*refunds: Json, lists: bool = True, **changed: Any) -> Json:
    """Return the charge as in 2019: the release counts as refunded."""
    live = [one for one in refunds if one["status"] in ("succeeded", "pending")]
    gone = sum(one["amount"] for one in live)
    said = {"amount_refunded": gone, "refunded": gone == AUTHORISED}
    more = {"refunds": listed(*refunds)} if lists else {}
    captured = {"amount_captured": CAPTURED}
    return charge(**{**said, **more, **captured, **changed})


def without(said: Json, *keys: str) -> Json:
    """Return an object of a version that does not know these keys."""
    return {key: value for key, value in said.items() if key not in keys}


def new(*refunds: Json, **changed: Any) -> Json:
    """Return the charge as in 2026: what was released counts nowhere."""
    gone = sum(one["amount"] for one in refunds if one["status"] == "succeeded")
    said = {"amount_refunded": gone, "refunded": gone == CAPTURED}
    return charge(**{**said, "amount_captured": CAPTURED, **changed})


PAID = intent(amount_received=CAPTURED, capture_method="manual")
REAL = refund("a", amount=300)
MORE = refund("b", amount=500, created=AT + 7200)
BACK = refund(
    "c",
    amount=250,
    status="failed",
    failure_reason="declined",
    failure_balance_transaction="txn_back",
)
OWN = release(balance_transaction="txn_rest")
SHAPES: dict[str, tuple[Json, ...]] = {
    "listed": (PAID, old(release())),
    "listed, with a balance transaction": (PAID, old(OWN)),
    "no list": (PAID, old(release(), lists=False)),
    "no list, alone before": (release(), PAID, old(release(), lists=False)),
    "no list, alone after": (PAID, old(release(), lists=False), release()),
    "alone with a balance transaction": (PAID, old(OWN, lists=False), OWN),
    "2026": (PAID, new()),
    "without an intent": (old(release(), payment_intent=None),),
    "not said what was captured": (without(old(release()), "amount_captured"), PAID),
    "not said, no list": (
        PAID,
        without(old(release(), lists=False), "amount_captured"),
    ),
    "not said, no intent": (without(old(release()), "amount_captured"),),
    "not said, but what it brought": (
        without(old(OWN), "amount_captured"),
        movement(amount=CAPTURED, net=CAPTURED - 88),
    ),
    "the whole came in": (
        PAID,
        old(OWN),
        movement(),
        refund_movement("rest", amount=-REST, net=-REST),
    ),
    "told by an event": (
        PAID,
        event("1", "charge.refunded", old(release())),
        event("2", "refund.created", release()),
    ),
    "seen while it was authorised": (
        charge(captured=False, amount_captured=0, balance_transaction=None),
        PAID,
        old(release()),
    ),
    "both shapes": (PAID, old(release()), new()),
    "ours": (PAID, new(amount_released=REST, refunds=listed())),
}
