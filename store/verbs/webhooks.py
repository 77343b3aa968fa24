"""Webhooks: events on their way to endpoints, in order for each object."""

from collections.abc import Mapping, Sequence

from store.clock import Clock, to_unix
from store.event import Event
from store.ids import IdFactory
from store.sql import lists, settings, webhooks
from store.sql.engine import Database
from store.webhook.delivery import Delivery, Heard, Pace, Parcel
from store.webhook.endpoint import Endpoint
from store.webhook.signing import SECRET


class Webhooks:
    """Verbs of whoever delivers events.

    An event is sent outside any transaction, at least once: what is known to have
    arrived is never sent again; what a crash left unknown is.
    """

    def __init__(self, database: Database, clock: Clock, ids: IdFactory) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids

    def now(self) -> int:
        """Return the time that a signature is dated, in Unix seconds."""
        return to_unix(self._clock.now())

    def enabled(self) -> tuple[Endpoint, ...]:
        """Return the endpoints that are sent anything, the oldest first."""
        with self._database.read() as connection:
            return webhooks.enabled(connection)

    def sent(self, endpoint: str) -> tuple[Delivery, ...]:
        """Return everything that is or was on its way to an endpoint, in order."""
        with self._database.read() as connection:
            return webhooks.of_endpoint(connection, endpoint)

    def pending(self, events: Sequence[Event]) -> Mapping[str, int]:
        """Return by their ids how many endpoints some events are on their way to."""
        with self._database.read() as connection:
            return webhooks.pending(connection, events)

    def next(
        self, endpoint: str, pace: Pace, heard: tuple[Delivery, Heard] | None = None
    ) -> Parcel | None:
        """Write down what was heard of a delivery; return what is to be sent next.

        What it returns is under way from then on: nobody else is given it, unless
        nothing is heard of it for as long as the pace says.
        """
        if heard is None and not self._is_anything(endpoint):
            return None
        now = self._clock.now()
        with self._database.write() as connection:
            if heard is not None:
                before, what = heard
                webhooks.write(connection, before, before.after(what, now, pace))
            parcel = webhooks.claim(connection, endpoint, now, pace)
            connection.commit()
            return parcel

    def done(self, delivery: Delivery, heard: Heard, pace: Pace) -> None:
        """Write down what was heard of a delivery, and begin no other."""
        now = self._clock.now()
        with self._database.write() as connection:
            webhooks.write(connection, delivery, delivery.after(heard, now, pace))
            connection.commit()

    def _is_anything(self, endpoint: str) -> bool:
        """Tell whether there is anything to do, without a lock."""
        with self._database.read() as connection:
            found = lists.find(connection, lists.ENDPOINTS, endpoint)
            if found is None or not found.is_enabled:
                return False
            now = self._clock.now()
            return webhooks.due(connection, found.id, now) is not None or (
                webhooks.has_news(connection, found)
            )

    def newest(self) -> int:
        """Return the place in the log of the newest event."""
        with self._database.read() as connection:
            return webhooks.newest(connection)

    def since(
        self, seq: int, types: Sequence[str] = (), limit: int = 100
    ) -> tuple[Event, ...]:
        """Return events that the API has after a place in the log, oldest first."""
        with self._database.read() as connection:
            return webhooks.since(connection, seq, types, limit)

    def listening_secret(self) -> str:
        """Return what `listen` signs with: the same secret each time."""
        with self._database.read() as connection:
            kept = settings.listening_secret(connection)
        if kept:
            return kept
        with self._database.write() as connection:
            kept = settings.listening_secret(connection)
            if kept is None:
                kept = self._ids.new(SECRET)
                settings.keep_listening_secret(connection, kept)
                connection.commit()
            return kept
