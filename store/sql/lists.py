"""Lists: any kind of object, newest first, a page after or before one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    bindparam,
    func,
    select,
    tuple_,
)

from store.balance import Topup
from store.block import Block
from store.dispute import Dispute
from store.errors import Refused
from store.event import Event
from store.lists.window import Created, Listed, Window, created_in, size, why_not
from store.mail.receipt import Mail
from store.outcome import Movement
from store.payment import Charge, Customer, Intent
from store.payment_method import PaymentMethod
from store.refund import Refund
from store.refusals import lists as list_refusals
from store.review import Review
from store.sql.mapping.method import payment_method_of
from store.sql.mapping.money import event_of, movement_of, refund_of, topup_of
from store.sql.mapping.payments import charge_of, customer_of, dispute_of, intent_of
from store.sql.mapping.risk import block_of, review_of
from store.sql.mapping.webhooks import endpoint_of
from store.sql.outbox import mail_of
from store.sql.prepared import Prepared
from store.sql.rows import NamedRow, named
from store.sql.tables import (
    BLOCK,
    CHARGE,
    CUSTOMER,
    DISPUTE,
    EVENT,
    INTENT,
    METHOD,
    MOVEMENT,
    OUTBOX,
    REFUND,
    REVIEW,
    TOPUP,
    WEBHOOK_ENDPOINT,
)
from store.webhook.endpoint import Endpoint

T = TypeVar("T")
REMEMBERED = 1024
"""So many rows of a kind are not read anew: most lists show what was just shown."""


@dataclass(frozen=True)
class Kind(Generic[T]):
    """A kind of object: what the API calls it, where it is kept, how it is read."""

    name: str
    table: Table
    read: Callable[[NamedRow], T]

    @cached_property
    def of(self) -> Callable[[NamedRow], T]:
        """Return what reads a row: where it has not changed, the object that it was."""
        return lru_cache(REMEMBERED)(self.read)

    @property
    def created(self) -> ColumnElement[int]:
        """Return when an object was made; a customer's time may be unknown."""
        column: ColumnElement[int] = self.table.c.created
        if self.table.c.created.nullable:
            return func.coalesce(column, 0)
        return column


BLOCKS: Kind[Block] = Kind("value list item", BLOCK, block_of)
CHARGES: Kind[Charge] = Kind("charge", CHARGE, charge_of)
CUSTOMERS: Kind[Customer] = Kind("customer", CUSTOMER, customer_of)
DISPUTES: Kind[Dispute] = Kind("dispute", DISPUTE, dispute_of)
EVENTS: Kind[Event] = Kind("event", EVENT, event_of)
INTENTS: Kind[Intent] = Kind("payment_intent", INTENT, intent_of)
MAILS: Kind[Mail] = Kind("mail", OUTBOX, mail_of)
METHODS: Kind[PaymentMethod] = Kind("payment_method", METHOD, payment_method_of)
MOVEMENTS: Kind[Movement] = Kind("balance transaction", MOVEMENT, movement_of)
REFUNDS: Kind[Refund] = Kind("refund", REFUND, refund_of)
REVIEWS: Kind[Review] = Kind("review", REVIEW, review_of)
TOPUPS: Kind[Topup] = Kind("topup", TOPUP, topup_of)
ENDPOINTS: Kind[Endpoint] = Kind("webhook endpoint", WEBHOOK_ENDPOINT, endpoint_of)


def find(connection: Connection, kind: Kind[T], given: str) -> T | None:
    """Return the object of that id."""
    row = _by_id(kind).first(connection, given=given)
    return kind.of(row) if row else None


def listed(
    connection: Connection,
    kind: Kind[T],
    window: Window,
    /,
    *wanted: ColumnElement[bool],
    **equal: str | None,
) -> Listed[T]:
    """Return a page of wanted objects whose columns are `equal` to what is given.

    Raises:
        Refused: Both cursors are given, or one that is no object of the kind.
    """
    if refusal := why_not(window):
        raise Refused(refusal)
    table = kind.table
    named = [table.c[name] == value for name, value in equal.items() if value]
    return page(connection, kind, window, *wanted, *named)


def count(connection: Connection, kind: Kind[T], /, **equal: str) -> int:
    """Return how many objects there are whose columns are `equal` to what is given."""
    wanted = [kind.table.c[name] == value for name, value in equal.items()]
    query = select(func.count()).select_from(kind.table).where(*wanted)
    return int(connection.execute(query).scalar_one())


def page(
    connection: Connection,
    kind: Kind[T],
    window: Window,
    *wanted: ColumnElement[bool],
) -> Listed[T]:
    """Return a page of the objects that are wanted, newest first."""
    most = size(window)
    is_first = not (window.get("starting_after") or window.get("ending_before"))
    if is_first and not wanted and window.get("created") is None:
        newest = _newest(kind).all(connection, most=most + 1)
        return Listed(tuple(map(kind.of, newest[:most])), has_more=len(newest) > most)
    order = (kind.created, kind.table.c.seq)
    query = select(kind.table).where(*wanted, *_bounds(kind, created_in(window)))
    backwards = bool(window.get("ending_before"))
    for param in ("starting_after", "ending_before"):
        if given := str(window.get(param) or ""):
            here = tuple_(*_place(connection, kind, given, param))
            place = tuple_(*order)
            query = query.where(place > here if backwards else place < here)
    query = query.order_by(*(c.asc() if backwards else c.desc() for c in order))
    matching = named(connection.execute(query.limit(most + 1)))
    found = [kind.of(row) for row in matching[:most]]
    if backwards:
        found.reverse()
    return Listed(tuple(found), has_more=len(matching) > most)


@cache
def _newest(kind: Kind[Any]) -> Prepared:
    """Return what asks for the newest of all; building it takes longer than asking."""
    newest = (kind.created.desc(), kind.table.c.seq.desc())
    return Prepared(select(kind.table).order_by(*newest).limit(bindparam("most")))


@cache
def _by_id(kind: Kind[Any]) -> Prepared:
    return Prepared(select(kind.table).where(kind.table.c.id == bindparam("given")))


def _place(
    connection: Connection, kind: Kind[T], given: str, param: str
) -> tuple[int, int]:
    query = select(kind.created, kind.table.c.seq).where(kind.table.c.id == given)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise Refused(list_refusals.unknown_cursor(kind.name, given, param))
    return row[0], row[1]


def _bounds(kind: Kind[T], created: Created) -> list[ColumnElement[bool]]:
    return bounded(kind.created, created)


def bounded(column: ColumnElement[int], within: Created) -> list[ColumnElement[bool]]:
    """Return what must hold for a number that is within bounds."""
    bounds = (
        (within.gt, column.__gt__),
        (within.gte, column.__ge__),
        (within.lt, column.__lt__),
        (within.lte, column.__le__),
    )
    return [bound(limit) for limit, bound in bounds if limit is not None]
