"""Settings in the database, and the time that the store has reached."""

import json
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from store.clock import from_unix, to_unix
from store.settings import Settings
from store.sql.mapping import dumped
from store.sql.tables import META

_KEY = "settings"
_KEPT = select(META.c.value).where(META.c.key == _KEY)
_CLOCK = "reached"
_REACHED = select(META.c.value).where(META.c.key == _CLOCK)
_REACH = update(META).where(META.c.key == _CLOCK).values(value=bindparam("at"))


def read(connection: Connection) -> Settings:
    """Return what the holder has decided, or what every store begins with."""
    kept = connection.execute(_KEPT).scalar()
    return Settings(**json.loads(kept)) if kept else Settings()


def write(connection: Connection, decided: Settings) -> None:
    """Keep what the holder has decided."""
    connection.execute(delete(META).where(META.c.key == _KEY))
    kept = {"key": _KEY, "value": dumped(asdict(decided))}
    connection.execute(insert(META), kept)


def reached(connection: Connection) -> datetime:
    """Return the latest time at which anything was written."""
    return from_unix(int(connection.execute(_REACHED).scalar() or 0))


def reach(connection: Connection, now: datetime) -> None:
    """Keep the time of a write: a clock that is set back must not bring it back."""
    at = str(to_unix(now))
    if not connection.execute(_REACH, {"at": at}).rowcount:
        connection.execute(insert(META), {"key": _CLOCK, "value": at})
