"""Kept: what an intent keeps of how it is to be paid, and what its charge has of it."""

from collections.abc import Mapping

from store.connect import FEE, Share
from store.errors import Refusal
from store.payment_method import DATA
from store.refusals import methods as method_refusals
from store.shape.objects import BILLING, Json

TYPES_ASKED = "_payment_method_types"
"""Where an intent keeps with what it may be paid, where that was said."""
_ALLOWED = "allowed_payment_method_types"
_EXCLUDED = "excluded_payment_method_types"
_NEEDS_NOBODY = ("_error_on_requires_action", "_off_session")
_OF_CHARGE = (
    *("on_behalf_of", "shipping", "statement_descriptor"),
    *("statement_descriptor_suffix", "transfer_group"),
)
_OWN_BILLING = ("name", "email")


def of_charge(extra: Mapping[str, object], share: Share | None) -> Json:
    """Return what a charge keeps of what was said of its intent."""
    kept: Json = {name: extra[name] for name in _OF_CHARGE if extra.get(name)}
    radar, data = extra.get("_radar_options"), extra.get(DATA)
    if isinstance(radar, dict) and radar.get("session"):
        kept["radar_options"] = {"session": radar["session"]}
    billing = data.get("billing_details") if isinstance(data, dict) else None
    if isinstance(billing, dict):
        kept[BILLING] = {
            name: one for name, one in billing.items() if name not in _OWN_BILLING
        }
    if share is not None and share.fee_money is not None and not share.fee_money:
        kept[FEE] = 0
    return kept


def types_asked(extra: Mapping[str, object]) -> tuple[str, ...] | None:
    """Return with what an intent may be paid, where that was said."""
    there = extra.get(TYPES_ASKED)
    return tuple(map(str, there)) if isinstance(there, (list, tuple)) else None


def why_not_with(
    type_: str, types: tuple[str, ...] | None, extra: Mapping[str, object]
) -> Refusal | None:
    """Return why a payment is not to be paid with this type, or None when it may."""
    excluded, allowed = extra.get(_EXCLUDED), extra.get(_ALLOWED) or types
    if isinstance(excluded, (list, tuple)) and type_ in excluded:
        return method_refusals.not_allowed(type_, ())
    if isinstance(allowed, (list, tuple)) and type_ not in allowed:
        return method_refusals.not_allowed(type_, [str(one) for one in allowed])
    return None


def is_alone(extra: Mapping[str, object]) -> bool:
    """Tell whether the customer is not there to do anything."""
    return any(extra.get(name) not in (None, False, "false") for name in _NEEDS_NOBODY)


def is_manual(capture_method: str, type_: str, extra: Mapping[str, object]) -> bool:
    """Tell whether a payment with this type is only authorised at first."""
    options = extra.get("payment_method_options")
    own = options.get(type_) if isinstance(options, dict) else None
    said = own.get("capture_method") if isinstance(own, dict) else None
    return (said or capture_method) == "manual"
