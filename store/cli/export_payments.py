"""Export: payments go into a new file that only its owner can read."""

import csv
import json
import os
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from store.cli import options, place, say
from store.cli.options import Mistyped, Typed
from store.cli.output import cell
from store.errors import StoreUnusable
from store.outcome import PaymentLine
from store.payment import Payment
from store.search import Filter, SearchError, parse
from store.shape import Json, charge_shape, intent_shape, refund_shape

if TYPE_CHECKING:
    from store import Store

CSV, JSON_LINES = "csv", "json"
_HEADER = (
    *("id", "Created date (UTC)", "Amount", "Amount Refunded", "Currency", "Status"),
    *("Customer Name", "Customer Email", "Payment Method Type", "Card Brand"),
    *("Card Last4", "Charge ID", "PaymentIntent ID"),
)
"""Named as the Dashboard's own export names them; amounts in major units."""


def export_payments(typed: Typed) -> int:
    """Write the payments that match into a new file; return the exit code.

    Raises:
        Mistyped: The filter cannot be read.
        StoreUnusable: The file is there already, or cannot be written.
    """
    form = typed.format or CSV
    with place.open_there(place.url_of(typed.store)) as store:
        narrowed = _narrowed(typed, store)
        name = typed.file or f"payments-{store.now():%Y%m%d-%H%M%S}.{_ENDING[form]}"
        target = Path(name).absolute()
        try:
            number = _write(store, narrowed, target, form)
        except OSError as error:
            why = error.strerror or str(error)
            raise StoreUnusable(f"{target} cannot be written: {why}.") from None
    say.result(f"{say.counted(number, 'payment')} exported to {target}")
    return 0


_ENDING = {CSV: "csv", JSON_LINES: "ndjson"}


def _narrowed(typed: Typed, store: "Store") -> Filter:
    zone = options.zone(typed)
    now = store.now()
    try:
        return parse(typed.filter, now=now, zone=zone or now.astimezone().tzinfo or UTC)
    except SearchError as wrong:
        raise Mistyped(str(wrong)) from None


def _write(store: "Store", narrowed: Filter, target: Path, form: str) -> int:
    opened = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(opened, "w", encoding="utf-8", newline="") as file:
            write = _csv if form == CSV else _json_lines
            return write(store, narrowed, file)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _lines(store: "Store", narrowed: Filter) -> Iterator[PaymentLine]:
    page = store.payments.page(narrowed)
    while page.rows:
        yield from page.rows
        if not page.more:
            return
        page = store.payments.page(narrowed, after=page.last)


def _csv(store: "Store", narrowed: Filter, file: TextIO) -> int:
    number = 0
    lines = csv.writer(file, lineterminator="\n")
    lines.writerow(_HEADER)
    for number, line in enumerate(_lines(store, narrowed), 1):  # noqa: B007 - counts
        lines.writerow([cell(value) for value in _fields(line)])
    return number


def _fields(line: PaymentLine) -> tuple[str | None, ...]:
    return (
        line.id,
        f"{line.created:%Y-%m-%d %H:%M:%S}",
        line.money.digits(grouped=False),
        line.refunded.digits(grouped=False),
        line.money.currency,
        line.badge.value,
        line.name,
        line.email,
        line.method.type,
        line.method.brand,
        line.method.last4,
        line.charge,
        line.intent,
    )


def _json_lines(store: "Store", narrowed: Filter, file: TextIO) -> int:
    number = 0
    for number, line in enumerate(_lines(store, narrowed), 1):  # noqa: B007 - counts
        shape = _whole(store.payments.find(line.id))
        file.write(json.dumps(shape).replace("\x7f", "\\u007f") + "\n")
    return number


def _whole(payment: Payment) -> Json:
    """Return a payment with all that hangs on it, as the API expands it."""
    charge: Json | None = None
    if payment.charge:
        refunds = [refund_shape(one) for one in payment.refunds]
        listed = {"object": "list", "data": refunds, "has_more": False}
        charge = {**charge_shape(payment.charge), "refunds": listed}
    if payment.intent is None:
        return charge or {}
    return {**intent_shape(payment.intent), "latest_charge": charge}
