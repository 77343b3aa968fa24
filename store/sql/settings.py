"""Settings in the database, and the time that the store has reached."""

import json
from dataclasses import asdict, fields
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from store.clock import from_unix, to_unix
from store.settings import Settings
from store.sql.mapping.payments import dumped
from store.sql.prepared import Prepared
from store.sql.tables import META

_KEY = "settings"
_NAMES = {one.name for one in fields(Settings)}
_KEPT = select(META.c.value).where(META.c.key == _KEY)
_CLOCK = "reached"
_LISTENING = "listening_secret"
_BOTH = Prepared(
    select(META.c.key, META.c.value).where(
        or_(META.c.key == _KEY, META.c.key == _CLOCK)
    )
)
_REACHED = select(META.c.value).where(META.c.key == _CLOCK)
_REACH = update(META).where(META.c.key == _CLOCK).values(value=bindparam("at"))


def read(connection: Connection) -> Settings:
    """Return what the holder has decided, or what every store begins with."""
    return _decided(connection.execute(_KEPT).scalar())


def read_with_reached(connection: Connection) -> tuple[Settings, datetime]:
    """Return what `read` and `reached` return, by one question."""
    kept = {row.key: row.value for row in _BOTH.all(connection)}
    return _decided(kept.get(_KEY)), from_unix(int(kept.get(_CLOCK, 0)))


@lru_cache(maxsize=8)
def _decided(kept: str | None) -> Settings:
    """Return what was decided: every write asks, and nearly always it is the same."""
    said = json.loads(kept) if kept else {}
    # What another version of this program wrote besides means nothing to this one.
    return Settings(**{name: said[name] for name in said if name in _NAMES})


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


def listening_secret(connection: Connection) -> str | None:
    """Return what events are signed with that are only listened to."""
    found = connection.execute(select(META.c.value).where(META.c.key == _LISTENING))
    kept = found.scalar()
    return None if kept is None else str(kept)


def keep_listening_secret(connection: Connection, secret: str) -> None:
    """Keep the secret, so that it is the same next time."""
    connection.execute(insert(META), {"key": _LISTENING, "value": secret})
