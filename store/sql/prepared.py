"""Prepared: statements compiled once and carried out by the driver itself.

What a statement costs beside the database's own work is paid once for each engine. A
refund runs some twenty of them: through the library they cost it a tenth of its time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.selectable import ReturnsRows

from store.sql.rows import making

Values = Mapping[str, Any]
_Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement in an engine's words, for values of certain names."""

    sql: str
    places: _Names | None
    """The names of its values in their order; None where they go by name."""
    own: Values
    """Values that it says itself."""
    written: Mapping[str, Callable[[Any], Any]]
    """What makes values such as the engine takes, by their names."""

    as_given: bool
    """Whether the values given are all there are, in their places."""

    def bound(self, given: Values) -> Any:
        """Return the values as the driver takes them."""
        if self.as_given:
            return tuple(given.values())
        values = {**self.own, **given}
        for name, write in self.written.items():
            values[name] = write(values[name])
        places = self.places
        return values if places is None else [values[name] for name in places]


class Prepared:
    """A statement whose text never changes, in the transaction that is under way."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._compiled: dict[tuple[str, _Names], _Compiled] = {}

    @cached_property
    def _row(self) -> Callable[[Any], Any]:
        columns = cast("ReturnsRows", self._statement).exported_columns
        return making(tuple(columns.keys()))

    def all(self, connection: Connection, **given: Any) -> list[Any]:
        """Return every row that it finds, its values by their columns' names.

        Raises:
            DBAPIError: As the library raises it.
        """
        return [self._row(row) for row in self._run(connection, given, finds=True)]

    def first(self, connection: Connection, **given: Any) -> Any:
        """Return the first row that it finds; None where it finds nothing.

        Raises:
            DBAPIError: As the library raises it.
        """
        rows = self._run(connection, given, finds=True)
        return self._row(rows[0]) if rows else None

    def do(self, connection: Connection, *rows: Values) -> None:
        """Carry it out for each of these values, which have the same names.

        Raises:
            DBAPIError: As the library raises it.
        """
        if len(rows) == 1:
            self._run(connection, rows[0])
        elif rows:
            self._run(connection, rows[0], rows)

    def _run(
        self,
        connection: Connection,
        given: Values,
        rows: tuple[Values, ...] = (),
        *,
        finds: bool = False,
    ) -> Sequence[Any]:
        if not connection.in_transaction():
            connection.begin()
        dialect = connection.dialect
        known = dialect.name, tuple(given)
        compiled = self._compiled.get(known)
        if compiled is None:
            compiled = _compiled(self._statement, dialect, known[1])
            self._compiled[known] = compiled
        driver = connection.connection.dbapi_connection or connection.connection
        cursor = driver.cursor()
        try:
            if rows:
                cursor.executemany(compiled.sql, [compiled.bound(one) for one in rows])
            else:
                cursor.execute(compiled.sql, compiled.bound(given))
            return cursor.fetchall() if finds else []
        except dialect.loaded_dbapi.Error as error:
            raise _told(dialect, compiled.sql, error) from error


def _compiled(statement: Executable, dialect: Dialect, names: _Names) -> _Compiled:
    """Return a statement in an engine's words, with what its table says by itself.

    Raises:
        ValueError: It is no such statement.
    """
    by_itself: dict[str, Any] = {}
    if isinstance(statement, Insert) and isinstance(statement.table, Table):
        by_itself = {
            column.key: column.default.arg
            for column in statement.table.c
            if column.default is not None and column.default.is_scalar
        }
    compiled = cast(
        "SQLCompiler",
        cast("ClauseElement", statement).compile(
            dialect=dialect,
            column_keys=[*{**by_itself, **dict.fromkeys(names)}],
        ),
    )
    if compiled.post_compile_params:
        raise ValueError("A list of values has no text that never changes.")
    own = {**compiled.params, **by_itself}
    writing = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect)
        for bind, name in compiled.bind_names.items()
    }
    places = compiled.positiontup
    written = {name: write for name, write in writing.items() if write and name in own}
    return _Compiled(
        sql=compiled.string,
        places=None if places is None else tuple(places),
        own=own,
        written=written,
        as_given=not written and places is not None and tuple(places) == names,
    )


def _told(dialect: Dialect, sql: str, error: Exception) -> BaseException:
    """Return a driver's error as the library tells it; customers' data stay out."""
    driver = dialect.loaded_dbapi.Error
    return DBAPIError.instance(
        sql, None, error, driver, hide_parameters=True, dialect=dialect
    )
