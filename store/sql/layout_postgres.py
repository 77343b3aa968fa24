"""The layout on PostgreSQL: what the catalogue says of the session's schema."""

from itertools import count

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from store.sql.guards import postgres as guards_postgres

_HERE = "= current_schema()::regnamespace"
_TABLES = (
    f"SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace {_HERE}"
)
_CLAUSES = f"""
SELECT concat_ws(' ', relname, attname, format_type(atttypid, atttypmod),
                 CASE WHEN attnotnull THEN 'NOT NULL' END)
  FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
  WHERE relkind IN ('r', 'p') AND relnamespace {_HERE}
    AND attnum > 0 AND NOT attisdropped
UNION ALL
SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
  FROM pg_constraint WHERE connamespace {_HERE}
UNION ALL
SELECT concat_ws(' ', tablename, indexname, strpos(indexdef, 'UNIQUE') > 0,
                 split_part(indexdef, ' USING ', 2))
  FROM pg_indexes WHERE schemaname = current_schema()
UNION ALL
SELECT concat_ws(' ', pg_get_triggerdef(pg_trigger.oid, true), tgenabled, prosrc,
                 replace(proconfig::text, current_schema(), ''))
  FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
  WHERE NOT tgisinternal AND pronamespace {_HERE}
"""


def tables(connection: Connection) -> set[str]:
    """Return the name of every table."""
    return set(connection.exec_driver_sql(_TABLES).scalars())


def set_aside(connection: Connection, version: str) -> str:
    """Copy every row of every table to a new schema; return that schema's name."""
    here = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    taken = set(
        connection.exec_driver_sql("SELECT nspname FROM pg_namespace").scalars()
    )
    schema = first = f"{here}_schema_{version}"
    times = count(2)
    while schema in taken:
        schema = f"{first}_{next(times)}"
    quoted = connection.dialect.identifier_preparer.quote
    connection.exec_driver_sql(f"CREATE SCHEMA {quoted(schema)}")
    for table in sorted(tables(connection)):
        copy = f"{quoted(schema)}.{quoted(table)}"
        connection.exec_driver_sql(f"CREATE TABLE {copy} AS TABLE {quoted(table)}")
    return schema


def wording(connection: Connection) -> str:
    """Return every clause, in order."""
    return "\n".join(sorted(clauses(connection)))


def clauses(connection: Connection) -> set[str]:
    """Return every column, constraint, index and trigger."""
    return set(connection.exec_driver_sql(_CLAUSES).scalars())


def index_text(connection: Connection) -> None:
    """Make the trigram index, where the server has its extension and lets us."""
    where = trigrams(connection)
    if where is None:
        # Searches then read the list from its end instead: slower, and no less right.
        return
    # Entries that wait to be sorted in would make every search read the whole list.
    connection.exec_driver_sql(
        "CREATE INDEX ix_payment_search ON payment"
        f" USING gin (search {where}.gin_trgm_ops) WITH (fastupdate = off)"
    )


def trigrams(connection: Connection) -> str | None:
    """Return the schema of the trigram extension, quoted; None where there is none."""
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(
                "SELECT pg_advisory_xact_lock(hashtextextended('pg_trgm', 0))"
            )
            connection.exec_driver_sql(
                "CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public"
            )
    except DBAPIError:
        return None
    found: str = connection.exec_driver_sql(
        "SELECT quote_ident(nspname) FROM pg_extension JOIN pg_namespace"
        " ON pg_namespace.oid = extnamespace WHERE extname = 'pg_trgm'"
    ).scalar_one()
    return found


def put_up_guards(connection: Connection) -> None:
    """Make every trigger and the function that it calls."""
    here = "SELECT quote_ident(current_schema())"
    schema = connection.exec_driver_sql(here).scalar_one()
    for statement in guards_postgres.statements(schema):
        connection.exec_driver_sql(statement.replace("%", "%%"))


def take_down_guards(connection: Connection) -> None:
    """Drop every trigger with the function that it calls."""
    query = (
        "SELECT DISTINCT tgfoid::regprocedure::text FROM pg_trigger JOIN pg_class"
        f" ON pg_class.oid = tgrelid WHERE NOT tgisinternal AND relnamespace {_HERE}"
    )
    for function in connection.exec_driver_sql(query).scalars().all():
        connection.exec_driver_sql(f"DROP FUNCTION {function} CASCADE")
