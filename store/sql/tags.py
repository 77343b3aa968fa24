"""Tags: metadata of payments, kept beside them so that searches find it by index."""

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, Connection, Select, delete, insert, select

from store.sql.tables import TAG

LONGEST = 500
"""How much of a key or value is searched; an import's may be longer."""


def cut(text: str) -> str:
    """Return a key or value as it is kept: in lower case, not too long."""
    return text.lower().replace("\0", "")[:LONGEST]


def put(
    connection: Connection,
    owners: Iterable[tuple[str, Mapping[str, str]]],
    *,
    new: bool = False,
) -> None:
    """Write the metadata of objects, by id; what was there of them goes."""
    given = list(owners)
    if not new:
        ids = [one for one, _ in given]
        connection.execute(delete(TAG).where(TAG.c.object_id.in_(ids)))
    rows = {
        (cut(key), cut(value), one)
        for one, metadata in given
        for key, value in metadata.items()
    }
    if rows:
        named = [
            {"key": key, "value": value, "object_id": one}
            for key, value, one in sorted(rows)
        ]
        connection.execute(insert(TAG), named)


def tagged(key: str, value: str) -> Select[tuple[str]]:
    """Return the query for the ids of the objects with this key and value."""
    return select(TAG.c.object_id).where(*equal(key, value))


def equal(key: str, value: str) -> tuple[ColumnElement[bool], ...]:
    """Return what holds for the tags with this key and value."""
    return keyed(key), TAG.c.value == cut(value)


def keyed(key: str) -> ColumnElement[bool]:
    """Return what holds for the tags with this key."""
    return TAG.c.key == cut(key)
