"""Pulled: transfers, application fees and their reversals, found and listed."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from store.clock import from_unix
from store.errors import Refused
from store.lists.window import Listed, Window, why_not
from store.payment import Charge
from store.refusals import lists as list_refusals
from store.sql import lists, reads
from store.sql.mapping.payments import charge_of
from store.sql.mapping.pulled import pulled_of
from store.sql.rows import NamedRow
from store.sql.tables import CHARGE, FEE_REFUND, REVERSAL
from store.transfer import PulledBack


@dataclass(frozen=True)
class Part:
    """One of the two parts of a charge: what the API calls it, where it is named."""

    name: str
    column: ColumnElement[Any]
    backs: lists.Kind[PulledBack]


def _back(row: NamedRow) -> PulledBack:
    return PulledBack(pulled_of(row), from_unix(row.created))


TRANSFERS = Part(
    "transfer", CHARGE.c.transfer, lists.Kind("transfer_reversal", REVERSAL, _back)
)
FEES = Part(
    "application_fee",
    CHARGE.c.application_fee,
    lists.Kind("fee_refund", FEE_REFUND, _back),
)


def charge(connection: Connection, part: Part, given: str) -> Charge | None:
    """Return the charge that such a part is of."""
    query = select(CHARGE).where(part.column == given)
    row = connection.execute(query).one_or_none()
    return charge_of(row) if row else None


def page(
    connection: Connection, part: Part, window: Window, *wanted: ColumnElement[bool]
) -> Listed[Charge]:
    """Return a page of the charges that have such a part; the cursors name parts.

    Raises:
        Refused: Both cursors are given, or one that is none.
    """
    if refusal := why_not(window):
        raise Refused(refusal)
    placed = window.copy()
    if after := window.get("starting_after"):
        placed["starting_after"] = _place(connection, part, after, "starting_after")
    if before := window.get("ending_before"):
        placed["ending_before"] = _place(connection, part, before, "ending_before")
    there = part.column.is_not(None)
    return lists.page(connection, lists.CHARGES, placed, there, *wanted)


def to(destination: str | None) -> tuple[ColumnElement[bool], ...]:
    """Return what holds for what one connected account got; nothing without one."""
    return (CHARGE.c.connected_account == destination,) if destination else ()


def of(charge_id: str | None) -> tuple[ColumnElement[bool], ...]:
    """Return what holds for the parts of one charge; nothing without one."""
    return (CHARGE.c.id == charge_id,) if charge_id else ()


def _place(connection: Connection, part: Part, given: str, param: str) -> str:
    found = charge(connection, part, given)
    if found is None:
        raise Refused(list_refusals.unknown_cursor(part.name, given, param))
    return found.id


def moved(
    connection: Connection, backs: tuple[PulledBack, ...], holder: str | None = None
) -> dict[str, str]:
    """Return the platform's balance transaction of each, by its id."""
    found = reads.movements_of(connection, tuple(one.id for one in backs))
    return {
        str(one.source): one.id
        for one in found
        if one.holder == holder and one.type != "payment_refund"
    }
