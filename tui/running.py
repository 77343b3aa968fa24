"""Running: what a typed command does; it opens screens and dialogs, sends nothing."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from textual.screen import Screen

from store.currencies import code_of
from store.errors import StoreError
from store.money import LARGEST, AmountError, Money, parse_amount
from store.payment import why_not_refund
from store.refund import CHOSEN_REASONS, Reason
from store.refusals.currencies import no_currency
from tui import flows
from tui.actions import BY_ID, PAYMENTS, REFUND, TOP_UP
from tui.commands import Order, Values, read
from tui.console import Console
from tui.parts.desk import DeskScreen
from tui.parts.on_payment import OnPayment
from tui.parts.show_bulk import show_bulk
from tui.screens.payments import PaymentsScreen
from tui.settings import View
from tui.status import GOOD
from tui.text import line, plain
from tui.widgets.columns import TITLES
from tui.words.zone import Reading, Zone

if TYPE_CHECKING:
    from store import Store

Refused = str | None
"""Why a command was not run, in one sentence; None once it was."""


def values(app: Console) -> Values:
    """Return what only this console can offer behind a command."""
    return {
        "view": [one.name for one in app.settings.views if one.name.isprintable()],
        "cols": TITLES,
    }


async def run(app: Console, typed: str) -> Refused:
    """Run what was typed on the screen that is shown.

    Raises:
        WrongCommand: It is no command.
    """
    order = read(typed)
    if order.action:
        return await _act(app, order)
    desk = app.screen
    if not isinstance(desk, DeskScreen):
        return "Close what is open first."
    try:
        return await _COMMANDS[order.name](app, desk, order)
    except (StoreError, AmountError) as refused:
        return str(refused)


async def _act(app: Console, order: Order) -> Refused:
    action = order.action
    if action not in app.offered(app.screen):
        title = action.title.rstrip("…") if action else order.name
        return f'"{title}" is not for this screen.'
    await app.perform(order.name)
    return None


def _why_only_read(app: Console, id_: str) -> Refused:
    return app.ask.read_only if BY_ID[id_].changes else None


async def _pay(app: Console, desk: DeskScreen, order: Order) -> Refused:
    from tui.screens.payment import PaymentScreen
    from tui.screens.refund import RefundScreen

    given = order.rest
    screen: Screen[None]
    if given.startswith(("re_", "pyr_")):
        refund = await desk.ask.read(lambda store: store.refunds.retrieve(given))
        screen = RefundScreen(refund.id)
    else:
        payment = await desk.ask.read(lambda store: store.payments.find(given))
        screen = PaymentScreen(payment.id)
    await app.push_screen(screen)
    return None


async def _ref(app: Console, desk: DeskScreen, order: Order) -> Refused:
    from tui.dialogs.matches import MatchesDialog
    from tui.screens.refund import RefundScreen
    from tui.words.times import Times

    def find(store: "Store") -> tuple[list[str], MatchesDialog]:
        found = store.payments.by_reference(order.rest)
        dialog = MatchesDialog(order.rest, found, Times(desk.zone, store.now()))
        return [one.refund for one in found], dialog

    refunds, dialog = await desk.ask.read(find)
    if not refunds:
        if order.rest.startswith(("re_", "pyr_")):
            refund = await desk.ask.read(lambda s: s.refunds.retrieve(order.rest))
            await app.push_screen(RefundScreen(refund.id))
            return None
        return f"No refund has the reference {plain(order.rest)}."
    chosen = refunds[0] if len(refunds) == 1 else await app.push_screen_wait(dialog)
    if chosen is not None:
        await app.push_screen(RefundScreen(chosen))
    return None


async def _bulk(app: Console, desk: DeskScreen, order: Order) -> Refused:
    del desk
    return await show_bulk(app, order.rest)


async def _refund(app: Console, desk: DeskScreen, order: Order) -> Refused:
    from tui.dialogs.issue_refund import RefundRequest

    if why := _why_only_read(app, REFUND.id):
        return why
    target = desk.target if isinstance(desk, OnPayment) else None
    if target is None:
        return "Go to a payment first: the refund is of the one under the cursor."
    if order.arguments[:1] and "_" in order.arguments[0]:
        return "It refunds the payment under the cursor; :pay pi_… goes to another one."
    payment = await desk.ask.read(lambda store: store.payments.find(target))
    if refusal := why_not_refund(payment):
        return refusal.message
    amount, *said = order.arguments or ("full",)
    if said and code_of(said[0]):
        amount = f"{amount} {said.pop(0)}"
    why = " ".join(said) or "requested"
    reason = _reason(why)
    if reason is None:
        known = ", ".join(CHOSEN_REASONS)
        return f'"{plain(why)}" is no reason: use one of {known}.'
    asked = RefundRequest(parse_amount(amount, payment.refundable), reason)
    desk.carry_out(flows.refund(desk, target, typed=asked))
    return None


def _reason(typed: str) -> Reason | None:
    """Return the only reason that begins so."""
    found = [one for one in CHOSEN_REASONS if one.startswith(typed.lower())]
    return found[0] if len(found) == 1 else None


async def _top_up(app: Console, desk: DeskScreen, order: Order) -> Refused:
    if why := _why_only_read(app, TOP_UP.id):
        return why
    typed, currency = order.arguments
    code = code_of(currency)
    if code is None:
        return no_currency(plain(currency)).message
    money = parse_amount(typed, Money(LARGEST, code))
    desk.carry_out(flows.top_up(desk, money.currency, typed=money))
    return None


async def _view(app: Console, desk: DeskScreen, order: Order) -> Refused:
    if not order.arguments:
        return await _on_list(app, desk, lambda listed: listed.action_views())
    views = {" ".join(view.name.split()): view for view in app.settings.views}
    view = views.get(order.rest)
    if view is None:
        said = f"No view is called {plain(order.rest)}."
        known = ", ".join(plain(name) for name in views)
        return f"{said} There is {known}." if known else f"{said} None is saved yet."
    return await _on_list(app, desk, lambda listed: listed.show_view(view))


async def _find(app: Console, desk: DeskScreen, order: Order) -> Refused:
    def narrow(listed: PaymentsScreen) -> Refused:
        wrong = listed.why_not(order.rest)
        if wrong is None:
            now = listed.view("")
            listed.show_view(View("", order.rest, now.sort, now.columns, now.tab))
        return str(wrong) if wrong else None

    return await _on_list(app, desk, narrow)


async def _columns(app: Console, desk: DeskScreen, order: Order) -> Refused:
    if not order.arguments:
        return await _on_list(app, desk, lambda listed: listed.action_columns())
    titles = tuple(dict.fromkeys(one.strip(",").upper() for one in order.arguments))
    unknown = [title for title in titles if title not in TITLES]
    if unknown:
        known = ", ".join(TITLES)
        return f"{plain(unknown[0])} is no column: use {known}."
    return await _on_list(app, desk, lambda listed: listed.show_columns(titles))


async def _on_list(
    app: Console, desk: DeskScreen, act: Callable[[PaymentsScreen], object]
) -> Refused:
    """Do something on the list of payments, going there first."""
    if not isinstance(desk, PaymentsScreen):
        await app.run_action(PAYMENTS.id)
        while len(app.screen_stack) > 1:
            await app.pop_screen()
    listed = app.screen
    if isinstance(listed, PaymentsScreen):
        told = act(listed)
        return told if isinstance(told, str) else None
    return "Close what is open first."


async def _zone(app: Console, desk: DeskScreen, order: Order) -> Refused:
    del desk
    if not order.arguments:
        await app.run_action("zone")
        return None
    said = order.rest
    known = {reading.value.lower(): reading for reading in Reading}
    if reading := known.get(said.lower()):
        zone, settings = replace(app.zone, reading=reading), app.settings
    else:
        try:
            local = ZoneInfo(said)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            readings = ", ".join(known)
            return f"{plain(said)} is no zone: use {readings} or Europe/Paris."
        zone = Zone(local)
        settings = replace(app.settings, zone=local.key)
    app.choose(replace(settings, reading=zone.reading))
    app.zone = zone
    for screen in app.screen_stack:
        if isinstance(screen, DeskScreen):
            screen.zone_changed()
    return None


async def _yank(app: Console, desk: DeskScreen, order: Order) -> Refused:
    from tui.terminal.yank import CannotWrite, write

    del order
    if not app.clipboard:
        return "Nothing was copied yet."
    try:
        path = write(app.clipboard)
    except CannotWrite as failed:
        return str(failed)
    desk.tell(line(("✓ ", f"${GOOD}"), f"wrote {plain(str(path))}"))
    return None


async def _quit(app: Console, desk: DeskScreen, order: Order) -> Refused:
    del desk, order
    await app.run_action("quit")
    return None


_COMMANDS: dict[str, Callable[[Console, DeskScreen, Order], Awaitable[Refused]]] = {
    "pay": _pay,
    "ref": _ref,
    "bulk": _bulk,
    "refund": _refund,
    "view": _view,
    "find": _find,
    "cols": _columns,
    "tz": _zone,
    "topup": _top_up,
    "yank": _yank,
    "q": _quit,
}
