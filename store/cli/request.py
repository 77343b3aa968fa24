"""Request: one Stripe-shaped command is asked of the store and answered."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from store.balance import Topup
from store.cli import options, place, say
from store.cli.nouns import NOUNS
from store.cli.options import Mistyped, Typed
from store.cli.output import Form, show
from store.cli.parameters import arguments
from store.event import Actor, Event, Face
from store.lists.page import Page
from store.lists.window import Found, Listed
from store.outcome import RefundOutcome, TopupOutcome
from store.shape.account import event_shape, list_shape
from store.shape.desk import logged_shape
from store.shape.objects import Json, topup_shape
from store.shape.told import told
from store.visible import visible

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
        asked |= as_whom(typed)
    with place.open_there(place.url_of(typed.store)) as store:
        if noun == "balance":
            show(store.balance(), noun, form)
            return 0
        about = (asked.pop("id"),) if "id" in asked else ()
        result = getattr(getattr(store, noun), name)(*about, **asked)
        show(_shape(store, result, noun), noun, form, name)
    if verb.writes:
        _remark(result, dry=typed.dry_run)
        if isinstance(result, RefundOutcome) and result.shared:
            told = visible(result.shared.told)
            say.problem(f"{told[:1].upper()}{told[1:]}.")
    return 0


def as_whom(typed: Typed) -> dict[str, Any]:
    """Return who asks for a change, under which key, and whether only to see.

    Raises:
        Mistyped: It is no key.
    """
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
            data = _told(store, result)
            return list_shape(data, f"/v1/{noun}", has_more=result.has_more)
        case Page():
            data = _told(store, result.rows, logged=True)
            return list_shape(data, f"/v1/{noun}", has_more=result.more)
        case tuple():
            return list_shape(_told(store, result), f"/v1/{noun}", has_more=False)
        case Found():
            return {
                "object": "search_result",
                "data": [told(one) for one in result],
                "has_more": result.has_more,
                "next_page": result.next_page,
                "url": f"/v1/{noun}/search",
            }
        case TopupOutcome():
            newest = store.events.newest(object_id=result.id, limit=1)
            if newest:
                return dict(newest[0].data)
            added = Topup(result.id, result.money, "succeeded", store.now())
            return topup_shape(added)
        case _:
            (one,) = _told(store, (result,))
            return one


def _told(
    store: "Store", found: Iterable[object], *, logged: bool = False
) -> list[Json]:
    """Return objects; of events, how many endpoints have not taken them yet.

    The store's own log says who acted, too.
    """
    objects = tuple(found)
    events = [one for one in objects if isinstance(one, Event)]
    pending = store.webhooks.pending(events) if events else {}
    shape = logged_shape if logged else event_shape
    return [
        shape(one, pending.get(one.id, 0)) if isinstance(one, Event) else told(one)
        for one in objects
    ]
