"""Log: events are appended, each sealing the one before."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from store import chain
from store.sql.mapping.payments import Values
from store.sql.prepared import Prepared
from store.sql.tables import EVENT

_ADD = Prepared(insert(EVENT))
_NEWEST = Prepared(
    select(EVENT.c.seq, EVENT.c.hash).order_by(EVENT.c.seq.desc()).limit(1)
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the log to which an undone step goes back."""

    end: tuple[int, str] | None
    """Number and seal of the newest event; None before the log was looked at."""
    waiting: tuple[Values, ...]


class Log:
    """The log as one transaction sees it: nobody else appends meanwhile."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._end: tuple[int, str] | None = None
        self._waiting: list[Values] = []

    def next_number(self) -> int:
        """Return the number that the next event will have."""
        return self._newest()[0] + 1

    def _newest(self) -> tuple[int, str]:
        if self._end is None:
            newest = _NEWEST.first(self._connection)
            self._end = (newest.seq, newest.hash) if newest else (0, chain.START)
        return self._end

    def append(self, rows: Sequence[Values], *, later: bool = False) -> None:
        """Append events in their order, now or with `write`."""
        seq, before = self._newest()
        sealed: list[Values] = []
        for row in rows:
            seq += 1
            whole = {**row, "seq": seq, "prev_hash": before}
            before = whole["hash"] = chain.seal(before, whole)
            sealed.append(whole)
        self._end = seq, before
        self._waiting += sealed
        if not later:
            self.write()

    def write(self) -> None:
        """Write the events that wait."""
        if self._waiting:
            _ADD.do(self._connection, *self._waiting)
            self._waiting = []

    def mark(self) -> Mark:
        """Return where the log ends."""
        return Mark(self._end, tuple(self._waiting))

    def back_to(self, mark: Mark) -> None:
        """Forget what was appended since, when the database has undone the rest."""
        self._end = mark.end
        self._waiting = list(mark.waiting)
