"""Pending rows: waiting refunds in the order in which they go out."""

from textual.content import Content

from store.balance import Balance, Incoming, PendingRefunds, Waiting, releasable
from tui import status
from tui.actions import TOP_UP
from tui.status import GOOD, QUIET, WAITS
from tui.text import NOTHING, join, line, plain
from tui.words.cells import GAP, Cell, spaced
from tui.words.times import Times

ROOMY = 96
"""Cells from which every column fits."""
_NARROWEST_CUSTOMER = 10


def _widths(width: int) -> tuple[tuple[str, int], ...]:
    columns = [("#", 3), ("STATUS", 6), ("AMOUNT", 14), ("NEEDS", 10)]
    roomy = width >= ROOMY
    if roomy:
        columns.append(("WHY", 18))
    tail = [("AGE", 6), ("FAILS ON", 11), *([("BY", 8)] if roomy else [])]
    used = sum(cells + 2 for _, cells in [*columns, *tail])
    customer = ("CUSTOMER", max(_NARROWEST_CUSTOMER, width - used))
    return (*columns, customer, *tail)


_RIGHT = frozenset(("#", "AMOUNT", "NEEDS", "AGE"))
_WHOLE = frozenset(("AMOUNT", "NEEDS"))


def titles(width: int) -> Content:
    """Return the line of column titles for that width."""
    cells = {name: name for name, _ in _widths(width)}
    return line((_joined(cells, width), f"${QUIET}"))


def row(waiting: Waiting, width: int, times: Times) -> Content:
    """Return one refund: its place, what it needs, why it waits, until when."""
    refund = waiting.refund
    look = status.of_refund(refund)
    why = refund.pending_reason or refund.status
    ends = times.day(refund.expires_at) if refund.expires_at else NOTHING
    cells = {
        "#": str(waiting.position) if waiting.position else NOTHING,
        "STATUS": look.tag,
        "AMOUNT": str(refund.money),
        "NEEDS": waiting.needs.digits() if waiting.position else NOTHING,
        "WHY": plain(why),
        "CUSTOMER": plain(waiting.customer),
        "AGE": times.age(refund.created),
        "FAILS ON": ends,
        "BY": plain(refund.actor),
    }
    drawn = _joined(cells, width)
    start = drawn.index(look.tag)
    return Content(drawn).stylize(look.style, start, start + len(look.tag))


def _joined(cells: dict[str, str], width: int) -> str:
    drawn = [
        Cell(cells[name], room, name in _RIGHT, name in _WHOLE)
        for name, room in _widths(width)
    ]
    return GAP.join(spaced(drawn)).rstrip()


def balance_line(balance: Balance) -> Content:
    """Return what one currency holds and lacks."""
    parts = [
        line(
            (balance.held.currency.upper(), "bold"),
            f" available {balance.available.digits()}",
        ),
        line(f"held {balance.held.digits()}"),
    ]
    if balance.short:
        short = f"SHORT {balance.short.digits()}"
        parts.append(line((short, f"bold ${WAITS}")))
    if balance.pending:
        parts.append(line((f"pending {balance.pending.digits()}", f"${QUIET}")))
    return join(parts, "  ")


def hint(pending: PendingRefunds, currency: str, times: Times) -> Content:
    """Return what a top-up of that currency would release, and what comes anyway."""
    queue = [w.refund for w in pending.waiting if w.refund.is_held]
    queue = [refund for refund in queue if refund.takes.currency == currency]
    found = [b for b in pending.balances if b.held.currency == currency]
    rows: list[Content] = []
    if found and found[0].short:
        many = "1 refund" if len(queue) == 1 else f"{len(queue)} refunds"
        rows.append(
            line(
                (TOP_UP.key, "bold $accent"),
                f" tops up {found[0].short}: releases {many}",
            )
        )
    if found and (coming := _coming(pending.incoming, currency)):
        gone = len(releasable(queue, found[0].available + coming.money).refunds)
        what = f"incoming {coming.money} on {times.day(coming.at)}"
        then = f" releases {gone} without a top-up" if gone else ""
        rows.append(line((what + then, f"${GOOD}" if gone else f"${QUIET}")))
    return Content("\n").join(rows)


def _coming(incoming: tuple[Incoming, ...], currency: str) -> Incoming | None:
    """Return the next money that becomes available in a currency."""
    mine = [one for one in incoming if one.money.currency == currency]
    return min(mine, key=lambda one: one.at, default=None)


def count_line(pending: PendingRefunds) -> Content:
    """Return how many refunds wait, and for what."""
    looks: dict[str, int] = {}
    for waiting in pending.waiting:
        word = status.of_refund(waiting.refund).word
        looks[word] = looks.get(word, 0) + 1
    counts = [line(f"{word} {number}") for word, number in looks.items()]
    title = line((f"Pending refunds {len(pending.waiting)}", "bold"))
    return join([title, *counts])
