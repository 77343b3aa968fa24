"""Settings in the database."""

import json
from dataclasses import asdict

from sqlalchemy import Connection, delete, insert, select

from store.settings import Settings
from store.sql.mapping import dumped
from store.sql.tables import META

_KEY = "settings"


def read(connection: Connection) -> Settings:
    """Return what the holder has decided, or what every store begins with."""
    query = select(META.c.value).where(META.c.key == _KEY)
    kept = connection.execute(query).scalar()
    return Settings(**json.loads(kept)) if kept else Settings()


def write(connection: Connection, decided: Settings) -> None:
    """Keep what the holder has decided."""
    connection.execute(delete(META).where(META.c.key == _KEY))
    kept = {"key": _KEY, "value": dumped(asdict(decided))}
    connection.execute(insert(META), kept)
