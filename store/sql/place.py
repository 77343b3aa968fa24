"""Place: where a URL says that a store is; passwords never show."""

import re
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from store.errors import StoreUnusable

_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_SECRET = re.compile(r"(?<=:)[^:/@]*(?=@)|(?<=password=)[^&]*")


def address(url: str | Path) -> URL:
    """Return the place that a URL names, or the path of a file.

    Raises:
        StoreUnusable: The URL names neither a file nor a PostgreSQL database.
    """
    if isinstance(url, Path):
        return URL.create("sqlite", database=str(url))
    try:
        where = make_url(url)
    except (ArgumentError, ValueError):
        where = None
    if where and where.database and (driver := _DRIVERS.get(where.drivername)):
        return where.set(drivername=driver)
    raise StoreUnusable(
        f'"{without_secrets(url)}" is no store: name a file, or a URL such as '
        "sqlite:///desk.db or postgresql://user@host/database."
    )


def without_secrets(url: str) -> str:
    """Return a URL, or words around one, with its passwords hidden."""
    return _SECRET.sub("***", url)
