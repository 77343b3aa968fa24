"""Backup: a whole store as one file, proved before it is trusted; and back again."""

from pathlib import Path

from store.errors import StoreError, StoreUnusable
from store.sql import copying
from store.sql.engine import Database, Reached, open_database
from store.verbs.doctor import examine

_OTHERS_MAY_TAKE = 5.0
"""Seconds that a restore waits for others to end what they are doing."""
_DUMP = (
    "{label} is kept by PostgreSQL: back it up with pg_dump --format=custom, and bring "
    "it back with pg_restore."
)


def backup(
    database: Database, target: Path, patience: float = copying.PATIENCE
) -> None:
    """Copy a store into a new file while others use it, and examine the copy.

    Raises:
        StoreBusy: Others write so busily that it took too long.
        StoreUnusable: The file is there already, cannot be written, or the copy does
            not stand the examination.
        StoreError: A server keeps the store.
    """
    if database.file is None:
        raise StoreError(_DUMP.format(label=database.label))
    if target.exists():
        raise StoreUnusable(f"{target} is there already; name a new file.")
    copying.make(target)
    try:
        copying.copy_out(database.file, target, patience)
        prove(target)
    except BaseException:
        copying.clear(target)
        raise


def restore(url: str, source: Path) -> None:
    """Put a backup in the place of a store, whatever that held.

    Raises:
        StoreBusy: Others are using the store.
        StoreUnusable: The backup is none, or does not stand the examination.
        StoreError: A server keeps the store.
    """
    if not source.is_file():
        why = "it is no plain file" if source.exists() else "there is no such file"
        raise StoreUnusable(f"{source} is no backup: {why}.")
    prove(source)
    reached = Reached(url)
    reached.engine.dispose()
    if reached.file is None:
        raise StoreError(_DUMP.format(label=reached.label))
    if source.samefile(reached.file):
        raise StoreUnusable(f"{source} is the store itself.")
    if not copying.is_database(reached.file):
        copying.clear(reached.file)
        Reached(url).engine.dispose()
    copying.copy_in(source, reached.file, _OTHERS_MAY_TAKE)


def prove(copy: Path) -> None:
    """Examine a copy of a store.

    Raises:
        StoreUnusable: Something in it is broken; the first of it is named.
    """
    database = open_database(copy, mode="sandbox")
    try:
        findings = examine(database)
    finally:
        database.close()
    if findings:
        raise StoreUnusable(f"{copy} is no sound copy. {findings[0]}")
