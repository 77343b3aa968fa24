"""Events: the log of what happened."""

from store.event import Event
from store.sql import reads
from store.sql.engine import Database


class Events:
    """Read verbs of events."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(
        self, *, object_id: str | None = None, limit: int = 100
    ) -> tuple[Event, ...]:
        """Return the newest events, of one object or of all."""
        with self._database.read() as connection:
            return reads.events(connection, object_id, limit)
