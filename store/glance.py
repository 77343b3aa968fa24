"""Glance: a store's first page, read before what opens the store is loaded.

Only reading and only the standard library, so that the first frame already shows
payments. What it shows is replaced by what the open store answers a moment later.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from store.badge import Badge
from store.clock import RunningClock, from_unix, to_unix
from store.file_access import why_not_writable
from store.lists.page import PAGE_SIZE, Cursor, Page
from store.method import Method
from store.money import Money
from store.outcome import PaymentLine
from store.search.language import TAB_BADGES, Tab

SCHEME = "sqlite:///"


class Listed(NamedTuple):
    """The columns of a payment that a list shows."""

    id: str
    seq: int
    created: int
    badge: str
    amount: int
    currency: str
    refunded: int
    failed_refunds: int
    name: str | None
    email: str | None
    method: str
    brand: str | None
    last4: str | None
    charge: str | None
    intent: str | None
    actor: str | None
    expires_at: int | None
    version: int


_NEWEST = (
    f"SELECT {', '.join(Listed._fields)} FROM payment"  # noqa: S608 - our own words
    " ORDER BY created DESC, seq DESC LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Glance:
    """The newest payments of a store and its counters, as they were at a moment."""

    at: datetime
    label: str
    mode: str
    page: Page[PaymentLine]
    tabs: dict[Tab, int]
    read_only: str | None = None
    """Why nothing can be changed, in a sentence; None where it can."""


def glance(url: str) -> Glance | None:
    """Return a store's first page, or None when that needs the store itself."""
    path = Path(url.removeprefix(SCHEME))
    if not url.startswith(SCHEME) or not path.is_file():
        return None
    where = f"file:{quote(str(path))}?mode=ro"
    try:
        with closing(sqlite3.connect(where, uri=True, timeout=0)) as connection:
            seen = _read(connection, path.name)
        return replace(seen, read_only=why_not_writable(path))
    except sqlite3.Error:
        return None  # busy, broken or of another version: the store will say which


def _read(connection: sqlite3.Connection, label: str) -> Glance:
    connection.execute("BEGIN")
    kept: dict[str, str] = dict(connection.execute("SELECT key, value FROM meta"))
    worn = dict(connection.execute("SELECT badge, number FROM badge_count"))
    found = connection.execute(_NEWEST, (PAGE_SIZE + 1,)).fetchall()
    lines = tuple(line_of(Listed._make(row)) for row in found[:PAGE_SIZE])
    return Glance(
        at=RunningClock().now(),
        label=label,
        mode=kept.get("mode", "sandbox"),
        page=Page(
            rows=lines,
            first=_place(lines[0]) if lines else None,
            last=_place(lines[-1]) if lines else None,
            more=len(found) > PAGE_SIZE,
        ),
        tabs={
            tab: sum(n for one, n in worn.items() if not badges or one in badges)
            for tab, badges in TAB_BADGES.items()
        },
    )


def _place(line: PaymentLine) -> Cursor:
    return Cursor(to_unix(line.created), line.seq)


def line_of(row: Listed) -> PaymentLine:
    """Return a payment as a list shows it."""
    return PaymentLine(
        id=row.id,
        seq=row.seq,
        created=from_unix(row.created),
        badge=Badge(row.badge),
        money=Money(row.amount, row.currency),
        refunded=Money(row.refunded, row.currency),
        failed_refunds=row.failed_refunds,
        name=row.name,
        email=row.email,
        method=Method(row.method, row.brand, row.last4),
        charge=row.charge,
        intent=row.intent,
        actor=row.actor,
        expires_at=None if row.expires_at is None else from_unix(row.expires_at),
        version=row.version,
    )
