"""Run: what stands between a store's schema and the newest, in one transaction.

Alembic is imported here alone: opening a store that is up to date does not wait for it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, update

from store.errors import StoreUnusable
from store.sql import audit, copying, layout_postgres, schema
from store.sql.engine import Reached
from store.sql.migrations import Migrated
from store.sql.tables import META

HERE = Path(__file__).parent


Mend = Callable[[Connection], None]
"""Ends what the programs before this one left, once every guard stands again."""


def migrate(url: str, *, revisions: Path = HERE, mend: Mend | None = None) -> Migrated:
    """Bring a store up to date, with a copy beside it of what it was.

    Raises:
        StoreUnusable: It is no store, a newer one, or would not be sound afterwards;
            nothing was changed.
        StoreBusy: Others are writing.
    """
    reached = Reached(url)
    try:
        with reached.translated(), reached.engine.connect() as connection:
            before = schema.kept(connection, reached.label).get("schema", "")
        steps = _Steps(revisions, before, reached.label)
        if not steps.waiting:
            return Migrated(before, before)
        kept = _keep(reached, before)
        try:
            aside = _carry_out(reached, steps, before, mend)
        except BaseException:
            if kept:
                copying.clear(kept)
            raise
    finally:
        reached.engine.dispose()
    return Migrated(before, steps.newest, str(kept) if kept else aside)


class _Steps:
    """The revisions that a store has not seen, oldest first."""

    def __init__(self, revisions: Path, before: str, label: str) -> None:
        scripts = ScriptDirectory(str(revisions))
        self.newest = scripts.get_current_head() or ""
        if before not in {one.revision for one in scripts.walk_revisions()}:
            raise StoreUnusable(
                f"{label} was written by another Refund Desk (schema {before}, this "
                f"one writes {self.newest}): update Refund Desk."
            )
        found = list(scripts.iterate_revisions(self.newest, before))
        self.waiting = [one.module for one in reversed(found)]


def _keep(reached: Reached, before: str) -> Path | None:
    """Copy the file to a name that says what it was."""
    if reached.file is None:
        return None
    target = reached.file.with_name(f"{reached.file.name}.schema-{before}")
    copying.make(target)
    try:
        copying.copy_out(reached.file, target)
    except BaseException:
        copying.clear(target)
        raise
    return target


def _carry_out(
    reached: Reached, steps: _Steps, before: str, mend: Mend | None
) -> str | None:
    """Migrate in one transaction; return the schema that keeps what was, if any."""
    with (
        reached.translated(),
        reached.engine.connect() as connection,
        _at_leisure(connection),
    ):
        writer = reached.kind.begin(connection)
        aside = None if reached.file else layout_postgres.set_aside(writer, before)
        schema.of(writer).take_down_guards(writer)
        with Operations.context(MigrationContext.configure(writer)):
            for step in steps.waiting:
                step.upgrade()
        schema.of(writer).put_up_guards(writer)
        if mend:
            mend(writer)
        _set(writer, "schema", steps.newest)
        _set(writer, "layout", schema.fingerprint(writer))
        _prove(writer, reached.label)
        writer.commit()
    return aside


@contextmanager
def _at_leisure(connection: Connection) -> Iterator[None]:
    """Let statements take their time, and SQLite rebuild what other tables refer to."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.commit()
        yield
        return
    driver = connection.connection.cursor()
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys=ON")


def _set(connection: Connection, key: str, value: str) -> None:
    connection.execute(update(META).where(META.c.key == key).values(value=value))


def _prove(connection: Connection, label: str) -> None:
    """Compare with a new store's layout, and let the doctor look at the rows."""
    with _elsewhere(connection) as scratch:
        schema.build(scratch)
        wanted = schema.of(scratch).clauses(scratch)
    found = schema.of(connection).clauses(connection)
    if wrong := sorted(wanted ^ found):
        raise StoreUnusable(
            f"{label} was not migrated, its layout would be another: {wrong[0]}."
        )
    faults = [*audit.unsound(connection)]
    faults += [f"{one}: {rule}" for rule, one in audit.broken(connection)]
    if faults:
        raise StoreUnusable(
            f"{label} was not migrated, it would not be sound: {faults[0]}."
        )


@contextmanager
def _elsewhere(connection: Connection) -> Iterator[Connection]:
    """Hold an empty place for a new store that nobody will see."""
    if connection.dialect.name == "sqlite":
        engine = create_engine("sqlite://")
        try:
            with engine.connect() as scratch:
                yield scratch
        finally:
            engine.dispose()
        return
    with connection.begin_nested() as undone:
        connection.exec_driver_sql("CREATE SCHEMA refund_desk_new")
        connection.exec_driver_sql("SET LOCAL search_path TO refund_desk_new")
        yield connection
        undone.rollback()
