"""Agenda: what the outside world is going to do, and when."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, select

from store.bank import Deed, Due
from store.clock import from_unix, to_unix
from store.sql.prepared import Prepared
from store.sql.tables import DUE

# Built once: building a statement takes four times as long as running it.
_GIVEN: BindParameter[str | int] = bindparam("given")
_ADD = Prepared(insert(DUE))
_NEXT = Prepared(
    select(DUE).where(DUE.c.at <= _GIVEN).order_by(DUE.c.at, DUE.c.seq).limit(1)
)
_DONE = Prepared(delete(DUE).where(DUE.c.seq == _GIVEN))
_DROP = Prepared(delete(DUE).where(DUE.c.object_id == _GIVEN))


def is_due(connection: Connection, until: datetime) -> bool:
    """Tell whether anything is to be done until then."""
    return _NEXT.first(connection, given=to_unix(until)) is not None


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

    def next_due(self, until: datetime) -> Due | None:
        """Take the next deed off the agenda, in time order."""
        found = _NEXT.first(self.connection, given=to_unix(until))
        if found is None:
            return None
        _DONE.do(self.connection, {"given": found.seq})
        return Due(from_unix(found.at), Deed(found.deed), found.object_id)
