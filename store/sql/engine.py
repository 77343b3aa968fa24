"""The engine: opens a database, checks that it is whole, hands out transactions."""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    IntegrityError,
    NoSuchModuleError,
    OperationalError,
)
from sqlmodel import SQLModel

from store.errors import StoreBusy, StoreUnusable
from store.sql import guards
from store.sql.tables import META

SCHEMA = "1"
_WAL_IS_SAFE_IN = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
_WAITS_MS = 5000


def journal(version: tuple[int, int, int]) -> tuple[str, str]:
    """Return journal mode and synchronous level that are safe on a SQLite version.

    Versions before the fixed ones can corrupt a write-ahead log that several
    connections use (store-guards §1).
    """
    fixed = any(version[:2] == safe[:2] and version >= safe for safe in _WAL_IS_SAFE_IN)
    if fixed or version >= max(_WAL_IS_SAFE_IN):
        return "WAL", "FULL"
    return "DELETE", "EXTRA"


class Database:
    """An open database; connections are pooled, each transaction takes one."""

    def __init__(self, engine: Engine, label: str) -> None:
        self._engine = engine
        self.label = label
        with self.read() as connection:
            self._settings = {
                str(row.key): str(row.value) for row in connection.execute(select(META))
            }

    def setting(self, key: str, default: str) -> str:
        """Return a setting of the whole store, as it was when it was opened."""
        return self._settings.get(key, default)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Hold one consistent view of the database.

        Raises:
            StoreBusy: Another process kept the database locked for too long.
            StoreUnusable: The file is broken or gone.
        """
        with _translated(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Hold the only write transaction; the caller commits, or nothing happened."""
        with _translated(), self._engine.connect() as connection:
            yield connection.execution_options(writes=True)

    def close(self) -> None:
        """Close every pooled connection."""
        self._engine.dispose()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except OperationalError as error:
        said = str(error.orig)
        if "locked" in said or "busy" in said:
            raise StoreBusy(
                "The store is busy: another process is writing. Nothing was done; "
                "try again."
            ) from error
        raise StoreUnusable(f"The store cannot be used: {said}.") from error
    except DatabaseError as error:
        raise StoreUnusable(f"The store cannot be used: {error.orig}.") from error


def open_database(url: str, *, mode: str) -> Database:
    """Open the database at a URL, laying it out when it is new.

    Raises:
        StoreUnusable: It is no store of ours, is incomplete, or cannot be opened.
    """
    where = _address(url)
    path = Path(where.database or "")
    is_new = _prepare(path)
    engine = create_engine(where)
    event.listen(engine, "connect", _pragmas(throwaway=mode == "demo"))
    event.listen(engine, "begin", _begin)
    try:
        with _translated():
            if is_new:
                _lay_out(engine, mode)
            else:
                _check(engine, path)
        return Database(engine, path.name)
    except BaseException:
        engine.dispose()
        raise


def _address(url: str) -> URL:
    try:
        where = make_url(url)
        if where.get_backend_name() == "sqlite" and where.database:
            return where
    except (ArgumentError, NoSuchModuleError):
        pass
    raise StoreUnusable(
        f'"{url}" is no store: name a file, or a URL such as sqlite:///desk.db.'
    )


def _prepare(path: Path) -> bool:
    """Make an empty file that only its owner can read; tell whether it is new."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not path.exists() or path.stat().st_size == 0
        if is_new:
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreUnusable(
            f"The store {path} cannot be opened: {error.strerror}."
        ) from error
    return is_new


def _pragmas(*, throwaway: bool) -> Callable[[sqlite3.Connection, object], None]:
    mode, level = journal(sqlite3.sqlite_version_info)
    level = "OFF" if throwaway else level

    def connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={_WAITS_MS}",
            f"journal_mode={mode}",
            f"synchronous={level}",
            "foreign_keys=ON",
            "recursive_triggers=ON",
            "cell_size_check=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return connect


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _lay_out(engine: Engine, mode: str) -> None:
    with engine.connect().execution_options(writes=True) as connection:
        if inspect(connection).has_table(META.name):
            return
        SQLModel.metadata.create_all(connection)
        connection.exec_driver_sql(guards.TEXT_INDEX)
        for statement in (*guards.seeds(), *guards.TRIGGERS.values()):
            connection.exec_driver_sql(statement)
        settings = {"schema": SCHEMA, "mode": mode, "layout": _layout(connection)}
        for key, value in settings.items():
            connection.execute(META.insert().values(key=key, value=value))
        connection.commit()


def _layout(connection: Connection) -> str:
    """Return a fingerprint of every table, index and trigger."""
    found = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"
    )
    joined = "\n".join(str(row[0]) for row in found)
    return hashlib.sha256(joined.encode()).hexdigest()


def _check(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        tables = connection.exec_driver_sql(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
            " AND name IN ('meta', 'charge', 'refund', 'posting')"
        ).scalar_one()
        if tables != len(("meta", "charge", "refund", "posting")):
            raise StoreUnusable(f"{path} is a database, but no Refund Desk store.")
        kept = {row.key: row.value for row in connection.execute(select(META))}
        if kept.get("schema") != SCHEMA:
            raise StoreUnusable(
                f"{path} was written by another version of Refund Desk (schema "
                f"{kept.get('schema')}, this one reads {SCHEMA})."
            )
        if kept.get("layout") != _layout(connection):
            raise StoreUnusable(
                f"{path} was altered: its tables or guards are not those it was made "
                "with. Import its data into a new store."
            )
