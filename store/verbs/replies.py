"""Replies: what requests were answered, so that a repeated one is answered alike."""

from store.clock import Clock
from store.desk.replied import Replied
from store.sql import replies
from store.sql.engine import Database


class Replies:
    """Verbs of the face that answers to the letter; the others look at objects."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def find(self, key: str) -> Replied | None:
        """Return what a key was replied; None where it never was."""
        with self._database.read() as connection:
            return replies.find(connection, key)

    def keep(self, key: str, reply: Replied) -> None:
        """Keep the reply of a key whose request was carried out; the first one stays.

        A request that a verb never saw, as it was none, is not kept.
        """
        with self._database.write() as connection:
            if replies.keep(connection, key, reply, self._clock.now()):
                connection.commit()
