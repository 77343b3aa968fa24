"""Refolding: what is searched of every payment, folded as a revision folds."""

from collections.abc import Callable

from sqlalchemy import Connection, Row, bindparam, column, select, table, update

from store.sql import bulk

_LISTED = table("payment", column("seq"), column("search"))
_PIECE = (
    select(_LISTED)
    .where(_LISTED.c.seq > bindparam("after"))
    .order_by(_LISTED.c.seq)
    .limit(bindparam("most"))
)
_FOLD = update(_LISTED).where(_LISTED.c.seq == bindparam("this"))
_FOLD = _FOLD.values(search=bindparam("folded"))
_INDEX_ANEW = "INSERT INTO payment_text (payment_text) VALUES ('rebuild')"


def refold(connection: Connection, folded: Callable[[str], str]) -> None:
    """Fold what is searched, which was folded in an older way, and index it anew."""
    after = 0
    while rows := _piece(connection, after):
        changed = [
            {"this": row.seq, "folded": now}
            for row in rows
            if (now := folded(row.search)) != row.search
        ]
        if changed:
            connection.execute(_FOLD, changed)
        after = rows[-1].seq
    if connection.dialect.name == "sqlite":
        # The triggers that keep it in step are down; made anew it is read sooner, too.
        connection.exec_driver_sql(_INDEX_ANEW)


def _piece(connection: Connection, after: int) -> list[Row[tuple[int, str]]]:
    return list(connection.execute(_PIECE, {"after": after, "most": bulk.AT_ONCE}))
