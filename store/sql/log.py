"""Log: events are appended, each sealing the one before."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from store import chain
from store.sql.mapping import Values
from store.sql.tables import EVENT

_ADD = insert(EVENT)
_NEWEST = select(EVENT.c.seq, EVENT.c.hash).order_by(EVENT.c.seq.desc()).limit(1)


def append(connection: Connection, rows: Sequence[Values]) -> list[int]:
    """Append events in their order; return their sequence numbers."""
    end = connection.execute(_NEWEST).one_or_none()
    seq, before = (end.seq, end.hash) if end else (0, chain.START)
    sealed: list[Values] = []
    for row in rows:
        seq += 1
        whole = {**row, "seq": seq, "prev_hash": before}
        before = whole["hash"] = chain.seal(before, whole)
        sealed.append(whole)
    if sealed:
        connection.execute(_ADD, sealed)
    return [row["seq"] for row in sealed]
