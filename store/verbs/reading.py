"""Reading: objects by id and lists of them, the same for every noun."""

from typing import TypeVar

from store import refusals
from store.errors import Refused
from store.lists.window import Listed, Window
from store.sql import lists
from store.sql.engine import Database

T = TypeVar("T")


def retrieve(
    database: Database, kind: lists.Kind[T], given: str, param: str = "id"
) -> T:
    """Return an object by id.

    Raises:
        Refused: There is none (`resource_missing`, naming the API's `param`).
    """
    with database.read() as connection:
        found = lists.find(connection, kind, given)
    if found is None:
        raise Refused(refusals.no_such(kind.name, given, param))
    return found


def page(
    database: Database, kind: lists.Kind[T], window: Window, /, **equal: str | None
) -> Listed[T]:
    """Return a page of a list, narrowed to columns `equal` to what is given.

    Raises:
        Refused: The window is none, or its cursor is unknown.
    """
    with database.read() as connection:
        return lists.listed(connection, kind, window, **equal)
