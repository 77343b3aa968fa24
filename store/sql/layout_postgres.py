"""The layout on PostgreSQL: what the catalogue says of the session's schema."""

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from store.sql import guards_postgres

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


def wording(connection: Connection) -> str:
    """Return every clause, in order."""
    return "\n".join(sorted(clauses(connection)))


def clauses(connection: Connection) -> set[str]:
    """Return every column, constraint, index and trigger."""
    return set(connection.exec_driver_sql(_CLAUSES).scalars())


def index_text(connection: Connection) -> None:
    """Make the trigram index, where the server has its extension and lets us."""
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(
                "SELECT pg_advisory_xact_lock(hashtextextended('pg_trgm', 0))"
            )
            connection.exec_driver_sql(
                "CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public"
            )
    except DBAPIError:
        # Searches then read the list from its end instead: slower, and no less right.
        return
    where = connection.exec_driver_sql(
        "SELECT quote_ident(nspname) FROM pg_extension JOIN pg_namespace"
        " ON pg_namespace.oid = extnamespace WHERE extname = 'pg_trgm'"
    ).scalar_one()
    # Entries that wait to be sorted in would make every search read the whole list.
    connection.exec_driver_sql(
        "CREATE INDEX ix_payment_search ON payment"
        f" USING gin (search {where}.gin_trgm_ops) WITH (fastupdate = off)"
    )


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
