"""Agenda: what the outside world is going to do, and when."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    bindparam,
    delete,
    insert,
    select,
)
from sqlalchemy.exc import DataError, IntegrityError

from store.bank import Deed, Due, SetAside, why_broken
from store.clock import from_unix, to_unix
from store.errors import StoreBusy, StoreUnusable
from store.sql.prepared import Prepared
from store.sql.tables import DUE, SET_ASIDE

# Built once: building a statement takes four times as long as running it.
_GIVEN: BindParameter[str | int] = bindparam("given")
_ADD = Prepared(insert(DUE))
_NEXT = Prepared(
    select(DUE).where(DUE.c.at <= _GIVEN).order_by(DUE.c.at, DUE.c.seq).limit(1)
)
_DONE = Prepared(delete(DUE).where(DUE.c.seq == _GIVEN))
_DROP = Prepared(delete(DUE).where(DUE.c.object_id == _GIVEN))
_FORGET = Prepared(delete(SET_ASIDE).where(SET_ASIDE.c.object_id == _GIVEN))
_TAKE_OFF = delete(DUE).where(
    DUE.c.at == bindparam("at"),
    DUE.c.deed == bindparam("deed"),
    DUE.c.object_id == bindparam("object_id"),
)
_SET_ASIDE = Prepared(select(SET_ASIDE).order_by(SET_ASIDE.c.at, SET_ASIDE.c.seq))
_OVERDUE = Prepared(select(DUE).where(DUE.c.at <= _GIVEN).order_by(DUE.c.at, DUE.c.seq))
_ON_AGENDA = [DUE.c.at, DUE.c.deed, DUE.c.object_id]
_AGAIN = insert(DUE).from_select(
    _ON_AGENDA,
    select(SET_ASIDE.c.at, SET_ASIDE.c.deed, SET_ASIDE.c.object_id).order_by(
        SET_ASIDE.c.seq
    ),
)


def is_due(connection: Connection, until: datetime) -> bool:
    """Tell whether anything is to be done until then."""
    return _NEXT.first(connection, given=to_unix(until)) is not None


def overdue(connection: Connection, until: datetime) -> tuple[Due, ...]:
    """Return what was due until then and has not happened, in time order."""
    return tuple(map(_due, _OVERDUE.all(connection, given=to_unix(until))))


def all_set_aside(connection: Connection) -> tuple[SetAside, ...]:
    """Return every deed that broke, in time order."""
    return tuple(SetAside(_due(row), row.why) for row in _SET_ASIDE.all(connection))


def try_again(connection: Connection) -> int:
    """Put everything that broke back on the agenda; return how much that was."""
    if not all_set_aside(connection):
        return 0
    connection.execute(_AGAIN)
    return connection.execute(delete(SET_ASIDE)).rowcount


def why_not_done(error: Exception) -> str | None:
    """Return why a deed broke; None where the store did, so that it waits its turn."""
    cause = error.__cause__ if isinstance(error, StoreUnusable) else error
    if isinstance(cause, (IntegrityError, DataError)):
        # What the driver says, without the statement and what it was given.
        return why_broken(cause.orig or cause)
    return None if isinstance(error, (StoreBusy, StoreUnusable)) else why_broken(error)


def _due(row: Row[Any]) -> Due:
    return Due(from_unix(row.at), Deed(row.deed), row.object_id)


class Agenda:
    """The outside world's agenda, as a transaction sees it."""

    connection: Connection

    def schedule(self, due: Iterable[Due]) -> None:
        """Put deeds on the outside world's agenda."""
        deeds = [
            {"at": to_unix(one.at), "deed": one.deed.value, "object_id": one.object_id}
            for one in due
        ]
        _ADD.do(self.connection, *deeds)

    def unschedule(self, object_id: str) -> None:
        """Take everything about an object off the agenda."""
        _DROP.do(self.connection, {"given": object_id})
        _FORGET.do(self.connection, {"given": object_id})

    def next_due(self, until: datetime) -> Due | None:
        """Take the next deed off the agenda, in time order."""
        found = _NEXT.first(self.connection, given=to_unix(until))
        if found is None:
            return None
        _DONE.do(self.connection, {"given": found.seq})
        return _due(found)

    def set_aside(self, due: Due, why: str, now: datetime) -> bool:
        """Keep a deed that broke beside the agenda, unless it is gone from there."""
        deed = {
            "at": to_unix(due.at),
            "deed": due.deed.value,
            "object_id": due.object_id,
        }
        if not self.connection.execute(_TAKE_OFF, deed).rowcount:
            return False
        kept = {**deed, "why": why, "created": to_unix(now)}
        self.connection.execute(insert(SET_ASIDE), kept)
        return True
