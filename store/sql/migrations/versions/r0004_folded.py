"""Searches without accents: what is searched is folded, not in lower case alone."""

from alembic import op
from sqlalchemy import Connection, Row, bindparam, column, select, table, update

from store.search.folded import folded
from store.sql import bulk

revision = "0004"
down_revision = "0003"
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


def upgrade() -> None:
    """Fold what is searched of every payment.

    Lower case folds to the same as what the customer wrote: no object is read again.
    The next revision freezes here how this one folds.
    """
    connection = op.get_bind()
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
