"""The layout on SQLite: what `sqlite_master` says."""

from sqlalchemy import Connection

from store.sql.guards import core as guards


def tables(connection: Connection) -> set[str]:
    """Return the name of every table."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table'"
    return set(connection.exec_driver_sql(query).scalars())


def wording(connection: Connection) -> str:
    """Return every statement that made a table, index or trigger."""
    found = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"
    )
    return "\n".join(found.scalars())


def clauses(connection: Connection) -> set[str]:
    """Return every clause of those statements, without quotes and line ends."""
    found = connection.exec_driver_sql(
        "SELECT type, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    )
    said: set[str] = set()
    for kind, table, sql in found:
        plain = " ".join(sql.replace('"', "").split())
        parts = _parts(plain) if kind == "table" else [plain]
        said |= {f"{table}: {part}" for part in parts}
    return said


def _parts(sql: str) -> list[str]:
    """Return the columns and constraints of a table, and what stands around them."""
    start, end = sql.index("("), sql.rindex(")")
    parts, depth = [""], 0
    for letter in sql[start + 1 : end]:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    around = (sql[:start], *sql[end + 1 :].split(","))
    return [part.strip() for part in (*around, *parts)]


def index_text(connection: Connection) -> None:
    """Make the text index; the guards keep it in step."""
    connection.exec_driver_sql(guards.TEXT_INDEX)
    connection.exec_driver_sql(guards.TEXT_PAGES)


def put_up_guards(connection: Connection) -> None:
    """Make every trigger."""
    for statement in guards.TRIGGERS.values():
        connection.exec_driver_sql(statement)


def take_down_guards(connection: Connection) -> None:
    """Drop every trigger."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for name in connection.exec_driver_sql(query).scalars().all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
