"""The engine: opens a database, checks that it is whole, hands out transactions."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import ConnectionPoolEntry

from store.errors import NoStore, StoreBusy, StoreError, StoreUnusable, WouldWait
from store.sql import postgres, schema, sqlite, together
from store.sql.place import address


class Watch(Protocol):
    """Tells that somebody has committed to the database."""

    def changes(self) -> int:
        """Return a number that is another after every commit."""

    def close(self) -> None:
        """Let go of what it holds."""


class Kind(Protocol):
    """What SQLite and PostgreSQL each do in their own way; a module for each."""

    READING: Mapping[str, object]
    """What makes a transaction one consistent view."""

    def label(self, where: URL) -> str:
        """Return a short name for the place."""

    def file(self, where: URL) -> Path | None:
        """Return the file that is the whole database; None where a server has it."""

    def connect(
        self, where: URL, *, throwaway: bool = False, create: bool = True
    ) -> Engine:
        """Return the way to a database; a throwaway one may be lost with the power.

        Raises:
            StoreUnusable: There is none, and none is to be made.
        """

    def why_not_writable(self, connection: Connection) -> str | None:
        """Return why this account cannot write there; None where it can."""

    def begin(self, connection: Connection, *, waits: bool = True) -> Connection:
        """Begin the only write transaction, waiting for the one before it."""

    def hurried(self, engine: Engine) -> AbstractContextManager[Connection]:
        """Hold a connection on which what would wait fails.

        Raises:
            StoreBusy: Everything waits.
        """

    def announce(self, connection: Connection) -> None:
        """Let those who ask for changes see this write, once it is committed."""

    def watch(self, engine: Engine) -> "Watch":
        """Return what tells that others have committed."""

    def explained(self, error: DBAPIError) -> StoreError:
        """Return what happened, in one sentence."""


_KINDS: Mapping[str, Kind] = {"sqlite": sqlite, "postgresql": postgres}


class Database:
    """An open database; connections are pooled, each transaction takes one."""

    def __init__(
        self,
        reached: "Reached",
        settings: Mapping[str, str],
        read_only: str | None = None,
    ) -> None:
        self._reached = reached
        self._reading = reached.engine.execution_options(**reached.kind.READING)
        self._watch = reached.kind.watch(reached.engine)
        self._settings = settings
        self.label = reached.label
        self.file = reached.file
        self.read_only = schema.why_read_only(settings, reached.label) or read_only
        """Why nothing can be written, in a sentence; None where it can."""
        self._joined = together.Joined()

    def setting(self, key: str, default: str) -> str:
        """Return a setting of the whole store, as it was when it was opened."""
        return self._settings.get(key, default)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Hold one consistent view of the database.

        Raises:
            StoreBusy: Another process kept the database locked for too long.
            StoreUnusable: The file is broken or gone, or the server is.
        """
        if self._joined.whole is not None:
            with self._reached.translated():
                yield self._joined.whole
            return
        if not self._joined.waits:
            with self._hurried(self._reading) as connection:
                yield connection
            return
        with self._reached.translated(), self._reading.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Hold the only write transaction; the caller commits, or nothing happened.

        Raises:
            StoreBusy: Another process kept the database locked for too long.
            StoreUnusable: It is read-only or broken.
        """
        self.check_writable()
        if self._joined.whole is not None:
            with (
                self._reached.translated(),
                together.part(self._joined.whole) as connection,
            ):
                yield connection
            return
        if not self._joined.waits:
            with self._hurried(self._reached.engine) as connection:
                try:
                    self._reached.kind.begin(connection, waits=False)
                    self._reached.kind.announce(connection)
                    yield connection
                finally:
                    # It may be done: what is asked after it must not undo that.
                    self._joined.waits = True
            return
        with self._reached.writing() as connection:
            self._reached.kind.announce(connection)
            yield connection

    def check_writable(self) -> None:
        """Refuse to change what is only read.

        Raises:
            StoreUnusable: It is read-only.
        """
        if self.read_only:
            raise StoreUnusable(self.read_only)

    @contextmanager
    def _hurried(self, engine: Engine) -> Iterator[Connection]:
        """Hold a connection that waits for nobody.

        Raises:
            WouldWait: Somebody holds the database.
        """
        try:
            with self._reached.translated(), self._reached.kind.hurried(engine) as held:
                yield held
        except StoreBusy as error:
            raise WouldWait(str(error)) from error

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make all writes of this thread lasting at once, when the block ends.

        Each is carried out or undone alone, but until the end nobody else sees any;
        if it fails, none was. On a server each write is lasting by itself.

        Raises:
            StoreBusy: Another process kept the database locked for too long.
            StoreUnusable: It is broken, or the disk is full.
        """
        if self.file is None or self.read_only or self._joined.whole is not None:
            yield
            return
        with self._reached.writing() as connection:
            self._joined.whole = connection
            try:
                yield
                together.alive(connection)
                connection.commit()
            finally:
                self._joined.whole = None

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Let what this thread asks for fail where it would wait, until the block ends.

        After a write nothing in the block fails so any more.
        """
        self._joined.waits = False
        try:
            yield
        finally:
            self._joined.waits = True

    def changes(self) -> int:
        """Return a number that is another after every commit of anybody.

        Raises:
            StoreUnusable: The file is broken or gone, or the server is.
        """
        with self._reached.translated():
            return self._watch.changes()

    def close(self) -> None:
        """Close every pooled connection; one that is in use is closed after it."""
        self._watch.close()
        self._reached.close()


class Reached:
    """A database that can be reached; nothing is known yet of what is in it."""

    def __init__(
        self, url: str | Path, *, throwaway: bool = False, create: bool = True
    ) -> None:
        where = address(url)
        self.kind = _KINDS[where.get_backend_name()]
        self.label = self.kind.label(where)
        self.file = self.kind.file(where)
        """The file that is the whole of it; None where a server has it."""
        self.engine = self.kind.connect(where, throwaway=throwaway, create=create)

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Let errors of the database out as the store's own."""
        try:
            yield
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise self.kind.explained(error) from error
        except UnicodeDecodeError as error:
            # SQLite names what is broken by its name, which may be broken too.
            raise StoreUnusable("The store cannot be used: it is broken.") from error

    def close(self) -> None:
        """Close every connection: now, or once whoever still asks has the answer."""
        event.listen(self.engine.pool, "checkin", _closed_when_back)
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Hold the only write transaction."""
        with self.translated(), self.engine.connect() as connection:
            yield self.kind.begin(connection)


def _closed_when_back(_: object, record: ConnectionPoolEntry) -> None:
    record.close()


def open_database(
    url: str | Path, *, mode: str, read_only: str | None = None, create: bool = True
) -> Database:
    """Open the database at a URL or in a file, laying it out when it is new.

    With `read_only`, a sentence that says why, nothing is ever written; without
    `create` nothing is made where there is no store.

    Raises:
        StoreUnusable: It is no store of ours, is incomplete, or cannot be opened.
    """
    reached = Reached(url, throwaway=mode == "demo", create=create)
    try:
        with reached.translated(), reached.engine.connect() as connection:
            is_new = not schema.of(connection).tables(connection)
        if is_new:
            _may_be_made(reached.label, read_only, create=create)
            with reached.writing() as connection:
                schema.lay_out(connection, mode)
                connection.commit()
        with reached.translated(), reached.engine.connect() as connection:
            settings = schema.checked(connection, reached.label)
            why = read_only or reached.kind.why_not_writable(connection)
        return Database(reached, settings, why)
    except BaseException:
        reached.engine.dispose()
        raise


def _may_be_made(label: str, read_only: str | None, *, create: bool) -> None:
    if not create:
        raise NoStore(label)
    if read_only:
        raise NoStore(label, read_only)
