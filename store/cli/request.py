"""Request: one Stripe-shaped command is asked of the store and answered."""

from typing import TYPE_CHECKING

from store.account_shape import event_shape, list_shape
from store.cli import options, place, say
from store.cli.nouns import NOUNS
from store.cli.options import Mistyped, Typed
from store.cli.output import Form, show
from store.cli.parameters import arguments
from store.event import Actor, Event, Face
from store.outcome import PaymentOutcome, RefundOutcome, TopupOutcome
from store.payment import Charge, Intent
from store.refund import Refund
from store.shape import Json, charge_shape, intent_shape, refund_shape, topup_shape
from store.window import Found, Listed

if TYPE_CHECKING:
    from store import Store

_LONGEST_KEY = 255


def ask(typed: Typed, form: Form) -> int:
    """Ask the store what was typed and print its answer; return the exit code.

    Raises:
        Mistyped: An option has a value that there is not.
        StoreError: The store says no.
    """
    noun, name = typed.command or "", typed.verb or ""
    verb = NOUNS[noun][name]
    asked = arguments(verb.takes, typed.given)
    if verb.writes:
        asked |= _as_whom(typed)
    with place.open_there(place.url_of(typed.store)) as store:
        if noun == "balance":
            show(store.balance(), noun, form)
            return 0
        about = (asked.pop("id"),) if "id" in asked else ()
        result = getattr(getattr(store, noun), name)(*about, **asked)
        show(_shape(store, result, noun), noun, form)
    if verb.writes:
        _remark(result, dry=typed.dry_run)
    return 0


def _as_whom(typed: Typed) -> dict[str, object]:
    key = typed.idempotency_key
    if key is not None and not 0 < len(key) <= _LONGEST_KEY:
        raise Mistyped(f"--idempotency-key takes 1 to {_LONGEST_KEY} characters.")
    actor = Actor(options.actor_name(typed), Face.CLI)
    return {"actor": actor, "key": key, "preview": typed.dry_run}


def _remark(result: object, *, dry: bool) -> None:
    """Say what the answer itself does not show."""
    if getattr(result, "replayed", False):
        say.problem("This key was answered before: nothing was done again.")
    elif dry:
        say.problem("This was a dry run: nothing was changed.")


def _shape(store: "Store", result: object, noun: str) -> Json:
    """Return a verb's answer as the API writes it."""
    match result:
        case Listed():
            data = [_object(one) for one in result]
            return list_shape(data, f"/v1/{noun}", has_more=result.has_more)
        case Found():
            return {
                "object": "search_result",
                "data": [_object(one) for one in result],
                "has_more": result.has_more,
                "next_page": result.next_page,
                "url": f"/v1/{noun}/search",
            }
        case TopupOutcome():
            told = store.events.newest(object_id=result.id, limit=1)
            if told:
                return dict(told[0].data)
            return topup_shape(result.id, result.money, store.now())
        case _:
            return _object(result)


def _object(one: object) -> Json:
    match one:
        case RefundOutcome():
            return refund_shape(one.refund)
        case Refund():
            return refund_shape(one)
        case PaymentOutcome(payment=payment) if payment.intent:
            return intent_shape(payment.intent)
        case Intent():
            return intent_shape(one)
        case Charge():
            return charge_shape(one)
        case Event():
            return event_shape(one)
        case _:
            raise TypeError(type(one).__name__)
