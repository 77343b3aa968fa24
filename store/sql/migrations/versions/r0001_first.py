"""The schema of release 0.1.0, from the statements that made it then."""

from collections.abc import Iterator
from pathlib import Path

from alembic import op
from sqlalchemy import Connection

from store.sql.layout_postgres import trigrams

revision = "0001"
down_revision = None
_HERE = Path(__file__).parent
_END = "\n;\n"


def upgrade() -> None:
    """Make every table, index and guard, and the rows that a store began with."""
    connection = op.get_bind()
    for statement in statements(connection):
        connection.exec_driver_sql(statement)


def statements(connection: Connection) -> Iterator[str]:
    """Return what made a store on the connection's engine, in order."""
    engine = connection.dialect.name
    frozen = (_HERE / f"r0001_{engine}.sql").read_text("utf-8").split(_END)
    if engine == "sqlite":
        yield from filter(None, frozen)
        return
    here = connection.exec_driver_sql("SELECT quote_ident(current_schema())")
    schema, where = here.scalar_one(), trigrams(connection)
    for statement in filter(None, frozen):
        if where or "{trigrams}" not in statement:
            named = statement.replace("{schema}", schema)
            yield named.replace("{trigrams}", where or "").replace("%", "%%")
