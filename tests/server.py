"""A PostgreSQL server for the tests: a schema for each worker, emptied for each."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

SERVER = os.environ.get(
    "REFUND_DESK_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test"
)
REQUIRED = os.environ.get("REFUND_DESK_REQUIRE_POSTGRES") == "1"
_EMPTY = """
DO $$
DECLARE one regclass;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR one IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relname NOT IN
    ('meta', 'transition', 'badge_count')
    AND relnamespace = current_schema()::regnamespace
  LOOP EXECUTE 'DELETE FROM ' || one; END LOOP;
  PERFORM setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'
    AND relnamespace = current_schema()::regnamespace;
  UPDATE badge_count SET number = 0;
  DELETE FROM meta WHERE key NOT IN ('schema', 'layout', 'mode');
END $$
"""


ABSENT = "no PostgreSQL to test with"


@cache
def absent() -> str | None:
    """Return why there is no PostgreSQL to test with; None when there is."""
    try:
        psycopg.connect(SERVER, connect_timeout=5).close()
    except psycopg.OperationalError as error:
        return f"{ABSENT}: {str(error).splitlines()[0]}"
    return None


def run(url: str, statement: str) -> None:
    """Run SQL on the server, and make it lasting."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement))


class Schema:
    """A schema of one's own on the server."""

    def __init__(self, name: str) -> None:
        self.name = f"refund_desk_{name}_{os.getpid()}"
        self.anew()

    @property
    def url(self) -> str:
        """Return the URL of a store in it."""
        mark = "&" if "?" in SERVER else "?"
        options = f"-csearch_path={self.name} -csynchronous_commit=off -cjit=off"
        return f"{SERVER}{mark}options={quote(options)}"

    def connect(self) -> psycopg.Connection:
        """Return a raw connection that sees this schema; it commits by itself."""
        return psycopg.connect(self.url, autocommit=True)

    def empty(self) -> None:
        """Take out every row that a new store would not have."""
        with self.connect() as connection:
            laid_out = connection.execute("SELECT to_regclass('meta')").fetchone()
            if laid_out != (None,):
                connection.execute(_EMPTY)

    def anew(self) -> None:
        """Begin with nothing at all."""
        run(SERVER, f"DROP SCHEMA IF EXISTS {self.name} CASCADE")
        run(SERVER, f"CREATE SCHEMA {self.name}")

    def drop(self) -> None:
        """Remove it and everything in it."""
        run(SERVER, f"DROP SCHEMA {self.name} CASCADE")


@contextmanager
def schema_of_own(name: str) -> Iterator[Schema]:
    """Hold a schema, where there is a server; without one the test is skipped."""
    if why := absent():
        (pytest.fail if REQUIRED else pytest.skip)(why)
    made = Schema(name)
    try:
        yield made
    finally:
        made.drop()
