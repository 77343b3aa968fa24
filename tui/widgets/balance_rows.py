"""Balance rows: what each currency has, and when more of it comes."""

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from store.balance import Balance, CurrencyBalance
from tui.status import QUIET, WAITS
from tui.text import join, line, plain
from tui.words.times import Times

BETWEEN = "  "


def row(balance: CurrencyBalance) -> Content:
    """Return what one currency has, holds and lacks."""
    parts = [
        line(
            (balance.currency.upper(), "bold"),
            f"  available {balance.available.digits()}",
        )
    ]
    if balance.pending_total:
        pending = f"pending {balance.pending_total.digits()}"
        parts.append(line((pending, f"${QUIET}")))
    parts.append(line(f"held {balance.held.digits()}"))
    if balance.short:
        parts.append(line((f"SHORT {balance.short.digits()}", f"bold ${WAITS}")))
    return join(parts, BETWEEN)


def connected_row(balance: Balance) -> Content:
    """Return what a connected account has in one currency."""
    parts = [
        line((plain(balance.holder), f"${QUIET}")),
        line(
            (balance.held.currency.upper(), "bold"),
            f"  available {balance.available.digits()}",
        ),
        line(f"held {balance.held.digits()}") if balance.held else Content(""),
    ]
    if balance.short:
        parts.append(line((f"SHORT {balance.short.digits()}", f"bold ${WAITS}")))
    return join(parts, BETWEEN)


def coming(balance: CurrencyBalance, times: Times, width: int) -> Content:
    """Return on which days what is pending becomes available, as many as have room."""
    if not balance.pending:
        return line(("nothing is pending", f"${QUIET}"))
    days = [
        line(f"{money.digits()} on ", (_day(day, times), "bold"))
        for day, money in balance.pending
    ]
    code = balance.currency.upper()
    title = line((f"{code} becomes available: ", f"${QUIET}"))
    every = range(len(days), 0, -1)
    return fitting([line(title, _first(days, many)) for many in every], width)


def _first(days: list[Content], many: int) -> Content:
    more = len(days) - many
    rest = [line((f"{more} more days", f"${QUIET}"))] if more else []
    return join([*days[:many], *rest])


def fitting(choices: list[Content], width: int) -> Content:
    """Return the first of the choices that has room, or else the last."""
    fits = (one for one in choices if one.cell_length <= width)
    return next(fits, choices[-1])


def _day(day: date, times: Times) -> str:
    same_year = day.year == times.now.year
    return f"{day:%d %b}" if same_year else f"{day:%d %b %Y}"


def keyed(
    sheet: Sequence[CurrencyBalance], connected: Sequence[Balance]
) -> list[tuple[str, Content]]:
    """Return the rows of all balances, the platform's first, each with its key."""
    own = [(one.currency, row(one)) for one in sheet]
    others = [
        (f"{one.holder} {one.held.currency}", connected_row(one)) for one in connected
    ]
    return own + others
