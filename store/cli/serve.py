"""Serve: the store answers the part of Stripe's API that refunds need."""

import gc
import os
import socket
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from store.bounded import read_text
from store.cli import place, say
from store.cli.options import KEYS_VARIABLE, Mistyped, Typed
from store.currencies import code_of
from store.event import Actor, Face
from store.http import keys
from store.money import LARGEST_TOPUP, AmountError, Money, parse_amount
from store.refusals.currencies import no_currency
from store.webhook.delivery import PACES, Pace

if TYPE_CHECKING:
    from store import Store

_SLOWEST_END = 10
"""Seconds that requests under way get when the server is told to end."""
_MOST_AT_ONCE = 1024


def serve(typed: Typed) -> int:
    """Answer requests until it is interrupted; return the exit code.

    Raises:
        Mistyped: An option has a value that there is not, or something is missing.
        StoreUnusable: It is no store, or cannot be opened.
    """
    import uvicorn

    from store.http.app import MOST_HEAD_BYTES, Door, build
    from store.http.wire import PatientProtocol

    known = _keys(typed)
    here = keys.is_loopback(typed.host)
    if not here and not known.known:
        raise Mistyped(
            f"Other machines reach {typed.host}: name the keys that may be used, in"
            f" --keys FILE or in {KEYS_VARIABLE}."
        )
    pace = _pace(typed)
    url = place.url_of(typed.store)
    opening = _opening(typed)
    listening = _listening(typed)
    try:
        _make_ready(typed, opening)
    except BaseException:
        listening.close()
        raise
    app = build(
        lambda: place.open_at(url),
        Door(known, here_only=here),
        pace=pace,
    )
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        lifespan="on",
        access_log=False,
        log_level="error",
        server_header=False,
        h11_max_incomplete_event_size=MOST_HEAD_BYTES,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=_SLOWEST_END,
    )
    shown = f"[{typed.host}]" if ":" in typed.host else typed.host
    say.result(f"Serving at http://{shown}:{typed.api_port} · ctrl+c ends it")
    sys.stdout.flush()
    server = uvicorn.Server(config)
    # What is loaded by now is there to the end: looking for garbage in it takes long.
    gc.freeze()
    with listening:
        server.run([listening])
    return 0 if server.started else 1


def _make_ready(typed: Typed, opening: Money | None) -> None:
    """Make the store where there is none, and say what it cannot do.

    Raises:
        StoreUnusable: It is no store, or cannot be opened.
    """
    with place.made(typed.store) as made:
        _open_with(made.store, typed.currency.lower(), opening)
        if why := made.store.read_only:
            say.problem(f"{why} Only what reads is answered.")


def _listening(typed: Typed) -> socket.socket:
    """Return where requests will come in, before anything says so.

    Raises:
        Mistyped: There is no such address, or somebody listens there already.
    """
    kind = socket.AF_INET6 if ":" in typed.host else socket.AF_INET
    try:
        made = socket.create_server((typed.host, typed.api_port), family=kind)
    except OSError as error:
        where = f"{typed.host}, port {typed.api_port}"
        why = error.strerror or "there is no such address"
        raise Mistyped(f"Cannot listen at {where}: {why}.") from None
    # What it accepts inherits this: else each answer's body waits 40 ms for a word
    # from the client that its headers have arrived.
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def _keys(typed: Typed) -> keys.Keys:
    """Return the keys that are taken; they never stand on the command line."""
    if typed.keys:
        try:
            return keys.read(read_text(Path(typed.keys)))
        except (OSError, UnicodeDecodeError) as error:
            why = ""
            if isinstance(error, OSError) and not error.filename:
                why = f": {error.strerror}"
            raise Mistyped(f"The keys in {typed.keys} cannot be read{why}.") from error
    return keys.read(os.environ.get(KEYS_VARIABLE, "").replace(",", "\n"))


def _pace(typed: Typed) -> Pace:
    given = typed.webhook_retries
    if given not in PACES:
        known = " or ".join(PACES)
        raise Mistyped(f'--webhook-retries takes {known}, not "{given}".')
    return PACES[given]


def _opening(typed: Typed) -> Money | None:
    """Return what a new store begins with; None is nothing."""
    given, currency = typed.opening_balance, code_of(typed.currency)
    if currency is None:
        raise Mistyped(no_currency(typed.currency).message)
    if not given.strip("0."):
        return None
    try:
        return parse_amount(given, Money(LARGEST_TOPUP, currency))
    except AmountError as error:
        raise Mistyped(f"--opening-balance: {error}") from None


def _open_with(store: "Store", currency: str, opening: Money | None) -> None:
    """Give a store in which nothing has ever happened its balance."""
    if store.read_only or store.events.newest(limit=1):
        return
    store.configure(replace(store.settings, settlement_currency=currency))
    if opening is None:
        return
    store.topups.create(
        amount=opening.amount,
        currency=opening.currency,
        actor=Actor("opening balance", Face.CLI),
    )
