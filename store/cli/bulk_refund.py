"""Bulk refund: `refund-desk bulk`, which runs a job to its end and says how."""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC
from typing import TYPE_CHECKING, Any

from store.bounded import MIB
from store.bulk import Bulk, BulkItem, BulkState, ItemState, Plan
from store.cli import place, say
from store.cli.nouns import NOUNS
from store.cli.options import Mistyped, Typed
from store.cli.output import Form, show
from store.cli.parameters import arguments
from store.cli.request import as_whom
from store.errors import StoreBusy
from store.event import Actor
from store.search.language import SearchError, parse
from store.shape.account import list_shape
from store.shape.bulk import bulk_item_shape, bulk_shape, plan_item_shape, plan_shape
from store.shared_refund import told_of

if TYPE_CHECKING:
    from store import Store

_NOUN = "bulk"
_LISTED = 10
_FAILED = 1
_MOST_TYPED = 32 * MIB
_SHOWN = {BulkState.PAUSED: "paused", BulkState.STOPPED: "stopped"}


def bulk_refund(typed: Typed, form: Form) -> int:
    """Do what was typed about bulk refunds; return the exit code.

    With 1 where a payment that was to be refunded was not.

    Raises:
        Mistyped: An option has a value that there is not.
        StoreError: The store says no.
    """
    name = typed.verb or ""
    verb = NOUNS[_NOUN][name]
    asked: dict[str, Any] = arguments(verb.takes, typed.given)
    whose = as_whom(typed) if verb.writes else {}
    with place.open_there(place.url_of(typed.store)) as store:
        if name == "plan" or (name == "start" and typed.dry_run):
            return _plan(store, asked, form)
        if name == "start":
            plan = _planned(store, asked)
            bulk = store.bulk.start(plan, actor=whose["actor"], key=whose["key"])
            return _run(store, bulk, whose["actor"], form)
        if verb.writes:
            return _change(store, name, asked["id"], whose, form)
        return _read(store, name, asked, form)


def _planned(store: "Store", asked: dict[str, Any]) -> Plan:
    given = list(asked.get("payments", ()))
    if "-" in given:
        at = given.index("-")
        given[at : at + 1] = _typed_ids()
    now = store.now()
    narrowed = None
    if "filter" in asked:
        try:
            zone = now.astimezone().tzinfo or UTC
            narrowed = parse(asked["filter"], now=now, zone=zone)
        except SearchError as wrong:
            raise Mistyped(str(wrong)) from None
    return store.bulk.plan(
        payments=given,
        filter=narrowed,
        reason=asked.get("reason"),
        note=asked.get("note"),
        reverse_transfer=bool(asked.get("reverse_transfer")),
        refund_application_fee=bool(asked.get("refund_application_fee")),
    )


def _typed_ids() -> list[str]:
    """Return the ids that come from standard input.

    Raises:
        Mistyped: There is no end to them, or they are no text.
    """
    try:
        given = sys.stdin.read(_MOST_TYPED + 1)
    except UnicodeDecodeError:
        raise Mistyped("What comes from standard input is no text.") from None
    if len(given) > _MOST_TYPED:
        said = f"Standard input holds more than {_MOST_TYPED:,} characters of ids."
        raise Mistyped(said)
    return given.split()


def _plan(store: "Store", asked: dict[str, Any], form: Form) -> int:
    plan = _planned(store, asked)
    if form is Form.JSON:
        show(plan_shape(plan), _NOUN, form)
    else:
        data = [plan_item_shape(one) for one in plan.items]
        show(list_shape(data, "", has_more=False), _NOUN, form, "plan")
    held = f", {len(plan.held):,} of them held" if plan.held else ""
    total = " + ".join(map(str, plan.sums)) or "nothing"
    refundable = say.counted(len(plan.refundable), "payment")
    say.problem(
        f"{refundable} can be refunded{held}: {total};"
        f" {len(plan.skipped):,} skipped. Nothing was changed."
    )
    if plan.shared:
        say.problem(f"{len(plan.shared):,} of them shared: {told_of(plan.shared)}.")
    return 0


def _change(
    store: "Store", name: str, given: str, whose: dict[str, Any], form: Form
) -> int:
    verb: Callable[..., Bulk] = getattr(store.bulk, name)
    bulk = verb(given, actor=whose["actor"])
    if name in ("resume", "retry"):
        return _run(store, bulk, whose["actor"], form)
    show(bulk_shape(bulk), _NOUN, form)
    return 0


def _run(store: "Store", bulk: Bulk, actor: Actor, form: Form) -> int:
    """Run a job until it no longer runs, and show how it ended."""
    try:
        with say.progress("Refunding", bulk.total) as watch:
            while bulk.state is BulkState.RUNNING:
                bulk = store.bulk.run(bulk.id, actor=actor)
                watch(bulk.total - bulk.queued)
    except (KeyboardInterrupt, StoreBusy):
        say.problem(f"Go on with: refund-desk bulk resume {bulk.id}")
        raise
    show(bulk_shape(bulk), _NOUN, form)
    if bulk.state is not BulkState.DONE:
        say.problem(f"It was {_SHOWN[bulk.state]}: {bulk.queued:,} were not tried.")
    wrong = bulk.counts[ItemState.FAILED] + bulk.counts[ItemState.STALE]
    if wrong:
        what = say.counted(wrong, "payment")
        say.problem(f"{what} not refunded; see why: refund-desk bulk items {bulk.id}")
    return _FAILED if wrong else 0


def _read(store: "Store", name: str, asked: dict[str, Any], form: Form) -> int:
    match name:
        case "retrieve":
            show(bulk_shape(store.bulk.retrieve(asked["id"])), _NOUN, form)
        case "items":
            shapes = [bulk_item_shape(one) for one in _items(store, asked)]
            show(list_shape(shapes, "", has_more=False), _NOUN, form, name)
        case _:
            page = store.bulk.list(limit=max(1, asked.get("limit", _LISTED)))
            shapes = [bulk_shape(one) for one in page.rows]
            show(list_shape(shapes, "", has_more=page.more), _NOUN, form)
    return 0


def _items(store: "Store", asked: dict[str, Any]) -> Iterator[BulkItem]:
    try:
        states = [ItemState(asked["states"])] if "states" in asked else []
    except ValueError:
        known = ", ".join(ItemState)
        raise Mistyped(f"--state takes one of {known}.") from None
    page = store.bulk.items(asked["id"], states=states)
    yield from page.rows
    while page.more:
        page = store.bulk.items(asked["id"], states=states, after=page.last)
        yield from page.rows
