"""Agenda: what the outside world was to do, and has not."""

from datetime import timedelta

from store.bank import Due, SetAside
from store.clock import Clock
from store.sql import agenda, settings
from store.sql.engine import Database

PATIENCE = timedelta(minutes=1)
"""How long something may be due before whoever writes has passed it over."""


class Agenda:
    """What is due, and what broke when it was."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def set_aside(self) -> tuple[SetAside, ...]:
        """Return what broke when its time had come, oldest first."""
        with self._database.read() as connection:
            return agenda.all_set_aside(connection)

    def overdue(self) -> tuple[Due, ...]:
        """Return what was due before now and has not happened, oldest first."""
        with self._database.read() as connection:
            return agenda.overdue(connection, self._clock.now())

    def passed_over(self) -> tuple[Due, ...]:
        """Return what is overdue although the store was written to since."""
        with self._database.read() as connection:
            reached = min(settings.reached(connection), self._clock.now())
            return agenda.overdue(connection, reached - PATIENCE)

    def try_again(self) -> int:
        """Put what broke back on the agenda; return how much that was."""
        with self._database.write() as connection:
            number = agenda.try_again(connection)
            connection.commit()
        return number
